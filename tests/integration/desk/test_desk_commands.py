"""The commands that make accounts, as an operator types them."""

import os
import subprocess
import sys

import pytest

from bot.desk.models import Adviser, Role
from bot.settings import ROOT
from tests.desk import new_adviser
from tests.web_server import database_url

pytestmark = pytest.mark.django_db(transaction=True)


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "DATABASE_URL": database_url(), "CYBERCARE_PUBLIC_URL": "https://chat.example.be"}
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_an_account_is_made_with_a_link_and_a_second_one_for_the_same_address_is_refused():
    arguments = ("bot.cli", "create-adviser", "--name", "Luc Exemple", "--email", "luc@example.be")
    done = run(*arguments, "--role", "supervisor")
    assert done.returncode == 0, done.stderr
    assert "https://chat.example.be/desk/password/" in done.stdout
    luc = Adviser.objects.get()
    assert (luc.name, luc.role) == ("Luc Exemple", Role.SUPERVISOR)
    assert not luc.has_usable_password()

    again = run(*arguments)
    assert again.returncode == 1
    assert "password-link" in again.stderr
    assert "/desk/password/" in run("bot.cli", "password-link", "LUC@example.be").stdout


def test_the_first_start_tells_where_to_make_an_administrator_until_there_is_one():
    assert "https://chat.example.be/desk/first/" in run("bot.desk.first_link").stdout
    new_adviser("Anne Exemple", Role.ADMINISTRATOR)
    told = run("bot.desk.first_link")
    assert (told.stdout, told.returncode) == ("", 0)
