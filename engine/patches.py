"""Repairs of Rasa 3.6.21 that cannot be configured; each says what would let it go."""

from __future__ import annotations

from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any, AsyncIterator, Dict, List, Text

import aiohttp
import dask
import dask.core
from jsonschema import ValidationError
from jsonschema.validators import validator_for
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.slots import Slot
from rasa.utils.endpoints import EndpointConfig


class ActionFailed(BaseException):
    """An action failed; raised through Rasa's own `except Exception`, so that the broken turn is never stored.

    Rasa logs a failed action and goes on with the next one; a form is then skipped as if it were filled.
    """

    def __init__(self, action: Text, cause: Exception) -> None:
        """Keep the action's name and the cause's class."""
        super().__init__(f"{action}: {type(cause).__name__}")
        self.action = action


class StorageFailed(Exception):
    """The tracker store failed; Rasa would go on in memory, and the turn would be lost with a normal reply."""


def apply() -> None:
    """Patch Rasa once per process."""
    if getattr(RemoteAction, "_patched", False):
        return
    _cache_reply_validator()
    _cache_event_types()
    _look_at_the_domain_once()
    _copy_slots_quickly()
    _keep_connections()
    _run_graphs_directly()
    _fail_loudly()
    _never_fall_back_to_memory()
    RemoteAction._patched = True


def _cache_reply_validator() -> None:
    """Build the validators of action replies once (that took 73 % of a turn); of each event, ask only its kind's.

    Rasa's schema tries an event with all 23 kinds, of which one can fit.
    """
    schema = RemoteAction.action_response_format_spec()
    make = validator_for(schema)
    kinds = schema["properties"]["events"]["items"].pop("oneOf")
    of_kind = {kind["properties"]["event"]["const"]: make(kind) for kind in kinds}
    validator = make(schema)

    def validate(self: RemoteAction, result: Dict[Text, Any]) -> bool:
        validator.validate(result)
        for event in result.get("events", ()):
            if event["event"] not in of_kind:
                raise ValidationError("an event of no known kind")
            of_kind[event["event"]].validate(event)
        return True

    RemoteAction._validate_action_result = validate


def _cache_event_types() -> None:
    """Look up each event's class once: Rasa walks all subclasses for every event it reads."""
    Event.resolve_by_type = staticmethod(lru_cache(maxsize=None)(Event.resolve_by_type))


def _look_at_the_domain_once() -> None:
    """Remember whether a domain is empty: Rasa compares all of it with an empty one before each prediction."""
    original = Domain.is_empty

    def is_empty(self: Domain) -> bool:
        if not hasattr(self, "_is_empty"):
            self._is_empty = original(self)
        return self._is_empty

    Domain.is_empty = is_empty


def _copy_slots_quickly() -> None:
    """Copy a slot by its attributes: Rasa copies all slots at each step of a turn, by Python's general and slow way."""

    def copy(slot: Slot) -> Slot:
        copied = slot.__class__.__new__(slot.__class__)
        copied.__dict__.update(slot.__dict__)
        return copied

    Slot.__copy__ = copy


def _keep_connections() -> None:
    """Keep the connections to the actions open: Rasa opens a client and a connection for each call."""
    original = EndpointConfig.session

    @asynccontextmanager
    async def session(self: EndpointConfig) -> AsyncIterator[aiohttp.ClientSession]:
        if not hasattr(self, "_kept_session"):
            self._kept_session = original(self)
        yield self._kept_session

    EndpointConfig.session = session


def _run_graphs_directly() -> None:
    """Run a graph's nodes one after another: dask's scheduler, which does the same, takes 2 ms of each turn."""
    dask.get = dask.core.get


def _fail_loudly() -> None:
    """Turn any failure of an action into `ActionFailed`, but for a form's ordinary rejection."""
    original = RemoteAction.run

    async def run(self: RemoteAction, *args: Any, **kwargs: Any) -> List[Event]:
        try:
            return await original(self, *args, **kwargs)
        except ActionExecutionRejection:
            raise
        except Exception as error:
            raise ActionFailed(self.name(), error) from error

    RemoteAction.run = run


def _never_fall_back_to_memory() -> None:
    """Let a failed tracker store fail the turn; the error's text may hold what people wrote and is not logged."""

    def raise_it(self: FailSafeTrackerStore, error: Exception) -> None:
        raise StorageFailed(type(error).__name__) from None

    FailSafeTrackerStore.on_tracker_store_error = raise_it
    FailSafeTrackerStore.on_tracker_store_retrieve_error = raise_it
