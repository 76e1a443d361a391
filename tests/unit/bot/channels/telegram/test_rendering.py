import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.rendering import LIMIT, parts


def html(markup: str) -> str:
    return "|".join(part.html for part in parts(markup))


@pytest.mark.parametrize(
    ("markup", "rendered"),
    [
        ("**Agissez**", "<b>Agissez</b>"),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("[**Safeonweb**](https://safeonweb.be/?a=1&b=2)", '<a href="https://safeonweb.be/?a=1&amp;b=2"><b>Safeonweb</b></a>'),
        ("[**078 170 170**](tel:+3278170170)", "<b>078 170 170</b> (+3278170170)"),
        ("**[112](tel:112) vite**", "<b>112</b><b> vite</b>"),
        ("[**a@b.be**](mailto:a@b.be)", "<b>a@b.be</b>"),
        ("[écrire](mailto:a@b.be)", "écrire (a@b.be)"),
        ("2 ** 3 et [x]", "2 ** 3 et [x]"),
        ("<script>", "&lt;script&gt;"),
        ("[x](javascript:alert)", "x"),
        ("   ", ""),
    ],
)  # fmt: skip
def test_markup_becomes_telegrams_html(markup, rendered):
    assert html(markup) == rendered


def test_long_text_is_split_between_words_with_styles_closed():
    found = parts("**" + "mot et " * 1500 + "fin**")

    assert len(found) == 3
    assert all(part.html.startswith("<b>") and part.html.endswith("</b>") for part in found)
    assert all(re.fullmatch(r"(mot|et|fin)( (mot|et|fin))*", part.plain) for part in found)


def test_paragraphs_are_kept_together():
    first, second = parts("a" * 3000 + "\n\n" + "b " * 1000)

    assert (first.plain, second.plain[0]) == ("a" * 3000, "b")


@given(st.text(alphabet="ab é\n*[]()😀<&", max_size=300), st.integers(1, 60))
def test_no_part_is_too_long_and_no_character_is_lost(text, times):
    found = parts(text * times)

    assert all(len(part.plain.encode("utf-16-le")) // 2 <= LIMIT for part in found)
    if not set("*[]") & set(text):
        assert "".join("".join(part.plain for part in found).split()) == "".join((text * times).split())
