"""Reads the insurer's list of members: a CSV file, checked as a whole, then stored as a whole."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import phonenumbers
from django.db import transaction
from django.utils import timezone
from email_validator import EmailNotValidError, validate_email

from bot.errors import WrongRows
from bot.members.models import Member
from bot.understanding import fold

#: Headings by column, folded (small letters, no accents, no punctuation).
HEADINGS = {
    "contract": ("contract", "contract number", "contrat", "numero de contrat", "numero contrat", "n contrat"),
    "first_name": ("first name", "firstname", "prenom"),
    "last_name": ("last name", "lastname", "surname", "nom", "nom de famille"),
    "email": ("email", "e mail", "mail", "courriel", "adresse e mail", "adresse email"),
    "phone": ("phone", "mobile", "gsm", "numero de gsm", "telephone", "tel"),
    "household": ("household", "menage", "foyer", "numero de menage"),
}
REQUIRED = ("contract", "first_name", "last_name")
LENGTHS = {"contract": 32, "household": 32, "first_name": 80, "last_name": 80}  # characters, as the table holds
NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./_-]*")
REGION = "BE"  # of telephone numbers without a country
MAX_LISTED = 50  # wrong rows in one message

Row = dict[str, str]
Person = tuple[str, str, str]


@dataclass(frozen=True)
class Imported:
    """How many people the list added, changed, left as they were, and no longer has."""

    added: int
    changed: int
    same: int
    ended: int


def import_members(content: bytes, replace: bool = False) -> Imported:
    """Store the list: UTF-8 or Latin-1, separated by `;` or `,`, with French or English headings.

    The same list again changes nothing. With `replace`, people who are not on it become inactive; they stay, because
    their claims do.

    Raises:
        WrongRows: rows, headings or the encoding are wrong; nothing is stored.
    """
    people = _people(_text(content))
    with transaction.atomic():
        known = {_person(member): member for member in Member.objects.select_for_update()}
        new = [Member(**row, imported_at=timezone.now()) for person, row in people.items() if person not in known]
        changed = [known[person] for person, row in people.items() if person in known and _update(known[person], row)]
        gone = [member for person, member in known.items() if replace and member.active and person not in people]
        for member in gone:
            member.active = False
        Member.objects.bulk_create(new, batch_size=1000)
        fields = ["contract", "household", "first_name", "last_name", "email", "phone", "active", "imported_at"]
        Member.objects.bulk_update(changed + gone, fields, batch_size=1000)
    return Imported(len(new), len(changed), len(people) - len(new) - len(changed), len(gone))


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")  # what Windows calls Latin-1


def _people(text: str) -> dict[Person, Row]:
    """Return the rows by person.

    Raises:
        WrongRows: with one line of text for each wrong row.
    """
    people: dict[Person, Row] = {}
    lines: dict[Person, int] = {}
    wrong: list[str] = []
    for line, row in _rows(text):
        problems = list(_clean(row))
        person = (fold(row["contract"]), fold(row["first_name"]), fold(row["last_name"]))
        if not problems and person in lines:
            problems = [f"same person as line {lines[person]}"]
        wrong += [f"line {line}: {problem}" for problem in problems]
        people[person], lines[person] = row, line
    if wrong:
        more = [f"… and {len(wrong) - MAX_LISTED} more"] if len(wrong) > MAX_LISTED else []
        raise WrongRows("\n".join(["Nothing is imported:", *wrong[:MAX_LISTED], *more]))
    if not people:
        raise WrongRows("Nothing is imported: the list has no rows.")
    return people


def _rows(text: str) -> Iterator[tuple[int, Row]]:
    """Yield each row with its line number in the file; empty lines are passed over."""
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") >= first.count(",") else ",")
    columns = _columns(next(reader, []))
    line = reader.line_num
    for cells in reader:
        start, line = line + 1, reader.line_num
        if any(cell.strip() for cell in cells):
            yield start, {name: " ".join(cells[at].split()) if at < len(cells) else "" for name, at in columns.items()}


def _columns(headings: list[str]) -> dict[str, int]:
    """Return where each column is; an optional one that is missing is empty in all rows."""
    folded = [re.sub(r"[^a-z0-9]+", " ", fold(heading)).strip() for heading in headings]
    found = {
        name: next((at for at, heading in enumerate(folded) if heading in known), len(headings))
        for name, known in HEADINGS.items()
    }
    if missing := [name for name in REQUIRED if found[name] == len(headings)]:
        wanted = ", ".join(f"{name} (« {HEADINGS[name][-1]} »)" for name in missing)
        raise WrongRows(f"Nothing is imported: line 1 lacks the headings {wanted}.")
    return found


def _clean(row: Row) -> Iterator[str]:
    """Bring a row's values into the form that is stored; yield what is wrong, without the value: it is personal."""
    for name in REQUIRED:
        if not row[name]:
            yield f"{name} is empty"
    for name, longest in LENGTHS.items():
        if len(row[name]) > longest:
            yield f"{name} has more than {longest} characters"
    for name in ("contract", "household"):
        if row[name] and not NUMBER.fullmatch(row[name]):
            yield f"{name} may have letters, digits, spaces and . / _ - only"
    if row["email"]:
        try:
            row["email"] = validate_email(row["email"], check_deliverability=False).normalized
        except EmailNotValidError:
            yield "email is no e-mail address"
    if row["phone"] and not (phone := _phone(row["phone"])):
        yield "phone is no telephone number"
    elif row["phone"]:
        row["phone"] = phone
    row["household"] = row["household"] or row["contract"]


def _phone(text: str) -> str:
    """Return a telephone number as E.164, or nothing."""
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        return ""
    is_valid = phonenumbers.is_valid_number(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if is_valid else ""


def _person(member: Member) -> Person:
    return fold(member.contract), fold(member.first_name), fold(member.last_name)


def _update(member: Member, row: Row) -> bool:
    """Give a member the row's values; return whether something changed."""
    if member.active and all(getattr(member, name) == value for name, value in row.items()):
        return False
    for name, value in row.items():
        setattr(member, name, value)
    member.active, member.imported_at = True, timezone.now()
    return True
