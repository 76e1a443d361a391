import pytest

from bot.claims.editing import edit_answer
from bot.claims.models import Claim
from tests.claims import open_one

pytestmark = pytest.mark.django_db(transaction=True)
INSULTS = ("insults", "insults_defamation")


def rules(claim: Claim) -> set[str]:
    return set(claim.flags.values_list("rule", flat=True)) - {"identity_unverified"}


def test_a_corrected_author_raises_the_flag_of_the_same_roof_and_takes_it_away_again(conversation):
    claim = open_one(conversation, INSULTS, author_known="unknown")
    edit_answer(claim.pk, "author_known", "household", by="sophie")
    assert rules(claim) == {"same_roof"}
    edit_answer(claim.pk, "author_known", "unknown", by="sophie")
    assert rules(claim) == set()


def test_a_corrected_sum_changes_the_figures_of_its_own_year_and_of_later_claims(conversation):
    first = open_one(conversation, amount_cents=400_000)
    second = open_one(conversation, amount_cents=200_000)
    assert (rules(first), rules(second)) == (set(), {"amount_a_year"})
    edit_answer(first.pk, "amount_cents", "3500", by="sophie")
    assert second.flags.get(rule="amount_a_year").detail["cents"] == 550_000
    edit_answer(first.pk, "amount_cents", "300", by="sophie")
    assert (rules(first), rules(second)) == (set(), set())


def test_a_later_claim_does_not_count_for_the_year_of_an_earlier_one(conversation):
    first = open_one(conversation, amount_cents=400_000)
    open_one(conversation, amount_cents=200_000)
    edit_answer(first.pk, "amount_cents", "4100", by="sophie")
    assert rules(first) == set()


def test_a_flag_that_stays_keeps_the_day_it_was_raised(conversation):
    claim = open_one(conversation, amount_cents=600_000)
    raised = claim.flags.get(rule="amount_a_year").at
    edit_answer(claim.pk, "amount_cents", "6100", by="sophie")
    flag = claim.flags.get(rule="amount_a_year")
    assert (flag.at, flag.detail["cents"]) == (raised, 610_000)
