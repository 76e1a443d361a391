import pytest

from bot.conversations import buttons
from bot.conversations.models import Conversation, Message
from bot.conversations.ownership import Owner
from bot.texts import say
from bot.turn import Reply, Turn

CHOICE = Turn(
    [Reply("Lequel ?", [{"title": "Fraude", "payload": "/report_fraud"}, {"title": "Non", "payload": "/no"}])]
)


def plain(sentence: str) -> str:
    from bot.channels.telegram.rendering import parts

    return parts(say(sentence))[0].plain


def test_a_text_is_answered_and_a_redelivered_one_only_once(telegram):
    update = telegram.peer.write("on m'a volé 850 €")
    telegram.peer.repeat(update)

    assert telegram.exchange() == ["vous dites : on m'a volé 850 €"]

    telegram.peer.repeat(update)
    assert len(telegram.exchange()) == 1


def test_answers_keep_the_order_of_the_messages(telegram):
    for number in range(12):
        telegram.peer.write(f"message {number}")

    assert telegram.exchange() == [f"vous dites : message {number}" for number in range(12)]


def test_two_members_have_two_conversations(telegram):
    telegram.peer.write("bonjour", chat=7)
    telegram.peer.write("au secours", chat=8)
    telegram.exchange()

    assert telegram.peer.texts(8) == ["vous dites : au secours"]
    assert set(Conversation.objects.values_list("channel", "address")) == {("telegram", "7"), ("telegram", "8")}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("/start", "welcome"), ("/aide", "help"), ("/AIDE@cyber_care_bot", "help"), ("/effacer", "erase_question")],
)
def test_commands_are_answered_by_the_gateway(telegram, typed, sentence):
    telegram.peer.write(typed)

    assert telegram.exchange() == [plain(sentence)]
    assert telegram.engine.questions == []


def test_the_command_for_a_human_puts_the_member_into_the_queue(telegram):
    telegram.peer.write("/conseiller")
    telegram.exchange()

    assert Conversation.objects.get().owner == Owner.WAITING


def test_the_command_for_the_status_goes_to_the_engine(telegram):
    telegram.peer.write("/statut")
    telegram.exchange()

    assert telegram.engine.questions[0].command == "/ask_status"


@pytest.mark.parametrize(
    "typed", ["/report_fraud", '/affirm{"value": true}', "/nlu_fallback", '/report_fraud {"a": 1}']
)
def test_what_only_buttons_carry_is_no_message_when_typed(telegram, typed):
    telegram.peer.write(typed)

    assert telegram.exchange() == [plain("unreadable")]
    assert telegram.engine.questions == []


@pytest.mark.parametrize("typed", ["/restart", "/oui", "/ 250 €", "/"])
def test_other_typed_commands_are_plain_text(telegram, typed):
    telegram.peer.write(typed)
    telegram.exchange()

    assert (telegram.engine.questions[0].text, telegram.engine.questions[0].command) == (typed, "")


def test_a_tapped_button_is_acknowledged_ticked_and_answered(telegram):
    telegram.engine.script["aide"] = CHOICE
    telegram.peer.write("aide")
    telegram.exchange()
    shown = telegram.peer.sent[0]
    assert [button["text"] for row in shown["keyboard"] for button in row] == ["Fraude", "Non"]

    telegram.peer.tap(shown["keyboard"][0][0]["data"], shown)
    telegram.exchange()

    assert telegram.engine.questions[1].command == "/report_fraud"
    assert Message.objects.get(command="/report_fraud").text == "Fraude"
    assert [row[0]["text"] for row in shown["keyboard"]] == ["✓ Fraude"]
    assert telegram.peer.texts()[1:] == ["vous dites : /report_fraud"]
    assert len(telegram.peer.called("answerCallbackQuery")) == 1


def test_a_button_tapped_twice_counts_once_and_another_one_is_refused_kindly(telegram):
    telegram.engine.script["aide"] = CHOICE
    telegram.peer.write("aide")
    telegram.exchange()
    first, second = (button["data"] for button in telegram.peer.sent[0]["keyboard"][0])

    for data in (first, first, second):
        telegram.peer.tap(data, telegram.peer.sent[0])
    telegram.exchange()

    assert len(telegram.engine.questions) == 2
    said = [call.get("text") for call in telegram.peer.called("answerCallbackQuery")]
    assert said == [None, None, say("button_used")]


@pytest.mark.parametrize("data", ["", "1.0.forged", "é" * 30, "/report_fraud", "."])
def test_a_forged_button_gets_a_kind_answer_and_does_nothing(telegram, data):
    telegram.peer.tap(data)
    telegram.exchange()

    assert not Message.objects.exists()
    assert telegram.peer.called("answerCallbackQuery")[0]["text"] == say("button_stale")


