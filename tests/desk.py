"""Staff for tests of the desk; invented people."""

from uuid import UUID, uuid4

from django.test import Client
from django.utils import timezone

from bot.conversations.handling import Said, say_to_member
from bot.conversations.models import Message
from bot.desk.access import BEGAN, SEEN
from bot.desk.models import Adviser, Role

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
