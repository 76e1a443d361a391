"""Supervisors' rules: tried in their order when a message was understood or a claim was opened (see docs/desk.md)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from bot.catalogue import catalogue
from bot.conversations.danger import URGENT
from bot.conversations.models import Author, Message, Rule
from bot.conversations.ownership import Owner
from bot.conversations.recent import is_minor
from bot.conversations.services import resume_button
from bot.conversations.urgency import GRAVEST_FIRST
from bot.events.models import Event
from bot.texts import say
from bot.turn import Reply, Route, Turn
from bot.understanding import fold, read_fields, read_safety

REASON = "rule"  # why a conversation is in the queue
APPLIED = "rule_applied"  # an event; its property `rule` is the rule's key
ONCE_IN = timedelta(days=1)  # per rule and conversation: what an adviser gave back does not return at once
LEVELS = GRAVEST_FIRST[::-1]  # the gravest last
ABOUT = ("incident_understood", "straddle_answered", "incident_corrected", "advice_shown")  # events that say the kind
CANNOT_WAIT = ("urgent_ongoing", "urgent_fresh_money", "life_possible")  # sentences that no rule skips
MOST_TEXTS = 40  # of the last day, that are read for a new claim

Tagger = Callable[[UUID, str], None]
_taggers: list[Tagger] = []


@dataclass(frozen=True)
class Facts:
    """What is known of a member and what they told; nothing of an incident where `family` is empty."""

    family: str = ""
    subtype: str = ""
    amount_cents: int | None = None
    is_child: bool = False
    safety: str = "none"
    texts: tuple[str, ...] = ()
    is_known: bool = False


def register(tagger: Tagger) -> None:
    """Let a higher layer put a tag, by its key, on a conversation; safe to repeat."""
    _taggers.append(tagger)


def enrich(message: Message, turn: Turn) -> Turn:
    """Return the turn as the rules that fit want it: all tags, and the first that passes the conversation on.

    A life in danger may be tagged, but is in nobody's special queue: it waits for whoever is there.
    """
    is_read = turn.understood is not None or message.safety == "life"
    if not is_read or message.conversation.owner == Owner.WAITING:
        return turn
    if not (rules := list(Rule.objects.filter(is_active=True))):
        return turn
    claim = _claim_opened(message)
    facts = _facts(message, turn, claim)
    for rule in _not_applied_lately(rules, message.conversation_id):
        if not fits(rule, facts) or (rule.action == Rule.Action.ADVISE and _advice_is_to_come(turn, claim)):
            continue
        if rule.action == Rule.Action.TAG:
            _tag(message.conversation_id, rule)
            turn = _applied(turn, rule)
        elif turn.route is None and turn.hand_off != "danger_to_life" and message.safety != "life":
            turn = _passed_on(message, _applied(turn, rule), rule, keeps_all=claim is not None)
    return turn


def fits(rule: Rule, facts: Facts) -> bool:
    """Tell whether all conditions of a rule hold; one without any fits nothing."""
    return not fits_nothing(rule) and all(_conditions(rule, facts))


def fits_nothing(rule: Rule) -> bool:
    """Tell whether a rule has no condition at all."""
    return next(_conditions(rule, Facts()), None) is None


def has_words(words: str, text: str) -> bool:
    """Tell whether a text has one of `words` (separated by commas), whatever its accents, capitals and plural."""
    wanted = [re.escape(fold(each)) for each in words.split(",") if each.strip()]
    return bool(wanted) and bool(re.search(rf"\b(?:{'|'.join(wanted)})(?:e?s|x)?\b", fold(text)))


def _conditions(rule: Rule, facts: Facts) -> Iterator[bool]:
    if rule.family:
        yield facts.family == rule.family
    if rule.subtype:
        yield facts.subtype == rule.subtype
    if rule.amount_cents is not None:
        yield facts.amount_cents is not None and facts.amount_cents >= rule.amount_cents
    if rule.is_child:
        yield facts.is_child
    if rule.safety:
        yield LEVELS.index(facts.safety or "none") >= LEVELS.index(rule.safety)
    if rule.words:
        yield any(has_words(rule.words, text) for text in facts.texts)
    if rule.is_known is not None:
        yield facts.is_known is rule.is_known


def _claim_opened(message: Message) -> dict[str, Any] | None:
    """Return the facts of a claim that this turn has opened."""
    opened = Event.objects.filter(
        name="claim_opened", conversation=message.conversation_id, at__gte=message.sent_at
    ).order_by("-at")
    return opened.values_list("properties", flat=True).first()


def _facts(message: Message, turn: Turn, claim: dict[str, Any] | None) -> Facts:
    """Return what this message says; where it made an incident or claim clear, what was told all day."""
    about = claim or next((told for name, told in reversed(turn.events) if name in ABOUT), {})
    texts = _told_today(message) if about else [(message.text, message.safety)]
    story = "\n".join(text for text, _ in reversed(texts))
    amount = (claim or {}).get("amount_cents", read_fields(story, message.sent_at).get("amount_cents"))
    return Facts(
        family=about.get("family", ""),
        subtype=about.get("subtype", ""),
        amount_cents=int(amount) if amount is not None else None,
        is_child=(claim or {}).get("victim") == "child" or is_minor(message) or read_safety(story).minor,
        safety=max((level or "none" for _, level in texts), key=LEVELS.index),
        texts=tuple(text for text, _ in texts),
        is_known=message.conversation.member is not None,
    )


def _told_today(message: Message) -> list[tuple[str, str]]:
    """Return text and level of this message and of the member's others of the last day, the newest first."""
    earlier = Message.objects.filter(
        conversation=message.conversation_id,
        author=Author.MEMBER,
        number__lt=message.number,
        sent_at__gt=timezone.now() - ONCE_IN,
    )
    before = earlier.order_by("-number").values_list("text", "safety")[:MOST_TEXTS]
    return [(message.text, message.safety), *before]


