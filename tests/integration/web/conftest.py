"""Clients of the web process."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bot.settings import settings
from tests.web_server import WebServer, running_web


@dataclass
class Member:
    """A member with a bearer token, in this process."""

    client: Client
    conversation: str
    token: str

    def send(self, body: Any, **extra: Any) -> Any:
        content = body if isinstance(body, bytes) else None
        return self.client.post(
            "/api/chat/messages",
            data=content if content is not None else body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.token}"},
            **extra,
        )

    def give(self, content: bytes, name: str = "photo.jpg", client_id: str = "f", **form: Any) -> Any:
        return self.client.post(
            "/api/chat/evidence",
            {"client_id": client_id, "file": SimpleUploadedFile(name, content), **form},
            headers={"Authorization": f"Bearer {self.token}"},
        )

    def get(self, address: str) -> Any:
        return self.client.get(address, headers={"Authorization": f"Bearer {self.token}"})

    def read(self, after: object = 0) -> Any:
        return self.client.get(f"/api/chat/messages?after={after}", headers={"Authorization": f"Bearer {self.token}"})


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def new_member() -> Callable[[], Member]:
    def make() -> Member:
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        session = client.post("/api/chat/session").json()
        client.cookies.clear()
        return Member(client, session["conversation"], session["token"])

    return make


@pytest.fixture
def member(new_member: Callable[[], Member]) -> Member:
    return new_member()


@pytest.fixture
def no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "messages_per_minute", 1_000_000)


@pytest.fixture(scope="session")
def web(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    with running_web(tmp_path_factory.mktemp("web") / "log") as server:
        yield server
