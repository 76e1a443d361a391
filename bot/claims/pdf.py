"""A claim as a PDF of A4 pages, the same content as its printable page."""

import unicodedata
from importlib.resources import files
from typing import cast

from django.utils import timezone
from django.utils.formats import date_format
from fpdf import FPDF
from fpdf.enums import MethodReturnValue, XPos, YPos

from bot.claims.summary import Summary
from bot.texts import contacts

ACCENT, SOFT, LINE = (18, 94, 92), (75, 98, 97), (213, 223, 220)  # as chat/base.css has them
MARGIN, LABEL = 18, 62  # millimetres: of the page, of the first column
FONT = "Roboto"


class _Page(FPDF):
    """A4 in one font, with reference and page number at the foot."""

    def __init__(self, reference: str) -> None:
        super().__init__(format="A4")
        self.reference = reference
        for style, name in (("", "Regular"), ("B", "Bold")):
            self.add_font(FONT, style, str(files("font_roboto") / "files" / f"Roboto-{name}.ttf"))
        self.set_margin(MARGIN)
        self.c_margin = 0.0  # text and lines begin at the same place
        self.set_auto_page_break(True, 22)

    def footer(self) -> None:
        """Write the last line of each page."""
        self.set_y(-15)
        self.set_font(FONT, size=9)
        self.set_text_color(*SOFT)
        self.cell(0, 6, f"Cyber Care – dossier {self.reference} – page {self.page_no()}/{{nb}}", align="C")


def as_pdf(claim: Summary) -> bytes:
    """Return the claim as a PDF, about 40 KB."""
    page = _Page(claim.reference)
    page.set_title(f"Dossier {claim.reference}")
    page.set_lang("fr-BE")
    page.set_producer("Cyber Care")
    page.add_page()
    _head(page, claim)
    if claim.pieces:
        _heading(page, "Pièces")
        _rows(page, [(piece.name, piece.label) for piece in claim.pieces], label_width=page.epw - 34)
    _heading(page, "Ce que vous avez déclaré")
    _rows(page, claim.lines, label_width=LABEL)
    if claim.story:
        _heading(page, "Votre récit")
        _text(page, claim.story)
    _foot(page)
    return bytes(page.output())


def _head(page: _Page, claim: Summary) -> None:
    _text(page, claim.label, color=ACCENT, style="B")
    _text(page, claim.reference, size=22, style="B")
    opened = timezone.localtime(claim.opened_at)
    _text(page, f"Ouvert le {date_format(opened, 'j F Y')} à {date_format(opened, 'H:i')}", color=SOFT)
    page.ln(4)
    _text(page, claim.state, size=13, style="B")
    if claim.outcome:
        _text(page, f"Issue : {claim.outcome}")
    _text(page, claim.next)


def _foot(page: _Page) -> None:
    urgent = contacts()["card_stop"]
    page.ln(5)
    _text(
        page,
        "Un gestionnaire examine votre dossier selon votre contrat. Ce document ne dit rien de ce qui sera pris en "
        f"charge.\nDe l'argent est en jeu ? Appelez {urgent.label} au {urgent.shown} et votre banque.",
        size=10,
        color=SOFT,
    )


def _heading(page: _Page, words: str) -> None:
    page.ln(6)
    if page.will_page_break(24):  # a heading stays with what it announces
        page.add_page()
    _text(page, words, size=14, style="B")
    page.ln(1)


def _rows(page: _Page, rows: list[tuple[str, str]], label_width: float) -> None:
    """Write two columns, each row with a line above."""
    page.set_draw_color(*LINE)
    for label, value in rows:
        page.set_font(FONT, size=11)
        height = max(_height(page, label_width, label), _height(page, page.epw - label_width, value))
        if page.will_page_break(height + 3):
            page.add_page()
        top = page.get_y()
        page.line(page.l_margin, top, page.l_margin + page.epw, top)
        page.set_y(top + 1.5)
        page.set_text_color(*SOFT)
        page.multi_cell(label_width, 6, _printable(label), align="L", new_x=XPos.RIGHT, new_y=YPos.TOP)
        page.set_text_color(0)
        page.multi_cell(page.epw - label_width, 6, _printable(value), align="L", new_x=XPos.LMARGIN, new_y=YPos.TOP)
        page.set_y(top + height + 3)


def _height(page: _Page, width: float, words: str) -> float:
    """Return how high a cell of this width becomes, in millimetres."""
    height = page.multi_cell(width, 6, _printable(words), dry_run=True, output=MethodReturnValue.HEIGHT)
    return cast(float, height)


def _text(page: _Page, words: str, size: int = 11, style: str = "", color: tuple[int, int, int] = (0, 0, 0)) -> None:
    """Write a paragraph over the whole width."""
    page.set_font(FONT, style=style, size=size)
    page.set_text_color(*color)
    page.multi_cell(0, size * 0.5, _printable(words), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _printable(words: str) -> str:
    """Leave out what the font has not, such as emoji: they would be empty boxes."""
    plain = unicodedata.normalize("NFC", words).replace("\u202f", "\u00a0")
    return "".join(char for char in plain if char == "\n" or unicodedata.category(char) not in ("So", "Sk", "Cf", "Cs"))
