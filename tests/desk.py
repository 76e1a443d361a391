"""Staff for tests of the desk, and what they do there; invented people."""

from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from django.utils import timezone

from bot.conversations.handling import Said, say_to_member
from bot.conversations.models import Author, Conversation, Message
from bot.desk.access import BEGAN, SEEN
from bot.desk.models import Adviser, Role
from bot.members.models import Member

PASSWORD = "une phrase longue et bleue 7"


def new_adviser(name: str, role: str = Role.ADVISER, password: str | None = None) -> Adviser:
    """Make an account; without a password it is signed in by `signed_in` only, which is faster."""
    return Adviser.objects.create_user(f"{uuid4().hex[:12]}@example.be", name, role, password)


def signed_in(who: Adviser) -> Client:
    """Return a browser in which somebody has signed in."""
    client = Client(enforce_csrf_checks=False)
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[BEGAN] = session[SEEN] = int(timezone.now().timestamp())
    session.save()
    return client


def say_as(conversation: UUID, adviser: UUID, text: str, key: str) -> Message:
    """Have an adviser say something to a member; the same `key` again says nothing more."""
    return say_to_member(conversation, adviser, Said(text, key))


def send(desk: Client, conversation: Conversation, text: str = "", **form: Any) -> Any:
    """Send an answer, or a note with `note="1"`, as the desk's page does; return the server's."""
    return desk.post(f"/desk/c/{conversation.pk}/reply", {"text": text, "key": uuid4().hex, **form})


def answers(conversation: Conversation) -> list[str]:
    """Return what advisers said to the member, in order."""
    found = conversation.messages.filter(author=Author.ADVISER).order_by("number")
    return list(found.values_list("text", flat=True))


def page(desk: Client, conversation: Conversation) -> str:
    """Return the page of a conversation."""
    shown = desk.get(f"/desk/c/{conversation.pk}")
    assert shown.status_code == 200
    return shown.content.decode()


def amelie(conversation: Conversation) -> Member:
    """Make the conversation that of a known member."""
    member = Member.objects.create(
        contract="EX-1", household="H", first_name="Amélie", last_name="Exemple", imported_at=timezone.now()
    )
    conversation.member = member.pk
    conversation.save()
    return member