def test_a_button_of_another_member_is_refused(telegram):
    telegram.engine.script["aide"] = CHOICE
    telegram.peer.write("aide", chat=8)
    telegram.exchange()
    stolen = buttons.token(Message.objects.get(author="bot"), 0)

    telegram.peer.tap(stolen, chat=7)
    telegram.exchange()

    assert telegram.peer.called("answerCallbackQuery")[0]["text"] == say("button_stale")
    assert len(telegram.engine.questions) == 1


def test_an_edit_is_recorded_and_noticed_once_and_never_answered_again(telegram):
    update = telegram.peer.write("j'ai perdu 80 €")
    telegram.exchange()
    edit = telegram.peer.edit(update, "j'ai perdu 800 €")
    telegram.peer.repeat(edit)
    telegram.exchange()
    telegram.peer.edit(update, "j'ai perdu 8000 €", later=9)
    telegram.peer.repeat(edit)

    assert telegram.exchange() == ["vous dites : j'ai perdu 80 €", plain("edited")]
    assert Message.objects.get(author="member").text == "j'ai perdu 8000 €"
    assert len(telegram.engine.questions) == 1


def test_secrets_in_an_edit_are_masked(telegram):
    update = telegram.peer.write("ma carte")
    telegram.exchange()
    telegram.peer.edit(update, "ma carte 4111 1111 1111 1111")
    telegram.exchange()

    assert "4111" not in Message.objects.get(author="member").text


def test_a_group_is_declined_once(telegram):
    for _ in range(3):
        telegram.peer.write("bonjour à tous", chat=-100)
    telegram.exchange()

    assert telegram.peer.texts(-100) == [plain("private_only")]
    assert not Message.objects.filter(text__contains="bonjour").exists()


@pytest.mark.parametrize(
    "content",
    [
        {"sticker": {"type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}},
        {"voice": {"duration": 3}},
        {"video": {"width": 1, "height": 1, "duration": 3}},
        {"video_note": {"length": 1, "duration": 3}},
        {"audio": {"duration": 3}},
        {"contact": {"phone_number": "+32470000000", "first_name": "Anne"}},
        {"location": {"latitude": 50.8, "longitude": 4.3}},
        {"dice": {"emoji": "🎲", "value": 3}},
    ],
    ids=lambda content: next(iter(content)),
)
def test_what_cannot_be_read_is_answered_so(telegram, content):
    name, body = next(iter(content.items()))
    if name not in ("contact", "location", "dice"):
        body = {"file_id": "f", "file_unique_id": "u", **body}
    telegram.peer.inject("message", telegram.peer.message(**{name: body}))

    assert telegram.exchange() == [plain("unsupported")]


def test_the_caption_of_a_video_is_answered_and_the_video_declined(telegram):
    video = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1, "duration": 3}
    telegram.peer.inject("message", telegram.peer.message(video=video, caption="regardez ce faux site"))

    assert sorted(telegram.exchange()) == sorted([plain("unsupported"), "vous dites : regardez ce faux site"])


@pytest.mark.parametrize("kind", ["channel_post", "edited_channel_post", "my_chat_member", "poll", "message_reaction"])
def test_other_kinds_of_update_are_ignored(telegram, kind):
    person, chat = {"id": 7, "is_bot": False, "first_name": "Anne"}, {"id": 7, "type": "private"}
    member = {"user": person, "status": "member"}
    post = {"message_id": 1, "date": 1, "chat": {"id": -1, "type": "channel", "title": "t"}, "text": "x"}
    content = {
        "channel_post": post,
        "edited_channel_post": {**post, "edit_date": 2},
        "my_chat_member": {
            "chat": chat, "from": person, "date": 1, "old_chat_member": member, "new_chat_member": member
        },
        "poll": {
            "id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": True, "type": "regular",
            "is_anonymous": True, "allows_multiple_answers": False, "allows_revoting": False, "members_only": False,
        },
        "message_reaction": {
            "chat": chat, "message_id": 1, "date": 1, "user": person, "old_reaction": [], "new_reaction": []
        },
    }  # fmt: skip
    telegram.peer.inject(kind, content[kind])

    assert telegram.exchange() == []
    assert not Conversation.objects.exists()


@pytest.mark.parametrize("raw", [{}, {"update_id": 1}, {"update_id": 1, "message": {"text": "x"}}, {"message": []}])
def test_an_update_that_cannot_be_read_is_given_up(telegram, raw):
    from bot.channels.telegram.inbox import accept

    assert accept(raw) is None
    assert not Conversation.objects.exists()
