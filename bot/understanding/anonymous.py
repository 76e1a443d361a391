"""Takes out of a message whatever could point to a person, and puts in words that read as naturally.

What was masked when the message came in ([code masqué]) stays: the model reads such messages too. So do amounts, times,
towns, shops and platforms of the register: they tell one kind of incident from another.
"""

import re
from collections.abc import Callable, Collection, Iterable
from functools import cache, partial
from pathlib import Path

from .folding import fold
from .links import EMAIL, PHONE, SHOP_NAMES, URL, iban_spans
from .masking import CLAIM_REFERENCE, IDENTIFIER, MARK, MONEY
from .names import find_platforms, find_sellers, is_no_seller, known_merchant, known_platform

FIRST_NAMES = Path(__file__).with_name("first_names.txt")
PERSON, FULL_NAME, LAST_NAME, SHOP = "Camille", "Camille Martin", "Martin", "Boutique Exemple"
EMAIL_FOR, URL_FOR, IBAN_FOR, PHONE_FOR = "nom@mail.example", "site.example", "BE00 0000 0000 0000", "0400 00 00 00"
NUMBER_FOR, HANDLE_FOR, STREET_FOR, TOWN_FOR = "123456", "@pseudo", "rue de l'Exemple 1", "Bruxelles"
SHOUTED = 0.6  # share of capitals from which a capital says nothing
LONGEST_ACRONYM = 5
MIN_DIGITS = 8  # of an account: words may have its shape too

HANDLE = re.compile(r"(?<![\w.])@[\w.]{2,}|(?<!\w)(?=\w*\d|\w*[A-Za-zÀ-ÿ])\w+_\w+(?!\w)")
#: Six digits or more, however they are grouped; and letters with digits, as in a parcel's number.
NUMBER = re.compile(r"(?<![\w.,])[A-Za-z]{0,4}[-/ ]?\d(?:[ ./-]?\d){5,}[A-Za-z]{0,3}(?!\w)")
PLATE = re.compile(r"\b\d-[A-Z]{3}-\d{3}\b")
MONTHS = (
    r"(?:janv(?:ier)?|fevr(?:ier)?|mars|avril|mai|juin|juil(?:let)?|aout|sept(?:embre)?|oct(?:obre)?|nov(?:embre)?"
    r"|dec(?:embre)?)\b"
)
DAY = r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?"
LEAD = r"(?:(?:(?P<of>du)|(?P<until>au)|le|ce) )"
DATE = re.compile(
    rf"\b{LEAD}?{DAY}(?<!\d )\d{{1,2}}(?:er)? {MONTHS}\.?(?: (?:19|20)\d\d(?!\d))?"
    rf"|\b(?:(?P<of2>du)|(?P<until2>au)|le|ce) {DAY}\d{{1,2}}[./-]\d{{1,2}}(?![\w%./-])"
    r"|\b(?:(?:(?P<of3>du)|(?P<until3>au)|le) )?(?<![\d/.])\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d(?![\d/])"
    r"|(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)"
)
STREET = re.compile(
    r"\b(?:rue|avenue|av\.?|chaussee|chee|boulevard|bld|bd|place|clos|allee|square|dreve|quai|impasse|venelle|sentier)"
    r"(?: (?!\d)[\w.-]+){1,6},? (?:n[°o]? ?)?\d{1,4}[a-z]?(?!\w)(?:,? ?(?:boite|bte|bus) ?\w{1,4})?"
)
TOWN = re.compile(r"(?:(?<=, )|(?<=\ba )|(?<=\bde )|^)(?:b-?)?[1-9]\d{3} (?P<town>[a-z][a-z-]{2,})(?!\w)")
#: What introduces a name, however that is written.
INTRODUCED = re.compile(
    r"\b(?:je m appelle|il s appelle|elle s appelle|qui s appelle|mon nom est|mon nom c est|nommee?|prenommee?"
    r"|denommee?|un certain|une certaine|au nom de|de la part de|cordialement|bien a vous"
    r"|(?P<title>monsieur|madame|mademoiselle|mme|mlle|mr|dr|maitre|me(?=\.)|m(?=\.)))"
    r"[.,:!]? (?P<name>(?:[a-z]\. ?)?[a-z][\w-]+)"
)
NO_NAME = frozenset(
    ["le", "la", "les", "un", "une", "mon", "ma", "mes", "vous", "je", "j", "il", "elle", "qui", "que", "dont", "et"]
    + ["en", "a", "au", "du", "de", "des", "l", "dame", "monsieur", "madame", "bonjour", "merci", "juge", "banque"]
)
CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ](?:\.|[\w-]+)")
PARTICLE = r"(?:(?:de|van|von|el|ben|der|den|le|la|du) ){0,2}"
SURNAME = re.compile(rf" {PARTICLE}(?P<surname>[a-z][\w-]+)")
SELLING = re.compile(
    r"(?:chez|sur|via|site|boutique|magasin|enseigne|marque|societe|shop|application|appli)(?: de| du)? $"
)
ELIDED = re.compile(r"(?i:(?<!\w)(d|qu))['’]$")
#: No person's name follows these, but a product, a country or a company.
ARTICLE = re.compile(r"\b(?:l|le|la|les|un|une|des|du|au|aux|en|ce|cette|mon|ma|mes|son|sa|ses|leur|notre|votre) $")
START = re.compile(r"(?:^|[.!?:;\n«»\"(•-])\s*$")
WORD = re.compile(r"\w+")
#: What stands in the place of something already.
OURS = re.compile(
    "|".join(re.escape(each) for each in (FULL_NAME, PERSON, LAST_NAME, SHOP, STREET_FOR, TOWN_FOR, IBAN_FOR))
)

