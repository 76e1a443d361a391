"""What other parts may ask about members."""

from collections.abc import Iterable
from uuid import UUID

from bot.members.models import Member


def find_member(member: UUID | None) -> Member | None:
    """Return one member, also one whom the insurer's list no longer has; None when nobody is known."""
    return Member.objects.filter(pk=member).first() if member else None


def find_members(members: Iterable[UUID | None]) -> dict[UUID, Member]:
    """Return those of these members who are known, by id, with one query."""
    return Member.objects.in_bulk({member for member in members if member})


def household_of(member: UUID) -> list[UUID]:
    """Return the ids of all who live in the member's household, the member included."""
    households = Member.objects.filter(pk=member).values("household")
    return list(Member.objects.filter(household__in=households).values_list("pk", flat=True))
