import json
import logging

import pytest
import structlog

from bot import logs


@pytest.fixture(autouse=True)
def configured():
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    logs.configure()
    yield
    root.handlers = before
    root.setLevel(level)
    structlog.reset_defaults()


def test_our_events_are_one_json_object_a_line(capsys):
    structlog.get_logger("bot.claims").info("claim_opened", claim="A-1")
    line = json.loads(capsys.readouterr().err)
    assert line["event"] == "claim_opened"
    assert line["claim"] == "A-1"
    assert line["level"] == "info"


def test_an_error_is_told_by_class_and_place_never_by_what_it_quotes(capsys):
    try:
        raise ValueError("ma carte 4111 1111 1111 1111")
    except ValueError:
        structlog.get_logger("bot.claims").exception("claim_failed")
        logging.getLogger("django.request").exception("Internal Server Error")
    shown = capsys.readouterr().err
    assert "4111" not in shown
    assert [json.loads(line)["error"] for line in shown.splitlines()] == ["ValueError", "ValueError"]


def test_libraries_are_heard_from_warnings_on(capsys):
    logging.getLogger("httpx").info("POST https://api.telegram.org/bot1:token/getMe")
    assert capsys.readouterr().err == ""


def test_the_link_to_a_claim_is_never_logged(capsys):
    logging.getLogger("django.request").warning("Not Found: %s", "/dossier/0123abcd.1xVVc7.signature.pdf")
    assert json.loads(capsys.readouterr().err)["event"] == "Not Found: /dossier/…"
