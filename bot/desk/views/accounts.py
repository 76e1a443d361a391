"""Signing in and out, the password, the second factor."""

import io

import segno
from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bot.audit.services import note
from bot.desk import accounts
from bot.desk.access import EVERYBODY, READERS, adviser, is_signed_in, public, sign_in, staff
from bot.desk.forms import ChoosePassword, Code, FirstAdministrator, SignIn, Wishes
from bot.desk.models import Adviser, Role
from bot.errors import WrongAccount
from bot.settings import settings
from bot.texts import say

HALF, HALF_SECONDS = "half_signed_in", 300  # between password and code
NEXT = "next"


@public
@require_http_methods(["GET", "POST"])
def sign_in_page(request: HttpRequest) -> HttpResponseBase:
    """Ask for address and password; with a second factor, go on to its code."""
    if request.method == "GET" and is_signed_in(request):
        return redirect("desk:home")
    form = SignIn(request, request.POST or None)
    was_locked = request.method == "POST" and _is_locked(request)
    if request.method == "POST" and form.is_valid():
        who = form.get_user()
        if accounts.second_factor(who):
            request.session[HALF] = [str(who.pk), timezone.now().timestamp()]
            request.session[NEXT] = _wanted(request)
            return redirect("desk:code")
        return _enter(request, who, _wanted(request))
    is_locked = request.method == "POST" and _is_locked(request)
    if request.method == "POST" and not was_locked:  # once locked, nothing is tried any more
        _note_failure(request.POST.get("username", ""), is_locked)
    shown = {"form": form, "next": _wanted(request), "is_locked": is_locked}
    return render(request, "desk/login.html", shown, status=429 if is_locked else 200)


@public
@require_http_methods(["GET", "POST"])
def code_page(request: HttpRequest) -> HttpResponseBase:
    """Ask for the second factor's code; wrong ones make it slower and slower (django-otp)."""
    who = _half_signed_in(request)
    if who is None:
        return redirect("desk:login")
    form = Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        device = accounts.second_factor(who)
        if device and device.verify_token(form.cleaned_data["code"].strip()):
            return _enter(request, who, request.session.get(NEXT, ""))
        note("code_refused", object_=who.pk)
        form.add_error("code", say("desk_wrong_code"))
    return render(request, "desk/code.html", {"form": form})


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """End the session."""
    if isinstance(request.user, Adviser):
        note("signed_out", request.user.pk)
    logout(request)
    return redirect("desk:login")


@public
@require_http_methods(["GET", "POST"])
def password_page(request: HttpRequest, key: str, token: str) -> HttpResponseBase:
    """Let the holder of a one-time link choose a password."""
    who = accounts.read_password_link(key, token)
    if who is None:
        return render(request, "desk/link_used.html", status=410)
    form = ChoosePassword(who, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        note("password_chosen", who.pk)
        return redirect("desk:login")
    return render(request, "desk/password.html", {"form": form, "who": who})


@public
@require_http_methods(["GET", "POST"])
def first_page(request: HttpRequest, token: str) -> HttpResponseBase:
    """Let the holder of the first link make the first administrator, then choose the password."""
    if not accounts.is_first_link(token):
        return render(request, "desk/link_used.html", status=410)
    form = FirstAdministrator(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            who = accounts.create_adviser(form.cleaned_data["email"], form.cleaned_data["name"], Role.ADMINISTRATOR)
        except WrongAccount:
            form.add_error("email", say("desk_email_taken"))
        else:
            note("account_made", object_=who.pk, role=who.role)
            return redirect(accounts.password_link(who).removeprefix(settings().address))
    return render(request, "desk/first.html", {"form": form})


@staff(*EVERYBODY)
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show one's own account."""
    who = adviser(request)
    shown = {"has_factor": bool(accounts.second_factor(who)), "reads": who.role in READERS}
    return render(request, "desk/account.html", shown)


@staff()
@require_POST
def wishes(request: HttpRequest) -> HttpResponseBase:
    """Keep how somebody wants to be told of what is new, and whether single keys do something."""
    form = Wishes(request.POST, instance=adviser(request))
    if form.is_valid():  # boxes always are
        form.instance.save(update_fields=form.fields)
    return redirect("desk:account")


@staff(*EVERYBODY)
@require_http_methods(["GET", "POST"])
def factor(request: HttpRequest) -> HttpResponseBase:
    """Show the QR code of a new second factor, and switch it on with its first code."""
    form = Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if accounts.confirm_factor(adviser(request), form.cleaned_data["code"]):
            return redirect("desk:account")
        form.add_error("code", say("desk_wrong_code"))
    shown = {"form": form, "device": accounts.pending_factor(adviser(request))}
    return render(request, "desk/factor.html", shown, status=422 if form.errors else 200)


@staff(*EVERYBODY)
@require_safe
def qr_code(request: HttpRequest) -> HttpResponse:
    """Return the secret of the second factor that is being set up, as a picture that a telephone reads."""
    out = io.BytesIO()
    picture = segno.make(accounts.pending_factor(adviser(request)).config_url, error="m")
    picture.save(out, kind="svg", scale=5, border=2, dark="#000", light="#fff")
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")


@staff(*EVERYBODY)
@require_POST
def factor_off(request: HttpRequest) -> HttpResponseBase:
    """Switch one's own second factor off."""
    accounts.drop_factors(adviser(request))
    return redirect("desk:account")


def _enter(request: HttpRequest, who: Adviser, wanted: str) -> HttpResponseBase:
    sign_in(request, who)
    note("signed_in", who.pk)
    return redirect(wanted or "desk:home")


def _is_locked(request: HttpRequest) -> bool:
    return not AxesProxyHandler.is_allowed(request, {"username": request.POST.get("username", "")})


def _note_failure(address: str, is_locked: bool) -> None:
    """Note a wrong password of an account that exists: any other address may be whatever somebody typed."""
    if key := Adviser.objects.filter(email__iexact=address.strip()).values_list("pk", flat=True).first():
        note("sign_in_refused", object_=key, locked=is_locked)


def _half_signed_in(request: HttpRequest) -> Adviser | None:
    """Return who has given the right password within the last minutes."""
    key, at = request.session.get(HALF, ("", 0))
    if timezone.now().timestamp() - at > HALF_SECONDS:
        return None
    return Adviser.objects.filter(pk=key, is_active=True).first()


def _wanted(request: HttpRequest) -> str:
    """Return the page of ours that was asked for before signing in."""
    wanted = request.POST.get(NEXT) or request.GET.get(NEXT) or ""
    return wanted if wanted.startswith("/desk/") and url_has_allowed_host_and_scheme(wanted, None) else ""
