"""Asks once how the help was, when an adviser has closed: a score from 1 to 5, then a few words; both may be left."""

import re
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from bot.conversations.danger import LIFE_POSSIBLE, level_of
from bot.conversations.delivery import deliver
from bot.conversations.live import announce
from bot.conversations.models import Author, Conversation, Message, Rating
from bot.conversations.ownership import Owner
from bot.conversations.recent import is_minor
from bot.conversations.services import append
from bot.engine import Engine
from bot.errors import EngineFailure
from bot.events.models import Event
from bot.events.services import record
from bot.texts import say
from bot.turn import Reading
from bot.understanding import fold
from bot.understanding.languages import foreign_language

SCORES = (1, 2, 3, 4, 5)
UNASKED = ("duplicate", "off_topic")  # reasons to close (bot/desk/moves.py) that ask for no opinion
QUIET = timedelta(days=90)  # after a danger to life, or a child's message, in which nothing is asked
WORDS_WITHIN = timedelta(minutes=30)  # of the score
SCORE, NO_WORDS = "rate", "rate_done"  # commands: `rate:<rating>:<score>`, `rate_done:<rating>`
REFUSING = ("deny", "skip")  # intents of "non merci"
#: Intents that want nothing of us, and the last three of texts that may be anything; all others open it again.
OPINIONS = ("thank", "goodbye", "affirm", "dont_know", *REFUSING, "out_of_scope", "nlu_fallback", "")
REPORT_POSSIBLE = 0.4  # of the engine's share of reports; measured in docs/desk.md
COURTESY = re.compile(
    r"\b(?:votre|ton|l|avoir (?:bien )?|beaucoup) ?aidee?s?\b|\bmerci encore\b|\bencore (?:un grand )?merci\b"
)
GOES_ON = re.compile(  # in a folded text without courtesies: something may still happen
    r"\b(?:encore|continue\w*|recommenc\w*|toujours|a nouveau|maintenant|aide[rz]?|secours|urgent\w*"
    r"|marche (?:pas|plus)|help\w*|hulp|hilfe|afraid|scared|bang|angst)\b"  # the short cries of other languages too
)
NEEDS_ANSWER = re.compile(r"\?|\d{4}")  # a question; a claim's reference, a code or a telephone number


def ask(conversation: Conversation, adviser: UUID, reason: str) -> None:
    """Ask the member, in the transaction that closes for `reason`; not who should be left in peace."""
    if not _may_ask(conversation, reason):
        return
    rating = Rating.objects.create(conversation=conversation, episode=conversation.episode, adviser=adviser)
    buttons = [{"title": say(f"rating_{score}"), "payload": f"{SCORE}:{rating.pk}:{score}"} for score in SCORES]
    _tell(conversation, "rating_question", buttons, "rating")


def take_tap(conversation: Conversation, message: Message) -> bool:
    """Keep a tapped score, or that no words follow; return False for every other message.

    A closed conversation stays closed. Runs in the caller's transaction, which holds the conversation's row lock.
    """
    command, _, told = message.command.partition(":")
    if command not in (SCORE, NO_WORDS):
        return False
    message.answered_at = timezone.now()
    message.save(update_fields=["answered_at"])
    key, _, score = told.partition(":")
    rating = conversation.ratings.filter(pk=int(key)).first()
    if rating and command == SCORE and rating.score is None:
        _keep_score(conversation, rating, int(score))
    elif rating and command == NO_WORDS and not rating.is_done:
        _end(conversation, rating, "")
    return True


def may_be_words(conversation: Conversation, message: Message) -> bool:
    """Tell whether a text may be the words of a score, so that the closed conversation stays so until it is read."""
    if message.command or not message.text or _awaiting(conversation) is None:
        return False
    if level_of(message) != "none" or NEEDS_ANSWER.search(message.text):
        return False
    return foreign_language(message.text) is None  # the engine reads French


def take_words(message: Message, engine: Engine) -> bool:
    """Keep a text that the engine reads as an opinion; return False for one that must be answered as any other."""
    if message.conversation.owner != Owner.CLOSED or not may_be_words(message.conversation, message):
        return False
    connection.close()  # the engine may take seconds
    try:
        reading = engine.read(message.text)
    except EngineFailure:
        return False  # answered as any other, which calls a human
    return _is_opinion(message.text, reading) and _take_opinion(message, reading)


def _is_opinion(text: str, reading: Reading) -> bool:
    """Tell whether a text needs no answer; in doubt it does."""
    if reading.danger >= LIFE_POSSIBLE or reading.report >= REPORT_POSSIBLE:
        return False
    return reading.intent in OPINIONS and not GOES_ON.search(COURTESY.sub(" ", fold(text)))


def _take_opinion(message: Message, reading: Reading) -> bool:
    with transaction.atomic():
        conversation = Conversation.objects.select_for_update().get(pk=message.conversation_id)
        rating = _awaiting(conversation)
        if rating is None or conversation.owner != Owner.CLOSED:
            return False
        Message.objects.filter(pk=message.pk).update(answered_at=timezone.now(), safety="none")
        _end(conversation, rating, "" if reading.intent in REFUSING else message.text)
    return True


def _may_ask(conversation: Conversation, reason: str) -> bool:
    since = timezone.now() - QUIET
    members = conversation.messages.filter(author=Author.MEMBER)
    latest = members.order_by("-number").first()
    if latest is None or reason in UNASKED or not conversation.reachable or is_minor(latest):
        return False
    told_life = members.filter(safety="life", sent_at__gt=since).exists()
    life_or_child = Q(name="moved_to_waiting", properties__reason="danger_to_life") | Q(name="minor_answered")
    return (
        not told_life and not Event.objects.filter(life_or_child, conversation=conversation.pk, at__gt=since).exists()
    )


def _awaiting(conversation: Conversation) -> Rating | None:
    """Return the rating whose words may still come."""
    since = timezone.now() - WORDS_WITHIN
    return conversation.ratings.filter(rated_at__gt=since, is_done=False, episode=conversation.episode).first()


def _keep_score(conversation: Conversation, rating: Rating, score: int) -> None:
    rating.score, rating.rated_at = score, timezone.now()
    rating.save(update_fields=["score", "rated_at"])
    record("conversation_rated", conversation.pk, score=score)
    if conversation.owner == Owner.CLOSED:
        refuse = {"title": say("no_thanks"), "payload": f"{NO_WORDS}:{rating.pk}"}
        _tell(conversation, "rating_words", [refuse], "rating_words")
    else:  # they talk of something else by now
        _tell(conversation, "rating_thanks")


def _end(conversation: Conversation, rating: Rating, words: str) -> None:
    rating.is_done, rating.words = True, words
    rating.save(update_fields=["is_done", "words"])
    more = {"title": say("rating_more_help"), "payload": "/report"}
    _tell(conversation, "rating_thanks", [more] if conversation.owner == Owner.CLOSED else [])


def _tell(
    conversation: Conversation, sentence: str, buttons: list[dict[str, str]] | None = None, kind: str = ""
) -> None:
    card = {"kind": kind} if kind else None
    deliver(conversation, append(conversation, Author.SYSTEM, say(sentence), buttons=buttons or [], card=card))
    announce(conversation.pk)
