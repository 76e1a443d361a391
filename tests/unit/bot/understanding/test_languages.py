import pytest

from bot.understanding.languages import danger_language, foreign_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ik heb een vreemde sms gekregen van mijn bank", "nl"),
        ("mijn rekening is leeggehaald", "nl"),
        ("kan iemand mij helpen", "nl"),
        ("my bank account was emptied yesterday", "en"),
        ("someone hacked my account", "en"),
        ("i was scammed on marketplace", "en"),
        ("I'm scared, I'm being hacked right now", "en"),
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


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ik wil dood, ik kan niet meer", "nl"),
        ("Ik wil dood", "nl"),
        ("mijn zoon denkt aan zelfmoord", "nl"),
        ("ik wil er een einde aan mijn leven maken", "nl"),
        ("hij gaat mij vermoorden", "nl"),
        ("I want to die", "en"),
        ("I'm so ashamed, I'm going to kill myself", "en"),
        ("i don’t want to live anymore", "en"),
        ("he said he will kill me", "en"),
        ("my husband beats me", "en"),
        ("my daughter is suicidal", "en"),
        ("ich will nicht mehr leben", "de"),
        ("Ich möchte einfach nur sterben", "de"),
        ("er will mich töten", "de"),
        ("je n'en peux plus, i want to die", "fr"),
    ],
)
def test_a_danger_to_life_is_heard_in_the_languages_of_the_country(text, language):
    assert danger_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "mijn batterij is dood en mijn geld is weg",
        "kill the process, my pc is going to die",
        "my bank account was emptied, this is killing my business",
        "mein Konto wurde gehackt, ich kann nicht mehr einloggen",
        "ik wil mijn geld terug, ik kan niet meer inloggen",
        "je suis mort de rire",
        "il m'a volé 500 € et je veux porter plainte",
        "mon abonnement Kill Bill streaming",
        "suicide squad dvd jamais livré",
        "",
    ],
)
def test_everyday_words_of_death_are_no_danger(text):
    assert danger_language(text) is None
