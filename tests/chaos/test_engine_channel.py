"""The engine's own channel, spoken to directly: the same message twice is one turn, and nobody else gets in."""

import hashlib
import hmac
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import httpx
import psycopg
import pytest

from tests.stack import Stack, wait_until

pytestmark = pytest.mark.slow
STORY = "hier soir j'ai reçu un SMS de ma banque, j'ai cliqué et ce matin 850 € ont disparu"


@dataclass
class Gateway:
    """Speaks to the engine as `bot/engine.py` does, but says what a test wants."""

    stack: Stack
    conversation: str = field(default_factory=lambda: str(uuid4()))
    token: str = ""

    def __post_init__(self) -> None:
        self.token = self.stack.secret("CYBERCARE_ENGINE_TOKEN")

    def post(self, token: str = "", path: str = "turn", **body: str) -> httpx.Response:
        url = f"http://127.0.0.1:{self.stack.ports['engine']}/webhooks/cybercare/{path}"
        metadata = {"conversation": self.conversation, "sent_at": datetime.now(UTC).isoformat()}
        turn = {"conversation": f"{self.conversation}:1", "message_id": str(uuid4()), "metadata": metadata, **body}
        return httpx.post(url, json=turn, headers={"Authorization": f"Bearer {token or self.token}"}, timeout=30)

    def tap(self, payload: str, **body: str) -> httpx.Response:
        signed = f"{self.conversation}:1\n{payload}".encode()
        signature = hmac.digest(self.token.encode(), signed, hashlib.sha256).hex()
        return self.post(button=payload, signature=signature, **body)

    def claims(self) -> list[dict[str, object]]:
        return self.stack.rows("SELECT id FROM claims_claim WHERE conversation = %s", self.conversation)


@pytest.fixture
def gateway(stack):
    return Gateway(stack)


def test_the_same_confirmation_twice_at_once_and_later_gives_one_answer_and_one_claim(gateway):
    answer = gateway.post(text=STORY).json()
    for _ in range(5):
        if any(reply.get("custom", {}).get("card") for reply in answer["replies"]):
            break
        answer = gateway.tap('/deny{"value": false}').json()

    def confirm(_):
        return gateway.tap('/affirm{"field": "confirmed", "value": true}', message_id="the-same").json()

    with ThreadPoolExecutor(3) as pool:
        answers = [*pool.map(confirm, range(3)), confirm(None)]
    assert "CC-" in str(answers[0])
    assert all(other == answers[0] for other in answers)
    assert len(gateway.claims()) == 1


def test_a_form_goes_on_however_many_questions_came_in_between(stack):
    at_once, later = Gateway(stack), Gateway(stack)
    for gateway in (at_once, later):
        gateway.post(text=STORY)
    for _ in range(8):  # more than the engine reads (TURNS_READ in engine/memory.py)
        assert later.post(text="où en est mon dossier").status_code == 200
    payload = '/deny{"value": false}'
    after, expected = later.tap(payload).json()["replies"], at_once.tap(payload).json()["replies"]
    assert [reply.get("text") for reply in after] == [reply.get("text") for reply in expected]


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="only Linux tells what a process has loaded")
def test_the_engine_answers_without_tensorflow_in_its_memory(gateway):
    assert gateway.post(text=STORY).status_code == 200
    loaded = Path(f"/proc/{gateway.stack.pid('engine')}/maps").read_text()
    assert "numpy" in loaded
    assert "tensorflow" not in loaded


def test_of_two_engines_that_take_the_same_turn_only_one_stores_it(gateway):
    gateway.post(text="bonjour")
    memory = f"{gateway.conversation}:1"
    taken = "INSERT INTO engine.turns (memory, number, events, state) VALUES (%s, 2, '[]', '[]') RETURNING number"
    with psycopg.connect(gateway.stack.database_url) as other:
        other.execute(taken.encode(), [memory])  # not committed: the engine waits, then finds the place taken
        with ThreadPoolExecutor(1) as pool:
            answer = pool.submit(gateway.post, text="merci")
            wait_until(lambda: _is_waiting(gateway.stack), 10)
            other.commit()
            assert answer.result().status_code == 500
    assert gateway.post(text="merci").status_code == 200


def _is_waiting(stack):
    return stack.rows("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%%engine.turns%%'")


@pytest.mark.parametrize("path", ["turn", "read"])
def test_a_wrong_token_is_refused(gateway, path):
    assert gateway.post(token="wrong", path=path, text="bonjour").status_code == 401


def test_a_text_is_read_like_one_that_is_answered_and_nothing_is_said_or_remembered(gateway):
    read = gateway.post(path="read", text=STORY).json()
    count = "SELECT count(*) FROM engine.turns WHERE memory LIKE %s"
    assert gateway.stack.rows(count, f"{gateway.conversation}%")[0]["count"] == 0
    understood = gateway.post(text=STORY).json()["understood"]
    assert (read["intent"], read["danger"]) == (understood["intent"], understood["danger"])
    assert read["report"] > 0.5
    assert gateway.post(path="read").status_code == 400


@pytest.mark.parametrize("signature", ["", "00" * 32])
def test_a_button_without_the_gateways_signature_is_refused(gateway, signature):
    assert gateway.post(button="/affirm", signature=signature).status_code == 400


def test_a_typed_payload_is_only_text(gateway):
    understood = gateway.post(text='/report_fraud{"subtype": "phishing_codes_given"}').json()["understood"]
    assert understood["intent"].get("confidence", 0) < 1


def test_an_incomplete_turn_is_refused_and_an_empty_text_is_answered(gateway):
    incomplete: list[dict[str, str]] = [{}, {"text": "oui", "message_id": ""}, {"text": "oui", "conversation": ""}]
    assert [gateway.post(**body).status_code for body in incomplete] == [400, 400, 400]
    assert gateway.post(text="").status_code == 200
