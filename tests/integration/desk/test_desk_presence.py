"""Who is at the desk and looks at what, how they want to be called, and what is forgotten at night."""

import asyncio
import json
import time
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from bot.claims.models import AccessCode
from bot.conversations.erasure import erase
from bot.conversations.models import Conversation, Message
from bot.conversations.ownership import Owner
from bot.conversations.receiving import Inbound, open_conversation, receive
from bot.desk import presence, tags
from bot.desk.forgetting import READ_KEPT
from bot.desk.hub import _read
from bot.desk.models import Adviser, Availability, Reading, Role, Tab, Tagging
from bot.desk.tasks import forget_what_is_over
from bot.desk.views import events
from tests.claims import open_one
from tests.desk import new_adviser, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


def write(conversation: Conversation, text: str = "bonjour") -> Message:
    return receive(Inbound(conversation.pk, uuid4().hex, text))


def read_all(conversation: Conversation, who: Adviser, tab: UUID | None = None) -> None:
    conversation.refresh_from_db()
    presence.look(tab, who.pk, conversation, conversation.last_number)


class TestPresence:
    def test_who_has_no_page_open_is_away_whatever_they_said(self, sophie, marc):
        presence.arrive(sophie.pk)
        assert names(presence.colleagues(None)) == {"available": ["Sophie Exemple"], "away": ["Marc Exemple"]}
        presence.set_availability(sophie, Availability.BUSY)
        assert names(presence.colleagues(None))["busy"] == ["Sophie Exemple"]

    def test_away_only_two_minutes_after_the_last_page_was_closed(self, sophie):
        tab = presence.arrive(sophie.pk)
        presence.leave(tab)
        assert names(presence.colleagues(None)) == {"available": ["Sophie Exemple"]}
        Tab.objects.update(seen_at=timezone.now() - presence.GONE)
        assert names(presence.colleagues(None)) == {"away": ["Sophie Exemple"]}

    def test_the_transfer_menu_groups_colleagues_by_it(self, desk, marc, conversation):
        presence.arrive(marc.pk)
        options = desk.get(f"/desk/c/{conversation.pk}/colleagues").content.decode()
        assert '<optgroup label="Disponibles"><option value="adviser:' + str(marc.pk) in options
        assert "Absents" in options

    def test_it_is_chosen_in_a_menu_that_says_it(self, desk, sophie):
        answer = desk.post("/desk/availability", {"availability": "busy"})
        assert "Occupé" in answer.content.decode()
        sophie.refresh_from_db()
        assert sophie.availability == "busy"
        assert desk.post("/desk/availability", {"availability": "on_the_moon"}).status_code == 400

    def test_who_looks_is_known_by_their_page_and_forgotten_when_it_closes(self, sophie, marc, conversation):
        tab = presence.arrive(sophie.pk)
        read_all(conversation, sophie, tab)
        assert [each.name for each in presence.watchers([conversation.pk])[conversation.pk]] == ["Sophie Exemple"]
        read_all(conversation, marc, tab)
        assert len(presence.watchers([conversation.pk])[conversation.pk]) == 1, "a page is its adviser's alone"
        other = open_conversation("web")
        read_all(other, sophie, tab)
        assert list(presence.watchers([conversation.pk, other.pk])) == [other.pk]
        presence.leave(tab)
        assert presence.watchers([other.pk]) == {}

    def test_who_writes_is_known_for_a_few_seconds(self, desk, sophie, conversation):
        read_all(conversation, sophie, presence.arrive(sophie.pk))
        desk.post(f"/desk/c/{conversation.pk}/typing")
        assert presence.watchers([conversation.pk])[conversation.pk][0].is_writing
        Tab.objects.update(wrote_at=timezone.now() - presence.WRITES)
        assert not presence.watchers([conversation.pk])[conversation.pk][0].is_writing

    def test_the_hub_reads_lines_readings_and_watchers_together(self, sophie, conversation):
        write(conversation)
        read_all(conversation, sophie, tab := presence.arrive(sophie.pk))
        connection.close()
        news = _read([conversation.pk], [conversation.pk])
        assert f"row-{conversation.pk}" in json.loads(news.lines[conversation.pk])["html"]
        assert news.reads == {conversation.pk: {sophie.pk: 1}}
        assert [each.tab for each in news.watchers[conversation.pk]] == [tab]

    def test_an_open_stream_is_a_page_and_its_end_leaves_it(self, sophie, conversation):
        async def play() -> tuple[int, UUID]:
            stream = events._present(sophie.pk, time.time())
            first = await anext(stream)
            count = await events._noting(lambda who: Tab.objects.filter(adviser=who).count(), sophie.pk)
            await stream.aclose()
            return count, UUID(json.loads(first.decode().rpartition("data: ")[2]))

        count, told = asyncio.run(play())
        tab = Tab.objects.get()
        assert (count, told) == (1, tab.pk)
        assert tab.conversation is None


class TestWishes:
    def test_what_calls_an_adviser_is_off_until_they_want_it(self, desk, sophie):
        page = desk.get("/desk/").content.decode()
        assert "data-sound" not in page
        assert "data-no-keys" not in page
        desk.post("/desk/account/wishes", {"has_sound": "on", "has_notifications": "on"})
        page = desk.get("/desk/").content.decode()
        assert " data-sound data-notifications data-no-keys" in page

    def test_an_analyst_has_none(self, browser_of):
        assert browser_of(Role.ANALYST).get("/desk/account").status_code == 200
        assert "has_sound" not in browser_of(Role.ANALYST).get("/desk/account").content.decode()


class TestForgetting:
    def test_what_is_over_goes_and_what_is_not_stays(self, sophie, conversation):
        now = timezone.now()
        signed_in(sophie)
        Session.objects.create(session_key="old", session_data="", expire_date=now - timedelta(minutes=1))
        claim = open_one(conversation)
        for minutes in (-1, 1):
            until = now + timedelta(minutes=minutes)
            AccessCode.objects.create(claim=claim, conversation=conversation.pk, digest="x", expires_at=until)
        Tab.objects.create(pk=uuid4(), adviser=sophie, seen_at=now - timedelta(hours=1))
        here = presence.arrive(new_adviser("Luc Exemple").pk)
        closed = Conversation.objects.create(
            channel="web", owner=Owner.CLOSED, last_message_at=now - READ_KEPT - timedelta(days=1)
        )
        for each in (conversation, closed):
            presence.look(None, sophie.pk, each, 0)

        forget_what_is_over(0)
        forget_what_is_over(0)
        assert Session.objects.count() == 1
        assert AccessCode.objects.get().expires_at > now
        assert Tab.objects.get().pk == here
        assert Reading.objects.get().conversation == conversation.pk

    def test_a_conversation_that_is_erased_loses_its_marks(self, sophie, conversation):
        tags.put(conversation.pk, sophie, [str(tags.save("Presse").pk)])
        message = write(conversation)
        read_all(conversation, sophie)
        erase(conversation.pk, keep=message.pk)
        assert not Tagging.objects.exists()
        assert not Reading.objects.exists()


def names(found) -> dict[str, list[str]]:
    return {str(value): [each.name for each in advisers] for value, advisers in found.items() if advisers}
