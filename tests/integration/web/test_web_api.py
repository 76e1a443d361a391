import json

import pytest
from django.test import Client

from bot.conversations.models import Message
from bot.settings import settings
from tests.conversing import say
from tests.problems import problem

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_message_is_accepted_and_listed(member):
    response = member.send({"client_id": "a", "text": "Bonjour **vous**"})

    assert (response.status_code, response.json()) == (202, {"id": 1, "client_id": "a"})
    (shown,) = member.read().json()
    assert (shown["id"], shown["author"], shown["text"], shown["client_id"]) == (1, "member", "Bonjour **vous**", "a")
    assert shown["at"].endswith("Z")


def test_the_same_client_id_gets_the_same_answer_and_is_stored_once(member):
    answers = [member.send({"client_id": "a", "text": text}).json() for text in ("un", "un", "deux")]

    assert answers == [{"id": 1, "client_id": "a"}] * 3
    assert Message.objects.get().text == "un"


def test_the_same_client_id_in_two_conversations_is_two_messages(new_member):
    assert [new_member().send({"client_id": "a", "text": "x"}).json()["id"] for _ in range(2)] == [1, 1]
    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    "text", ["😀", "a\x00b\x07", "\ud83d seule", "é" * 40_000, "😀" * 40_000, "<script>", "\x01\x02"]
)
def test_odd_texts_are_accepted(member, text):
    response = member.send(json.dumps({"client_id": "a", "text": text}).encode())

    assert response.status_code == 202
    assert "\x00" not in member.read().json()[0]["text"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 422, "invalid"),
        (b"{", 400, "bad_json"),
        (b"\xff\xfe\x00", 400, "bad_json"),
        (b"[" * 50_000, 400, "bad_json"),
        (b"[]", 422, "invalid"),
        (b"null", 422, "invalid"),
        (b'"text"', 422, "invalid"),
        (b'{"text": "x"}', 422, "invalid"),
        (b'{"client_id": "a"}', 422, "text_or_button"),
        (b'{"client_id": "a", "text": "x", "button": "help"}', 422, "text_or_button"),
        (b'{"client_id": "a", "text": " \\n\\t"}', 422, "blank_text"),
        (b'{"client_id": "a", "text": 5}', 422, "invalid"),
        (b'{"client_id": "a", "text": ["x"]}', 422, "invalid"),
        (b'{"client_id": 7, "text": "x"}', 422, "invalid"),
        (b'{"client_id": "", "text": "x"}', 422, "invalid"),
        (b'{"client_id": "a\\u0000", "text": "x"}', 422, "invalid"),
        (b'{"client_id": "' + b"a" * 65 + b'", "text": "x"}', 422, "invalid"),
        (b'{"client_id": "a", "button": "nope"}', 422, "unknown_button"),
        (b'{"client_id": "a", "button": "erase"}', 422, "unknown_button"),
        (b'{"client_id": "a", "button": "/affirm"}', 422, "unknown_button"),
        (b'{"client_id": "a", "button": "1.0.\xc3\xa9"}', 422, "unknown_button"),
        (b'{"client_id": "a", "button": "\\ud800"}', 422, "invalid"),
        (b'{"client_id": "a", "text": "' + b"x" * 40_001 + b'"}', 422, "invalid"),
        (b'{"client_id": "a", "text": "' + b"x" * 1_000_000 + b'"}', 413, "content_too_large"),
    ],
)
def test_a_wrong_body_is_refused_clearly(member, body, status, code):
    problem(member.send(body), status, code)
    assert not Message.objects.exists()


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "%00", ""])
def test_a_wrong_after_is_refused(member, after):
    problem(member.read(after), 422, "invalid")


def test_after_lists_only_what_is_newer(member):
    for index in range(3):
        say(member.conversation, str(index))

    assert [shown["text"] for shown in member.read(1).json()] == ["1", "2"]
    assert member.read(10**30).json() == []


