"""Django's admin, for administrators only: accounts and teams."""

from collections.abc import Sequence
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from bot.audit.services import note
from bot.desk import accounts
from bot.desk.access import admits, adviser, private, to_login
from bot.desk.models import Adviser, Role, Team
from bot.texts import say


class DeskAdmin(admin.AdminSite):
    """The admin behind the desk's own sign-in, with its expiry of sessions."""

    site_header = site_title = "Cyber Care – administration"
    index_title = "Comptes et équipes"
    site_url = "/desk/"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Admit administrators with a good session."""
        return admits(request, Role.ADMINISTRATOR)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Wrap each page of the admin as the desk's own."""
        inner = super().admin_view(view, cacheable)
        return wraps(view)(lambda *args, **kwargs: private(inner(*args, **kwargs)))

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # noqa: ARG002 (Django's signature)
        """Send whoever is not signed in to the desk's sign-in, administrators in, all others away."""
        if self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        if admits(request, *Role):
            return private(render(request, "desk/forbidden.html", status=403))
        return to_login(request)


site = DeskAdmin(name="admin")


class NotedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """Leaves what administrators change in our audit rather than in Django's own list."""

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:  # noqa: ARG002 (Django's signature)
        """Note something new."""
        self.note(request, "added", obj)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Note a change, and of which fields."""
        fields = [name for part in message for name in part.get("changed", {}).get("fields", [])]
        self.note(request, "changed", obj, fields=fields)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> list[Any]:
        """Note what is about to be deleted."""
        for obj in queryset:
            self.note(request, "deleted", obj)
        return []  # of Django's own entries

    def note(self, request: HttpRequest, done: str, obj: Model, fields: Sequence[str] = ()) -> None:
        """Note what was done to an account or a team; the role that an account has now goes with it."""
        details: dict[str, Any] = {"fields": [*fields]} if fields else {}
        if isinstance(obj, Adviser):
            details["role"] = obj.role
        note(f"{obj._meta.model_name}_{done}", adviser(request).pk, object_=obj.pk, **details)


@admin.register(Adviser, site=site)
class AdviserAdmin(NotedAdmin):
    """Accounts; passwords are chosen by their owners, with a link that is shown once."""

    list_display = ("name", "email", "role", "team", "is_active", "last_login")
    list_filter = ("role", "is_active", "team")
    search_fields = ("name", "email")
    fields = ("name", "email", "role", "team", "is_active")
    actions = ("new_link", "without_factor")

    def save_model(self, request: HttpRequest, who: Adviser, form: "ModelForm[Adviser]", change: bool) -> None:
        """Save; show the link of a new account."""
        if not change:
            who.set_unusable_password()
        super().save_model(request, who, form, change)
        if not change:
            self._show_link(request, who)

    @admin.action(description="Nouveau lien pour choisir le mot de passe")
    def new_link(self, request: HttpRequest, chosen: QuerySet[Adviser]) -> None:
        """Show a link for each."""
        for who in chosen:
            self._show_link(request, who)
            self.note(request, "link_made", who)

    @admin.action(description="Supprimer le second facteur")
    def without_factor(self, request: HttpRequest, chosen: QuerySet[Adviser]) -> None:
        """Let them in with the password alone, until they set it up again."""
        for who in chosen:
            accounts.drop_factors(who)
            self.note(request, "factor_dropped", who)
        messages.info(request, say("desk_factor_dropped"))

    def has_delete_permission(self, request: HttpRequest, obj: Adviser | None = None) -> bool:  # noqa: ARG002 (as above)
        """Never: what somebody wrote keeps its author; an account is switched off instead."""
        return False

    def _show_link(self, request: HttpRequest, who: Adviser) -> None:
        messages.info(request, say("desk_password_link", name=who.name, link=accounts.password_link(who)))


@admin.register(Team, site=site)
class TeamAdmin(NotedAdmin):
    """Teams."""

    list_display = ("name", "slug")
