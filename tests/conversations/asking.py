"""Which question of the bot is open, read from what it said: a field's id, or a step's."""

from bot.catalogue import catalogue
from bot.texts import say
from tests.conversations.talkers import Said, plain

NO_QUESTION = ("", "recap", "correction", "paused")  # what the member wishes themselves, or only confirms


def asked(said: Said) -> str:
    """Return the field or step that is asked, "recap", or nothing; the last one where several are."""
    if plain(say("recap_right")) in said.buttons:
        return "recap"
    place, name = max((said.text.rfind(sentence), name) for sentence, name in _sentences().items())
    return name if place >= 0 else ""


def _sentences() -> dict[str, str]:
    """Return the words by which each question is known, and its id."""
    fields = {plain(each.question): name for name, each in catalogue().fields.items()}
    straddles = {plain(each.question): "straddle" for each in catalogue().straddles}
    steps = {_beginning(_SAYINGS[name]): name for name in _SAYINGS}
    return {**fields, **straddles, **steps}


def _beginning(name: str) -> str:
    """Return a sentence of fr.yml up to its first placeholder."""
    return plain(say(name, label="\0", reference="\0", lines="\0")).partition("\0")[0]


_SAYINGS = {
    "same": "same_question",
    "unfinished": "unfinished_question",
    "return": "return_question",
    "paused": "form_paused",
    "correction": "correct_which",
    "kind": "correct_kind_which",
    "psychologist": "psychologist_question",
    "email": "email_question",
    "second": "second_question",
}
