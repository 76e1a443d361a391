"""Before the first question: is it told already, was another one begun, which of two kinds is it; then the advice."""

from actions.advice import say_what_cannot_wait, show_advice, warn_of_kinds
from actions.dialogue import Dialogue
from actions.reporting import told_of
from actions.straddles import answer_to_straddle, straddle_of
from bot.catalogue import Field, SubType, catalogue
from bot.claims.checks import explanation
from bot.claims.draft import Draft
from bot.texts import say

AWAY = 6 * 3600  # seconds of silence after which a member is asked before anything goes on


def begin(dialogue: Dialogue, *, after: str = "") -> None:
    """Go to the first of these steps that applies, behind the step `after`; with none left, advise and ask."""
    if dialogue.get("offering"):
        dialogue.set(offering=None)
        dialogue.ask("second")
        return
    for step, applies in (("same", _is_told_already), ("unfinished", _was_begun), ("straddle", _is_between)):
        if after == step:
            after = ""
        elif not after and not dialogue.get("advised") and applies(dialogue):
            say_what_cannot_wait(dialogue)
            if step == "straddle":
                warn_of_kinds(dialogue, _kinds(dialogue))
            dialogue.ask(step)
            return
    _advise(dialogue)
    ask_next(dialogue, _explained(dialogue))


def ask_next(dialogue: Dialogue, lead: str = "") -> None:
    """Ask the next missing field and say how many are left, or show the recap."""
    missing = dialogue.drafted.missing or _bank_again(dialogue)
    if missing:
        dialogue.record("question_asked", field=missing[0].id)
    progress = "" if not missing else say("form_last") if len(missing) == 1 else say("form_left", count=len(missing))
    dialogue.ask(missing[0].id if missing else "confirmed", "\n".join(part for part in (lead, progress) if part))


def _bank_again(dialogue: Dialogue) -> list[Field]:
    """Return the question whether the bank was reached, where fresh money was told and no field asks it."""
    was_told = "fresh_money" in (dialogue.get("warned") or [])
    bank = dialogue.drafted.field("bank_contacted")
    return [bank] if was_told and bank.id not in dialogue.drafted.values else []


def take_same(dialogue: Dialogue) -> None:
    """End where it is the incident of an open claim; another one, or not clear: go on."""
    if dialogue.said.yes_or_no("same"):
        dialogue.leave("same")
    else:
        begin(dialogue, after="same")


def take_unfinished(dialogue: Dialogue) -> None:
    """Take up the declaration that was begun, and keep the new one for later; or leave the old one where it is."""
    old = dialogue.records.begun(other_than=dialogue.drafted.key)
    if old is None or not dialogue.said.yes_or_no("unfinished"):
        begin(dialogue, after="unfinished")
        return
    new = dialogue.drafted
    is_same = _place(new) == _place(old)
    merged = Draft(old.key, old.subtype, old.story, {**new.values, **old.values} if is_same else old.values)
    second = None if is_same else [*_place(new)]
    dialogue.begin(merged, advised=True, second=second, second_story=new.story)
    ask_next(dialogue, say("form_back"))


def take_straddle(dialogue: Dialogue) -> None:
    """Take the kind of incident that the answer leads to; not clear: ask once more, then keep the likeliest."""
    straddle = straddle_of(dialogue)
    place = answer_to_straddle(dialogue, straddle) if straddle else None
    if straddle and place is None and not dialogue.get("misses"):
        dialogue.ask_again(say("choose_button"))
        return
    if place:
        subtype = catalogue().subtype(*place)
        dialogue.become(subtype)
        told = told_of(dialogue.drafted.story, subtype, dialogue)  # more of it may belong to what it turned out to be
        missing = {field.id for field in dialogue.drafted.missing}
        dialogue.fill({name: value for name, value in told.items() if name in missing})
        dialogue.record("straddle_answered", family=place[0], subtype=place[1])
    begin(dialogue, after="straddle")


def _is_told_already(dialogue: Dialogue) -> bool:
    dialogue.set(similar=dialogue.records.similar(dialogue.drafted))
    return dialogue.get("similar") is not None


def _was_begun(dialogue: Dialogue) -> bool:
    old = dialogue.records.begun(other_than=dialogue.drafted.key)
    if old is None:
        return False
    return dialogue.said.silence >= AWAY or _place(old) == _place(dialogue.drafted)


def _is_between(dialogue: Dialogue) -> bool:
    return not dialogue.said.tapped.get("subtype") and straddle_of(dialogue) is not None


def _kinds(dialogue: Dialogue) -> list[SubType]:
    """Return the two kinds that the straddle question tells apart, and the one that it is taken for until then."""
    straddle = straddle_of(dialogue)
    between = [catalogue().subtype(*place) for place in straddle.between] if straddle else []
    return [dialogue.drafted.subtype, *between]


def _explained(dialogue: Dialogue) -> str:
    """Return what goes with values that the story already gave, such as a sum above the known ceiling."""
    today, values = dialogue.said.now.date(), dialogue.drafted.answers()
    notes = {explanation(name, value, today) for name, value in values.items() if value is not None}
    return " ".join(say(note) for note in sorted(notes - {"", "bank_not_yet"}))


def _place(draft: Draft) -> tuple[str, str]:
    return draft.subtype.family, draft.subtype.id


def _advise(dialogue: Dialogue) -> None:
    if dialogue.get("advised"):
        return
    subtype = dialogue.drafted.subtype
    if subtype.severity == "normal":
        say_what_cannot_wait(dialogue)
    if dialogue.drafted.is_discreet:
        dialogue.say("close_one")
    show_advice(dialogue, subtype)


def keep(dialogue: Dialogue) -> None:
    """Keep the draft as it stands, so that it survives whatever comes."""
    if dialogue.draft and not dialogue.get("claim") and dialogue.asked not in (None, "second"):
        dialogue.records.keep(dialogue.draft)
