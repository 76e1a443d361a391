"""A member on Telegram, an adviser at the desk: from the bot to the human and back."""

from bot.conversations.models import Conversation
from bot.conversations.ownership import Owner
from bot.turn import Reply, Turn
from tests.desk import new_adviser, signed_in


def test_from_the_bot_to_an_adviser_and_back_to_the_bot(telegram):
    telegram.engine.script["au secours"] = Turn([Reply("Je préviens un conseiller.")], hand_off="asked")
    telegram.peer.write("au secours")
    assert "prochaine personne dans la file" in telegram.exchange()[-1]

    conversation, desk = Conversation.objects.get(), signed_in(new_adviser("Sophie Exemple"))
    assert f"row-{conversation.pk}" in desk.get("/desk/?queue=waiting").content.decode()
    telegram.peer.write("vous êtes là ?")
    telegram.arrive()  # its job waits in the queue while the adviser answers
    assert desk.post(f"/desk/c/{conversation.pk}/typing").status_code == 204
    assert desk.post(f"/desk/c/{conversation.pk}/reply", {"text": "Oui, je vous lis.", "key": "1"}).status_code == 204
    telegram.work()
    texts = telegram.peer.texts()
    assert texts[-1] == "Oui, je vous lis."
    assert "conseiller prend la suite" in texts[-2]
    assert not any("vous êtes là" in text for text in texts), "the bot answered what was the adviser's"
    assert "distribué" in desk.get(f"/desk/c/{conversation.pk}").content.decode()

    telegram.peer.write("merci")
    telegram.exchange()
    desk.post(f"/desk/c/{conversation.pk}/release")
    assert "assistant automatique" in telegram.exchange()[-1]
    telegram.peer.write("et maintenant ?")
    assert telegram.exchange()[-1] == "vous dites : et maintenant ?"
    assert [question.text for question in telegram.engine.questions] == ["au secours", "et maintenant ?"]
    conversation.refresh_from_db()
    assert conversation.owner == Owner.BOT
