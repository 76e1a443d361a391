"""Every value that a story might mean for a field, each with the cues that speak for or against it.

The modules of the single fields find what is named and judge it by rules; here that judgement is one cue among others.
`judge.py` weighs them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from . import channels, means, steps, timeline
from .amounts import Amount, find_amounts, find_bare, find_unmarked
from .dates import find_dates, today_in_brussels
from .folding import fold
from .kinship import find_people
from .losses import choose_loss, judge_all
from .merchants import SHOPPING, find_merchant, find_named
from .names import find_names_of_platforms, find_platforms, known_merchant, read_platform
from .people import read_victim, with_what_follows
from .surroundings import surroundings

type FieldValue = str | int | bool
OPENING = 8  # words of a story that tell whose it is
type Mention = tuple[str, Iterable[str], str]  # of a choice, what surrounds it, how it was found
COUNT = re.compile(r"(?<![\d.,/-])(?P<count>[2-9]|1\d|20) (?P<what>[a-z]{4,})")
LONGEST_COUNTED = 60  # characters between a number of things and what each of them cost
BY_DEFAULT = "nobody named"  # an incident without a person is the writer's; any other text is nobody's
FIRST_PERSON = re.compile(r"\b(?:je|j|mon|ma|mes|m|me|nous|notre)\b")


@dataclass(frozen=True)
class Candidate:
    """A value that may be meant for a field, and the cues by which it is judged."""

    field: str
    value: FieldValue
    cues: frozenset[str]


def find_candidates(plain: str, now: datetime, iban: str | None) -> Iterator[Candidate]:
    """Yield the days, sums, channels, means and persons of a story that `plain_words` made plain."""
    yield from _days(plain, now)
    yield from _sums(plain)
    yield from _choices("contact_channel", _channel_words(plain), channels.read_channel(plain))
    yield from _choices("payment_means", _means_words(plain), means.read_means(plain, iban))
    yield from _persons(plain)
    yield from _steps("police_report", plain, steps.ANCHOR, steps.read_police_report(plain))
    yield from _steps("bank_contacted", plain, steps.BANK_WORDS, steps.read_bank_contacted(plain))


def find_sites(folded: str) -> Iterator[Candidate]:
    """Yield the sites and applications of the register that a story names."""
    by_rule = read_platform(folded)
    strict = {platform.name for platform in find_platforms(folded)}
    cues: dict[str, set[str]] = defaultdict(set)
    for place, named in enumerate(find_names_of_platforms(folded)):
        cues[named.name] |= {*surroundings(folded, named.start, named.end), f"place {min(place, 2)}"}
        cues[named.name] |= {f"named {named.name}", f"channel {named.channel}"}
    if by_rule:
        cues[by_rule].add("by rule")
    for name, about in cues.items():
        rule = {f"rule {by_rule == name}", f"other {by_rule not in {None, name}}", f"names {min(len(cues), 3)}"}
        yield Candidate("platform", name, frozenset(about | rule | {f"strict {name in strict}"}))


def find_sellers(text: str, folded: str) -> Iterator[Candidate]:
    """Yield the names in a story that may be the seller's."""
    by_rule = find_merchant(text, folded)
    cues: dict[str, set[str]] = defaultdict(set)
    for each in find_named(text, folded):
        end = each.start + len(each.name)
        known = known_merchant(fold(each.name)) is not None
        cues[each.name] |= {*surroundings(folded, each.start, end), f"weight {each.weight}", f"known {known}"}
    if by_rule:
        cues[by_rule].add("by rule")
    for name, about in cues.items():
        rule = {f"rule {by_rule == name}", f"other {by_rule not in {None, name}}", f"names {min(len(cues), 3)}"}
        yield Candidate("merchant", name, frozenset(about | rule | {f"shopping {bool(SHOPPING.search(folded))}"}))


def certain(field: str, value: FieldValue, folded: str) -> Candidate:
    """Return a value that its own module found, with the words around it."""
    spelled = fold(value) if isinstance(value, str) else ""
    start = folded.find(spelled) if spelled else -1
    around = surroundings(folded, start, start + len(spelled)) if start >= 0 else _words(folded)
    return Candidate(field, value, frozenset((*around, f"value {spelled or value}")))


