import random
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone

from bot.analytics.models import BroadDaily
from bot.claims.models import Claim
from bot.conversations.delivery import deliver, register
from bot.conversations.models import Author, Conversation, Evidence, Message
from bot.conversations.receiving import open_conversation
from bot.demo import removing, seeding
from bot.demo.people import links
from bot.desk.models import Adviser
from bot.desk.rows import rows_of
from bot.errors import RealConversations
from bot.events.models import Event
from bot.invented import is_invented, new_id
from bot.settings import settings
from bot.waves.models import Report, Wave
from tests.desk import new_adviser, signed_in

SMALL = 60


def seed(**chosen: object) -> seeding.Seeded:
    return seeding.seed(count=SMALL, tell=lambda _: None, **chosen)


@pytest.fixture
def rows() -> dict[str, int]:
    """Return what counts the rows of all tables that the demo may touch."""

    def count() -> dict[str, int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'proc%%'"
            )
            found = {}
            for (table,) in cursor.fetchall():
                cursor.execute(f'SELECT count(*) FROM "{table}"')
                found[table] = cursor.fetchone()[0]
            return found

    return count


def test_all_that_is_made_is_marked_and_lies_in_the_past():
    made = seed()
    assert made.conversations == Conversation.objects.count() == SMALL
    assert made.claims == Claim.objects.count() > 5
    keys = [*Conversation.objects.values_list("pk", flat=True), *Adviser.objects.values_list("pk", flat=True)]
    assert all(map(is_invented, keys))
    assert not Event.objects.filter(at__gt=timezone.now()).exists()
    assert not Message.objects.filter(sent_at__gt=timezone.now()).exists()
    assert all("démo" in row.channel_label for row in rows_of(list(Conversation.objects.all()[:5])))


def test_the_desk_says_on_every_page_that_it_shows_a_demo():
    desk = signed_in(new_adviser("Sophie Exemple"))
    assert "Démonstration" not in desk.get("/desk/").content.decode()
    seed()
    assert "Démonstration" in desk.get("/desk/").content.decode()


def test_messages_are_numbered_as_they_were_sent_and_the_figures_are_counted():
    seed()
    for conversation in Conversation.objects.all():
        sent = list(conversation.messages.order_by("number").values_list("number", "sent_at"))
        assert (
            [number for number, _ in sent]
            == list(range(1, len(sent) + 1))
            == list(range(1, conversation.last_number + 1))
        )
        assert [at for _, at in sent] == sorted(at for _, at in sent)
    times = list(Event.objects.order_by("pk").values_list("at", flat=True))
    assert times == sorted(times)
    assert sum(BroadDaily.objects.filter(measure="started").values_list("count", flat=True)) == SMALL


def test_the_same_number_tells_the_same_and_another_one_something_else():
    def texts() -> list[str]:
        return sorted(Message.objects.filter(author=Author.MEMBER).values_list("text", flat=True))

    seed()
    first = texts()
    seed()
    assert len(set(first) & set(texts())) > 0.8 * len(set(first))  # what was begun lately depends on the hour
    seed(number=8)
    assert len(set(first) & set(texts())) < 0.8 * len(set(first))


def test_a_database_with_real_conversations_is_left_alone_unless_forced():
    real = open_conversation("web")
    with pytest.raises(RealConversations, match="1 real"):
        seed()
    assert Conversation.objects.count() == 1
    seed(force=True)
    assert Conversation.objects.count() == SMALL + 1
    removing.remove()
    assert list(Conversation.objects.all()) == [real]


def test_removing_leaves_nothing_behind(rows):
    before = rows()
    seed()
    files = list((settings().var / "evidence").rglob("*"))
    assert Evidence.objects.count() == sum(path.is_file() for path in files) > 0
    assert removing.remove() == SMALL
    after = rows()
    changed = {table for table in before if before[table] != after[table]}
    assert changed <= {"analytics_mark"}
    assert not any(path.is_file() for path in (settings().var / "evidence").rglob("*"))
    assert removing.remove() == 0


def wave_with(*conversations: UUID) -> Wave:
    about = {"family": "fraud", "subtype": "romance_scam", "vector": [1.0] * 512}
    now = timezone.now()
    wave = Wave.objects.create(first_seen=now, last_seen=now, **about)
    for conversation in conversations:
        Report.objects.create(message=Report.objects.count(), conversation=conversation, at=now, wave=wave, **about)
    return wave


def test_removing_leaves_a_wave_that_members_told_of_too():
    invented, real = new_id(random.Random(1)), uuid4()
    waves = [wave_with(invented), wave_with(invented, real), wave_with(real)]
    keys = [wave.pk for wave in waves]
    Event.objects.create(at=timezone.now(), name=removing.SEEDED, conversation=invented, properties={"waves": keys})
    removing.remove()
    assert set(Wave.objects.all()) == set(waves[1:])
    assert set(Report.objects.values_list("conversation", flat=True)) == {real}


def test_accounts_have_no_password_and_one_link_each():
    seed()
    assert all(not who.has_usable_password() for who in Adviser.objects.all())
    found = links()
    assert len({link for _, link in found}) == Adviser.objects.count() == 7


def test_nothing_invented_is_delivered_to_a_channel(monkeypatch):
    sent = []
    monkeypatch.setattr("bot.conversations.delivery._channels", {})
    register("telegram", sent.append)
    seed()
    for conversation in [Conversation.objects.filter(channel="telegram").first(), open_conversation("telegram", "1")]:
        deliver(conversation, Message(conversation=conversation))
    assert [message.conversation.address for message in sent] == ["1"]
