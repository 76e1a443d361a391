import pytest
from django.db import OperationalError

from bot.channels.telegram import views, webhook
from bot.conversations.models import Message


@pytest.fixture
def called(telegram, live_server):
    """Register the real server's webhook with the peer, as on a real machine."""
    webhook.register(f"{live_server.url}/telegram/webhook")
    return telegram


def test_messages_come_in_by_the_webhook_and_duplicates_change_nothing(called):
    called.peer.repeat(called.peer.write("un"))
    called.peer.write("deux")

    assert called.peer.push() == [200, 200, 200]
    called.work()
    assert called.peer.texts() == ["vous dites : un", "vous dites : deux"]
    assert called.peer.unacknowledged == []


@pytest.mark.parametrize("secret", ["", "wrong", "webhook-secre"])
def test_without_the_secret_nothing_is_taken(called, secret):
    assert called.peer.push(called.peer.write("un"), secret=secret) == [403]
    assert not Message.objects.exists()


@pytest.mark.parametrize("body", [{}, [], "text", 1, None, {"update_id": "x"}, {"update_id": 1, "message": 5}])
def test_what_cannot_be_read_is_answered_200_so_that_it_does_not_come_back(called, body):
    assert called.peer.push(body or {"nothing": True}) == [200]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"x" * 600_000])
def test_broken_and_huge_bodies_are_answered_200(telegram, client, body):
    answer = client.post(
        "/telegram/webhook", body, content_type="application/json",
        headers={"X-Telegram-Bot-Api-Secret-Token": "webhook-secret"},
    )  # fmt: skip

    assert answer.status_code == 200


def test_while_the_database_is_away_telegram_is_asked_to_come_again(called, monkeypatch):
    update = called.peer.write("ne me perdez pas")

    def away(raw):
        raise OperationalError

    with monkeypatch.context() as patch:
        patch.setattr(views, "accept", away)
        assert called.peer.push() == [503]
    assert called.peer.unacknowledged == [update]
    assert called.peer.push() == [200]
    assert Message.objects.get().text == "ne me perdez pas"


def test_other_methods_and_the_polling_mode_find_no_webhook(telegram, client, monkeypatch):
    from bot.settings import settings

    assert client.get("/telegram/webhook").status_code == 405
    monkeypatch.setenv("CYBERCARE_TELEGRAM_MODE", "poll")
    settings.cache_clear()
    assert client.post("/telegram/webhook", {}).status_code == 404


def test_typing_is_shown_while_an_answer_is_prepared(called):
    called.peer.write("bonjour")
    called.peer.push()
    called.work()

    assert called.peer.called("sendChatAction")[0]["action"] == "typing"
