from uuid import uuid4

import pytest
from django.core import signing
from django.test import Client

from bot.channels.web import tokens
from bot.conversations.models import Conversation
from bot.settings import settings
from tests.problems import problem

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_session_gives_a_token_and_an_httponly_lax_cookie():
    response = Client().post("/api/chat/session")

    assert response.status_code == 200
    assert str(tokens.read(response.json()["token"])) == response.json()["conversation"]
    cookie = response.cookies[tokens.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_the_cookie_is_secure_in_production(monkeypatch):
    monkeypatch.setattr(settings(), "mode", "production")

    assert Client().post("/api/chat/session").cookies[tokens.COOKIE]["secure"]


def test_a_known_cookie_or_bearer_resumes_its_conversation(member):
    browser = Client()
    first = browser.post("/api/chat/session").json()

    assert browser.post("/api/chat/session").json()["conversation"] == first["conversation"]
    again = Client().post("/api/chat/session", headers={"Authorization": f"Bearer {member.token}"}).json()
    assert again["conversation"] == member.conversation


def test_a_token_of_a_conversation_that_is_gone_opens_a_new_one(member):
    Conversation.objects.all().delete()

    problem(member.send({"client_id": "a", "text": "x"}), 401, "unauthorized")
    new = Client().post("/api/chat/session", headers={"Authorization": f"Bearer {member.token}"}).json()
    assert new["conversation"] != member.conversation


@pytest.mark.parametrize("header", ["Bearer x", "Bearer ", "Basic abc", "Bearer é", "Bearer " + "x" * 5000])
@pytest.mark.parametrize("address", ["/api/chat/messages", "/api/chat/events"])
def test_without_a_good_token_nothing_is_told(header, address):
    problem(Client().get(address), 401, "unauthorized")
    problem(Client().get(address, headers={"Authorization": header}), 401, "unauthorized")


def test_forged_and_expired_tokens_are_refused(member, monkeypatch):
    member.token = tokens.issue(uuid4()).replace(":", "x:", 1)
    problem(member.read(), 401, "unauthorized")
    member.token = signing.TimestampSigner(salt="other").sign(member.conversation)
    problem(member.read(), 401, "unauthorized")
    member.token = tokens.issue(member.conversation)
    monkeypatch.setattr(tokens, "MAX_AGE", -1)
    problem(member.read(), 401, "unauthorized")


def test_a_bad_bearer_is_not_rescued_by_a_good_cookie():
    browser = Client()
    browser.post("/api/chat/session")

    problem(browser.get("/api/chat/messages", headers={"Authorization": "Bearer x"}), 401, "unauthorized")


def test_cookie_posts_need_the_csrf_token_and_bearer_posts_do_not(member):
    browser = Client(enforce_csrf_checks=True)
    browser.get("/")
    browser.post("/api/chat/session")
    message = {"client_id": "a", "text": "x"}

    problem(browser.post("/api/chat/messages", message, content_type="application/json"), 403, "csrf_failed")
    csrf = {"X-CSRFToken": browser.cookies["csrftoken"].value}
    assert browser.post("/api/chat/messages", message, "application/json", headers=csrf).status_code == 202
    assert member.send(message).status_code == 202


def test_a_foreign_page_cannot_open_a_session():
    response = Client(enforce_csrf_checks=True).post("/api/chat/session", headers={"Origin": "https://evil.example"})

    problem(response, 403, "csrf_failed")
