"""What alike reports share besides their words: addresses of sites, senders, numbers, accounts, names of shops."""

import hashlib
import re

from bot.understanding import fold
from bot.understanding.links import EMAIL, PHONE, URL
from bot.understanding.names import find_platforms, find_sellers

#: Sites that honest people name too: sharing them says nothing.
COMMON = re.compile(
    r"(?:^|\.)(?:facebook|instagram|whatsapp|google|gmail|outlook|hotmail|youtube|tiktok|paypal|vinted|2ememain|safeonweb"
    r"|bol|amazon|zalando|police|belgium|itsme|proximus|skynet|telenet)\.[a-z.]{2,8}$"
)
STRONG = ("site:", "mail:", "phone:")  # two reports that share one of these are of one author
WIDEST = 80


def traits_of(text: str) -> list[str]:
    """Return the traits of a masked text, such as `site:bpost-colis.top`; numbers only as digests."""
    senders = [match.group().replace(" ", "").lower().split("@")[1] for match in EMAIL.finditer(text)]
    sites = [_host(match.group()) for match in URL.finditer(EMAIL.sub(" ", text))]
    phones = [_digits(match.group()) for match in PHONE.finditer(text)]
    folded = fold(text)
    names = [each.name for each in find_sellers(folded)] + [each.name for each in find_platforms(folded)]
    found = [
        *(f"site:{site}" for site in sites if not COMMON.search(site)),
        *(f"mail:{sender}" for sender in senders if not COMMON.search(sender)),
        *(f"phone:{_digest(number)}" for number in phones),
        *(f"name:{name}" for name in names),
    ]
    return list(dict.fromkeys(trait[:WIDEST] for trait in found))


def is_strong(trait: str) -> bool:
    """Tell whether sharing it means one author."""
    return trait.startswith(STRONG)


def _host(url: str) -> str:
    host = re.sub(r"^(?:https?|hxxps?)://", "", url.lower()).split("/")[0].split("?")[0].split(":")[0]
    return host.removeprefix("www.").strip(".,;)")


def _digits(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    return "32" + digits[1:] if digits.startswith("0") and not digits.startswith("00") else digits.removeprefix("00")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
