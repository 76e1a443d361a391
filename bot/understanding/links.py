"""Finds web addresses, bank accounts, telephone numbers and order numbers in a text."""

import re

from stdnum import iban as stdnum_iban

TLD = (
    "be|com|net|org|eu|fr|nl|de|lu|uk|es|it|pl|shop|store|online|site|info|biz"
    "|xyz|top|club|app|io|co|me|tv|live|icu|vip|cc"
    "|ru|cn|us|ch|at|pt|ly|gd|link|click|buzz|space|website|pro|tech|cloud|life"
    "|fun|win|bid|sale|deals|gg|to|ws|pw|tk|ml|cf|example|test|invalid"
    "|outlet|boutique|market|promo|support|help|services|solutions|center|company|email|network|digital"
    "|media|news|today|world"
    "|zone|group|team|tips|work|cash|money|credit|loan|bank|finance|trade|trading|exchange|games|gifts"
    "|express|delivery|eco"
    "|brussels|vlaanderen|gent|paris|dk|fi|cz|ro|hu|gr|ie|bg|hr|sk|lt|lv|ee|ua|asia|mobi|dev|page|blog"
    "|art|design|fashion|shoes"
    "|clothing|jewelry|bike|tools|toys|pet|house|garden|energy|tax|direct|discount|codes|cheap|expert"
    "|academy|school|holiday|tours"
    "|travel|rent|villas|vacations|bz|su|kz|in|br|jp|kr|tw|hk|sg|my|ph|vn|id|th|ng|gh|ci|bj|ma|tn|za|sn|cm"
)
URL = re.compile(
    r"(?:https?|hxxps?)://[^\s<>\"«»]+"
    r"|(?<![\w@.-])www\.[^\s<>\"«»]+"
    rf"|(?<![\w@.-])(?:[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?\.){{1,5}}(?:{TLD})(?:/[^\s<>\"«»]*)?(?![\w@-])(?!\.\w)",
    re.IGNORECASE,
)
SHOP_NAMES = {
    "bol.com",
    "booking.com",
    "takeaway.com",
    "2ememain.be",
    "bol.be",
    "zalando.be",
    "amazon.fr",
    "amazon.com.be",
}
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64} ?@ ?[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
PHONE = re.compile(
    r"(?<![\d+])(?:\+|00) ?(?:\(0\) ?)?[1-9](?:[ ./()-]{0,2}\d){7,13}(?!\d)"
    r"|(?<!\d)0[1-9]\d?\d?(?:[ ./-]{0,2}\d){6,7}(?![ .-]?\d)"
    r"|(?<!\d)0(?:800|90\d|78|70)(?:[ ./-]?\d){5,6}(?!\d)"
)
IBAN_SHAPE = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{2}[ .-]?\d{2}(?:[ .-]{0,2}[A-Za-z0-9]){10,30})(?![A-Za-z0-9])")
IBAN_LENGTHS = {
    "BE": 16, "FR": 27, "NL": 18, "DE": 22, "LU": 20, "ES": 24, "IT": 27, "GB": 22, "LT": 20, "PT": 25, "IE": 22,
    "PL": 28, "AT": 20, "CH": 21, "EE": 20, "LV": 21, "MT": 31, "CY": 28, "RO": 24, "BG": 22,
}  # fmt: skip
MAIL_HOSTS = {
    "gmail.com",
    "hotmail.com",
    "outlook.com",
    "yahoo.com",
    "yahoo.fr",
    "hotmail.be",
    "skynet.be",
    "proximus.be",
    "telenet.be",
    "icloud.com",
}
SPACED_NUMBER = re.compile(
    r"(?:n°|\bnumero|\bnum|\bnr|\bref|\breference)s?[ .:°]*(?:(?:de |d )?(?:ma |la )?(?:commande|cde|order"
    r"|achat))?[ .:=#(]*(?:est )?"
    r"(?P<number>[a-z]{2,5}[-/]\d{3,10}|[a-z]{2,4}\d{4,10}|\d{3}(?: \d{3}){1,3}(?!\d))"
)
BUYING = re.compile(r"\b(?:cmde?|command|achet|achat|colis|retour|renvoy|livr|annul)")
ORDER_NUMBER = re.compile(
    r"\b(?:commande|order|cde|cmde?|confirmation|achat)s?\b(?: (?:amazon|bol|zalando|numero|num"
    r"|nr|no|n°|no\.|id|est|le|porte|avec|:|=|c est|"
    r"reference|ref|est le|porte le))*[ .:°=(#n]*(?:(?<=[ .:°=(#])|(?<=n°))"
    r"(?P<number>#?[a-z]{0,6}[-_/]?[a-z]{0,4}\d[\w/-]*\d[\w-]*"
    r"|#\d{3,})"
    r"|\b(?:ref|reference)s?[ .:°=#]+(?P<reference>[a-z]{2,5}-?\d{4,10})\b"
    r"|\b(?:numero|num|n°|no|ref|reference)s? ?(?:de |d |de ma |de la )?(?:commande"
    r"|order)?s?[ .:°=(#]*(?P<other>(?<=ommande )\d{4,}|#\w*\d{3}\w*)",
)
NOT_ORDER = re.compile(
    r"^\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?$|^(?:19|20)\d\d$|^\d{1,3}$|^\d+(?:euros?"
    r"|eur|e|x|h\d*|ans)$"
)


