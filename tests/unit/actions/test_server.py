import asyncio
import json
import zlib
from typing import Any

import httpx
import pytest
from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection


class Greets(Action):
    def name(self) -> str:
        return "action_test_greets"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        dispatcher.utter_message(text="Bonjour")
        return []


class Rejects(Greets):
    def name(self) -> str:
        return "action_test_rejects"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        raise ActionExecutionRejection(self.name())


class Breaks(Greets):
    def name(self) -> str:
        return "action_test_breaks"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        raise RuntimeError("secret words")


class Client:
    def __init__(self, app: Any) -> None:
        self.app = app

    def request(self, method: str, path: str, **parts: Any) -> httpx.Response:
        async def send() -> httpx.Response:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url="http://actions") as client:
                return await client.request(method, path, **parts)

        return asyncio.run(send())

    def post(self, path: str, **parts: Any) -> httpx.Response:
        return self.request("POST", path, **parts)


@pytest.fixture
def client():
    from actions import server

    app = server.create_app()
    executor = ActionExecutor()
    for action in (Greets, Rejects, Breaks):
        executor.register_action(action)
    app.state.executor = executor
    return Client(app)


def call(name):
    tracker = {"sender_id": "s", "slots": {}, "latest_message": {}, "events": [], "paused": False}
    return {"next_action": name, "sender_id": "s", "tracker": tracker, "domain": {"actions": []}}


def test_an_action_answers_with_events_and_responses(client):
    answer = client.post("/webhook", json=call("action_test_greets"))
    assert answer.status_code == 200
    assert answer.json()["responses"][0]["text"] == "Bonjour"


def test_a_deflated_body_is_read(client):
    body = zlib.compress(json.dumps(call("action_test_greets")).encode())
    answer = client.post("/webhook", content=body, headers={"Content-Encoding": "deflate"})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("name", "status"), [("action_test_rejects", 400), ("action_nobody_wrote", 404), ("action_test_breaks", 500)]
)
def test_failures_have_the_status_that_rasa_expects(client, name, status):
    answer = client.post("/webhook", json=call(name))
    assert answer.status_code == status
    assert answer.json()["action_name"] == name
    assert "secret" not in answer.text


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff"])
def test_a_bad_body_is_refused(client, body):
    assert client.post("/webhook", content=body).status_code == 400


def test_health_counts_the_actions(client):
    assert client.request("GET", "/health").json() == {"actions": 3}
