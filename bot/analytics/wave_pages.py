"""The waves: what is found, and a supervisor's word on it."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from bot.analytics.boards.incidents import label_of
from bot.analytics.filters import Filters
from bot.analytics.pages import ALLOWED, frame
from bot.desk.access import READERS, SUPERVISORS, adviser, staff
from bot.errors import UnsafeAdvice
from bot.waves import services
from bot.waves.examples import examples
from bot.waves.models import Wave

SHOWN = timedelta(days=60)
MOST = 50
DAY = timedelta(days=1)
KINDS = {"site": "site", "mail": "adresse e-mail en", "phone": "même numéro de téléphone", "name": "nomme"}
UNSAFE = "Un conseil ne peut contenir ni lien, ni adresse, ni numéro : les membres n'en reçoivent que du registre."


@dataclass(frozen=True)
class Seen:
    """One wave as the page shows it; `day` and `day_before` are its reports of the last two times 24 hours."""

    wave: Wave
    incident: str
    day: int
    day_before: int
    traits: list[str]
    examples: list[str]


@require_safe
@staff(*ALLOWED)
def waves(request: HttpRequest) -> HttpResponse:
    """Show the waves: those to check first, then confirmed ones, then those set aside."""
    return _shown(request)


@require_POST
@staff(*SUPERVISORS)
def decide(request: HttpRequest, key: int) -> HttpResponse:
    """Confirm a wave under a name, or set it aside."""
    wave, by = get_object_or_404(Wave, pk=key), adviser(request).pk
    if request.POST.get("decision") == "dismiss":
        services.dismiss(wave, by)
        return redirect("analytics:waves")
    name = request.POST.get("name", "").strip()
    if not name:
        return _shown(request, wave.pk, "Donnez un nom à la vague.")
    try:
        services.confirm(wave, name, request.POST.get("advice", ""), by)
    except UnsafeAdvice:
        return _shown(request, wave.pk, UNSAFE)
    return redirect("analytics:waves")


def _shown(request: HttpRequest, wrong: int = 0, problem: str = "") -> HttpResponse:
    role = adviser(request).role
    recent = Wave.objects.filter(last_seen__gt=timezone.now() - SHOWN)
    order = list(Wave.State)
    seen = [_seen(wave, may_read=role in READERS) for wave in recent[:MOST]]
    seen.sort(key=lambda each: order.index(Wave.State(each.wave.state)))
    shown = {
        "seen": seen,
        "may_decide": role in SUPERVISORS,
        "may_read": role in READERS,
        "wrong": wrong,
        "problem": problem,
    }
    filters = Filters.read(request.GET, timezone.localdate())
    return render(request, "analytics/waves.html", {**shown, **frame(filters, "waves")}, status=400 if problem else 200)


def _seen(wave: Wave, *, may_read: bool) -> Seen:
    shown = examples(wave) if may_read else []
    return Seen(
        wave, label_of(wave.family, wave.subtype), _of_day(wave, 0), _of_day(wave, 1), _words(wave.traits), shown
    )


def _of_day(wave: Wave, back: int) -> int:
    """Return the reports of the last 24 hours, or of those `back` days before."""
    end = timezone.now() - back * DAY
    return wave.reports.filter(at__gt=end - DAY, at__lte=end).count()


def _words(traits: list[str]) -> list[str]:
    """Return what the reports share, in words; numbers are kept as digests, and sites are not made clickable."""
    words = []
    for trait in traits:
        kind, _, value = trait.partition(":")
        words.append(KINDS[kind] if kind == "phone" else f"{KINDS[kind]} {value.replace('.', '[.]')}")
    return words