def find_url(text: str) -> str | None:
    """Return the first web address as it was typed, without the punctuation that follows it."""
    without_mail = EMAIL.sub(lambda m: " " * len(m.group()), text)
    for match in URL.finditer(without_mail):
        address = match.group().rstrip(".,;:!?)]}'’…")
        if address.lower() not in SHOP_NAMES | MAIL_HOSTS:
            return address
    return None


def url_spans(text: str) -> list[tuple[int, int]]:
    """Return where web and mail addresses stand."""
    return [m.span() for m in EMAIL.finditer(text)] + [m.span() for m in URL.finditer(text)]


def phone_spans(text: str) -> list[tuple[int, int]]:
    """Return where telephone numbers stand."""
    return [m.span() for m in PHONE.finditer(text)]


def find_iban(text: str) -> str | None:
    """Return the first bank account whose mod-97 key is right, in compact form."""
    for start, end in iban_spans(text):
        compact = re.sub(r"[^A-Za-z0-9]", "", text[start:end]).upper()
        if is_iban(compact):
            return compact
    return None


def is_iban(compact: str) -> bool:
    """Tell whether a compact account number has the right length and keys (Belgian inner key included)."""
    if not stdnum_iban.is_valid(compact, check_country=False):  # its list of Belgian banks has gaps
        return False
    if not compact.startswith("BE"):
        return True
    return len(compact) == 16 and compact[4:].isdigit() and (int(compact[4:14]) % 97 or 97) == int(compact[14:])


def iban_spans(text: str) -> list[tuple[int, int]]:
    """Return where bank accounts stand, mistyped ones included if their shape is plain."""
    spans = []
    for match in IBAN_SHAPE.finditer(text):
        length = _iban_length(match.group())
        if length:
            spans.append((match.start(), match.start() + length))
    return spans


def _iban_length(shaped: str) -> int:
    """Return how many characters of the text belong to the account, 0 if it is none."""
    positions = [i for i, char in enumerate(shaped) if char.isalnum()]
    compact = "".join(shaped[i] for i in positions).upper()
    wanted = IBAN_LENGTHS.get(compact[:2], 0)
    sizes: list[int] = [wanted, *range(34, 14, -1)]
    for size in sizes:
        if 0 < size <= len(compact) and is_iban(compact[:size]):
            return positions[size - 1] + 1
    typed_as_account = (shaped[:4].isupper() and shaped[:4].isalnum()) or len(compact) == wanted
    if 0 < wanted <= len(compact) and typed_as_account:
        return positions[wanted - 1] + 1
    return 0


def find_order_number(text: str, folded: str) -> str | None:
    """Return the first order number introduced as such ("commande n° 402-1234567"), as typed."""
    for match in ORDER_NUMBER.finditer(folded):
        start, end = match.span(match.lastgroup or 0)
        if match["reference"] and "command" not in folded:
            continue
        number = text[start:end].lstrip("#")
        if not NOT_ORDER.match(number.lower()) and not re.match(r" ?(?:€|euro|eur\b|balles)", folded[end:]):
            return number
    spaced = SPACED_NUMBER.search(folded) if BUYING.search(folded) else None
    return text[slice(*spaced.span("number"))] if spaced else None
