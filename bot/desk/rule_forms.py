"""The form of a supervisor's rule, and the one French sentence that says what a rule does."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

from babel.numbers import format_currency
from django import forms

from bot.catalogue import catalogue
from bot.conversations.models import Rule
from bot.conversations.rules import fits_nothing
from bot.conversations.services import LOWEST
from bot.conversations.urgency import GRAVEST_FIRST, level_label, priority_label
from bot.desk.models import Tag, Team
from bot.texts import say

URGENT = [(level, level_label(level)) for level in reversed(GRAVEST_FIRST[:-1])]
PRIORITIES = [(number, priority_label(number)) for number in reversed(range(len(GRAVEST_FIRST)))]
KNOWN = {"yes": "prouvée", "no": "pas encore connue"}
MOST_EUROS = 10_000_000


def sentence(rule: Rule) -> str:
    """Return what a rule does, as one French sentence."""
    return f"Si {' et si '.join(_conditions(rule))} : {_outcome(rule)}."


class RuleForm(forms.Form):
    """Conditions, all of which must hold, and what happens then."""

    name = forms.CharField(label="Nom", max_length=60, help_text="Les conseillers le lisent : « Règle : … ».")
    kind = forms.ChoiceField(label="Incident", required=False)
    amount = forms.DecimalField(
        label="Montant, au moins (€)", required=False, min_value=0, max_value=MOST_EUROS, decimal_places=2
    )
    safety = forms.ChoiceField(label="Urgence, au moins", required=False, choices=[("", "n’importe laquelle"), *URGENT])
    is_known = forms.ChoiceField(
        label="Identité du membre", required=False, choices=[("", "peu importe"), *KNOWN.items()]
    )
    words = forms.CharField(
        label="Le membre écrit l’un de ces mots",
        required=False,
        max_length=300,
        help_text="Séparés par des virgules ; accents, majuscules et pluriel ne comptent pas.",
    )
    is_child = forms.BooleanField(label="Un enfant est touché, ou écrit", required=False)
    action = forms.ChoiceField(label="Que faire", choices=Rule.Action.choices)
    team = forms.ChoiceField(label="Dans la file de", required=False)
    priority = forms.TypedChoiceField(label="Priorité, au moins", coerce=int, choices=PRIORITIES)
    tag = forms.ChoiceField(label="Étiquette", required=False)

    CONDITIONS, OUTCOME = (
        ("kind", "amount", "safety", "is_known", "words", "is_child"),
        ("action", "team", "priority", "tag"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the kinds, teams and tags of today."""
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        choices: dict[str, list[Any]] = {
            "kind": [("", "n’importe lequel"), *_kinds()],
            "team": [("", "tout le monde"), *((team.slug, team.name) for team in Team.objects.all())],
            "tag": [("", "aucune"), *((str(tag.pk), tag.name) for tag in Tag.objects.all())],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered

    def clean(self) -> dict[str, Any]:
        """Refuse a rule that fits nothing, or that would do nothing."""
        given = self.cleaned_data
        if not self.errors and fits_nothing(self.filled(Rule())):
            raise forms.ValidationError(say("desk_rule_without_condition"))
        if given.get("action") == Rule.Action.TAG and not given.get("tag"):
            self.add_error("tag", say("desk_rule_without_tag"))
        if given.get("action") in (Rule.Action.HAND_OFF, Rule.Action.ADVISE) and given.get("safety") == "life":
            self.add_error("safety", say("desk_rule_of_life"))
        return given

    def filled(self, rule: Rule) -> Rule:
        """Return the rule with what was given, not saved."""
        given = self.cleaned_data
        rule.name = " ".join(given["name"].split())
        rule.family, _, rule.subtype = given["kind"].partition("/")
        rule.amount_cents = None if given["amount"] is None else int(given["amount"] * 100)
        rule.safety, rule.is_child = given["safety"], given["is_child"]
        rule.words = ", ".join(filter(None, (each.strip() for each in given["words"].split(","))))
        rule.is_known = {"yes": True, "no": False}.get(given["is_known"])
        rule.action, rule.priority = given["action"], given["priority"]
        rule.team, rule.tag = given["team"], given["tag"]
        if rule.action == Rule.Action.TAG:
            rule.team, rule.priority = "", LOWEST
        else:
            rule.tag = ""
        return rule

    def saved(self, rule: Rule, by: UUID) -> Rule:
        """Save the rule with what was given; a new one is tried last."""
        rule.changed_by = by
        if rule.pk is None:
            last = Rule.objects.order_by("-position").first()
            rule.position = last.position + 1 if last else 1
        self.filled(rule).save()
        return rule


def initial(rule: Rule) -> dict[str, Any]:
    """Return a rule as the form shows it."""
    return {
        **{name: getattr(rule, name) for name in ("name", "safety", "words", "is_child", "action", "team", "priority")},
        "kind": f"{rule.family}/{rule.subtype}".rstrip("/"),
        "amount": None if rule.amount_cents is None else Decimal(rule.amount_cents) / 100,
        "is_known": "" if rule.is_known is None else "yes" if rule.is_known else "no",
        "tag": rule.tag,
    }


def _kinds() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for family in catalogue().families.values():
        kinds = [(f"{family.id}/{subtype.id}", subtype.label) for subtype in family.subtypes.values()]
        yield family.label, [(family.id, f"{family.label} : tous"), *kinds]


def _conditions(rule: Rule) -> Iterator[str]:
    if rule.family:
        yield f"l’incident est « {catalogue().incident_label(rule.family, rule.subtype)} »"
    if rule.amount_cents is not None:
        yield f"le montant est d’au moins {format_currency(rule.amount_cents / 100, 'EUR', locale='fr_BE')}"
    if rule.safety:
        yield f"l’urgence est au moins « {level_label(rule.safety).lower()} »"
    if rule.is_known is not None:
        yield f"l’identité du membre est {KNOWN['yes' if rule.is_known else 'no']}"
    if rule.words:
        yield f"le membre écrit {' ou '.join(f'« {each.strip()} »' for each in rule.words.split(','))}"
    if rule.is_child:
        yield "un enfant est touché ou écrit"


def _outcome(rule: Rule) -> str:
    if rule.action == Rule.Action.TAG:
        tag = Tag.objects.filter(pk=int(rule.tag)).first() if rule.tag.isdecimal() else None
        return f"l’étiquette « {tag.name if tag else 'supprimée'} »"
    team = Team.objects.filter(pk=rule.team).first() if rule.team else None
    whom = f"un conseiller de l’équipe {team.name}" if team else "un conseiller"
    when = f"{whom} tout de suite" if rule.action == Rule.Action.HAND_OFF else f"les premiers conseils, puis {whom}"
    is_usual = rule.priority == LOWEST
    return when if is_usual else f"{when}, en priorité « {priority_label(rule.priority).lower()} »"
