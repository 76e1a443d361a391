"""The webhook: Telegram's calls are checked, stored, and then answered 200."""

import json
from typing import Any

import structlog
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from bot.channels.telegram.inbox import DATABASE_TROUBLE, accept
from bot.channels.telegram.sending import show_typing
from bot.settings import settings

SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the header's name
log = structlog.get_logger(__name__)


@csrf_exempt
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """Store one update. 403 without the secret; 503 while it cannot be stored, so that Telegram sends it again.

    All else is 200, even what is ignored or cannot be read: Telegram would repeat it for hours.
    """
    secret = settings().telegram_webhook_secret.get_secret_value()
    if settings().telegram_mode != "webhook" or not secret:
        raise Http404
    if not constant_time_compare(request.headers.get(SECRET, ""), secret):
        return HttpResponse(status=403)
    try:
        chat = accept(_update(request))
    except DATABASE_TROUBLE as error:
        log.error("telegram_update_not_stored", error=type(error).__name__)
        return HttpResponse(status=503)
    if chat is not None:
        show_typing(chat)
    return HttpResponse()


def _update(request: HttpRequest) -> dict[str, Any]:
    """Return the body's object, empty if there is none."""
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError, RequestDataTooBig, UnreadablePostError):
        body = None
    if isinstance(body, dict):
        return body
    log.warning("telegram_update_unreadable")
    return {}
