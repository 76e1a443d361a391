from bot.conversations.models import Message
from bot.learning.telling import Guess, guesses
from tests.learning import PHISHING, SHOP, read


def test_incidents_and_intents_are_ranked_together():
    understood = read({PHISHING: 0.3, SHOP: 0.1})
    understood["ranking"] += [{"name": "nlu_fallback", "confidence": 0.9}, {"name": "ask_cover", "confidence": 0.2}]
    assert guesses(Message(understood=understood)) == [
        Guess(f"report_{PHISHING}", 0.3), Guess("ask_cover", 0.2), Guess(f"report_{SHOP}", 0.1),
    ]  # fmt: skip


def test_a_message_that_nobody_read_has_none():
    assert guesses(Message(understood=None)) == []
    assert guesses(Message(understood={})) == []
