import base64

import pytest

from bot.waves.examples import hidden
from bot.waves.fields import DIMENSIONS, unpack
from bot.waves.finding import chance
from bot.waves.traits import is_strong, traits_of


def test_a_site_is_a_trait_however_it_is_written():
    assert traits_of("allez sur https://www.bpost-colis.top/x?y=1 vite") == ["site:bpost-colis.top"]
    assert "site:bpost-colis.top" in traits_of("le site BPOST-COLIS.TOP me demande ma carte")


def test_sites_that_honest_people_name_are_none():
    assert not [trait for trait in traits_of("c'était sur www.facebook.com et bol.com") if is_strong(trait)]


def test_a_number_is_kept_as_a_digest_and_known_again_in_another_form():
    first, second = traits_of("appel du 0470 12 34 56"), traits_of("le +32 470 12 34 56 m'a appelé")
    assert first == second
    assert "0470" not in first[0]


def test_a_sender_is_known_by_its_domain():
    assert "mail:secure-fortis.info" in traits_of("mail de claire@secure-fortis.info")


def test_a_shop_is_a_weak_trait():
    found = traits_of("j'ai commandé chez Zalando")
    assert [is_strong(trait) for trait in found] == [False]


@pytest.mark.parametrize(("count", "usual", "expected"), [(0, 2.0, 1.0), (1, 2.0, 0.8647), (5, 2.0, 0.0527)])
def test_the_chance_is_that_of_poisson(count, usual, expected):
    assert chance(count, usual) == pytest.approx(expected, abs=1e-4)


def test_a_vector_travels_as_bytes_and_comes_back_with_length_one():
    vector = unpack(base64.b64encode(bytes([127] * DIMENSIONS)).decode())
    assert sum(value * value for value in vector) == pytest.approx(1)


def test_a_vector_of_another_form_is_refused():
    with pytest.raises(ValueError, match="512"):
        unpack(base64.b64encode(b"abc").decode())


def test_examples_show_neither_numbers_nor_addresses_nor_introduced_names():
    told = "Bonjour, je m'appelle Jeanne Dupont, écrivez à jeanne@exemple.be ou au 0470/12.34.56, BE68 5390 0754 7034."
    shown = hidden(told)
    assert not any(secret in shown for secret in ("Jeanne", "Dupont", "exemple.be", "0470", "5390"))


def test_examples_hold_no_link_that_could_be_clicked():
    assert hidden("voyez https://bpost-colis.top/a") == "voyez https://bpost-colis[.]top/a"
