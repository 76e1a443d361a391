"""The weekly report by e-mail: the figures of last week beside the week before, what rises, new waves."""

from dataclasses import dataclass
from datetime import date, timedelta
from email.message import MIMEPart

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from bot.analytics import drawing, reading
from bot.analytics.boards.incidents import DAYS, label_of
from bot.analytics.boards.model import Tile, measures_of, tiles
from bot.analytics.exporting import HIDDEN, SMALL
from bot.analytics.filters import Filters
from bot.analytics.formats import period
from bot.conversations.models import Conversation
from bot.events.models import Event
from bot.events.services import record
from bot.invented import RANGE
from bot.settings import settings
from bot.waves.models import Wave

FIGURES = (
    "reports",
    "claims",
    "completion",
    "amount_sum",
    "handed_off",
    "first_reply",
    "not_understood",
    "satisfaction",
)
SENT = "weekly_report_sent"  # an event
MOST = 8  # kinds of incidents
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Weekly:
    """What one report says."""

    period: str
    tiles: list[Tile]
    kinds: list[tuple[str, str, str]]  # label, this week, the week before; small numbers hidden
    waves: list[tuple[str, str, int]]  # name, state, members
    pictures: dict[str, bytes]
    is_demo: bool  # invented conversations are among the figures


def week_before(today: date) -> Filters:
    """Return the last full week, Monday to Sunday."""
    monday = today - timedelta(days=today.weekday()) - WEEK
    return Filters(monday, monday + timedelta(days=6))


def compose(week: Filters) -> Weekly:
    """Return the report of one week."""
    kinds = _kinds(week)
    pairs = [(label, float(now), float(before)) for label, now, before in kinds]
    hidden = [(label, _protected(now), _protected(before)) for label, now, before in kinds]
    waves = Wave.objects.filter(first_seen__date__range=(week.first, week.last)).exclude(state=Wave.State.DISMISSED)
    return Weekly(
        period(week.first, week.last),
        tiles(week, reading.sums(week, measures_of(FIGURES)), FIGURES),
        hidden,
        [(wave.name or label_of(wave.family, wave.subtype), wave.get_state_display(), wave.size) for wave in waves],
        {"days": drawing.columns(_days(week)), "kinds": drawing.rows(pairs, [now for _, now, _ in hidden])},
        Conversation.objects.filter(pk__range=RANGE).exists(),
    )


def send(week: Filters) -> bool:
    """Send the report of one week to CYBERCARE_REPORT_TO, once; return whether it was sent now.

    Raises:
        OSError: the mail server does not take it; try again.
    """
    name = f"{week.first:%G-W%V}"
    is_set_up = settings().report_to and settings().smtp_url.get_secret_value()
    if not is_set_up or Event.objects.filter(name=SENT, properties__week=name).exists():
        return False
    words = {"report": compose(week), "week": name}
    message = EmailMultiAlternatives(
        subject=f"Cyber Care : la semaine {week.first:%V}",
        body=render_to_string("analytics/weekly.txt", words).strip() + "\n",
        from_email=settings().mail_from,
        to=list(settings().report_to),
        headers={"Auto-Submitted": "auto-generated"},  # RFC 3834: no out-of-office answers
    )
    message.attach_alternative(render_to_string("analytics/weekly.html", words), "text/html")
    for picture, content in words["report"].pictures.items():  # type: ignore[attr-defined]
        message.attach(_inline(picture, content))
    message.send(using="default")
    record(SENT, week=name, recipients=len(settings().report_to))
    return True


def _days(week: Filters) -> list[drawing.Pair]:
    now, before = (reading.by_day(each, "report")["report"] for each in (week, week.before()))
    days = [week.first + timedelta(days=number) for number in range(7)]
    return [(DAYS[number], now.get(day, 0), before.get(day - WEEK, 0)) for number, day in enumerate(days)]


def _kinds(week: Filters) -> list[tuple[str, int, int]]:
    now, before = (reading.by_incident(each, "report") for each in (week, week.before()))
    largest = sorted(now, key=lambda place: -now[place]["report"])[:MOST]
    return [(label_of(*place), now[place]["report"], before.get(place, {}).get("report", 0)) for place in largest]


def _protected(count: int) -> str:
    return HIDDEN if 0 < count < SMALL else str(count)


def _inline(name: str, content: bytes) -> MIMEPart:
    """Return a picture that the HTML shows as `cid:<name>`."""
    part = MIMEPart()
    part.set_content(content, "image", "png", disposition="inline", filename=f"{name}.png", cid=f"<{name}>")
    return part
