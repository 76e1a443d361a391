import json
import time

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pydantic import SecretStr

from bot.conversations.models import Conversation
from bot.events.models import Event
from bot.members import identity
from bot.members.models import Member
from bot.settings import Settings, settings
from tests.problems import problem

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "a shared secret of 32 characters or more"


@pytest.fixture(autouse=True)
def _signed_by_secret(monkeypatch):
    monkeypatch.setattr(settings(), "identity_secret", SecretStr(SECRET))
    cache.clear()


@pytest.fixture
def jeanne(transactional_db) -> Member:
    return member("Jeanne")


def member(first_name: str, contract: str = "C-1") -> Member:
    return Member.objects.create(
        contract=contract, household=contract, first_name=first_name, last_name="Dupont", imported_at=timezone.now()
    )


def token(key=SECRET, algorithm="HS256", **claims) -> str:
    told = {"sub": "C-1", "aud": "cybercare", "exp": time.time() + 60, **claims}
    return jwt.encode({name: value for name, value in told.items() if value is not None}, key, algorithm=algorithm)


def open_session(identity_: object = None, client: Client | None = None, bearer: str = ""):
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    body = {} if identity_ is None else {"identity": identity_}
    return (client or Client()).post("/api/chat/session", body, content_type="application/json", headers=headers)


def member_of(response) -> object:
    return Conversation.objects.get(pk=response.json()["conversation"]).member


def test_a_member_whom_the_insurers_page_vouches_for_is_known(jeanne):
    assert member_of(open_session(token())) == jeanne.pk
    assert Event.objects.filter(name="member_identified").count() == 1


def test_the_name_says_who_of_the_household_it_is(jeanne):
    luc = member("Luc")
    assert member_of(open_session(token(given_name="LUC", family_name="dupont"))) == luc.pk
    assert member_of(open_session(token())) is None


def test_somebody_whom_the_list_does_not_have_may_report_unknown():
    response = open_session(token(sub="C-9"))
    assert (response.status_code, member_of(response)) == (200, None)
    assert Event.objects.filter(name="identity_unknown").exists()


def test_the_signature_of_a_public_key_is_taken_and_its_key_never_serves_as_a_secret(jeanne, monkeypatch, tmp_path):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    pem = tmp_path / "public.pem"
    pem.write_bytes(public)
    monkeypatch.setattr(settings(), "identity_public_key", str(pem))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    assert member_of(open_session(token(private, "RS256"))) == jeanne.pk

    monkeypatch.setattr(settings(), "identity_secret", SecretStr(""))
    header, body, _ = token("x" * 32).split(".")
    import base64
    import hashlib
    import hmac

    forged = hmac.new(public, f"{header}.{body}".encode(), hashlib.sha256).digest()
    confused = f"{header}.{body}.{base64.urlsafe_b64encode(forged).decode().rstrip('=')}"
    problem(open_session(confused), 401, "identity_refused")


@pytest.mark.parametrize(
    "bad",
    [
        {"exp": time.time() - 3600},
        {"exp": None},
        {"aud": "another"},
        {"aud": None},
        {"sub": None},
        {"key": "another secret of 32 characters or so"},
        {"nbf": time.time() + 3600},
    ],
)
def test_an_expired_foreign_or_forged_identity_is_a_401_and_opens_nothing(jeanne, bad):
    problem(open_session(token(**bad)), 401, "identity_refused")
    assert not Conversation.objects.exists()
    assert Event.objects.filter(name="identity_refused").count() == 1


@pytest.mark.parametrize("text", ["x", "a.b.c", jwt.encode({"sub": "C-1"}, "", algorithm="none"), "é"])
def test_what_is_no_token_is_a_401(jeanne, text):
    problem(open_session(text), 401, "identity_refused")


def test_an_identity_of_the_wrong_type_is_a_422():
    problem(open_session(5), 422, "invalid")
    problem(open_session("x" * 9000), 422, "invalid")


def test_a_resumed_conversation_becomes_the_members(jeanne):
    first = open_session().json()
    again = open_session(token(), bearer=first["token"]).json()
    assert again["conversation"] == first["conversation"]
    assert Conversation.objects.get().member == jeanne.pk


def test_somebody_else_at_the_same_computer_gets_a_conversation_of_their_own(jeanne):
    member("Luc")
    first = open_session(token(given_name="Jeanne", family_name="Dupont")).json()
    second = open_session(token(given_name="Luc", family_name="Dupont"), bearer=first["token"]).json()
    assert second["conversation"] != first["conversation"]
    assert Conversation.objects.get(pk=first["conversation"]).member == jeanne.pk


def test_without_a_key_every_identity_is_refused(jeanne, monkeypatch):
    monkeypatch.setattr(settings(), "identity_secret", SecretStr(""))
    problem(open_session(token()), 401, "identity_refused")


def test_a_request_without_a_body_still_opens_a_conversation():
    assert Client().post("/api/chat/session").status_code == 200
    assert Client().post("/api/chat/session", b"", content_type="application/json").status_code == 200


def test_a_short_secret_is_refused_at_the_start():
    with pytest.raises(ValueError, match="CYBERCARE_IDENTITY_SECRET must have at least 32"):
        Settings(identity_secret=SecretStr("short"))


def test_no_event_tells_who_it_was(jeanne):
    open_session(token())
    open_session("x")
    assert "C-1" not in json.dumps(list(Event.objects.values_list("properties", flat=True)))
    assert identity.LEEWAY <= 60
