"""A claim's printable page and PDF, behind a signed link; whoever has the link sees the claim."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bot.claims.links import LIFETIME, read_token
from bot.claims.summary import summary_of
from bot.events.services import record
from bot.texts import contacts


@require_safe
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Show the claim, or say that the link is no longer valid."""
    claim = read_token(token)
    words: dict[str, object] = {"urgent": contacts()["card_stop"], "days": LIFETIME.days}
    if claim:
        record("claim_page_opened", claim.conversation, claim.pk)
        words |= {"claim": summary_of(claim), "token": token}
    return _private(render(request, "claim/page.html", words, status=200 if claim else 404))


@require_safe
def pdf(request: HttpRequest, token: str) -> HttpResponse:
    """Give the same as a PDF to keep."""
    from bot.claims.pdf import as_pdf  # late: its fonts and pictures take 45 MB, and few members ask for one

    claim = read_token(token)
    if claim is None:
        return page(request, token)
    response = HttpResponse(as_pdf(summary_of(claim)), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="dossier-{claim.reference}.pdf"'
    return _private(response)


def _private(response: HttpResponse) -> HttpResponse:
    """Keep it out of caches and search engines: others may use this computer too."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
