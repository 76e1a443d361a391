import re
from urllib.parse import unquote

import pytest
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from bot.desk import accounts
from bot.desk.access import BEGAN, SEEN
from bot.desk.models import Adviser, Role
from bot.errors import WrongAccount
from bot.settings import settings
from tests.desk import PASSWORD, new_adviser, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


def path_of(link: str) -> str:
    return re.sub(r"^http://[^/]+", "", link)


def sign_in(client: Client, who: Adviser, password: str = PASSWORD):
    return client.post("/desk/login", {"username": who.email, "password": password})


def choose(client: Client, path: str, password: str = PASSWORD):
    return client.post(path, {"new_password1": password, "new_password2": password})


@pytest.fixture
def sophie() -> Adviser:
    return new_adviser("Sophie Exemple", password=PASSWORD)


def test_the_first_link_makes_one_administrator_and_then_never_works_again():
    path = path_of(accounts.first_administrator_link() or "")
    client = Client()
    assert client.get(path).status_code == 200
    chosen = client.post(path, {"name": "Anne Exemple", "email": "Anne@Example.be"})
    assert choose(client, chosen["Location"])["Location"] == "/desk/login"

    anne = Adviser.objects.get()
    assert (anne.role, anne.email) == (Role.ADMINISTRATOR, "anne@example.be")
    assert sign_in(client, anne)["Location"] == "/desk/"
    assert accounts.first_administrator_link() is None
    assert client.get(path).status_code == 410


def test_the_first_link_is_not_good_for_ever(monkeypatch):
    path = path_of(accounts.first_administrator_link() or "")
    monkeypatch.setattr(accounts, "FIRST_LINK_SECONDS", -1)
    assert Client().get(path).status_code == 410
    assert Client().get("/desk/first/first.forged").status_code == 410


def test_in_production_links_name_the_public_host(monkeypatch):
    monkeypatch.setattr(settings(), "mode", "production")
    monkeypatch.setattr(settings(), "public_hosts", ["chat.example.be"])
    assert (accounts.first_administrator_link() or "").startswith("https://chat.example.be/desk/first/")


def test_a_link_to_choose_a_password_works_once():
    who = accounts.create_adviser("Sophie@example.be", " Sophie Exemple ", "adviser")
    path = path_of(accounts.password_link(who))
    assert choose(Client(), path).status_code == 302
    assert Client().get(path).status_code == 410
    who.refresh_from_db()
    assert who.password.startswith("argon2")


@pytest.mark.parametrize("password", ["court", "motdepasse", "sophieexemple", "123456789012"])
def test_a_weak_password_is_refused(password):
    who = accounts.create_adviser("sophieexemple@example.be", "sophieexemple", "adviser")
    answer = choose(Client(), path_of(accounts.password_link(who)), password)
    assert answer.status_code == 200
    assert "problem" in answer.content.decode()


@pytest.mark.parametrize(
    ("email", "name", "role"), [("x", "A", "adviser"), ("a@b.be", " ", "adviser"), ("a@b.be", "A", "boss")]
)
def test_a_wrong_account_is_refused_with_a_remedy(email, name, role):
    with pytest.raises(WrongAccount, match="give|choose"):
        accounts.create_adviser(email, name, role)


def test_an_address_has_one_account_however_it_is_capitalised(sophie):
    with pytest.raises(WrongAccount):
        accounts.create_adviser(sophie.email.upper(), "Autre", "adviser")


def test_after_five_wrong_passwords_even_the_right_one_waits(sophie):
    client = Client()
    for _ in range(5):
        assert sign_in(client, sophie, "faux").status_code in (200, 429)
    answer = sign_in(client, sophie)
    assert answer.status_code == 429
    assert "quart d’heure" in answer.content.decode()
    other = Client(REMOTE_ADDR="192.0.2.7")
    assert sign_in(other, sophie).status_code == 302, "somebody else's tries must not lock the owner out"