Spans = Iterable[tuple[int, int, str]]


def anonymise(text: str, names: Iterable[str] = (), ordinary: Collection[str] = frozenset()) -> str:
    """Return the text on one line, without persons, addresses, numbers and exact dates.

    `names` are those known of the people around the conversation. `ordinary` are folded words that are no names: a
    capitalised word inside a sentence that is neither of them nor of the register is taken for a name.
    """
    text = " ".join(text.split())
    for find in (_contacts, _dates, _numbers, partial(_places, ordinary=ordinary)):
        text = _replaced(text, find)
    for name in _parts(names):
        text = _replaced(text, partial(_spelled, name=name))
    text = _replaced(text, partial(_introduced, ordinary=ordinary))
    text = _replaced(text, partial(_first_named, ordinary=ordinary))
    return text if _is_shouted(text) else _replaced(text, partial(_capitalised, ordinary=ordinary))


def _replaced(text: str, find: Callable[[str], Spans]) -> str:
    """Replace what is found, from the end, but nothing in a mark and nothing twice."""
    marks = [match.span() for match in MARK.finditer(text)]
    last = len(text)
    for start, end, word in sorted(find(text), key=lambda span: (span[1], -span[0]), reverse=True):
        if end <= last and not any(start < stop and end > begin for begin, stop in marks):
            text, last = ELIDED.sub(r"\g<1>e ", text[:start]) + word + text[end:], start
    return text


def _contacts(text: str) -> Spans:
    ibans = [span for span in iban_spans(text) if sum(map(str.isdigit, text[slice(*span)])) >= MIN_DIGITS]
    yield from ((*span, IBAN_FOR) for span in ibans)
    mails = [match.span() for match in EMAIL.finditer(text)]
    yield from ((*span, EMAIL_FOR) for span in mails)
    for match in URL.finditer(text):
        if not _within(match.start(), mails) and match.group().lower() not in SHOP_NAMES:
            yield (*match.span(), _site(match.group()))
    yield from ((*match.span(), HANDLE_FOR) for match in HANDLE.finditer(text))
    sums = [match.span() for match in MONEY.finditer(fold(text))]
    yield from ((*match.span(), PHONE_FOR) for match in PHONE.finditer(text) if not _within(match.start(), sums))


def _site(url: str) -> str:
    """Return the name of a site that everybody knows, or one that stands for all others."""
    host = re.sub(r"^(?:\w+://)?(?:www\.|m\.)?", "", url.lower()).split("/")[0]
    name = host.split(".")[0]
    return host if known_platform(name) or known_merchant(name) else URL_FOR


def _numbers(text: str) -> Spans:
    folded = fold(text)
    kept = [match.span() for match in MONEY.finditer(folded)]
    kept += [match.span() for word in (IBAN_FOR, PHONE_FOR) for match in re.finditer(word, text)]
    for pattern, read in ((CLAIM_REFERENCE, folded), (IDENTIFIER, text), (NUMBER, text), (PLATE, text)):
        yield from ((*m.span(), NUMBER_FOR) for m in pattern.finditer(read) if not _within(m.end() - 1, kept))


