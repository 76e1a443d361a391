import json
import signal

import pytest

from bot.conversations.models import Conversation, Message

pytestmark = pytest.mark.slow


def members_texts() -> list[str]:
    written = Message.objects.filter(author="member").order_by("number")
    return list(written.values_list("text", flat=True))


def stop(process) -> str:
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    return output.decode()


def test_the_poller_takes_over_from_a_webhook_and_drops_nothing(telegram, eventually):
    telegram.peer.write("écrit avant le démarrage")
    telegram.peer.webhook = {"url": "https://before.example/"}
    poller = telegram.start_poller()
    eventually(members_texts)
    stop(poller)

    telegram.work()
    assert telegram.peer.texts() == ["vous dites : écrit avant le démarrage"]
    assert telegram.peer.webhook == {}
    assert {command["command"] for command in telegram.peer.called("setMyCommands")[0]["commands"]} == {
        "aide", "conseiller", "dossier", "effacer", "pieces", "statut"
    }  # fmt: skip


def test_killed_again_and_again_the_poller_loses_and_doubles_nothing(telegram, eventually):
    total, stored_before_kill = 60, (5, 25, 40)
    for number in range(total):
        telegram.peer.write(f"message {number}")
    for stored in stored_before_kill:
        poller = telegram.start_poller()
        eventually(lambda stored=stored: Message.objects.count() >= stored)
        poller.kill()
        poller.communicate()
    poller = telegram.start_poller()
    eventually(lambda: not telegram.peer.unacknowledged)
    stop(poller)

    assert members_texts() == [f"message {number}" for number in range(total)]
    telegram.work(60)
    assert telegram.peer.texts() == [f"vous dites : message {number}" for number in range(total)]


def test_an_update_is_acknowledged_only_once_it_is_stored(telegram, eventually):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE conversations_message RENAME TO elsewhere")
    try:
        telegram.peer.write("bonjour")
        poller = telegram.start_poller()
        eventually(lambda: telegram.peer.called("getUpdates"))
        assert telegram.peer.unacknowledged
    finally:
        # The table is back: what waited is stored now.
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE elsewhere RENAME TO conversations_message")
    eventually(members_texts)
    stop(poller)


def test_errors_of_telegram_do_not_end_the_poller(telegram, eventually):
    telegram.peer.fail_next("deleteWebhook", 500)
    telegram.peer.fail_next("getUpdates", 409)
    telegram.peer.fail_next("getUpdates", 429, retry_after=1)
    telegram.peer.fail_next("getUpdates", 502)
    telegram.peer.fail_next("getUpdates", 401)
    telegram.peer.write("toujours là ?")
    poller = telegram.start_poller()
    eventually(members_texts)
    output = stop(poller)

    assert members_texts() == ["toujours là ?"]
    assert output.count("telegram_poll_failed") == 5
    assert "local-peer-token" not in output
    assert "toujours" not in output


def test_an_update_that_cannot_be_read_does_not_stop_those_behind_it(telegram, eventually):
    telegram.peer._updates.append({"update_id": 900, "message": {"text": "cassé", "chat": 1}})
    telegram.peer.write("bonjour")
    poller = telegram.start_poller()
    eventually(members_texts)
    output = stop(poller)

    assert members_texts() == ["bonjour"]
    assert "cassé" not in output


def test_a_stop_ends_the_long_poll_at_once(telegram, eventually):
    poller = telegram.start_poller()
    eventually(lambda: telegram.peer.called("getUpdates"))

    assert "Traceback" not in stop(poller)
    assert json.dumps(telegram.peer.webhook) == "{}"
    assert not Conversation.objects.exists()
