import pytest

from bot.understanding.languages import foreign_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ik heb een vreemde sms gekregen van mijn bank", "nl"),
        ("mijn rekening is leeggehaald", "nl"),
        ("kan iemand mij helpen", "nl"),
        ("my bank account was emptied yesterday", "en"),
        ("someone hacked my account", "en"),
        ("i was scammed on marketplace", "en"),
        ("mein Konto wurde gehackt", "de"),
        ("Ich habe eine seltsame Nachricht von meiner Bank bekommen", "de"),
    ],
)
def test_another_language_is_recognised(text, language):
    assert foreign_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "ok",
        "hello",
        "no",
        "paypal",
        "anydesk teamviewer paypal",
        "DPD delivery express tracking",
        "phishing sms bpost",
        "j'ai reçu un fake mail de ING",
        "on m'a hacké mon insta",
        "mn compte snap c fait pirater",
        "wesh ya 1 gars ki minsulte sur insta",
        "JE NE SAIS PLUS ME CONNECTER",
        "le vendeur m'a écrit « please pay the customs fee to receive your parcel »",
        "mon PC est lock screen ransomware bitcoin",
        "Order number 445-3321 Amazon",
    ],
)
def test_french_and_short_words_are_left_alone(text):
    assert foreign_language(text) is None
