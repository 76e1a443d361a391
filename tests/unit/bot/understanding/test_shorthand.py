"""Telephone shorthand in full words."""

import pytest

from bot.understanding.folding import fold
from bot.understanding.shorthand import spell_out


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("g fait un virement", "j ai fait un virement"),
        ("jrecois des msg tt le temps", "je recois des message tout le temps"),
        ("on ma volé 300", "on m a vole 300"),
        ("ils mont dit", "ils m ont dit"),
        ("chui au tel", "chui au tel".replace("chui", "je suis").replace("tel", "telephone")),
        ("jsp pk", "je sais pas pk"),
        ("un tel prix", "un tel prix"),
        ("ma carte", "ma carte"),
        ("le vendeur ma dit", "le vendeur ma dit"),
    ],
)
def test_shorthand_is_spelled_out(typed: str, said: str) -> None:
    assert spell_out(fold(typed)) == said
