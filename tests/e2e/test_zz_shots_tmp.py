import io, random
import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect
from tests.conversing import say as bot
from bot.conversations.models import Conversation
from tests.e2e.test_web_files import DOCUMENT, TOO_LARGE, DISGUISED, GIVE, attach, thumbnails

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def shot_png():
    im = Image.new("RGB", (700, 1400), "#eef")
    d = ImageDraw.Draw(im)
    for y in range(80, 1300, 90):
        d.rounded_rectangle((40, y, 40 + random.randint(200, 600), y + 60), 20, fill="#7aa")
    o = io.BytesIO()
    im.save(o, "PNG")
    return o.getvalue()


def wide():
    im = Image.effect_noise((1600, 700), 80).convert("RGB")
    o = io.BytesIO()
    im.save(o, "JPEG")
    return o.getvalue()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "w", "h"), [("small", 320, 640), ("phone", 390, 844), ("laptop", 1280, 800)])
def test_shots(page, complaints, scheme, name, w, h):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": w, "height": h})
    p = f"/tmp/webev/{name}-{scheme}"
    page.screenshot(path=f"{p}-1.png")
    page.get_by_label("Votre message").fill("J'ai reçu un faux SMS de ma banque, voici la capture")
    page.keyboard.press("Enter")
    expect(page.locator(".message.member[data-id]")).to_have_count(1)
    bot(Conversation.objects.get().pk, "Merci. Vous pouvez joindre une capture d'écran et la preuve du paiement.")
    attach(
        page,
        {"name": "Screenshot_20261122_221504_Messages.png", "mimeType": "image/png", "buffer": shot_png()},
        {"name": "panorama.jpg", "mimeType": "image/jpeg", "buffer": wide()},
        {**DOCUMENT, "name": "Extrait de compte novembre 2026 BNP Paribas Fortis.pdf"},
    )
    expect(thumbnails(page)).to_have_count(2)
    expect(page.locator("a.chip")).to_have_count(1)
    page.wait_for_timeout(400)
    page.screenshot(path=f"{p}-2.png")
    page.route("**/api/chat/evidence", lambda route: None)
    attach(page, TOO_LARGE, {**DOCUMENT, "name": "plainte.pdf", "buffer": DOCUMENT["buffer"]})
    page.wait_for_timeout(400)
    page.screenshot(path=f"{p}-3.png")
    page.evaluate("document.getElementById('drop').hidden=false")
    page.screenshot(path=f"{p}-4.png")
    page.screenshot(path=f"{p}-full.png", full_page=True)
    complaints.clear()
