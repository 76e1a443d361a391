"""The client of the engine against a server on loopback that answers as a test wants."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bot.engine import Engine
from bot.errors import EngineFailure
from bot.settings import settings
from bot.turn import Reading


class Answers(BaseHTTPRequestHandler):
    status, body = 200, {}
    asked: list[tuple[str, str, Any]] = []

    def do_POST(self) -> None:
        read = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append((self.path, self.headers["Authorization"], read))
        content = json.dumps(self.body).encode()
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch) -> Iterator[type[Answers]]:
    handler = type("Handler", (Answers,), {"asked": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        monkeypatch.setattr(settings(), "engine_address", f"http://127.0.0.1:{running.server_port}")
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield handler
        running.shutdown()
        thread.join()


@pytest.fixture
def engine(server) -> Iterator[Engine]:
    client = Engine()
    yield client
    client._session.close()


def test_a_text_is_read_with_the_shared_secret(server, engine):
    server.body = {"intent": {"name": "thank", "confidence": 0.9}, "danger": 0.25, "report": 0.1}
    assert engine.read("merci") == Reading("thank", 0.25, 0.1)
    token = settings().engine_token.get_secret_value()
    assert server.asked == [("/webhooks/cybercare/read", f"Bearer {token}", {"text": "merci"})]


def test_a_text_that_says_nothing_is_read_as_nothing(server, engine):
    server.body = {"intent": {"name": None}, "danger": 0.0}
    assert engine.read("?") == Reading("", 0.0)


def test_an_engine_that_refuses_or_is_older_is_a_failure(server, engine):
    server.status, server.body = 404, {"error": "not_found"}
    with pytest.raises(EngineFailure, match="not_found"):
        engine.read("merci")
