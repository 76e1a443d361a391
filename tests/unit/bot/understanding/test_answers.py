"""What an answer to one question means."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import Answer, read_answer


@cache
def fields() -> dict[str, Any]:
    file = Path(__file__).parents[4] / "data" / "fields.yml"
    loaded: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))["fields"]
    return loaded


def answer(field: str, text: str, now: datetime) -> Answer:
    asked = fields()[field]
    return read_answer(asked["kind"], asked.get("choices", {}), text, now, field)


@pytest.mark.parametrize(
    ("field", "told", "value"),
    [
        ("incident_date", "hier", "2026-11-22"),
        ("incident_date", "le 12", "2026-11-12"),
        ("incident_date", "en octobre je crois", "2026-10-01"),
        ("amount_cents", "850", 85_000),
        ("amount_cents", "environ 1.250,50", 125_050),
        ("amount_cents", "deux cents", 20_000),
        ("amount_cents", "2 mille", 200_000),
        ("amount_cents", "entre 200 et 300 €", 25_000),
        ("amount_cents", "entre 200 et 300", 25_000),
        ("payment_means", "card", "card"),
        ("payment_means", "Visa", "card"),
        ("payment_means", "j'ai viré", "transfer"),
        ("payment_means", "tickets pcs", "voucher"),
        ("payment_means", "Rien n'a été payé", "none"),
        ("payment_means", "rien", "none"),
        ("contact_channel", "par texto", "sms"),
        ("contact_channel", "il m'a appelé", "phone"),
        ("contact_channel", "sur insta", "social"),
        ("contact_channel", "E-mail", "email"),
        ("bank_contacted", "oui", True),
        ("bank_contacted", "ouais déjà fait", True),
        ("bank_contacted", "oui ce matin", True),
        ("bank_contacted", "pas encore", False),
        ("bank_contacted", "non mais je vais le faire", False),
        ("bank_contacted", "j'ai pas réussi", False),
        ("police_report", "non", False),
        ("victim", "ma fille", "child"),
        ("victim", "moi", "self"),
        ("victim", "mon mari", "partner"),
        ("author_known", "mon ex", "partner"),
        ("author_known", "un collègue", "acquaintance"),
        ("author_known", "des comptes anonymes", "anonymous"),
        ("author_known", "je ne connais pas cette personne", "unknown"),
        ("device", "mon gsm", "phone"),
        ("device", "l'ordi", "computer"),
        ("data_exposed", "mon mot de passe", "password"),
        ("data_exposed", "carte d'identité", "identity_document"),
        ("merchant", "c'était Zalando", "Zalando"),
        ("merchant", "c'était chez Decathlon, le 6 novembre 2026, pour 119 euros", "Decathlon"),
        ("merchant", "Boutique Lilas hier pour 40 €", "Boutique Lilas"),
        ("merchant", "Vendredi Lecture", "Vendredi Lecture"),
        ("merchant", "Shop 24/7", "Shop 24/7"),
        ("merchant", "une petite boutique, Chez Lulu", "une petite boutique, Chez Lulu"),
        ("platform", "sur insta", "Instagram"),
        ("order_number", "402-33", "402-33"),
        ("iban", "BE68 5390 0754 7034", "BE68539007547034"),
        ("url", "www.machin.be", "www.machin.be"),
    ],
)
def test_an_answer_has_a_value(field: str, told: str, value: object, now: datetime) -> None:
    assert answer(field, told, now) == Answer("value", value)  # type: ignore[arg-type]


@pytest.mark.parametrize("told", ["je ne sais pas", "jsp", "aucune idée", "je sais plus", "je ne m'en souviens plus"])
@pytest.mark.parametrize(
    "field", ["incident_date", "amount_cents", "bank_contacted", "merchant", "iban", "payment_means"]
)
def test_not_knowing_is_understood(field: str, told: str, now: datetime) -> None:
    assert answer(field, told, now) == Answer("dont_know")


@pytest.mark.parametrize("told", ["passer", "Passer", "suivant", "je passe"])
@pytest.mark.parametrize("field", ["incident_date", "merchant", "url", "iban", "bank_contacted"])
def test_passing_is_understood(field: str, told: str, now: datetime) -> None:
    assert answer(field, told, now) == Answer("skip")


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("incident_date", "le 31/02/2026"),
        ("incident_date", "je vous dirai ça demain"),
        ("incident_date", "vous pouvez me rappeler demain ?"),
        ("incident_date", "on continue demain"),
        ("incident_date", "merci à demain"),
        ("incident_date", "je porte plainte demain"),
        ("incident_date", "à demain"),
        ("incident_date", "tous les lundis"),
        ("amount_cents", "0"),
        ("amount_cents", "-5"),
        ("amount_cents", "beaucoup"),
        ("iban", "BE68 5390 0754 7035"),
        ("url", "un site de chaussures"),
        ("payment_means", "blabla"),
        ("bank_contacted", "il pleut"),
        ("bank_contacted", "je ne comprends pas la question"),
        ("merchant", "???"),
    ],
)
def test_a_wrong_answer_is_unclear(field: str, told: str, now: datetime) -> None:
    assert answer(field, told, now) == Answer("unclear")


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("demain", "2026-11-24"),
        ("après-demain", "2026-11-25"),
        ("le 24/12/2026", "2026-12-24"),
        ("le 3 décembre", "2026-12-03"),
        ("le 3/11/2062", "2062-11-03"),
        ("c'était le 24 décembre je crois", "2026-12-24"),
        ("vendredi prochain", "2026-11-27"),
        ("lundi prochain", "2026-11-30"),
        ("hier, et pas demain", "2026-11-22"),
    ],
)
def test_a_day_to_come_is_read_so_that_it_can_be_refused_with_its_reason(told: str, day: str, now: datetime) -> None:
    assert answer("incident_date", told, now) == Answer("value", day)


def test_not_knowing_until_a_day_to_come_is_not_knowing(now: datetime) -> None:
    assert answer("incident_date", "je ne sais pas, je regarde demain", now) == Answer("dont_know")


def test_every_choice_is_understood_by_its_id_and_its_label(now: datetime) -> None:
    for field, asked in fields().items():
        for choice, label in asked.get("choices", {}).items():
            assert answer(field, choice, now) == Answer("value", choice), (field, choice)
            assert answer(field, label, now) == Answer("value", choice), (field, label)


@given(st.sampled_from(sorted(fields())), st.text(max_size=200))
def test_reading_an_answer_never_raises(field: str, text: str) -> None:
    assert answer(field, text, datetime.fromisoformat("2026-11-23T12:00:00+01:00")).status
