"""`cybercare understand`: what it reads and what it writes; the engine itself is another test's matter."""

import json
from datetime import datetime

import pytest

from bot.runtime.understanding import LABELS, Line, label_of, read_line, result
from bot.understanding import mask

NOW = datetime.fromisoformat("2026-11-23T12:00:00+01:00")


def parsed(
    *ranking: tuple[str, float], also: tuple[str, ...] = (), subtype: str = "phishing_codes_given"
) -> dict[str, object]:
    return {
        "ranking": [{"name": name, "confidence": share} for name, share in ranking],
        "incident": [{"intent": "report_fraud", "subtype": subtype, "confidence": 0.9}],
        "also": [{"intent": name, "subtype": "x", "confidence": 0.9} for name in also],
    }


def line(text: str) -> Line:
    return Line(mask(text).text, NOW)


@pytest.mark.parametrize(
    "raw",
    [
        b"nothing",
        b"[]",
        b"{}",
        b'{"text": 3}',
        b'{"text": ""}',
        b'{"text": "  "}',
        b"\xff\xfe\x00",
        b"",
        b'{"text": "a", "now": 3}',
        b'{"text": "a", "now": "demain"}',
        b'{"text": "a", "now": "0001-01-01T00:00:00+05:00"}',
        b'{"text": "\\ud83d"}',
        json.dumps({"text": "a" * 40_000}).encode(),
        b"[" * 100_000,
    ],
)
def test_a_line_that_is_no_message_is_refused(raw: bytes) -> None:
    with pytest.raises((ValueError, TypeError, RecursionError)):
        read_line(raw)


def test_a_line_is_masked_and_a_time_without_zone_is_one_of_brussels() -> None:
    read = read_line(b'{"text": "carte 4111 1111 1111 1111", "now": "2026-11-23T12:00:00"}')
    assert "4111" not in read.text
    assert read.now == NOW


def test_a_family_is_written_with_its_subtype_fields_and_urgency() -> None:
    written = result(line("hier on m'a débité 300 €"), parsed(("report_fraud", 0.9), ("report_insults", 0.05)))
    assert written["family"] == written["label"] == "fraud"
    assert written["subtype"] == "phishing_codes_given"
    assert written["second"] == "insults"
    assert written["safety"] == "fresh_money"
    assert written["fields"]["amount_cents"] == 30000
    assert list(written)[1:] == ["label", "subtype", "confidence", "second", "also", "safety", "fields", "masked_text"]


def test_an_intent_has_no_subtype() -> None:
    written = result(line("bonjour"), parsed(("greet", 0.9), ("report_fraud", 0.05)))
    assert (written["intent"], written["label"], written["subtype"]) == ("greet", "greet", None)


def test_two_harms_are_labelled_multi() -> None:
    written = result(line("volé et insulté"), parsed(("report_fraud", 0.9), also=("report_insults",)))
    assert (written["label"], written["also"], written["family"]) == ("multi", ["insults"], "fraud")


def test_distress_seen_by_the_engine_alone_is_a_life_in_danger() -> None:
    written = result(line("voilà, c'est tout"), parsed(("distress", 0.8), ("report_insults", 0.1)))
    assert (written["intent"], written["label"], written["safety"]) == ("distress", "insults", "life")


def test_a_message_without_letters_is_out_of_scope() -> None:
    written = result(line("???"), {"ranking": [], "incident": [], "also": []})
    assert (written["intent"], written["label"], written["confidence"]) == ("out_of_scope", "out_of_scope", 0.0)


@pytest.mark.parametrize(
    ("best", "label"),
    [
        ("goodbye", "thank"),
        ("correct", "deny"),
        ("report", "fraud"),
        ("ask_bot", "ask_human"),
        ("ask_cover", "ask_cover"),
    ],
)
def test_every_intent_has_one_of_the_public_labels(best: str, label: str) -> None:
    assert label_of([(best, 0.6), ("ask_privacy", 0.2), ("fraud", 0.1)]) == label
    assert label in LABELS
