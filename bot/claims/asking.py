"""An adviser asks for a piece that is still to come: the sentence, with the reason, and that it was asked for."""

import re
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.utils import timezone

from bot.catalogue import catalogue
from bot.claims.models import Document
from bot.events.services import record
from bot.texts import say

# Why a piece is of use, by the words of its name; the first that fits.
REASONS = {
    "piece_why_police": r"plainte|police|signalement",
    "piece_why_money": r"paiement|virement|extrait|débit|retrait|reçu|recharge|crypto|relevé de compte",
    "piece_why_deal": r"commande|facture|annonce|réservation|billet|contrat|devis|conditions|offre",
    "piece_why_author": r"profil|pseudo|numéro|adresse|lien|auteur",
    "piece_why_words": r"capture|message|sms|mail|conversation|échange|courrier|lettre|photo|réponse|avis",
    "piece_why_when": r"heure|date|journal|historique|suivi|liste",
}


def request(document: Document) -> str:
    """Return what an adviser may send to ask for a piece, in the messages' markup."""
    claim = document.claim
    subtype = catalogue().find(claim.family, claim.subtype)
    careful = say("piece_careful_intimate" if subtype and subtype.evidence_note else "piece_careful")
    why = say(_reason(document.name))
    return say("piece_asked", reference=claim.reference, name=document.name, why=why, careful=careful)


def still_missing(conversation: UUID, pieces: Sequence[UUID]) -> list[Document]:
    """Return those of these pieces that belong to the conversation's claims and are still to come."""
    if not pieces:
        return []
    found = Document.objects.select_related("claim").filter(pk__in=pieces, claim__conversation=conversation)
    return list(found.filter(state=Document.State.TO_COME))


def note_asked(documents: Iterable[Document]) -> None:
    """Note that the member was asked for these pieces, in the caller's transaction."""
    for each in documents:
        each.asked_at = timezone.now()
        each.save(update_fields=["asked_at"])
        record("document_asked", each.claim.conversation, each.claim_id, number=each.number)


def _reason(name: str) -> str:
    return next((reason for reason, words in REASONS.items() if re.search(words, name.lower())), "piece_why")
