"""Django's admin, for administrators only: accounts and teams."""

from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from bot.desk import accounts
from bot.desk.access import admits, private, to_login
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


@admin.register(Adviser, site=site)
class AdviserAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
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

    @admin.action(description="Supprimer le second facteur")
    def without_factor(self, request: HttpRequest, chosen: QuerySet[Adviser]) -> None:
        """Let them in with the password alone, until they set it up again."""
        for who in chosen:
            accounts.drop_factors(who)
        messages.info(request, say("desk_factor_dropped"))

    def has_delete_permission(self, request: HttpRequest, obj: Adviser | None = None) -> bool:  # noqa: ARG002 (as above)
        """Never: what somebody wrote keeps its author; an account is switched off instead."""
        return False

    def _show_link(self, request: HttpRequest, who: Adviser) -> None:
        messages.info(request, say("desk_password_link", name=who.name, link=accounts.password_link(who)))


@admin.register(Team, site=site)
class TeamAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """Teams."""

    list_display = ("name", "slug")
