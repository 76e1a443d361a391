"""What a story already says."""

import json
import time
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import read_fields
from bot.understanding.fields import FieldValue

STORIES = [
    json.loads(line) for line in Path(__file__).with_name("stories.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(
    ("told", "field", "value"),
    [
        ("Hier soir j'ai reçu un sms de bpost", "incident_date", "2026-11-22"),
        ("J'ai commandé un grille-pain le 12 octobre", "order_date", "2026-10-12"),
        ("Hier soir j'ai reçu un sms de bpost", "contact_channel", "sms"),
        ("un gars m'a appelé en disant être de ma banque", "contact_channel", "phone"),
        ("j'ai reçu un mail bizarre d'Engie", "contact_channel", "email"),
        ("elle m'a écrit sur WhatsApp", "contact_channel", "whatsapp"),
        ("il m'insulte sur insta", "platform", "Instagram"),
        ("acheté sur 2ememain à un particulier", "platform", "2ememain"),
        ("mon compte Hotmail est piraté", "platform", "Hotmail"),
        ("j'ai commandé chez Torfs", "merchant", "Torfs"),
        ("le site s'appelle Modavelle, j'y ai acheté une robe", "merchant", "Modavelle"),
        ("j'ai payé par Bancontact", "payment_means", "bancontact"),
        ("j'ai acheté des tickets Transcash pour lui", "payment_means", "voucher"),
        ("retirés par domiciliation", "payment_means", "direct_debit"),
        ("j'ai payé en liquide", "payment_means", "cash"),
        ("envoyé en bitcoins", "payment_means", "crypto"),
        ("viré sur BE68 5390 0754 7034 hier", "iban", "BE68539007547034"),
        ("le lien était https://bpost-colis.xyz/suivi.", "url", "https://bpost-colis.xyz/suivi"),
        ("commande n° 402-1234567-8901234 jamais reçue", "order_number", "402-1234567-8901234"),
        ("j'ai porté plainte à la police d'Arlon", "police_report", True),
        ("je n'ai pas encore porté plainte", "police_report", False),
        ("je vais porter plainte demain", "police_report", False),
        ("j'ai tout de suite appelé Card Stop", "bank_contacted", True),
        ("j'ai pas encore appelé ma banque", "bank_contacted", False),
        ("je n'arrive pas à joindre ma banque", "bank_contacted", False),
        ("ma fille se fait insulter à l'école", "victim", "child"),
        ("mon mari s'est fait arnaquer", "victim", "partner"),
        ("ma mère de 80 ans a donné son code", "victim", "parent"),
        ("ma voisine a reçu un faux appel", "victim", "other"),
        ("on m'a volé 300 €", "victim", "self"),
    ],
)
def test_a_stated_field_is_read(told: str, field: str, value: FieldValue, now: datetime) -> None:
    assert read_fields(told, now)[field] == value


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ("Livraison prévue le 12 novembre", "incident_date"),
        ("né le 3/4/1985", "incident_date"),
        ("j'ai reçu un sms d'Amazon, un faux", "merchant"),
        ("mon colis bpost n'est pas arrivé", "merchant"),
        ("je ne suis pas sur Facebook", "platform"),
        ("on m'a volé ma carte d'identité", "payment_means"),
        ("il voulait un virement, j'ai refusé", "payment_means"),
        ("j'ai appelé la police", "contact_channel"),
        ("viré sur BE68 5390 0754 7035", "iban"),
        ("dois-je porter plainte ?", "police_report"),
        ("un faux employé de ma banque m'a appelé", "bank_contacted"),
        ("ma commande 2 articles", "order_number"),
        ("Il se fait passer pour mon fils", "amount_cents"),
    ],
)
def test_an_unstated_field_is_absent(told: str, field: str, now: datetime) -> None:
    assert field not in read_fields(told, now)


def test_the_relative_an_author_imitates_is_not_the_victim(now: datetime) -> None:
    assert read_fields("Un type se fait passer pour mon fils et j'ai payé", now)["victim"] == "self"


def test_stories_are_read_with_few_errors_and_few_gaps(now: datetime) -> None:
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for story in STORIES:
        read, told = read_fields(story["text"], now), story["fields"]
        for field in read.keys() | told.keys():
            same = field in read and read[field] == told.get(field)
            right[field] += same
            wrong[field] += field in read and not same
            missed[field] += field in told and not same
    assert len(STORIES) >= 60
    assert right.total() / (right.total() + wrong.total()) >= 0.96, wrong
    assert right.total() / (right.total() + missed.total()) >= 0.93, missed


def test_a_story_is_read_within_five_milliseconds(now: datetime) -> None:
    words = " ".join(story["text"] for story in STORIES[:3]).split()[:60]
    story = " ".join(words)
    read_fields(story, now)
    times = []
    for _ in range(15):
        started = time.process_time()
        read_fields(story, now)
        times.append(time.process_time() - started)
    assert min(times) <= 0.005


@given(st.text(max_size=400))
def test_reading_never_raises(text: str) -> None:
    read_fields(text, datetime.fromisoformat("2026-11-23T12:00:00+01:00"))


def test_a_very_long_message_is_read_in_bounded_time(now: datetime) -> None:
    started = time.process_time()
    for text in ("1 " * 20_000, "a" * 40_000, "commande " * 5_000, "," * 20_000, "a.b." * 10_000):
        read_fields(text, now)
    assert time.process_time() - started < 10