def test_with_a_second_factor_the_password_alone_opens_nothing(sophie):
    client = signed_in(sophie)
    assert client.get("/desk/account/factor").status_code == 200
    picture = client.get("/desk/account/factor/code.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert picture.content.startswith(b"<?xml")
    device = TOTPDevice.objects.get(user=sophie)
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    client.post("/desk/account/factor", {"code": f"{totp.token():06d}"})
    assert accounts.second_factor(sophie)

    fresh = Client()
    assert sign_in(fresh, sophie)["Location"] == "/desk/login/code"
    assert fresh.get("/desk/")["Location"].startswith("/desk/login")
    assert fresh.post("/desk/login/code", {"code": f"{totp.token():06d}"}).status_code == 200, "a code works once"
    totp.drift = 1
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert fresh.post("/desk/login/code", {"code": f"{totp.token():06d}"})["Location"] == "/desk/"
    assert fresh.get("/desk/").status_code == 200


@pytest.mark.parametrize(("key", "seconds"), [(SEEN, 3601), (BEGAN, 12 * 3600 + 1)])
def test_a_session_ends_when_idle_and_when_old(sophie, key, seconds):
    client = signed_in(sophie)
    session = client.session
    session[key] -= seconds
    session.save()
    assert client.get("/desk/")["Location"].startswith("/desk/login?next=")


def test_what_the_browser_asks_by_itself_keeps_no_session_alive(sophie):
    client = signed_in(sophie)
    session = client.session
    session[SEEN] -= 600
    session.save()
    seen = client.session[SEEN]
    client.get("/desk/list")
    assert client.session[SEEN] == seen
    client.get("/desk/account")
    assert client.session[SEEN] > seen


def test_an_account_that_is_switched_off_is_out_at_once(sophie):
    client = signed_in(sophie)
    Adviser.objects.update(is_active=False)
    assert client.get("/desk/").status_code == 302


def test_nobody_is_sent_to_another_site_after_signing_in(sophie):
    answer = Client().post(
        "/desk/login", {"username": sophie.email, "password": PASSWORD, "next": "https://evil.example/desk/"}
    )
    assert answer["Location"] == "/desk/"


def test_the_session_cookie_is_for_the_desk_alone(sophie):
    client = Client()
    sign_in(client, sophie)
    cookie = client.cookies["cybercare_desk"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/desk/", True, "Lax")


def test_every_form_needs_a_csrf_token(sophie):
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client, sophie).status_code == 403


def test_pages_of_the_desk_stay_out_of_caches_and_under_the_strict_policy(sophie):
    answer = signed_in(sophie).get("/desk/")
    assert answer["Cache-Control"] == "private, no-store"
    assert "unsafe" not in answer["Content-Security-Policy"]
    page = answer.content.decode()
    assert not re.search(r"<style|<script(?![^>]*src=)|\son\w+=|style=|javascript:", page)


def test_an_administrator_who_asks_for_the_admin_first_arrives_there(sophie):
    Adviser.objects.update(role=Role.ADMINISTRATOR)
    client = Client()
    wanted = client.get("/desk/admin/", follow=True).redirect_chain[-1][0].partition("next=")[2]
    form = {"username": sophie.email, "password": PASSWORD, "next": unquote(wanted)}
    arrived = client.post("/desk/login", form, follow=True)
    assert arrived.status_code == 200
    assert arrived.redirect_chain[-1][0] == "/desk/admin/"


def test_a_new_account_in_the_admin_shows_its_link_once():
    boss = new_adviser("Anne Exemple", Role.ADMINISTRATOR)
    client = signed_in(boss)
    form = {"name": "Luc Exemple", "email": "luc@example.be", "role": "adviser", "is_active": "on"}
    page = client.post("/desk/admin/desk/adviser/add/", form, follow=True).content.decode()
    assert "/desk/password/" in page
    assert "/desk/password/" not in client.get("/desk/admin/desk/adviser/").content.decode()
