"""What `{…}` stands for in an adviser's text: the member, the claim, the adviser, and contacts of the register."""

import re
from collections.abc import Mapping

from bot.catalogue import catalogue
from bot.claims.documents import missing
from bot.claims.models import Claim, State
from bot.conversations.models import Conversation
from bot.desk.models import Adviser
from bot.desk.panel import claim_beside
from bot.errors import UnfilledPlaceholder
from bot.members.services import find_member
from bot.texts import contacts, say

NAMES = {
    "prenom": "le prénom du membre",
    "reference": "la référence du dossier",
    "incident": "le type d'incident",
    "etat": "l'état du dossier",
    "pieces_manquantes": "la liste des pièces manquantes",
    "conseiller": "votre prénom",
}
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
MARKUP = str.maketrans("", "", "*[](){}")  # a member's name is no markup


def values_of(conversation: Conversation, who: Adviser) -> dict[str, str]:
    """Return what is known of `NAMES` in this conversation."""
    claim = claim_beside(conversation)
    member = find_member(conversation.member or (claim.member if claim else None))
    values = {
        "prenom": member.first_name.translate(MARKUP).strip() if member else "",
        "incident": catalogue().incident_label(conversation.family, conversation.subtype),
        "conseiller": who.first_name,
        **(_of_claim(claim) if claim else {}),
    }
    return {name: value for name, value in values.items() if value}


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return `text` with what is known; contacts and what is not known stay as they are."""
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def ready(text: str, values: Mapping[str, str]) -> str:
    """Return `text` as the member reads it, in the messages' markup.

    Raises:
        UnfilledPlaceholder: one has no value here, or is none; the message says which, in French.
    """
    known = {id_: contact.markdown for id_, contact in contacts().items()} | dict(values)
    if lacking := list(dict.fromkeys(name for name in PLACEHOLDER.findall(text) if name not in known)):
        raise UnfilledPlaceholder(say("desk_placeholder", names=_shown(lacking)))
    return filled(text, known)


def unknown(text: str) -> list[str]:
    """Return the placeholders of a ready answer that stand for nothing, in order."""
    return [name for name in PLACEHOLDER.findall(text) if name not in NAMES and name not in contacts()]


def _of_claim(claim: Claim) -> dict[str, str]:
    return {
        "reference": claim.reference,
        "etat": State(claim.state).label.lower(),
        "pieces_manquantes": "\n".join(f"- {each.name}" for each in missing(claim)),
    }


def _shown(names: list[str]) -> str:
    return ", ".join(f"{{{name}}} ({NAMES[name]})" if name in NAMES else f"{{{name}}}" for name in names)