def _within(place: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _places(text: str, ordinary: Collection[str]) -> Spans:
    folded = fold(text)
    yield from ((*match.span(), STREET_FOR) for match in STREET.finditer(folded))
    for match in TOWN.finditer(folded):
        if text[match.start("town")].isupper() and not _is_shouted(text) or match["town"] not in ordinary:
            yield (*match.span(), TOWN_FOR)


def _dates(text: str) -> Spans:
    for match in DATE.finditer(fold(text)):
        said = match["of"] or match["of2"] or match["of3"]
        until = match["until"] or match["until2"] or match["until3"]
        yield (*match.span(), f"{'de ' if said else 'jusqu’à ' if until else ''}l'autre jour")


def _parts(names: Iterable[str]) -> list[str]:
    """Return the names, folded, in full and word by word, the longest first."""
    full = {" ".join(fold(name).split()) for name in names}
    parts = full | {part for name in full for part in name.split()}
    return sorted((part for part in parts if len(part) > 2), key=len, reverse=True)


def _spelled(text: str, name: str) -> Spans:
    word = PERSON if name in _first_names() else FULL_NAME if " " in name else LAST_NAME
    return ((*match.span(), word) for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", fold(text)))


def _introduced(text: str, ordinary: Collection[str]) -> Spans:
    """Find names by the words that introduce them; what follows is a name whatever its letters."""
    folded = fold(text)
    for match in INTRODUCED.finditer(folded):
        name, start = match["name"], match.start("name")
        if name in NO_NAME or _is_known(name) or (name in ordinary and not text[start].isupper()):
            continue
        surname = _surname(text, folded, match.end(), ordinary)
        word = LAST_NAME if match["title"] else FULL_NAME if surname else PERSON
        yield start, surname or match.end(), word


def _first_named(text: str, ordinary: Collection[str]) -> Spans:
    """Find first names that are no everyday word, with the name that follows, however they are written."""
    folded = fold(text)
    for match in WORD.finditer(folded):
        if match.group() in _first_names() and not OURS.match(text, match.start()):
            surname = _surname(text, folded, match.end(), ordinary)
            yield match.start(), surname or match.end(), FULL_NAME if surname else PERSON


def _surname(text: str, folded: str, end: int, ordinary: Collection[str]) -> int:
    """Return where the surname ends that follows a first name; 0 if none does."""
    match = SURNAME.match(folded, end)
    if match is None or match["surname"] in NO_NAME or _is_known(match["surname"]) or OURS.match(text, end + 1):
        return 0
    is_written_as_one = text[match.start("surname")].isupper() and not _is_shouted(text)
    return match.end() if is_written_as_one or match["surname"] not in ordinary else 0


def _capitalised(text: str, ordinary: Collection[str]) -> Spans:
    """Find capitalised words inside a sentence, alone or in a row, that nothing explains but a name."""
    known = _known_spans(text)
    row: list[re.Match[str]] = []
    for match in [*CAPITAL.finditer(text), None]:
        if row and (match is None or text[row[-1].end() : match.start()] not in (" ", "")):
            yield from _named(text, row)
            row = []
        if match and not _is_explained(match, known, ordinary):
            row.append(match)
        elif row:
            yield from _named(text, row)
            row = []


def _named(text: str, row: list[re.Match[str]]) -> Spans:
    before = text[: row[0].start()]
    folded = fold(before)
    is_nothing = len(row) == 1 and (START.search(before) or ARTICLE.search(folded) or row[0].group().endswith("."))
    if is_nothing or _is_known(fold(text[row[0].start() : row[-1].end()])):
        return
    if any(char.isdigit() for char in row[0].group()):
        yield *row[0].span(), NUMBER_FOR
        return
    is_shop = SELLING.search(folded)
    yield row[0].start(), row[-1].end(), SHOP if is_shop else FULL_NAME if len(row) > 1 else PERSON


def _is_explained(match: re.Match[str], known: list[tuple[int, int]], ordinary: Collection[str]) -> bool:
    """Tell whether a capitalised word is ours, of the register, an everyday word or an acronym."""
    word = match.group()
    is_acronym = word.isupper() and 1 < len(word) <= LONGEST_ACRONYM and not word.endswith(".")
    everyday = all(
        part in ordinary or part in NO_NAME or len(part) < 3 for part in WORD.findall(fold(word))
    ) and not word.endswith(".")
    return is_acronym or everyday or _is_known(fold(word)) or _within(match.start(), known)


def _known_spans(text: str) -> list[tuple[int, int]]:
    """Return where our own words, shops and platforms stand; some have several words."""
    folded = fold(text)
    platforms = [(found.start, found.end) for found in find_platforms(folded)]
    sellers = [(found.start, found.end) for found in find_sellers(folded)]
    return [*platforms, *sellers, *(match.span() for match in OURS.finditer(text))]


def _is_known(folded: str) -> bool:
    return bool(known_platform(folded) or known_merchant(folded)) or is_no_seller(folded)


def _is_shouted(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return sum(map(str.isupper, letters)) > SHOUTED * len(letters)


@cache
def _first_names() -> frozenset[str]:
    lines = FIRST_NAMES.read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())
