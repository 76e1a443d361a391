"""Every address of the desk, with every role and with none."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from bot.desk.access import READERS
from bot.desk.models import Role
from tests.desk import new_adviser, signed_in

PUBLIC = {"login", "code", "logout", "password", "first"}
ANSWERS: dict[str, Any] = {"uuid": uuid4, "int": lambda: 1, "str": lambda: "x", "slug": lambda: "amount_cents"}


def desk_patterns() -> Iterator[URLPattern]:
    (desk,) = [each for each in get_resolver().url_patterns if getattr(each, "namespace", "") == "desk"]
    assert isinstance(desk, URLResolver)
    yield from desk.url_patterns


def address(pattern: URLPattern) -> str:
    converters = pattern.pattern.converters.items()
    given = {
        name: ANSWERS[type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")]()
        for name, converter in converters
    }
    return reverse(f"desk:{pattern.name}", kwargs=given)


@pytest.mark.parametrize("pattern", list(desk_patterns()), ids=lambda pattern: pattern.name)
def test_every_address_says_who_may_open_it(pattern: URLPattern) -> None:
    assert hasattr(pattern.callback, "roles")
    assert (pattern.callback.roles is None) is (pattern.name in PUBLIC)


@pytest.mark.django_db(transaction=True)
def test_without_signing_in_only_the_public_pages_open() -> None:
    for pattern in desk_patterns():
        for ask in (Client().get, Client().post):
            answer = ask(address(pattern))
            if pattern.name in PUBLIC:
                assert answer.status_code in (200, 302, 405, 410), pattern.name
            else:
                is_sent_to_login = answer.status_code == 302 and answer["Location"].startswith("/desk/login")
                assert is_sent_to_login or answer.status_code == 401, pattern.name


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_what_it_may_and_nothing_else(role: str) -> None:
    for pattern in desk_patterns():
        if pattern.name in PUBLIC:
            continue
        for method in ("get", "post"):
            answer = getattr(signed_in(new_adviser("X Exemple", role)), method)(address(pattern))
            is_admitted = role in pattern.callback.roles
            assert (answer.status_code == 403) is not is_admitted, f"{method} {pattern.name}: {answer.status_code}"
            answer.close()


@pytest.mark.django_db(transaction=True)
def test_an_analyst_reads_no_conversation() -> None:
    assert Role.ANALYST not in READERS
    assert signed_in(new_adviser("A Exemple", Role.ANALYST)).get("/desk/")["Location"] == "/desk/account"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize(
    "path", ["", "desk/adviser/", "desk/adviser/add/", "desk/team/", "jsi18n/", "password_change/"]
)
def test_the_admin_opens_for_administrators_only(role: str | None, path: str) -> None:
    client = signed_in(new_adviser("X Exemple", role)) if role else Client()
    status = client.get(f"/desk/admin/{path}", follow=False).status_code
    assert status == 200 if role == Role.ADMINISTRATOR else status in (302, 403)
