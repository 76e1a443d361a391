"""What the lists show of a conversation besides its words: priority set by hand, tags, what is unread."""

from uuid import UUID, uuid4

import pytest

from bot.conversations import handling
from bot.conversations.models import Conversation, Message
from bot.conversations.receiving import Inbound, open_conversation, receive
from bot.conversations.services import hand_off
from bot.desk import presence, tags
from bot.desk.models import Adviser, Reading, Role, Tag, Tagging
from bot.desk.queues import Wanted, counters, listed
from bot.desk.rows import rows_of
from bot.errors import IllegalMove
from bot.events.models import Event
from tests.desk import new_adviser

pytestmark = pytest.mark.django_db(transaction=True)


def write(conversation: Conversation, text: str = "bonjour") -> Message:
    return receive(Inbound(conversation.pk, uuid4().hex, text))


def unread(conversation: Conversation, who: Adviser) -> bool:
    conversation.refresh_from_db()
    return rows_of([conversation], who.pk)[0].is_unread


def read_all(conversation: Conversation, who: Adviser, tab: UUID | None = None) -> None:
    conversation.refresh_from_db()
    presence.look(tab, who.pk, conversation, conversation.last_number)


class TestPriority:
    def test_set_by_hand_it_moves_the_conversation_in_the_queue_and_leaves_an_event(self, desk, sophie, conversation):
        hand_off(conversation, "asked")
        other = open_conversation("web")
        hand_off(other, "asked")
        assert desk.post(f"/desk/c/{other.pk}/priority", {"priority": "1"}).status_code == 200
        assert listed(sophie, Wanted()).conversations[0].pk == other.pk
        event = Event.objects.get(name="priority_set")
        assert event.properties == {"adviser": str(sophie.pk), "before": 3, "after": 1}

    def test_a_life_in_danger_still_raises_what_was_lowered_by_hand(self, sophie, conversation):
        hand_off(conversation, "asked", "ongoing")
        handling.set_priority(conversation.pk, sophie.pk, 3)
        handling.take(conversation.pk, sophie.pk)
        write(conversation, "je veux mourir")
        conversation.refresh_from_db()
        assert conversation.priority == 0

    @pytest.mark.parametrize("number", [-1, 4])
    def test_there_is_no_other_priority(self, sophie, conversation, number):
        with pytest.raises(IllegalMove):
            handling.set_priority(conversation.pk, sophie.pk, number)

    def test_a_closed_conversation_has_none(self, desk, sophie, conversation):
        handling.close(conversation.pk, sophie.pk, "solved")
        assert desk.post(f"/desk/c/{conversation.pk}/priority", {"priority": "0"}).status_code == 409

    @pytest.mark.parametrize("given", ["", "x", "9", "²"])
    def test_what_is_no_priority_is_refused_in_words(self, desk, conversation, given):
        answer = desk.post(f"/desk/c/{conversation.pk}/priority", {"priority": given})
        assert answer.status_code == 409
        assert "plus possible" in answer.content.decode()