def _words(folded: str) -> Iterator[str]:
    return (f"word {word[:6]}" for word in re.findall(r"[a-z]{3,}", folded))


def _days(plain: str, now: datetime) -> Iterator[Candidate]:
    mentions = find_dates(plain, now)
    shopping = timeline.speaks_of_shopping(plain)
    chosen = timeline.choose_days(plain, mentions, shopping)
    cues: dict[str, set[str]] = defaultdict(set)
    days = [mention.value for mention in mentions]
    for place, mention in enumerate(mentions):
        role, strength = timeline.role_of(plain, mention, shopping)
        said = plain[mention.start : mention.end]
        cues[mention.value.isoformat()] |= {
            *surroundings(plain, mention.start, mention.end),
            f"role {role}",
            f"role {role} {strength}",
            f"days {min(len(mentions), 4)}",
            f"place {min(place, 3)}",
            f"said {re.sub(r'[0-9]+', '#', said)[:16]}",
            f"opens {said.split()[0]}",
            f"approximate {mention.approximate}",
            f"shopping {shopping}",
            f"earliest {mention.value == min(days)}",
            f"latest {mention.value == max(days)}",
            _age((today_in_brussels(now) - mention.value).days),
        }
    for field in ("incident_date", "order_date"):
        for day, about in cues.items():
            rule = {f"rule {chosen.get(field) == day}", f"other {chosen.get(field) not in {None, day}}"}
            yield Candidate(field, day, frozenset(about | rule))


def _age(days: int) -> str:
    """Return how long ago a day was, roughly."""
    return f"age {next((limit for limit in (-1, 0, 1, 7, 31, 92) if days <= limit), 'more')}"


def _sums(plain: str) -> Iterator[Candidate]:
    marked = find_amounts(plain)
    unmarked = find_unmarked(plain, marked)
    bare = find_bare(plain, marked + unmarked)
    judged = judge_all(plain, sorted(marked + unmarked, key=lambda each: each.start))
    by_rule = choose_loss(plain, judged)
    told = [each.amount.cents for each in judged]
    cues: dict[int, set[str]] = defaultdict(set)
    for place, each in enumerate(judged):
        cues[each.amount.cents] |= {
            *surroundings(plain, each.amount.start, each.amount.end),
            f"role {each.role}",
            f"total {each.total}",
            f"sums {min(len(set(told)), 4)} {each.role}",
            f"largest {each.amount.cents == max(told)}",
            f"place {min(place, 3)}",
            f"times {each.amount.times > 1}",
        }
    for amount in bare:
        cues[amount.cents] |= {*surroundings(plain, amount.start, amount.end), "bare", f"bare beside {bool(told)}"}
        cues[amount.cents] |= {f"bare among {min(len(bare), 3)}"}
    yield from _totals(plain, [each.amount for each in judged], bare, cues)
    yield from _products(plain, [each.amount for each in judged], cues)
    for cents, about in cues.items():
        rule = {f"rule {by_rule == cents}", f"rule silent {by_rule is None}", f"size {len(str(cents))}"}
        yield Candidate("amount_cents", cents, frozenset(about | rule))
    if by_rule and by_rule not in cues:
        yield Candidate("amount_cents", by_rule, frozenset({"rule sum", f"sums {min(len(set(told)), 4)}"}))


def _totals(plain: str, sums: list[Amount], bare: list[Amount], cues: dict[int, set[str]]) -> Iterator[Candidate]:
    """Yield what sums told one after the other come to."""
    every = sorted(sums + bare, key=lambda each: each.start)
    for some in {tuple(every), tuple(sums)} if len(sums) != len(every) else {tuple(sums)}:
        total = sum(each.cents for each in some)
        if 2 <= len(some) <= 5 and total not in cues:
            between = "".join(f" {plain[a.end : b.start]}" for a, b in zip(some, some[1:], strict=False))
            about = {f"between {word}" for word in re.findall(r"[a-z+]+", between)}
            around = surroundings(plain, some[0].start, some[-1].end)
            yield Candidate("amount_cents", total, frozenset({*around, *about, f"sum of {len(some)}", "sum"}))


