"""Checks what a bot asks of the Bot API, with an independent implementation's models (aiogram)."""

import json
import typing
from html.parser import HTMLParser
from typing import Any

from aiogram import methods
from aiogram.types import BufferedInputFile
from aiohttp.web import FileField

SERVED = {
    name[0].lower() + name[1:]: getattr(methods, name)
    for name in (
        *("GetMe", "GetUpdates", "SetWebhook", "DeleteWebhook", "SetMyCommands", "SendMessage", "SendChatAction"),
        *("AnswerCallbackQuery", "EditMessageReplyMarkup", "GetFile", "SendPhoto", "SendDocument"),
    )
}


class RefusedError(Exception):
    """The request is wrong, as the real API would say."""


class TelegramText(HTMLParser):
    """Reads Telegram's HTML strictly: known tags, well nested, only web links; `plain` is what people see."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.plain, self.links, self._open = "", [], []
        self.feed(html)
        self.close()
        if self._open:
            raise RefusedError("Bad Request: can't parse entities: unclosed tag")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"b", "i", "u", "s", "a", "code", "pre", "blockquote"}:
            raise RefusedError(f"Bad Request: can't parse entities: unsupported tag {tag}")
        if tag == "a":
            href = dict(attrs).get("href") or ""
            if not href.startswith(("http://", "https://", "tg://")):
                raise RefusedError("Bad Request: the real API would drop this link in silence")
            self.links.append(href)
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            raise RefusedError("Bad Request: can't parse entities: tags are not nested")

    def handle_data(self, data: str) -> None:
        self.plain += data


def keyboard_of(parameters: dict[str, Any]) -> list[list[dict[str, str]]]:
    """Return the rows of buttons as text and data."""
    rows = (parameters.get("reply_markup") or {}).get("inline_keyboard", [])
    for button in (button for row in rows for button in row):
        if not 1 <= len(button["callback_data"].encode()) <= 64 or not button["text"]:
            raise RefusedError("Bad Request: BUTTON_DATA_INVALID")
    return [[{"text": button["text"], "data": button["callback_data"]} for button in row] for row in rows]


def checked(method: str, form: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters as aiogram's model of the method takes them: no unknown one, none missing, types right."""
    model = SERVED.get(method)
    if model is None:
        raise RefusedError(f"Not Found: {method}")
    if unknown := set(form) - set(model.model_fields):
        raise RefusedError(f"Bad Request: unknown parameters {sorted(unknown)}")
    texts = {name for name, field in model.model_fields.items() if str in _leaves(field.annotation)}
    parameters = {name: _uploaded(value) if name in texts else json.loads(value) for name, value in form.items()}
    try:
        model.model_validate(parameters)
    except ValueError as error:
        raise RefusedError(f"Bad Request: {error}") from error
    return parameters


def _uploaded(value: Any) -> Any:
    """Return a file of the form as aiogram has it; texts are left alone."""
    return BufferedInputFile(value.file.read(), value.filename) if isinstance(value, FileField) else value


def _leaves(annotation: Any) -> set[Any]:
    """Return the types of a union, an optional or a plain annotation."""
    return set(typing.get_args(annotation)) or {annotation}
