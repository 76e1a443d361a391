"""The claim is opened; then, as far as it fits: a psychologist, an acknowledgement by e-mail, the second incident."""

import re

from actions.beginning import begin
from actions.dialogue import Dialogue
from actions.reporting import fitting, own_values, values_of
from bot.catalogue import catalogue
from bot.claims.checklist import offers
from bot.claims.draft import Draft
from bot.claims.models import Claim
from bot.errors import InvalidEmail
from bot.texts import say

FOLLOW_UPS = ("psychologist", "email", "second")
FEWEST_WORDS = 4  # of a report: fewer may be a yes or no
ADDRESS = re.compile(r"[^\s<>,;:()]+@[^\s<>,;:()]+\.[^\s<>,;:().]+")


def open_and_follow_up(dialogue: Dialogue) -> None:
    """Open the claim of the confirmed draft and ask what is asked apart from it."""
    draft = dialogue.drafted
    claim = dialogue.records.open(draft)
    dialogue.records.forget(draft)
    dialogue.set(claim=str(claim.pk))
    missing = dialogue.records.missing_pieces(claim)
    documents = say("claim_documents", lines="\n".join(f"- {name}" for name in missing)) if missing else ""
    note = draft.subtype.evidence_note if missing else ""
    text = "\n\n".join(part for part in (say("claim_opened", reference=claim.reference), documents, note) if part)
    dialogue.tell(text, offers())
    follow_up(dialogue, claim)


def follow_up(dialogue: Dialogue, claim: Claim, after: str = "", lead: str = "") -> None:
    """Ask the first of what fits behind the step `after`; with nothing left, end the form."""
    for step in FOLLOW_UPS[FOLLOW_UPS.index(after) + 1 if after else 0 :]:
        if _fits(dialogue, claim, step):
            dialogue.ask(step, lead)
            return
    if lead:
        dialogue.tell(lead)
    dialogue.leave("done" if after else "opened")


def take_psychologist(dialogue: Dialogue) -> None:
    """Keep a yes or no; anything else is asked once more and then left open: nobody has to answer this."""
    claim, wanted = _claim(dialogue), dialogue.said.yes_or_no("psychologist")
    if _is_elsewhere(dialogue, wanted):
        return
    if wanted is None and not dialogue.get("misses"):
        dialogue.ask_again(say("yes_or_no"))
        return
    if wanted is not None:
        dialogue.records.set_psychologist(claim, wanted)
    follow_up(dialogue, claim, "psychologist", say("psychologist_noted") if wanted else "")


def take_email(dialogue: Dialogue) -> None:
    """Send the acknowledgement to a typed address; no thanks is an answer; a mistyped one is asked once more."""
    claim, typed = _claim(dialogue), dialogue.said.text
    address = ADDRESS.search(typed)
    if address:
        try:
            dialogue.records.set_email(claim, address.group().strip(".'\""))
            follow_up(dialogue, claim, "email", say("email_noted"))
            return
        except InvalidEmail:
            address = None
    answered = dialogue.said.yes_or_no("email")
    if "@" not in typed and _is_elsewhere(dialogue, answered):
        return
    refused = answered is False or dialogue.said.intent in ("deny", "skip", "cancel")
    if not refused and not dialogue.get("misses"):
        dialogue.ask_again(say("email_unclear"))
        return
    follow_up(dialogue, claim, "email")


def take_second(dialogue: Dialogue) -> None:
    """Begin the second incident with the story it was told in, or leave it."""
    wanted = dialogue.said.yes_or_no("second")
    if _is_elsewhere(dialogue, wanted):
        return
    if not wanted:
        dialogue.leave("done")
        return
    family, name = dialogue.get("second")
    own_story, first = dialogue.get("second_story"), dialogue.draft
    story = own_story or dialogue.get("story") or ""
    subtype = catalogue().subtype(family, name)
    values = fitting(values_of(story, dialogue, subtype), subtype)
    if not own_story and first:  # one story for both: what the first one asked is the first one's
        values = {key: value for key, value in own_values(values, subtype).items() if key not in _of_first(first)}
    dialogue.begin(Draft(f"{dialogue.said.id}-2"[:64], subtype, story, values))
    dialogue.record("incident_understood", family=family, subtype=name, confidence=1.0)
    begin(dialogue)


def offer_second(dialogue: Dialogue) -> bool:
    """Have the form ask about the second incident when the first ends without a claim; return whether there is one."""
    dialogue.set(offering=bool(dialogue.get("second")), asked=None)
    return bool(dialogue.get("offering"))


def _of_first(first: Draft) -> set[str]:
    return {name for name in first.subtype.fields if not name.endswith("_date")}


def _fits(dialogue: Dialogue, claim: Claim, step: str) -> bool:
    if step == "second":
        return bool(dialogue.get("second"))
    draft = dialogue.drafted
    if step == "psychologist":
        return draft.subtype.psychologist and claim.psychologist is None
    if not dialogue.records.takes_email() or draft.is_discreet or claim.email:
        return False
    if known := dialogue.records.known_email(claim):
        dialogue.records.set_email(claim, known)
        dialogue.say("email_known")
        return False
    return True


def _is_elsewhere(dialogue: Dialogue, answered: bool | None) -> bool:
    """Leave the questions after the opening when the member speaks of something else; a story is no yes or no."""
    said = dialogue.said
    asks = answered is None and (said.intent.startswith("ask_") or said.intent == "add_evidence")
    tells = said.is_report and said.words >= FEWEST_WORDS
    if not said.text or not (asks or tells):
        return False
    dialogue.set(held=said.as_slot())
    dialogue.leave("elsewhere")
    return True


def _claim(dialogue: Dialogue) -> Claim:
    return dialogue.records.claim(str(dialogue.get("claim")))
