"""Finds the days that a French text speaks of, relative to today in Brussels; days to come on demand."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")
OLDEST_YEARS = 15
COMING_SOON_DAYS = 60  # "le 12 décembre" said in November is a promise, not last year's fact
MONTH_NAMES = (
    "janvier|janv|jan", "fevrier|fevr|fev", "mars", "avril|avr", "mai", "juin", "juillet|juil", "aout",
    "septembre|sept", "octobre|oct", "novembre|nov", "decembre|dec",
)  # fmt: skip
MONTHS = {name: number for number, names in enumerate(MONTH_NAMES, 1) for name in names.split("|")}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
WEEKDAY = "|".join(WEEKDAYS)
PAST = r"(?:passee?|derniere?)"


@dataclass(frozen=True)
class DateMention:
    """A day named between start and end of the text; approximate when only its month or year was said."""

    value: date
    start: int
    end: int
    approximate: bool = False


@dataclass(frozen=True)
class _Rule:
    pattern: re.Pattern[str]
    resolve: Callable[[re.Match[str], datetime], date | None]
    approximate: bool = False


def today_in_brussels(now: datetime) -> date:
    """Return the Brussels calendar day of a timezone-aware instant."""
    return now.astimezone(BRUSSELS).date()


def find_dates(plain: str, now: datetime) -> list[DateMention]:
    """Return the days named in folded text with digits, in order, without overlaps; future days are left out."""
    today = today_in_brussels(now)
    oldest = today.replace(month=1, day=1, year=today.year - OLDEST_YEARS)
    return [mention for mention in _find(plain, now) if oldest <= mention.value <= today]


def find_coming_dates(plain: str, now: datetime) -> list[DateMention]:
    """Return the days to come that folded text with digits names, in order."""
    return [mention for mention in _find(plain, now) if mention.value > today_in_brussels(now)]


def _find(plain: str, now: datetime) -> list[DateMention]:
    here = now.astimezone(BRUSSELS)
    taken: list[tuple[int, int]] = []
    found = [mention for rule in RULES for mention in _matches(rule, plain, here, taken)]
    return sorted(found, key=lambda mention: mention.start)


def _matches(rule: _Rule, plain: str, here: datetime, taken: list[tuple[int, int]]) -> Iterator[DateMention]:
    for match in rule.pattern.finditer(plain):
        if any(match.start() < end and start < match.end() for start, end in taken):
            continue
        taken.append(match.span())
        value = rule.resolve(match, here)
        if value is not None:
            yield DateMention(value, match.start(), match.end(), rule.approximate)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _without_year(month: int, day: int, here: datetime) -> date | None:
    this_year = _day(here.year, month, day)
    if this_year is not None and this_year <= here.date() + timedelta(days=COMING_SOON_DAYS):
        return this_year
    return _day(here.year - 1, month, day)


def _numeric(match: re.Match[str], here: datetime) -> date | None:
    day, month, year = int(match["d"]), int(match["m"]), match["y"]
    if year is None:
        return _without_year(month, day, here)
    return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)


def _named(match: re.Match[str], here: datetime) -> date | None:
    day = 1 if match["d"] == "premier" else int(match["d"])
    if match["y"]:
        return _day(int(match["y"]), MONTHS[match["m"]], day)
    return _without_year(MONTHS[match["m"]], day, here)


def _month_part(match: re.Match[str], here: datetime) -> date | None:
    month = MONTHS[match["m"]]
    part = match["part"] or ""
    day = 15 if part.startswith(("mi", "milieu")) else 25 if part.startswith("fin") else 1
    if match["y"]:
        return _day(int(match["y"]), month, day)
    year = here.year if (month, day) <= (here.month, here.day) else here.year - 1
    return _day(year, month, day)


def _months_before(day: date, months: int) -> date | None:
    index = day.year * 12 + day.month - 1 - months
    for last in (day.day, 30, 29, 28):
        if last <= day.day and (found := _day(index // 12, index % 12 + 1, last)):
            return found
    return None


def _ago(match: re.Match[str], here: datetime) -> date | None:
    count = 1 if match["n"] in {"un", "une"} else int(match["n"])
    unit = match["unit"]
    if count > 400:
        return None
    if unit.startswith("mois"):
        return _months_before(here.date(), count)
    if unit.startswith("an"):
        return _months_before(here.date(), 12 * count)
    hours = {"min": count / 60, "h": count, "j": 24 * count, "s": 168 * count}
    key = "min" if unit.startswith("min") else unit[0]
    return (
        (here - timedelta(hours=hours[key])).date()
        if key in {"min", "h"}
        else here.date() - timedelta(hours=hours[key])
    )


def _weekday(match: re.Match[str], here: datetime) -> date | None:
    index = WEEKDAYS.index(match["w"])
    if match["week"]:
        return here.date() - timedelta(days=here.weekday() + 7 - index)
    back = (here.weekday() - index) % 7
    if back == 0 and not match["this"]:
        back = 7
    return here.date() - timedelta(days=back)


def _coming_weekday(match: re.Match[str], here: datetime) -> date:
    return here.date() + timedelta(days=(WEEKDAYS.index(match["w"]) - here.weekday() - 1) % 7 + 1)


def _weekend(_: re.Match[str], here: datetime) -> date:
    return here.date() - timedelta(days=(here.weekday() - 5) % 7)


def _day_of_month(match: re.Match[str], here: datetime) -> date | None:
    base = here.date()
    if match.groupdict().get("last") or int(match["d"]) > base.day:
        previous = _months_before(base.replace(day=1), 1)
        base = previous if previous is not None else base
    return _day(base.year, base.month, int(match["d"]))


def _days_back(days: int) -> Callable[[re.Match[str], datetime], date]:
    return lambda _, here: here.date() - timedelta(days=days)


def _never(_: re.Match[str], __: datetime) -> None:
    return None


def _rule(pattern: str, resolve: Callable[[re.Match[str], datetime], date | None], approximate: bool = False) -> _Rule:
    return _Rule(re.compile(pattern), resolve, approximate)


AGO = r"(?:il y a|\by ?a|ilya|il ya|[cs]a fait|cela fait|voila|voici|depuis|remonte a|date de)"
ABOUT = (
    r"(?:environ |a peu pres |presque |quasi(?:ment)? |pres de |deja |bien |seulement "
    r"|juste |genre |maintenant |\+- ?)*"
)
UNIT = r"jours?|j|semaines?|sem|mois|ans?|annees?|heures?|h|minutes?|min"
TODAY = (
    r"aujourd ?hui|\bajd\b|\bauj\b|\bce (?:matin|midi|soir)\b|\bcet(?:te)? (?:apres[ -]?midi|aprem)\b"
    r"|\bcette nuit\b|\ba l instant\b|\btout a l heure\b|\btantot\b"
)
RULES = (
    _rule(r"\b24 ?h?/ ?(?:7|24)\b|\b7 ?j?/ ?7\b|\b50/50\b", _never),
    _rule(rf"\b(?:{WEEKDAY})s? \d+ \w+ prochaine?\b|\b(?:chaque|tous les) (?:{WEEKDAY})s?\b", _never),
    _rule(rf"\b(?P<w>{WEEKDAY})s? prochaine?\b", _coming_weekday),
    _rule(r"\bapres[ -]?demain\b", _days_back(-2)),
    _rule(r"\bdemain\b", _days_back(-1)),
    _rule(r"(?<![\d/.-])(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?![\d/])", _numeric),
    _rule(
        r"(?<![\d/.,-])(?P<d>\d{1,2}) ?(?P<sep>[/.-]) ?(?P<m>\d{1,2}) ?(?P=sep) ?(?P<y>\d{4}"
        r"|\d{2})(?![\d/])", _numeric),
    _rule(
        rf"(?:\b(?:{WEEKDAY}) )?(?<![\d/.,])\b(?P<d>\d{{1,2}}|premier)(?:er|e)?[ -]?(?P<m>{MONTH})\b(?:\.? (?P<y>"
        rf"(?:19|20)\d\d)\b)?",
        _named,
    ),
    _rule(
        rf"(?:\b(?:le|du|au|depuis|date|{WEEKDAY})(?: le)? ?:? ?|\(|^\s*|, ?)(?P<d>\d{{1,2}})(?P<sep>[/.-])"
        rf"(?P<m>\d{{1,2}})"
        r"(?![\d/.,]*\d)(?! ?(?:€|eur|%|etoiles|h\b))",
        lambda match, here: _without_year(int(match["m"]), int(match["d"]), here),
    ),
    _rule(rf"{AGO} {ABOUT}(?P<n>\d{{1,3}}|une?) ?(?P<unit>{UNIT})\b", _ago),
    _rule(r"\bavant[ -]avant[ -]hier\b", _days_back(3)),
    _rule(r"\bavant[ -]?hier\b", _days_back(2)),
    _rule(rf"\bhier\b|\bla nuit {PAST}\b", _days_back(1)),
    _rule(TODAY, _days_back(0)),
    _rule(
        r"\b(?:viens|vient|viennent|venons) d[e ] ?(?:(?:me|m|se|s|l|lui|leur|tout|nous) )*(?:faire )?"
        r"(?:virer|donner|payer|vider|voler|debiter|pirater|hacker|retirer|cliquer|encoder|valider|scanner|transferer"
        r"|verser|prendre|prelever|envoyer|communiquer|perdre|arnaquer|escroquer|avoir\b(?! (?:un|une|le|la|ma|mon))"
        r"|(?:un|une|le|mon|des|deux|\d+) (?:\w+ )?(?:virement|paiement|versement|transfert|retrait|depot)s?)\b",
        _days_back(0),
    ),
    _rule(rf"\b(?:ce |le |du )?(?:week[ -]?end|we)\b(?: {PAST})?(?! prochain)", _weekend),
    _rule(
        rf"\b(?P<this>ce )?(?P<w>{WEEKDAY})\b(?: (?:matin|midi|soir|apres[ -]midi))?(?: {PAST})?"
        rf"(?P<week> de la semaine {PAST})?",
        _weekday,
    ),
    _rule(rf"\b(?:la |une )?semaine {PAST}\b", _days_back(7), approximate=True),
    _rule(r"\ble (?P<d>\d{1,2})(?:er)? (?:de ce mois|du mois(?P<last> passe| dernier)?)\b", _day_of_month),
    _rule(rf"\b(?:le )?mois {PAST}\b", lambda _, here: _months_before(here.date(), 1), approximate=True),
    _rule(
        r"\ble (?P<d>\d{1,2})(?:er)?(?= ?(?:$|[.,;:!?)\n]|(?:et|a|avec|en|par|via|selon|il|elle|je|j|on|ils|au"
        r"|sur|dans|mais|vers|sans|puis|alors)\b))"
        r"(?![.,]\d)",
        _day_of_month,
    ),
    _rule(rf"\bl ?an(?:nee)? {PAST}\b", lambda _, here: _months_before(here.date(), 12), approximate=True),
    _rule(
        rf"\b(?P<part>debut|mi|milieu|fin|courant|en|au mois de?|depuis)[ -](?:du mois d[e ] ?"
        rf"|de |d )?(?P<m>{MONTH})\b"
        r"(?: (?P<y>20\d\d)\b)?",
        _month_part,
        approximate=True,
    ),
)  # fmt: skip
