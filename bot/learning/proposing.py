"""Makes a message an example that a supervisor may accept: without personal data, each sentence once."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth import get_user_model

from bot.claims.services import claims_of
from bot.conversations.models import Conversation, Message
from bot.learning import familiar
from bot.learning.models import Example
from bot.learning.telling import guesses
from bot.members.services import find_members, household_of
from bot.understanding.anonymous import anonymise

SHORTEST, LONGEST = 3, 2_000  # words, characters
STRENGTH = {why: place for place, why in enumerate(Example.Why.values)}  # the surest sign first


def propose(conversation: Conversation, message: Message, label: str, why: str) -> Example | None:
    """Propose a message under a label ("" where nobody can know), in the caller's transaction; None if it is no use.

    The same sentence again is one example, under the label of the surest sign. One that is decided stays so. A danger
    to life is never proposed: such messages are not to be shown to more people than must see them.
    """
    if message.safety == "life" or len(message.text) > LONGEST or len(familiar.WORD.findall(message.text)) < SHORTEST:
        return None
    text = anonymise(message.text, _names_around(conversation), familiar.ordinary())
    guess = next(iter(guesses(message)), None)
    example, is_new = Example.objects.get_or_create(
        digest=familiar.digest(text),
        defaults={
            "text": text,
            "label": label,
            "guess": guess.label if guess else "",
            "confidence": guess.confidence if guess else None,
            "why": why,
            "conversation": conversation.pk,
        },
    )
    if not is_new and example.state == Example.State.PROPOSED and STRENGTH[why] <= STRENGTH[example.why]:
        example.label, example.why = label or example.label, why
        example.save(update_fields=["label", "why"])
    return example


def _names_around(conversation: Conversation) -> Iterable[str]:
    """Return the names of the member and their household, and of the staff, whom members greet by name."""
    known: set[UUID] = {claim.member for claim in claims_of(conversation.pk) if claim.member}
    known |= {conversation.member} if conversation.member else set()
    people = find_members({other for member in known for other in household_of(member)}).values()
    staff = get_user_model().objects.values_list("name", flat=True)
    return [*(name for person in people for name in (person.first_name, person.last_name)), *staff]
