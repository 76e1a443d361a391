"""What is deleted: every night what its time is over for, and what was written beside an erased conversation.

Members' own data have their own terms (bot/conversations).
"""

from datetime import timedelta
from uuid import UUID

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from bot.claims.access import forget_codes
from bot.conversations.models import Conversation
from bot.conversations.ownership import Owner
from bot.desk import presence
from bot.desk.models import Draft, Note, Reading, Tab, Tagging

READ_KEPT = timedelta(days=30)  # after the last message of a closed conversation, opened again it is all unread
DRAFT_KEPT = timedelta(days=30)  # after the last key


def forget_what_is_over() -> None:
    """Delete what nobody needs: ended sessions and codes, wrong passwords, closed pages, old readings and drafts."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    AccessAttempt.objects.filter(attempt_time__lt=now - settings.AXES_COOLOFF_TIME).delete()
    Tab.objects.filter(seen_at__lt=now - presence.GONE).delete()
    old = Conversation.objects.filter(owner=Owner.CLOSED, last_message_at__lt=now - READ_KEPT)
    Reading.objects.filter(conversation__in=old.values("pk")).delete()
    Draft.objects.filter(at__lt=now - DRAFT_KEPT).delete()
    forget_codes(before=now)


def forget(conversation: UUID) -> None:
    """Erase what advisers noted, typed, marked and read in a conversation whose member had it erased."""
    for model in (Note, Draft, Tagging, Reading):
        model.objects.filter(conversation=conversation).delete()
