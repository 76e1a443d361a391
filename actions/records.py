"""All that actions read and leave behind in the database, in one place; tests put an in-memory one there."""

from uuid import UUID

from bot.claims.draft import Draft
from bot.claims.models import Claim, Document
from bot.claims.saved_drafts import forget_draft, save_draft, saved_draft
from bot.claims.services import claims_of, open_claim, set_email, set_psychologist
from bot.claims.similar import similar_claim
from bot.members.services import find_member
from bot.settings import settings


class Records:
    """Drafts and claims of one conversation. Each method may be repeated: a turn that failed is taken again."""

    def __init__(self, conversation: UUID) -> None:
        """Keep whose records these are."""
        self.conversation = conversation

    def similar(self, draft: Draft) -> str | None:
        """Return the reference of an open claim that tells the same incident."""
        claim = similar_claim(self.conversation, draft)
        return claim.reference if claim else None

    def begun(self, other_than: str = "") -> Draft | None:
        """Return the draft kept last, but for the one with this key."""
        return saved_draft(self.conversation, other_than)

    def keep(self, draft: Draft) -> None:
        """Keep a draft as it stands."""
        save_draft(self.conversation, draft)

    def forget(self, draft: Draft) -> None:
        """Delete a draft that is opened, cancelled or not to be kept."""
        forget_draft(self.conversation, draft.key)

    def open(self, draft: Draft) -> Claim:
        """Open the claim of a confirmed draft."""
        return open_claim(self.conversation, draft)

    def claim(self, id_: str) -> Claim:
        """Return a claim by its id."""
        return Claim.objects.get(pk=UUID(id_))

    def claims(self) -> list[Claim]:
        """Return the conversation's claims, the newest first."""
        return claims_of(self.conversation)

    def missing_pieces(self, claim: Claim) -> list[str]:
        """Return the names of the documents that are still to come."""
        return list(claim.documents.filter(state=Document.State.TO_COME).values_list("name", flat=True))

    def known_email(self, claim: Claim) -> str:
        """Return the e-mail of the member who is known to have opened it, or nothing."""
        member = find_member(claim.member)
        return member.email if member else ""

    def takes_email(self) -> bool:
        """Tell whether this installation sends e-mail."""
        return bool(settings().smtp_url.get_secret_value())

    def set_email(self, claim: Claim, address: str) -> None:
        """Keep where the member wants to be written to, and send the acknowledgement.

        Raises:
            InvalidEmail: it is no address.
        """
        set_email(claim.pk, address)

    def set_psychologist(self, claim: Claim, wanted: bool) -> None:
        """Keep whether a psychologist is to call back."""
        set_psychologist(claim.pk, wanted)
