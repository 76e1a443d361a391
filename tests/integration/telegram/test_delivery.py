from bot.conversations.delivery import deliver
from bot.conversations.models import Conversation, Message
from bot.conversations.services import append
from bot.turn import Reply, Turn


def say_to_member(conversation: Conversation, text: str) -> None:
    deliver(conversation, append(conversation, "adviser", text))


def test_a_long_text_comes_in_parts_with_the_buttons_under_the_last(telegram):
    long = "**Titre**\n\n" + "mot " * 2000
    telegram.engine.script["aide"] = Turn([Reply(long, [{"title": "Oui", "payload": "/affirm"}])])
    telegram.peer.write("aide")

    assert len(telegram.exchange()) == 2
    assert [len(message["keyboard"]) for message in telegram.peer.sent] == [0, 1]
    assert " ".join(telegram.peer.texts()).split() == ["Titre"] + ["mot"] * 2000


def test_a_part_that_was_sent_is_not_sent_again_when_the_next_one_fails(telegram):
    telegram.engine.script["aide"] = Turn([Reply("a " * 2000 + "b " * 2000)])
    telegram.peer.write("aide")
    telegram.arrive()
    telegram.peer.fail_next("sendMessage", 0)  # the first call goes well
    telegram.peer.fail_next("sendMessage", 502)
    telegram.work()

    assert len(telegram.peer.texts()) == 2
    assert Message.objects.get(author="bot").delivered_at


def test_telegrams_wish_to_be_left_alone_is_granted_and_order_kept(telegram):
    telegram.peer.fail_next("sendMessage", 429, retry_after=1)
    telegram.peer.fail_next("sendMessage", 500)
    for text in ("un", "deux", "trois"):
        telegram.peer.write(text)

    assert telegram.exchange() == ["vous dites : un", "vous dites : deux", "vous dites : trois"]


def test_a_repeated_delivery_job_sends_nothing_twice(telegram):
    from bot.channels.telegram.tasks import deliver_later

    telegram.peer.write("bonjour")
    telegram.exchange()
    deliver_later(Message.objects.get(author="bot"))
    telegram.work()

    assert len(telegram.peer.sent) == 1


def test_a_member_who_blocked_the_bot_gets_what_they_missed_when_they_write_again(telegram):
    telegram.peer.write("bonjour")
    telegram.exchange()
    conversation = Conversation.objects.get()
    telegram.peer.blocked.add(7)
    for text in ("votre dossier avance", "appelez-moi"):
        say_to_member(conversation, text)
    telegram.work()
    assert not Conversation.objects.get().reachable

    telegram.peer.blocked.clear()
    telegram.peer.write("me revoilà")

    assert telegram.exchange()[1:] == ["votre dossier avance", "appelez-moi", "vous dites : me revoilà"]
    assert Conversation.objects.get().reachable


def test_a_slow_answer_of_telegram_is_waited_for(telegram):
    telegram.peer.fail_next("sendMessage", 0, seconds=2)
    telegram.peer.write("bonjour")

    assert telegram.exchange() == ["vous dites : bonjour"]


def test_a_message_erased_before_it_is_delivered_is_not_sent(telegram):
    telegram.peer.write("bonjour")
    telegram.exchange()
    say_to_member(Conversation.objects.get(), "trop tard")
    Message.objects.filter(text="trop tard").delete()
    telegram.work()

    assert len(telegram.peer.sent) == 1


def test_the_token_and_what_members_write_are_in_no_log(telegram, caplog):
    caplog.set_level("INFO")
    telegram.peer.fail_next("sendMessage", 500)
    telegram.peer.write("mon secret")
    telegram.peer.send_document(b"x", "dossier-de-Anne.pdf")
    telegram.exchange()

    assert "local-peer-token" not in caplog.text
    assert "mon secret" not in caplog.text
    assert "Anne" not in caplog.text