class TestTags:
    def test_they_are_put_on_shown_in_the_list_and_filtered_by(self, desk, sophie, conversation):
        hand_off(conversation, "asked")
        hand_off(open_conversation("web"), "asked")
        one, two = tags.save("Presse"), tags.save("À suivre")
        desk.post(f"/desk/c/{conversation.pk}/tags", {"tag": [one.pk, two.pk]})
        assert [each.pk for each in listed(sophie, Wanted(tag=str(one.pk))).conversations] == [conversation.pk]
        assert desk.get("/desk/").content.decode().count('<span class="tag own">Presse</span>') == 1
        desk.post(f"/desk/c/{conversation.pk}/tags", {"tag": [two.pk]})
        assert [each.name for each in tags.tags_of([conversation.pk])[conversation.pk]] == ["À suivre"]
        changes = [each.properties for each in Event.objects.filter(name="tags_changed").order_by("pk")]
        assert changes[-1] == {"adviser": str(sophie.pk), "added": [], "removed": [one.pk]}

    def test_the_same_tags_again_change_nothing(self, desk, conversation):
        tag = tags.save("Presse")
        for _ in range(2):
            desk.post(f"/desk/c/{conversation.pk}/tags", {"tag": [tag.pk]})
        assert Event.objects.filter(name="tags_changed").count() == 1

    @pytest.mark.parametrize("given", ["x", "-1", "999999", "9" * 40, "²"])
    def test_a_tag_that_does_not_exist_is_left_out(self, desk, conversation, given):
        assert desk.post(f"/desk/c/{conversation.pk}/tags", {"tag": given}).status_code == 200
        assert desk.get("/desk/", {"tag": given}).status_code == 200
        assert not Tagging.objects.exists()

    def test_a_supervisor_makes_renames_and_deletes_them(self, browser_of, conversation):
        boss = browser_of(Role.SUPERVISOR)
        boss.post("/desk/tags", {"name": "  Presse   locale "})
        tag = Tag.objects.get()
        assert tag.name == "Presse locale"
        boss.post(f"/desk/tags/{tag.pk}", {"name": "Journaux"})
        tags.put(conversation.pk, new_adviser("Luc Exemple"), [str(tag.pk)])
        assert "1 conversation" in boss.get("/desk/tags").content.decode()
        boss.post(f"/desk/tags/{tag.pk}/delete")
        assert not Tagging.objects.exists()

    @pytest.mark.parametrize("name", ["", "  ", "x" * 33, "PRESSE"])
    def test_a_name_that_is_blank_too_long_or_taken_is_refused_in_words(self, browser_of, name):
        tags.save("Presse")
        answer = browser_of(Role.SUPERVISOR).post("/desk/tags", {"name": name})
        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
        assert Tag.objects.count() == 1


class TestUnread:
    def test_it_is_each_advisers_own(self, sophie, marc, conversation):
        write(conversation)
        hand_off(conversation, "asked")
        assert unread(conversation, sophie)
        read_all(conversation, sophie)
        assert not unread(conversation, sophie)
        assert unread(conversation, marc)

    def test_the_members_next_message_is_unread_again_and_the_bots_is_not(self, sophie, conversation):
        write(conversation)
        hand_off(conversation, "asked")
        read_all(conversation, sophie)
        hand_off(conversation, "asked", "life")
        assert not unread(conversation, sophie)
        write(conversation)
        assert unread(conversation, sophie)

    def test_a_colleagues_or_the_bots_conversation_is_nobody_elses_to_read(self, sophie, marc, conversation):
        write(conversation)
        assert not unread(conversation, sophie)
        handling.take(conversation.pk, marc.pk)
        write(conversation)
        assert not unread(conversation, sophie)
        assert unread(conversation, marc)

    def test_ones_own_are_counted_for_all_advisers_at_once(self, sophie, marc, conversation):
        second = open_conversation("web")
        for each in (conversation, second):
            write(each)
            handling.take(each.pk, sophie.pk)
        assert counters().unread == {str(sophie.pk): 2}
        read_all(second, sophie)
        read_all(conversation, marc)
        assert counters().unread == {str(sophie.pk): 1}

    def test_a_page_says_what_it_shows_and_up_to_where(self, desk, sophie, conversation):
        write(conversation)
        hand_off(conversation, "asked")
        assert 'class="row p3 unread"' in desk.get("/desk/").content.decode()
        desk.post(f"/desk/c/{conversation.pk}/look", {"number": "1", "tab": "x"})
        assert 'class="row p3"' in desk.get("/desk/").content.decode()

    @pytest.mark.parametrize("number", ["999", "-1", "x", "²", ""])
    def test_nobody_has_read_what_is_not_written_yet(self, desk, sophie, conversation, number):
        write(conversation)
        desk.post(f"/desk/c/{conversation.pk}/look", {"number": number})
        assert Reading.objects.get().number in (0, 1)

    def test_reading_never_goes_backwards(self, sophie, conversation):
        write(conversation)
        read_all(conversation, sophie)
        presence.look(None, sophie.pk, conversation, 0)
        assert Reading.objects.get().number == 1
