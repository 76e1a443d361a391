"""Drafts and claims of an invented conversation: what actions read and leave behind, and what becomes of a claim."""

from uuid import UUID

from bot.claims.counted import counted
from bot.claims.documents import MAX_NAME
from bot.claims.draft import Draft
from bot.claims.models import Answer, Claim, Document, Outcome, SavedDraft, State, StateChange
from bot.claims.reference import new_reference
from bot.claims.standing import what_next
from bot.conversations.models import Evidence
from bot.demo.pictures import Picture
from bot.demo.scene import Scene
from bot.desk.models import Adviser
from bot.invented import new_id
from bot.texts import say

#: How claims end, by family: (outcome, weight).
OUTCOMES = {
    "fraud": (("helped", 30), ("refunded", 36), ("refused", 16), ("withdrawn", 5), ("duplicate", 4), ("no_contact", 9)),
    "failed_delivery": (
        ("helped", 24), ("refunded", 48), ("refused", 10), ("withdrawn", 9), ("duplicate", 3), ("no_contact", 6)
    ),
}  # fmt: skip
OTHERWISE = (("helped", 74), ("refused", 4), ("withdrawn", 9), ("duplicate", 3), ("no_contact", 10))


class Records:
    """What actions read and leave behind (actions/records.py), in the book instead of the database."""

    def __init__(self, scene: Scene) -> None:
        """Begin without a draft."""
        self.scene, self.drafts, self.opened = scene, dict[str, SavedDraft](), list[Claim]()
        self.pieces: dict[UUID, list[Document]] = {}

    def similar(self, _draft: Draft) -> str | None:
        """Return the claim that tells the same: none does."""
        return None

    def begun(self, other_than: str = "") -> Draft | None:  # noqa: ARG002 (of the real ones)
        """Return the draft kept last: only that of the present incident is ever kept."""
        return None

    def keep(self, draft: Draft) -> None:
        """Keep a draft as it stands."""
        row = self.drafts.get(draft.key)
        if row is None:
            row = self.drafts[draft.key] = self.scene.book.add(
                SavedDraft(conversation=self.scene.talk.pk, incident_key=draft.key)
            )
        row.family, row.subtype, row.story = draft.subtype.family, draft.subtype.id, draft.story
        row.values, row.saved_at = dict(draft.values), self.scene.now

    def forget(self, draft: Draft) -> None:
        """Forget a draft that was opened or cancelled."""
        if row := self.drafts.pop(draft.key, None):
            self.scene.book.drop(row)

    def open(self, draft: Draft) -> Claim:
        """Open the claim of a confirmed draft (bot/claims/services.py)."""
        scene = self.scene
        claim = Claim(
            id=new_id(scene.chance), reference=new_reference(), conversation=scene.talk.pk, incident_key=draft.key,
            family=draft.subtype.family, subtype=draft.subtype.id, story=draft.story, opened_at=scene.now,
            member=scene.talk.member,
        )  # fmt: skip
        self.opened.insert(0, scene.book.add(claim))
        for name, value in draft.answers().items():
            scene.book.add(Answer(claim=claim, field=name, value=value))
        scene.book.add(StateChange(claim=claim, at=scene.now, state=State.OPEN, by="member"))
        self.pieces[claim.pk] = [
            scene.book.add(Document(id=new_id(scene.chance), claim=claim, number=number, name=name[:MAX_NAME]))
            for number, name in enumerate(draft.subtype.evidence, 1)
        ]
        facts = {"family": claim.family, "subtype": claim.subtype, **counted(draft.answers())}
        scene.happen("claim_opened", claim.pk, **facts)
        scene.talk.claim, scene.talk.family, scene.talk.subtype = claim.pk, claim.family, claim.subtype
        return claim

    def claim(self, _id: str) -> Claim:
        """Return the claim opened last."""
        return self.opened[0]

    def claims(self) -> list[Claim]:
        """Return the claims, the newest first."""
        return self.opened

    def missing_pieces(self, claim: Claim) -> list[str]:
        """Return the names of the documents that are still to come."""
        return [piece.name for piece in self.pieces[claim.pk] if piece.state == Document.State.TO_COME]

    def known_email(self, _claim: Claim) -> str:
        """Return no address: nothing invented is ever written to."""
        return ""

    def takes_email(self) -> bool:
        """Tell that no address is asked for."""
        return False

    def set_psychologist(self, claim: Claim, wanted: bool) -> None:
        """Keep whether a psychologist is to call back."""
        claim.psychologist = wanted
        self.scene.happen("claim_changed", claim.pk, what="psychologist")


def send_file(scene: Scene, claim: Claim | None, pieces: list[Document], picture: Picture) -> None:
    """Have the member send a picture, which becomes the first piece that is still to come."""
    message = scene.receive(picture.name, "attachment")
    scene.leave_nothing_to_answer()
    file = Evidence(
        id=new_id(scene.chance), conversation=scene.talk, message=message, claim=claim.pk if claim else None,
        name=picture.name, media_type="image/png", size=len(picture.content), received_at=scene.now,
    )  # fmt: skip
    file.key = picture.put(scene.talk.pk, file.pk)
    scene.book.add(file)
    scene.happen("evidence_received", file.claim, media_type=file.media_type, size=file.size)
    told = say("evidence_received_claim" if claim else "evidence_received", name=picture.name)
    scene.tell(told)
    missing = [piece for piece in pieces if piece.state == Document.State.TO_COME]
    if claim and missing:
        file.document, missing[0].state = missing[0].pk, Document.State.ATTACHED
        scene.happen("document_changed", claim.pk, number=missing[0].number, state="attached")


def change_state(scene: Scene, claim: Claim, state: State, by: Adviser, outcome: str = "") -> None:
    """Move a claim on and tell its member (bot/claims/states.py)."""
    ended = {"outcome": Outcome(outcome).value} if outcome else {}
    before, claim.state, claim.outcome = claim.state, state, outcome
    change = StateChange(claim=claim, at=scene.now, state=state, by=str(by.pk), **ended)
    scene.book.add(change)
    scene.happen("state_changed", claim.pk, before=str(before), state=state.value, **ended)
    told = say("state_changed", reference=claim.reference, state=state.label, next=what_next(claim))
    buttons = [{"title": say("show_checklist"), "payload": "checklist"}] if state == State.DOCUMENTS_MISSING else []
    scene.tell(told, buttons)


def outcome_of(scene: Scene, claim: Claim) -> str:
    """Return how it ends."""
    weighted = OUTCOMES.get(claim.family, OTHERWISE)
    return scene.chance.choices([name for name, _ in weighted], [weight for _, weight in weighted])[0]