def _not_applied_lately(rules: list[Rule], conversation: UUID) -> list[Rule]:
    lately = Event.objects.filter(conversation=conversation, name=APPLIED, at__gt=timezone.now() - ONCE_IN)
    done = set(lately.values_list("properties__rule", flat=True))
    return [rule for rule in rules if rule.pk not in done]


def _advice_is_to_come(turn: Turn, claim: dict[str, Any] | None) -> bool:
    """Tell whether an incident was told whose advice waits for one more answer."""
    names = {name for name, _ in turn.events}
    return claim is None and "incident_understood" in names and "advice_shown" not in names and not turn.hand_off


def _tag(conversation: UUID, rule: Rule) -> None:
    for tagger in _taggers:
        tagger(conversation, rule.tag)


def _applied(turn: Turn, rule: Rule) -> Turn:
    return replace(turn, events=[*turn.events, (APPLIED, {"rule": rule.pk})])


def _passed_on(message: Message, turn: Turn, rule: Rule, *, keeps_all: bool) -> Turn:
    """Return the turn that ends with a human; where it does so anyhow, only for whom and how urgently."""
    route = Route(rule.pk, rule.team, rule.priority)
    if turn.hand_off:
        return replace(turn, route=route)
    told = Reply(say("handed_off_rule"), buttons=[resume_button()])
    kept = turn.replies if keeps_all or is_minor(message) else _kept(message, turn, rule)
    return replace(turn, replies=[*kept, told], hand_off=REASON, route=route)


def _kept(message: Message, turn: Turn, rule: Rule) -> list[Reply]:
    """Return what is said before the hand-over: the advice without the question behind it, or what cannot wait."""
    cannot_wait = [reply for reply in turn.replies if reply.text in {say(name) for name in CANNOT_WAIT}]
    if rule.action == Rule.Action.ADVISE:
        asks = len(turn.replies) > 1 and any(name == "question_asked" for name, _ in turn.events)
        others = [reply for reply in turn.replies if reply not in cannot_wait]  # the question is the last of these
        return [reply for reply in turn.replies if not (asks and others and reply is others[-1])]
    level = _pressing(message, turn)
    if level and say(f"urgent_{level}") not in [reply.text for reply in cannot_wait]:
        return [Reply(say(f"urgent_{level}")), *cannot_wait]
    return cannot_wait


def _pressing(message: Message, turn: Turn) -> str | None:
    """Return the graver of what the message says and what the kinds of incident of the turn need; None: neither."""
    places = [told for name, told in turn.events if name in ABOUT]
    kinds = [catalogue().find(told.get("family", ""), told.get("subtype")) for told in places]
    levels = {message.safety, *(kind.severity for kind in kinds if kind)}
    return next((level for level in URGENT if level in levels), None)
