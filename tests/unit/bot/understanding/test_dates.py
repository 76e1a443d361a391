"""The day that French words name, told on Monday 23 November 2026."""

from datetime import UTC, datetime

import pytest

from bot.understanding.dates import find_coming_dates, find_dates
from bot.understanding.folding import fold
from bot.understanding.numbers import digits_for_words


def days(text: str, now: datetime) -> list[str]:
    return [mention.value.isoformat() for mention in find_dates(digits_for_words(fold(text)), now)]


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("hier soir", "2026-11-22"),
        ("ce matin", "2026-11-23"),
        ("cette nuit", "2026-11-23"),
        ("tout à l'heure", "2026-11-23"),
        ("avant-hier", "2026-11-21"),
        ("avant hier vers midi", "2026-11-21"),
        ("lundi passé", "2026-11-16"),
        ("vendredi", "2026-11-20"),
        ("mardi dernier", "2026-11-17"),
        ("ce lundi", "2026-11-23"),
        ("mardi de la semaine passée", "2026-11-17"),
        ("le week-end dernier", "2026-11-21"),
        ("la semaine passée", "2026-11-16"),
        ("le mois passé", "2026-10-23"),
        ("il y a trois semaines", "2026-11-02"),
        ("y a 3 jours", "2026-11-20"),
        ("il y a une heure", "2026-11-23"),
        ("ça fait deux mois", "2026-09-23"),
        ("il y a environ dix jours", "2026-11-13"),
        ("depuis hier", "2026-11-22"),
        ("le 3/11", "2026-11-03"),
        ("le 3.11", "2026-11-03"),
        ("03-11-2026", "2026-11-03"),
        ("3/11/26", "2026-11-03"),
        ("2026-11-02", "2026-11-02"),
        ("3 novembre", "2026-11-03"),
        ("le premier octobre 2025", "2025-10-01"),
        ("le 1er nov.", "2026-11-01"),
        ("lundi 16 novembre", "2026-11-16"),
        ("le 31 mars", "2026-03-31"),
        ("le 12 du mois passé", "2026-10-12"),
    ],
)
def test_everyday_words_name_a_day(told: str, day: str, now: datetime) -> None:
    assert days(told, now) == [day]


@pytest.mark.parametrize(
    "told",
    [
        "demain",
        "samedi prochain",
        "le 24/12",
        "le 24/12/2027",
        "le 31/02",
        "ouvert 24/7",
        "7/7",
        "ma mère",
        "4/5 étoiles",
        "tous les lundis",
    ],
)
def test_a_day_to_come_or_no_day_names_nothing(told: str, now: datetime) -> None:
    assert days(told, now) == []


def test_days_to_come_are_found_apart(now: datetime) -> None:
    assert [m.value.isoformat() for m in find_coming_dates("hier, demain et le 24/12", now)] == [
        "2026-11-24",
        "2026-12-24",
    ]


def test_a_month_alone_is_approximate(now: datetime) -> None:
    assert [m.approximate for m in find_dates("debut octobre", now)] == [True]


def test_yesterday_is_counted_in_brussels() -> None:
    past_midnight_in_brussels = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert days("hier", past_midnight_in_brussels) == ["2026-11-22"]