def _products(plain: str, sums: list[Amount], told: Iterable[int]) -> Iterator[Candidate]:
    """Yield what a sum comes to where a number of things is told before it ("2 places à 62 €")."""
    found: dict[int, set[str]] = defaultdict(set)
    for amount in (each for each in sums if each.times == 1):
        for count in COUNT.finditer(plain, max(0, amount.start - LONGEST_COUNTED), amount.start):
            between = re.findall(r"[a-z]+", plain[count.end() : amount.start])
            about = {
                f"counted {count['what'][:6]}",
                f"words {min(len(between), 6)}",
                f"joined {' '.join(between[-1:])}",
            }
            found[amount.cents * int(count["count"])] |= about | {*surroundings(plain, amount.start, amount.end)}
    for cents, about in found.items():
        if cents not in told:
            yield Candidate("amount_cents", cents, frozenset(about | {"product", f"sums {min(len(sums), 4)} product"}))


def _channel_words(plain: str) -> Iterator[Mention]:
    for match in channels.PATTERN.finditer(plain):
        yield match.lastgroup or "", surroundings(plain, *match.span()), f"score {channels.score(plain, match)}"
    for platform in find_platforms(plain):
        if platform.channel:
            found = f"{platform.name} {channels.weight(plain, platform)}"
            yield platform.channel, surroundings(plain, platform.start, platform.end), found
    for match in channels.LOOSE.finditer(plain):
        yield match.lastgroup or "", surroundings(plain, *match.span()), f"loose {match.group()}"


def _means_words(plain: str) -> Iterator[Mention]:
    for match in means.PATTERN.finditer(plain):
        name = match.lastgroup or ""
        yield name, surroundings(plain, *match.span()), f"score {means.score(plain, match, name)}"
    for match in means.LOOSE.finditer(plain):
        yield match.lastgroup or "", surroundings(plain, *match.span()), f"loose {match.group()}"


def _choices(field: str, mentions: Iterable[Mention], by_rule: str | None) -> Iterator[Candidate]:
    """Yield one candidate for each choice that is named, with all that surrounds its mentions."""
    cues: dict[str, set[str]] = defaultdict(set)
    for choice, around, found in mentions:
        cues[choice] |= {*around, found, f"{choice} {found}"}
    if by_rule:
        cues[by_rule].add("by rule")
    for choice, about in cues.items():
        rule = {f"rule {by_rule == choice}", f"other {by_rule not in {None, choice}}", f"choices {len(cues)}"}
        yield Candidate(field, choice, frozenset(about | rule | {f"is {choice}"}))


def _steps(field: str, plain: str, words: re.Pattern[str], by_rule: bool | None) -> Iterator[Candidate]:
    """Yield yes and no for a step that a story may have taken, where it speaks of one at all."""
    around = {f"rule {by_rule}"}
    for match in words.finditer(plain):
        around |= {*surroundings(plain, *match.span()), f"named {match.group()[:8]}"}
    if len(around) > 1 or by_rule is not None:
        for value in (True, False):
            cues = {f"{value} {cue}" for cue in around}
            yield Candidate(field, value, frozenset(cues | {f"is {value}", f"by rule {value is by_rule}"}))


def _persons(plain: str) -> Iterator[Candidate]:
    by_rule = read_victim(plain)
    cues: dict[str, set[str]] = defaultdict(set)
    mine = bool(FIRST_PERSON.search(plain))
    cues["self"].add(f"mine {mine}" if mine or by_rule == "self" else BY_DEFAULT)
    for person in find_people(plain):
        cues[person.relation] |= {
            *surroundings(plain, person.start, person.end),
            f"named {plain[person.start : person.end]}",
            f"weight {with_what_follows(plain, person)}",
        }
    opening = re.findall(r"[a-z]+", plain)[:OPENING]
    for relation, about in cues.items():
        said = {f"{relation} opening {word}" for word in opening} | {f"{relation} of {len(cues)}"}
        said |= {f"{relation} rule {by_rule}", f"rule {by_rule == relation}"}
        yield Candidate("victim", relation, frozenset(about | said | {f"is {relation}"}))