def test_a_button_is_tapped_by_its_token_and_never_shows_its_payload(member, new_member):
    say(member.conversation, "Est-ce exact ?", buttons=[{"title": "Oui", "payload": "/affirm"}])
    listed = member.read()
    (button,) = listed.json()[0]["buttons"]

    assert b"/affirm" not in listed.content
    assert member.send({"client_id": "a", "button": button["token"]}).status_code == 202
    tapped = Message.objects.get(external_id="a")
    assert (tapped.text, tapped.command) == ("Oui", "/affirm")
    problem(new_member().send({"client_id": "a", "button": button["token"]}), 422, "unknown_button")


@pytest.mark.parametrize("command", ["help", "ask_human", "ask_erasure"])
def test_public_commands_are_buttons(member, command):
    assert member.send({"client_id": "a", "button": command}).status_code == 202
    assert Message.objects.get().command == command


def test_a_tap_sent_again_after_its_message_was_erased_gets_the_same_answer(member):
    asked = say(member.conversation, "Effacer ?", buttons=[{"title": "Oui", "payload": "erase"}])
    token = member.read().json()[0]["buttons"][0]["token"]
    first = member.send({"client_id": "a", "button": token})
    asked.delete()

    assert member.send({"client_id": "a", "button": token}).json() == first.json()


@pytest.mark.parametrize("address", ["/api/", "/api/nope", "/api/chat", "/api/chat/messages/1"])
def test_an_unknown_address_is_a_json_404(address):
    problem(Client().get(address), 404, "not_found")


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
@pytest.mark.parametrize("address", ["/api/chat/session", "/api/chat/messages", "/api/chat/events"])
def test_a_wrong_method_is_a_json_405(method, address):
    response = getattr(Client(), method)(address)

    problem(response, 405, "method_not_allowed")
    assert response["Allow"]


def test_too_many_messages_or_sessions_are_told_when_to_come_back(member, monkeypatch):
    monkeypatch.setattr(settings(), "messages_per_minute", 2)
    monkeypatch.setattr(settings(), "sessions_per_minute", 1)

    statuses = [member.send({"client_id": str(index), "text": "x"}) for index in range(5)]
    assert statuses[0].status_code == 202
    problem(statuses[-1], 429, "too_many_requests")
    assert 0 < int(statuses[-1]["Retry-After"]) <= 60
    sessions = [Client().post("/api/chat/session") for _ in range(3)]
    problem(sessions[-1], 429, "too_many_requests")


def test_the_interface_describes_itself():
    described = Client().get("/api/openapi.json").json()

    calls = ("session", "messages", "events", "typing", "evidence", "evidence/{evidence_id}")
    assert set(described["paths"]) == {f"/api/chat/{call}" for call in calls}
    assert "text/event-stream" in json.dumps(described["paths"]["/api/chat/events"])
    assert set(described["components"]["securitySchemes"]) == {"Bearer", "Cookie"}


def test_health_tells_whether_the_database_answers():
    assert Client().get("/health").json() == {"ok": True}


def test_a_lost_database_is_a_503_in_json(member, monkeypatch):
    from django.db import OperationalError

    def fail(*_args):
        raise OperationalError("gone")

    monkeypatch.setattr("bot.channels.web.api.send", fail)

    problem(member.send({"client_id": "a", "text": "x"}), 503, "service_unavailable")


def test_the_page_says_first_that_it_is_automatic_and_shows_the_register_s_numbers():
    from bot.texts import contacts

    page = Client().get("/").content.decode()

    assert "assistant automatique (IA)" in page
    assert all(f'href="{contacts()[id_].target}"' in page for id_ in ("card_stop", "emergency", "police_emergency"))
    assert "<noscript>" in page
    assert " style=" not in page
    assert "<script>" not in page


def test_without_after_all_messages_are_listed(member):
    say(member.conversation, "un")

    listed = member.client.get("/api/chat/messages", headers={"Authorization": f"Bearer {member.token}"})
    assert [shown["text"] for shown in listed.json()] == ["un"]
