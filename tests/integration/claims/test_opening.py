from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from bot.catalogue import catalogue
from bot.claims.models import Claim, State
from bot.claims.reminders import BRUSSELS
from bot.claims.services import open_claim, set_email, set_psychologist
from bot.claims.similar import similar_claim
from bot.conversations.files import receive_file
from bot.conversations.models import Evidence
from bot.conversations.receiving import Inbound, open_conversation
from bot.errors import InvalidEmail
from bot.events.models import Event
from bot.members.models import Member
from tests.claims import draft, open_one
from tests.pictures import PDF

pytestmark = pytest.mark.django_db(transaction=True)
HARASSMENT = ("insults", next(iter(catalogue().families["insults"].subtypes)))


def give(conversation, name: str = "preuve.pdf") -> None:
    receive_file(Inbound(conversation.pk, name, name, "attachment"), name, PDF)


def rules(claim: Claim) -> set[str]:
    return set(claim.flags.values_list("rule", flat=True))


def insured(conversation, contract: str = "C1", **values) -> Member:
    member = Member.objects.create(
        contract=contract, household=contract, first_name="A", last_name="B", imported_at=timezone.now(), **values
    )
    type(conversation).objects.filter(pk=conversation.pk).update(member=member.pk)
    return member


def test_what_was_sent_before_and_after_the_opening_belongs_to_the_claim(conversation):
    give(conversation, "avant.pdf")
    claim = open_one(conversation)
    give(conversation, "après.pdf")
    assert set(Evidence.objects.values_list("claim", flat=True)) == {claim.pk}


def test_the_checklist_names_the_pieces_of_the_subtype_all_to_come(conversation):
    claim = open_one(conversation)
    wanted = catalogue().subtype("fraud", "phishing_codes_given").evidence
    assert list(claim.documents.values_list("name", "state")) == [(name, "to_come") for name in wanted]


def test_opening_twice_makes_one_checklist_and_two_reminders(conversation):
    for _ in range(2):
        open_claim(conversation.pk, draft(key="same"))
    claim = Claim.objects.get()
    assert claim.documents.filter(number=1).count() == 1
    jobs = ProcrastinateJob.objects.filter(task_name="remind_documents").order_by("scheduled_at")
    due = [job.scheduled_at.astimezone(BRUSSELS) for job in jobs]
    assert [(moment.date() - claim.opened_at.astimezone(BRUSSELS).date()).days for moment in due] == [5, 10]
    assert {moment.hour for moment in due} == {10}


def test_somebody_whom_nobody_vouched_for_is_to_be_verified(conversation):
    assert rules(open_one(conversation)) == {"identity_unverified"}


def test_a_known_member_is_the_claims_member_and_raises_no_flag(conversation):
    member = insured(conversation)
    claim = open_one(conversation, amount_cents=100_000)
    assert (claim.member, rules(claim)) == (member.pk, set())


def test_a_member_whom_the_list_no_longer_has_is_flagged(conversation):
    insured(conversation, active=False)
    assert rules(open_one(conversation)) == {"contract_ended"}


@pytest.mark.parametrize(
    ("story", "is_flagged"),
    [
        ("on a vidé le compte de mon entreprise", True),
        ("Je suis indépendante, la facture était pour ma société", True),
        ("c'était sur mon GSM professionnel, celui de l’employeur", True),
        ("j'ai reçu un SMS d'une entreprise de colis", False),
        ("je travaille beaucoup et je n'ai pas fait attention", False),
    ],
)
def test_professional_use_that_the_story_tells_is_flagged(conversation, story, is_flagged):
    assert ("professional_use" in rules(open_one(conversation, story=story))) is is_flagged


def test_an_author_under_the_same_roof_is_flagged(conversation):
    claim = open_one(conversation, HARASSMENT, author_known="household")
    assert "same_roof" in rules(claim)


def test_the_fourth_case_of_a_household_within_a_year_is_flagged_and_an_older_one_does_not_count(conversation):
    insured(conversation)
    other = open_conversation("web")
    spouse = Member.objects.create(
        contract="C1", household="C1", first_name="E", last_name="F", imported_at=timezone.now()
    )
    type(other).objects.filter(pk=other.pk).update(member=spouse.pk)
    for talk in (conversation, other, conversation):
        assert rules(open_one(talk)) == set()
    fourth = open_one(other)
    assert fourth.flags.get().detail == {"cases": 4, "known": 3}
    Claim.objects.exclude(pk=fourth.pk).update(opened_at=timezone.now() - timedelta(days=366))
    assert rules(open_one(conversation)) == set()


def test_more_than_5000_euro_in_one_claim_or_in_the_year_is_flagged(conversation):
    insured(conversation)
    assert rules(open_one(conversation, amount_cents=500_000)) == set()
    assert open_one(conversation, amount_cents=1).flags.get().detail == {"cents": 500_001, "known_cents": 500_000}


def test_the_same_incident_told_again_is_recognised(conversation):
    claim = open_one(conversation, amount_cents=85_000, incident_date="2026-11-20")
    again = draft(amount_cents=85_000, incident_date="2026-11-21", story="je recommence")
    assert similar_claim(conversation.pk, again) == claim


@pytest.mark.parametrize(
    "other",
    [
        {"amount_cents": 12_000, "incident_date": "2026-11-20"},
        {"amount_cents": 85_000, "incident_date": "2026-10-01"},
        {"story": "un tout autre récit, avec une fausse banque et un faux policier"},
    ],
)
def test_another_incident_is_not_taken_for_the_same(conversation, other):
    open_one(conversation, amount_cents=85_000, incident_date="2026-11-20", story="un SMS de ma banque")
    assert similar_claim(conversation.pk, draft(**other)) is None


def test_without_figures_the_same_words_are_the_same_incident(conversation):
    claim = open_one(conversation, story="On m'insulte sur Instagram depuis trois jours")
    assert similar_claim(conversation.pk, draft(story="on m'insulte sur instagram depuis 3 jours")) == claim


def test_the_same_incident_of_somebody_else_or_of_a_closed_claim_is_none(conversation):
    claim = open_one(conversation, amount_cents=85_000)
    assert similar_claim(open_conversation("web").pk, draft(amount_cents=85_000)) is None
    Claim.objects.filter(pk=claim.pk).update(state=State.CLOSED)
    assert similar_claim(conversation.pk, draft(amount_cents=85_000)) is None


def test_an_address_and_a_wish_are_kept_and_told_once_without_personal_data(conversation):
    claim = open_one(conversation)
    for _ in range(2):
        set_email(claim.pk, " Jeanne@Example.be ")
        set_psychologist(claim.pk, False)
    claim.refresh_from_db()
    assert (claim.email, claim.psychologist) == ("Jeanne@example.be", False)
    events = Event.objects.filter(name="claim_changed").values_list("properties", flat=True)
    assert list(events) == [{"what": "email"}, {"what": "psychologist"}]


@pytest.mark.parametrize("address", ["", "jeanne", "jeanne@", "a b@example.be", "a@example.be\nBcc: x@example.be"])
def test_what_is_no_address_is_refused(conversation, address):
    claim = open_one(conversation)
    with pytest.raises(InvalidEmail):
        set_email(claim.pk, address)
    claim.refresh_from_db()
    assert claim.email == ""
