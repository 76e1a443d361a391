import re
from datetime import timedelta

import pypdfium2
import pytest
from django.test import Client

from bot.claims import links
from bot.claims.draft import inert
from bot.claims.links import page_url
from bot.claims.models import Claim
from bot.claims.states import change_state
from bot.conversations.receiving import open_conversation
from bot.settings import settings
from tests.claims import exchange, open_one

pytestmark = pytest.mark.django_db(transaction=True)
STORY = "J'ai cliqué sur <b>https://faux.example/x</b>\net puis… 850 € ont disparu. Łukasz 😀"


@pytest.fixture
def claim(conversation) -> Claim:
    return open_one(conversation, amount_cents=85_000, police_report=False, story=STORY)


def path(claim: Claim) -> str:
    return page_url(claim).removeprefix("http://127.0.0.1:8000")


def text_of_pdf(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        pages = [document[number] for number in range(len(document))]
        text = "\n".join(page.get_textpage().get_text_range() for page in pages)
        return re.sub(r"\s+", " ", text)
    finally:
        document.close()


def test_the_page_shows_the_whole_claim_and_runs_nothing_of_it(claim):
    response = Client().get(path(claim))
    shown = response.content.decode()
    assert response.status_code == 200
    for expected in (claim.reference, "850,00", "attestation de dépôt de plainte", "à venir", "Ouvert"):
        assert expected in shown
    assert "<b>" not in shown
    assert "https://faux" not in shown
    assert "remboursé" not in shown


def test_page_and_pdf_say_how_a_closed_claim_ended(claim):
    assert "Issue" not in Client().get(path(claim)).content.decode()
    change_state(claim.pk, "closed", "sophie", "helped")
    assert "Issue : Aide apportée" in Client().get(path(claim)).content.decode()
    assert "Issue : Aide apportée" in text_of_pdf(Client().get(path(claim) + ".pdf").content)


def test_it_stays_out_of_caches_search_engines_and_other_sites(claim):
    response = Client().get(path(claim))
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]


def test_the_pdf_says_the_same(claim):
    response = Client().get(path(claim) + ".pdf")
    assert response["Content-Type"] == "application/pdf"
    assert f"dossier-{claim.reference}.pdf" in response["Content-Disposition"]
    text = text_of_pdf(response.content)
    for expected in (claim.reference, "850,00", "attestation de dépôt de plainte", "Łukasz", "€ ont disparu"):
        assert expected in text
    assert len(response.content) < 200_000


def test_a_long_story_makes_more_pages_and_loses_nothing(conversation):
    claim = open_one(conversation, story="mot " * 3000 + "FIN")
    content = Client().get(path(claim) + ".pdf").content
    document = pypdfium2.PdfDocument(content)
    count = len(document)
    document.close()
    assert count > 2
    text = text_of_pdf(content)
    assert "FIN" in text
    assert f"page {count}/{count}" in text


@pytest.mark.parametrize("suffix", ["", ".pdf"])
def test_a_forged_or_expired_link_or_one_to_a_claim_that_is_gone_is_a_404_in_french(claim, monkeypatch, suffix):
    good = path(claim)
    with monkeypatch.context() as patched:
        patched.setattr(links, "LIFETIME", timedelta(0))
        answers = [Client().get(good + suffix)]
    answers += [Client().get(f"/dossier/{token}{suffix}") for token in (good[9:-1] + "x", "x", claim.pk, "é.é.é")]
    Claim.objects.all().delete()
    answers.append(Client().get(good + suffix))
    for response in answers:
        assert response.status_code == 404
        assert "plus valable" in response.content.decode()
        assert claim.reference not in response.content.decode()


def test_the_chat_gives_the_link_to_its_own_claim_only(conversation, claim, monkeypatch):
    monkeypatch.setattr(settings(), "public_url", "https://chat.example.be/")
    (told,) = exchange(conversation, "", "claim_page")
    url = re.search(r"\((https://chat\.example\.be/dossier/[^)]+)\)", told.text)[1]
    assert Client().get(url.removeprefix("https://chat.example.be")).status_code == 200
    (told,) = exchange(open_conversation("web"), "", "claim_page")
    assert "dossier/" not in told.text


def test_links_lead_to_the_public_address_or_to_the_first_host(claim, monkeypatch):
    monkeypatch.setattr(settings(), "mode", "production")
    monkeypatch.setattr(settings(), "public_hosts", ["chat.example.be", "localhost"])
    assert page_url(claim).startswith("https://chat.example.be/dossier/")
    monkeypatch.setattr(settings(), "public_url", "https://other.example.be/")
    assert page_url(claim).startswith("https://other.example.be/dossier/")


def test_an_address_that_was_told_is_never_a_link(conversation):
    claim = open_one(conversation, ("insults", "doxxing"), url="https://faux.example/profil")
    shown = Client().get(path(claim)).content.decode()
    assert inert("https://faux.example/profil") in shown
    assert "https://faux.example" not in shown
