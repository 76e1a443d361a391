"""Claim references: digits that people can read aloud, random, with two check digits (ISO 7064 mod 97-10)."""

import re
import secrets

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_97_10

PREFIX = "CC"


def new_reference() -> str:
    """Return a reference such as `CC-4827-1930-5562-38`: twelve random digits, so that none can be guessed."""
    digits = "".join(secrets.choice("0123456789") for _ in range(12))
    return _grouped(digits + mod_97_10.calc_check_digits(digits))


def read_reference(text: str) -> str | None:
    """Return the reference that `text` holds, in its usual form, or None; a mistyped digit is noticed."""
    found = re.search(r"\bCC[\s-]*((?:\d[\s-]*){14})\b", text, re.IGNORECASE)
    digits = re.sub(r"\D", "", found.group(1)) if found else ""
    try:
        return _grouped(mod_97_10.validate(digits)) if digits else None
    except ValidationError:
        return None


def _grouped(digits: str) -> str:
    return "-".join([PREFIX, digits[:4], digits[4:8], digits[8:12], digits[12:]])
