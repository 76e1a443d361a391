"""Every value that a story may mean, and the cues that come with it."""

from collections.abc import Callable
from datetime import datetime

import pytest

from bot.catalogue import catalogue
from bot.understanding.candidates import Candidate
from bot.understanding.fields import TELLING, candidates_of

type Found = Callable[[str, str], dict[object, frozenset[str]]]


@pytest.fixture
def found(now: datetime) -> Found:
    def values(told: str, field: str) -> dict[object, frozenset[str]]:
        return {each.value: each.cues for each in candidates_of(told, now) if each.field == field}

    return values


def test_every_sum_is_a_candidate_and_so_is_what_they_come_to(found: Found) -> None:
    sums = found("J'ai versé 300 € puis 450 €, mon solde est de 2.000 €", "amount_cents")
    assert {30_000, 45_000, 200_000, 75_000} <= sums.keys()


def test_what_several_things_cost_together_is_a_candidate(found: Found) -> None:
    assert {12_400, 6_200} <= found("deux places à 62 € refusées à l'entrée", "amount_cents").keys()
    assert 449_700 in found("trois opérations exécutées, 1.499 € chacune", "amount_cents")


def test_a_number_without_a_currency_is_a_candidate(found: Found) -> None:
    assert "bare" in found("le gars en voulait 200 tout de suite", "amount_cents")[20_000]


def test_a_day_is_a_candidate_for_both_dates(found: Found) -> None:
    told = "commandé le 3 novembre, toujours rien"
    assert found(told, "order_date").keys() == found(told, "incident_date").keys() == {"2026-11-03"}


def test_a_channel_is_a_candidate_whoever_used_it(found: Found) -> None:
    assert found("j'ai reçu un mail, puis j'ai appelé ma banque", "contact_channel").keys() == {"email", "phone"}


def test_a_writer_who_speaks_of_themselves_may_be_the_victim(found: Found) -> None:
    assert found("ma fille a été insultée", "victim").keys() == {"self", "child"}
    assert found("le montant est faux", "victim") == {}


def test_an_incident_without_a_person_is_the_writers(now: datetime) -> None:
    told = candidates_of("colis jamais livré", now, catalogue().subtype("failed_delivery", "not_delivered"))
    assert ("victim", "self") in [(each.field, each.value) for each in told]


def test_a_site_is_a_candidate_wherever_it_is_named_unless_denied(found: Found) -> None:
    assert found("Google refuse de retirer un avis posté depuis Facebook", "platform").keys() == {"Google", "Facebook"}
    assert found("je ne suis pas sur Facebook", "platform") == {}


def test_a_name_is_a_candidate_for_the_seller_wherever_it_stands(found: Found) -> None:
    assert "Salon du Confort" in found("Acheté le 2 août au Salon du Confort, rien reçu", "merchant")


def test_a_bank_that_is_spoken_of_was_told_or_not(found: Found) -> None:
    steps = found("mon conseiller ne décroche pas", "bank_contacted")
    assert "True named conseill" in steps[True]
    assert "False named conseill" in steps[False]
    assert found("on m'a volé 300 €", "bank_contacted") == {}


def test_the_rules_judgement_is_a_cue(found: Found) -> None:
    cues = found("on m'a volé 300 €, il me reste 50 €", "amount_cents")
    assert "rule True" in cues[30_000]
    assert "rule False" in cues[5_000]


def test_the_words_around_a_value_are_cues(found: Found) -> None:
    cues = found("on m'a volé 300 € hier", "amount_cents")[30_000]
    assert {"before vole", "before 0 vole", "after hier", "before vole a"} <= cues


def test_a_text_without_facts_has_no_candidates(now: datetime) -> None:
    assert candidates_of("Bonjour, est-ce possible ?", now) == []


def test_candidates_are_told_once(now: datetime) -> None:
    story = candidates_of("300 € volés, oui 300 €, par SMS, un sms, sur Facebook et Facebook, ma mère et ma mère", now)
    named = [(each.field, each.value) for each in story if isinstance(each, Candidate)]
    assert len(named) == len(set(named))


def test_of_what_a_story_tells_is_a_cue_beside_each_other_one(now: datetime) -> None:
    told = "j'ai payé 40 € hier", now
    subtype = catalogue().subtype("fraud", "fake_shop")
    plain, known = candidates_of(*told), candidates_of(*told, subtype)
    assert [(each.field, each.value) for each in known] == [(each.field, each.value) for each in plain]
    for unaware, aware in zip(plain, known, strict=True):
        judged = {cue for cue in unaware.cues if cue.startswith(TELLING)}
        added = {"family fraud", "subtype fake_shop", *(f"{cue} of fraud" for cue in unaware.cues)}
        added |= {f"{cue} of fake_shop" for cue in judged}
        assert aware.cues - unaware.cues == added
