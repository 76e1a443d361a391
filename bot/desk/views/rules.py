"""The pages on which supervisors write rules, see what they would meet, put them in order and switch them off."""

from collections import Counter
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bot.conversations.models import Rule
from bot.conversations.rule_reach import DAYS, MOST_TEXTS, reach, reads_texts
from bot.conversations.rules import APPLIED
from bot.conversations.services import LOWEST
from bot.desk.access import SUPERVISORS, adviser, staff
from bot.desk.noting import tell
from bot.desk.rule_forms import RuleForm, initial, sentence
from bot.events.models import Event


@staff(*SUPERVISORS)
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Show all of them in their order, with how often each was applied lately."""
    lately = Event.objects.filter(name=APPLIED, at__gt=timezone.now() - timedelta(days=DAYS))
    times = Counter(lately.values_list("properties__rule", flat=True))
    shown = [(rule, sentence(rule), times[rule.pk]) for rule in Rule.objects.all()]
    return render(request, "desk/rules.html", {"rules": shown, "days": DAYS})


@staff(*SUPERVISORS)
@require_http_methods(["GET", "POST"])
def rule_new(request: HttpRequest) -> HttpResponseBase:
    """Write a new one."""
    return _edited(request, Rule())


@staff(*SUPERVISORS)
@require_http_methods(["GET", "POST"])
def rule_edit(request: HttpRequest, rule: int) -> HttpResponseBase:
    """Change one."""
    return _edited(request, get_object_or_404(Rule, pk=rule))


@staff(*SUPERVISORS, is_quiet=True)
@require_POST
def rule_preview(request: HttpRequest) -> HttpResponse:
    """Say what the rule would do as it is written now, and how many conversations it would have met."""
    form = RuleForm(request.POST)
    form.fields["name"].required = False  # it changes nothing of what is shown
    return render(request, "desk/_rule_preview.html", _preview(form.filled(Rule()) if form.is_valid() else None))


@staff(*SUPERVISORS)
@require_POST
def rule_switched(request: HttpRequest, rule: int) -> HttpResponseBase:
    """Switch one on or off."""
    known = get_object_or_404(Rule, pk=rule)
    known.is_active, known.changed_by = not known.is_active, adviser(request).pk
    known.save()
    tell(request, is_active=known.is_active)
    return redirect("desk:rules")


@staff(*SUPERVISORS)
@require_POST
def rule_moved(request: HttpRequest, rule: int) -> HttpResponseBase:
    """Have one tried before the one above it."""
    known = get_object_or_404(Rule, pk=rule)
    above = Rule.objects.filter(position__lt=known.position).order_by("-position").first()
    if above:
        with transaction.atomic():
            Rule.objects.filter(pk=above.pk).update(position=known.position)
            Rule.objects.filter(pk=known.pk).update(position=above.position, changed_by=adviser(request).pk)
    return redirect("desk:rules")


@staff(*SUPERVISORS)
@require_POST
def rule_deleted(_: HttpRequest, rule: int) -> HttpResponseBase:
    """Take one away; conversations that it met lose the mention."""
    known = get_object_or_404(Rule, pk=rule)
    Rule.objects.filter(position__gt=known.position).update(position=F("position") - 1)
    known.delete()
    return redirect("desk:rules")


def _edited(request: HttpRequest, rule: Rule) -> HttpResponseBase:
    is_new = rule.pk is None
    form = RuleForm(
        request.POST or None, initial={"priority": LOWEST, "action": Rule.Action.ADVISE} if is_new else initial(rule)
    )
    if request.method == "POST" and form.is_valid():
        tell(request, rule=form.saved(rule, adviser(request).pk).pk)
        return redirect("desk:rules")
    shown = {
        "form": form,
        "rule": None if is_new else rule,
        "conditions": [form[name] for name in form.CONDITIONS],
        "outcome": [form[name] for name in form.OUTCOME],
        **_preview(None if is_new or request.method == "POST" else rule),
    }
    return render(request, "desk/rule.html", shown, status=422 if form.errors else 200)


def _preview(rule: Rule | None) -> dict[str, object]:
    """Return what the page says of a rule before it is saved; nothing of one that is not complete."""
    if rule is None:
        return {}
    most = MOST_TEXTS if reads_texts(rule) else None
    return {"sentence": sentence(rule), "reach": reach(rule), "days": DAYS, "most_texts": most}
