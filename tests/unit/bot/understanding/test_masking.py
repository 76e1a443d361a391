"""What a stored message may and may not contain."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.understanding import mask
from bot.understanding.masking import CARD_MARK, CODE_MARK, NATIONAL_MARK, PASSWORD_MARK


@pytest.mark.parametrize(
    "told",
    [
        "4556 7375 8689 9855",
        "4556-7375-8689-9855",
        "4556.7375.8689.9855",
        "4556737586899855",
        "45567375 86899855",
        "3714 496353 98431",
        "4222222222222",
        "6703 4444 4444 4444 9",
        "1234 5678 9012 3456",
        "4556  7375  8689  9855",
        "４５５６ ７３７５ ８６８９ ９８５５",
        "4556\u00a07375\u00a08689\u00a09855",
        "4556\u200b7375\u200b8689\u200b9855",
    ],
)
def test_a_card_number_in_any_layout_is_masked(told: str) -> None:
    masked = mask(f"voici ma carte {told} merci")
    assert masked.text == f"voici ma carte {CARD_MARK} merci"
    assert masked.kinds == ("card",)


def test_a_card_glued_to_a_word_is_masked() -> None:
    assert mask("carte4556737586899855").text == f"carte{CARD_MARK}"


def test_a_card_followed_by_its_date_and_code_leaves_neither() -> None:
    masked = mask("4556 7375 8689 9855, 12/27, 456")
    assert masked.text == f"{CARD_MARK}, 12/27, {CODE_MARK}"
    assert masked.kinds == ("card", "code")


def test_a_day_and_a_sum_beside_a_card_survive() -> None:
    assert mask("le 3/11 4556 7375 8689 9855 850 €").text == f"le 3/11 {CARD_MARK} 850 €"


@pytest.mark.parametrize(
    "told", ["85.07.30-033.28", "85073003328", "85 07 30 033 28", "85.07.30.033.28", "850730-033-28"]
)
def test_a_national_number_is_masked(told: str) -> None:
    assert mask(f"je suis né, {told}, à Mons").text == f"je suis né, {NATIONAL_MARK}, à Mons"


def test_a_national_number_of_someone_born_after_2000_is_masked() -> None:
    body = "050612001"
    key = 97 - int("2" + body) % 97
    assert mask(f"{body}{key:02d}").kinds == ("national_number",)


def test_eleven_digits_with_a_wrong_key_are_not_a_national_number() -> None:
    assert mask("numéro 85073003327").kinds == ()


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("j'ai donné mon code pin 4821", f"j'ai donné mon code pin {CODE_MARK}"),
        ("PIN: 1234", f"PIN: {CODE_MARK}"),
        ("cvv 123 et puis rien", f"cvv {CODE_MARK} et puis rien"),
        ("le CVC est 087", f"le CVC est {CODE_MARK}"),
        ("le code c'était 482 913", f"le code c'était {CODE_MARK}"),
        ("482913 c'est le code itsme", f"{CODE_MARK} c'est le code itsme"),
        ("j'ai tapé 4821 comme code pin", f"j'ai tapé {CODE_MARK} comme code pin"),
        ("digipass 8392 1047", f"digipass {CODE_MARK}"),
        ("M1 12345678 M2 87654321", f"M1 {CODE_MARK} M2 {CODE_MARK}"),
        ("mot de passe 123456", f"mot de passe {CODE_MARK}"),
        ("le code reçu par sms 778812 et puis 998811", f"le code reçu par sms {CODE_MARK} et puis {CODE_MARK}"),
        ("mon code secret, 1234, je l'ai donné", f"mon code secret, {CODE_MARK}, je l'ai donné"),
    ],
)
def test_a_told_code_is_masked(told: str, kept: str) -> None:
    assert mask(told).text == kept
    assert set(mask(told).kinds) == {"code"}


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("mon mot de passe est hunter2", f"mon mot de passe est {PASSWORD_MARK}"),
        ("mdp: xxx", f"mdp: {PASSWORD_MARK}"),
        ("mot de passe: Soleil!23", f"mot de passe: {PASSWORD_MARK}"),
        ("mon mot de passe est « grand soleil »", f"mon mot de passe est « {PASSWORD_MARK} »"),
        ("password = Azerty", f"password = {PASSWORD_MARK}"),
        ("mon mdp facebook c'est Loulou1990.", f"mon mdp facebook c'est {PASSWORD_MARK}."),
    ],
)
def test_a_told_password_is_masked(told: str, kept: str) -> None:
    assert mask(told).text == kept


@pytest.mark.parametrize(
    "told",
    [
        "BE68 5390 0754 7034",
        "be68539007547034",
        "BE68 5390 0754 7035",
        "FR76 3000 6000 0112 3456 7890 189",
        "commande n° 4045123456789012 chez amazon",
        "numéro de suivi 323212345678901234567890",
        "colis bpost 3232123456789012",
        "mon gsm 0470 12 34 56 ou +32 470 12 34 56",
        "0032 470 12 34 56",
        "card stop 078 170 170",
        "mon dossier CC-4827-1930-5562-38",
        "du 12.10.2026 au 14.10.2026",
        "payé 1.250,50 € en 2026",
        "facebook.com/profile.php?id=100089123456789",
        "suivi JJBEA5300012345678",
        "communication +++090/9337/55493+++",
        "numéro BCE 0202.239.951",
        "j'ai donné mon code et il a pris 850 euros",
        "j'ai donné mon code et j'ai perdu 850",
        "code postal 4000 Liège",
        "code promo 2024",
        "itsme m'a demandé de confirmer à 14h30",
        "j'ai changé mon mot de passe mais ça marche plus",
        "mon mot de passe est changé",
        "mon mot de passe est trop simple",
        "on m'a demandé le code à 6 chiffres",
        "un appartement de 80 m2 à 1200 par mois",
        "j'ai donné le code, police 101 prévenue",
    ],
)
def test_what_a_claim_needs_survives(told: str) -> None:
    assert mask(told).text == told
    assert mask(told).kinds == ()


DIGITS = st.text(alphabet="0123456789 .-/:€", max_size=60)
WORDS = st.lists(
    st.sampled_from(
        [
            "code",
            "mot de passe est",
            "pin",
            "m1",
            "carte",
            "itsme",
            "c'est",
            "4821",
            "hunter2",
            "BE68",
            "5390",
            "07",
            "«",
            "]",
        ]
    ),
    max_size=12,
).map(" ".join)


@example("MOT DE PASS BE000000 CODE 0000")
@given(st.one_of(st.text(), DIGITS, WORDS))
def test_masking_never_raises_and_a_second_time_changes_nothing(text: str) -> None:
    once = mask(text)
    again = mask(once.text)
    assert again.text == once.text
    assert not again.kinds or again.kinds == once.kinds


@pytest.mark.parametrize("piece", ["1 ", "code ", "a", "A", "12 ", "mdp est ", "4556 7375 8689 9855 ", "a.b", "« "])
@pytest.mark.timeout(20)
def test_a_hostile_message_is_masked_in_bounded_time(piece: str) -> None:
    assert mask(piece * (20_000 // len(piece))).text  # as many characters as are kept of a message


def test_a_message_of_nothing_but_cards_is_masked_as_a_whole() -> None:
    assert mask("4556 7375 8689 9855 " * 300).text.strip() == CARD_MARK
