import asyncio
import threading
import time
from itertools import islice

import httpx
import pytest
from django.db import connection
from django.utils import timezone

from bot.channels.web import streams
from bot.conversations.erasure import erase
from bot.conversations.models import Message
from bot.conversations.receiving import open_conversation
from tests.conversing import say, type_
from tests.sse import listening
from tests.web_server import running_web

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def session(web):
    return httpx.post(f"{web.address}/api/chat/session").raise_for_status().json()


def numbers(events, count):
    return [event.data["id"] for event in islice(events, count)]


@pytest.mark.parametrize("text", ["**Bonjour**", "é" * 20_000], ids=["short", "too long for a notification"])
def test_a_new_message_arrives_at_once_with_its_number_as_event_id(web, session, text):
    with listening(web.address, session["token"]) as events:
        message = say(session["conversation"], text, buttons=[{"title": "Oui", "payload": "/affirm"}])
        stored = time.monotonic()
        event = next(events)
        assert time.monotonic() - stored < 5.0, "as if it waited for the heartbeat; milliseconds on an idle machine"
    listed = httpx.get(
        f"{web.address}/api/chat/messages", headers={"Authorization": f"Bearer {session['token']}"}
    ).json()
    assert (event.name, event.id, event.data) == ("message", str(message.number), listed[0])


def test_typing_is_told_and_is_no_message(web, session):
    with listening(web.address, session["token"]) as events:
        say(session["conversation"], "un")
        assert next(events).name == "message"
        type_(session["conversation"])
        event = next(events)
    assert (event.name, event.id, event.data) == ("typing", "", {"author": "bot"})


def test_the_stream_resumes_after_a_number_and_last_event_id_goes_first(web, session):
    for text in ("un", "deux", "trois"):
        say(session["conversation"], text)

    with listening(web.address, session["token"], after=1) as events:
        assert numbers(events, 2) == [2, 3]
    with listening(web.address, session["token"], after=0, **{"Last-Event-ID": "2"}) as events:
        assert numbers(events, 1) == [3]


@pytest.mark.parametrize("wrong", [{"after": "-1"}, {"after": "x"}])
def test_a_wrong_place_to_resume_is_refused(web, session, wrong):
    headers = {"Authorization": f"Bearer {session['token']}"}
    assert httpx.get(f"{web.address}/api/chat/events", params=wrong, headers=headers).status_code == 422
    headers["Last-Event-ID"] = "garbage"
    assert httpx.get(f"{web.address}/api/chat/events", headers=headers).status_code == 422


def test_nothing_is_lost_or_doubled_while_the_stream_is_cut_and_messages_are_written(web, session):
    total = 60
    writer = threading.Thread(target=write_many, args=(session["conversation"], total))
    writer.start()
    seen: list[int] = []
    while len(seen) < total:
        with listening(web.address, session["token"], after=seen[-1] if seen else 0) as events:
            seen += numbers(events, min(17, total - len(seen)))
    writer.join()
    assert seen == list(range(1, total + 1))


def write_many(conversation, total):
    for index in range(total):
        say(conversation, f"message {index}")
    connection.close()


def test_a_long_history_arrives_whole_and_in_order(web, session):
    total = 2 * 200 + 3  # more than two pages
    now = timezone.now()
    Message.objects.bulk_create(
        Message(conversation_id=session["conversation"], number=number, author="bot", text="x", sent_at=now)
        for number in range(1, total + 1)
    )
    with listening(web.address, session["token"]) as events:
        assert numbers(events, total) == list(range(1, total + 1))


def test_two_tabs_see_the_same_and_other_conversations_see_nothing(web, session):
    other = httpx.post(f"{web.address}/api/chat/session").json()
    with (
        listening(web.address, session["token"]) as first,
        listening(web.address, session["token"]) as second,
        listening(web.address, other["token"]) as third,
    ):
        headers = {"Authorization": f"Bearer {session['token']}"}
        body = {"client_id": "a", "text": "bonjour"}
        httpx.post(f"{web.address}/api/chat/messages", json=body, headers=headers).raise_for_status()
        assert next(first) == next(second)
        say(other["conversation"], "seulement ici")
        assert next(third).data["text"] == "seulement ici"


def test_an_erased_conversation_disappears_from_open_and_resumed_streams(web, session):
    say(session["conversation"], "un")
    kept = say(session["conversation"], "Tout effacer", author="member")
    with listening(web.address, session["token"]) as events:
        assert numbers(events, 2) == [1, 2]
        erase(kept.conversation_id, keep=kept.pk)
        say(session["conversation"], "C'est fait.")
        told = next(events)
        assert (told.name, told.data) == ("erased", {"before": 2})
    with listening(web.address, session["token"], after=3) as events:
        assert next(events).name == "erased"


def test_streams_catch_up_after_the_listen_connection_broke(web, session):
    with listening(web.address, session["token"]) as events:
        for index in range(3):
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s",
                    ["cybercare-listener"],
                )
            say(session["conversation"], f"pendant la coupure {index}")
        assert numbers(events, 3) == [1, 2, 3]


def test_open_streams_hold_no_database_connection(web, session):
    tabs = [listening(web.address, session["token"]) for _ in range(8)]
    say(session["conversation"], "un")
    for tab in tabs:
        assert next(tab.__enter__()).data["text"] == "un"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE %s",
            ["idle in transaction%"],
        )
        assert cursor.fetchone() == (0,)
    assert httpx.get(f"{web.address}/health").json() == {"ok": True}
    for tab in tabs:
        tab.__exit__(None, None, None)


def test_one_conversation_cannot_open_streams_without_end(web, session):
    tabs = [listening(web.address, session["token"]) for _ in range(streams.MAX_OPEN)]
    for tab in tabs:
        tab.__enter__()
    refused = httpx.get(
        f"{web.address}/api/chat/events", headers={"Authorization": f"Bearer {session['token']}"}, timeout=5
    )
    for tab in tabs:
        tab.__exit__(None, None, None)
    assert (refused.status_code, refused.json()["error"]) == (429, "too_many_streams")
    assert refused.headers["Retry-After"]


def test_the_process_stops_at_once_with_open_streams(tmp_path):
    with running_web(tmp_path / "log") as server:
        session = httpx.post(f"{server.address}/api/chat/session").json()
        with listening(server.address, session["token"]) as events:
            say(session["conversation"], "un")
            next(events)
            assert server.stop() < 5
            assert list(events) == []
        log = (tmp_path / "log").read_text()
        assert "Traceback" not in log
        assert session["token"] not in log


def test_silence_is_filled_with_heartbeats(monkeypatch):
    monkeypatch.setattr(streams, "HEARTBEAT", 0.01)
    conversation = open_conversation("web")

    async def first_two() -> list[bytes]:
        response = streams.stream(conversation.pk, 0)
        chunks = aiter(response)
        got = [await anext(chunks) for _ in range(2)]
        await chunks.aclose()
        return got

    assert asyncio.run(first_two()) == [b"retry: 2000\n\n", b": heartbeat\n\n"]
