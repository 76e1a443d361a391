"""A local Bot API over real HTTP: true offsets, long polling, webhooks, and the ways Telegram misbehaves."""

import asyncio
import re
import threading
import time
from typing import Any

from aiogram.types import Update
from aiohttp import ClientSession, web

from tests.telegram_checks import RefusedError, TelegramText, checked, keyboard_of

TOKEN = "42:local-peer-token"
BOT = {"id": 42, "is_bot": True, "first_name": "Cyber Care", "username": "cyber_care_bot"}


class TelegramPeer:
    """What members do (`write`, `tap` …), what the bot did (`sent`, `calls`), and how Telegram misbehaves."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []  # chat_id, message_id, plain, html, keyboard (rows of {text, data})
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.wrong: list[str] = []  # requests that the real API would refuse: a test fails on any it does not expect
        self.webhook: dict[str, Any] = {}
        self.pushes: list[int] = []  # the status of each webhook call
        self.blocked: set[int] = set()
        self._failures: list[tuple[str, int, dict[str, Any]]] = []
        self._updates: list[dict[str, Any]] = []
        self._files: dict[str, bytes] = {}
        self._next = {"update": 1000, "message": 1, "query": 1, "file": 1}
        self._loop = asyncio.new_event_loop()
        self._closing = False
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        self._ready.wait(10)

    # What members do; each returns the update.

    def inject(self, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        """Queue an update of any kind, checked against aiogram's models; real ones come in this form."""
        update = {"update_id": self._count("update"), kind: content}
        Update.model_validate(update)
        self._updates.append(update)
        return update

    def write(self, text: str, chat: int = 7, **content: Any) -> dict[str, Any]:
        """Have a member write; a text that begins with `/` carries the entity that Telegram adds."""
        if text.startswith("/"):
            command = {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
            content["entities"] = [command]
        return self.inject("message", self.message(chat, text=text, **content))

    def send_photo(self, content: bytes, chat: int = 7, **more: Any) -> dict[str, Any]:
        """Have a member send a photo: two sizes, the small one broken on purpose."""
        sizes = [self._size(b"small", 90), self._size(content, 1280)]
        return self.inject("message", self.message(chat, photo=sizes, **more))

    def send_document(self, content: bytes, name: str, chat: int = 7, **more: Any) -> dict[str, Any]:
        """Have a member send a file."""
        document = {**self._file(content), "file_name": name, **more.pop("document", {})}
        return self.inject("message", self.message(chat, document=document, **more))

    def edit(self, update: dict[str, Any], text: str, later: int = 5) -> dict[str, Any]:
        """Have a member edit what they sent, `later` seconds after."""
        before = update["message"]
        return self.inject("edited_message", {**before, "text": text, "edit_date": before["date"] + later})

    def tap(self, data: str, message: dict[str, Any] | None = None, chat: int = 7) -> dict[str, Any]:
        """Have a member tap a button under a message the bot sent."""
        under = self.message(chat, message_id=(message or {"message_id": 1})["message_id"], text="…")
        query = {"id": str(self._count("query")), "from": _person(chat), "chat_instance": "1", "data": data}
        return self.inject("callback_query", {**query, "message": {**under, "from": BOT}})

    def message(self, chat: int = 7, **content: Any) -> dict[str, Any]:
        """Return a message from a member in their private chat, or in a group (negative id)."""
        kind = {"id": chat, "type": "private", "first_name": "Anne"} if chat > 0 else {
            "id": chat, "type": "supergroup", "title": "Famille"
        }  # fmt: skip
        head = {"message_id": self._count("message"), "date": int(time.time()), "chat": kind}
        return {**head, "from": _person(abs(chat)), **content}

    def repeat(self, update: dict[str, Any]) -> None:
        """Deliver an update once more, as Telegram may."""
        self._updates.append(update)

    # How Telegram misbehaves, and what was seen.

    def fail_next(self, method: str, status: int, **parameters: Any) -> None:
        """Have the next call of a method fail; status 0 answers after `seconds`; `done=True`: after doing it."""
        self._failures.append((method, status, parameters))

    @property
    def address(self) -> str:
        """Return the address to use as `telegram_api`."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def unacknowledged(self) -> list[dict[str, Any]]:
        """Return the updates that Telegram still keeps."""
        return list(self._updates)

    def texts(self, chat: int = 7) -> list[str]:
        """Return what a member sees, in order."""
        return [message["plain"] for message in self.sent if message["chat_id"] == chat]

    def called(self, method: str) -> list[dict[str, Any]]:
        """Return the parameters of each call of a method."""
        return [parameters for name, parameters in self.calls if name == method]

    def push(self, update: dict[str, Any] | None = None, secret: str | None = None) -> list[int]:
        """Call the webhook with what waits (or this update), repeating what is not answered 2xx; return statuses."""
        updates = [update] if update else list(self._updates)
        return asyncio.run_coroutine_threadsafe(self._push(updates, secret), self._loop).result(60)

    def close(self) -> None:
        """Stop listening."""
        asyncio.run_coroutine_threadsafe(self._cleanup(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    # The server.

    async def _cleanup(self) -> None:
        self._closing = True
        await self._runner.cleanup()
        await asyncio.sleep(0.05)  # the loop closes the sockets in its next rounds

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_post(f"/bot{TOKEN}/{{method}}", self._handle)
        app.router.add_get(f"/file/bot{TOKEN}/{{path:.+}}", self._download)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        self._loop.run_until_complete(self._runner.setup())
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        self._loop.run_until_complete(site.start())
        self.port = self._runner.addresses[0][1]
        self._ready.set()
        self._loop.run_forever()

    async def _handle(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        status, trouble = self._failure(method)
        if status and not trouble.pop("done", False):
            return _error(status, "on purpose", trouble)
        await asyncio.sleep(trouble.get("seconds", 0))
        try:
            parameters = checked(method, dict(await request.post()))
            self.calls.append((method, parameters))
            result = getattr(self, re.sub("([A-Z])", r"_\1", f"_{method}").lower())(parameters)
            result = await result if asyncio.iscoroutine(result) else result
        except PermissionError:
            return _error(403, "Forbidden: bot was blocked by the user")
        except RefusedError as refusal:
            self.wrong.append(f"{method}: {refusal}")
            return _error(400, str(refusal))
        return _error(status, "after the fact") if status else web.json_response({"ok": True, "result": result})

    def _failure(self, method: str) -> tuple[int, dict[str, Any]]:
        for failure in self._failures:
            if failure[0] == method:
                self._failures.remove(failure)
                return failure[1], failure[2]
        return 0, {}

    def _get_me(self, parameters: dict[str, Any]) -> Any:
        return BOT

    async def _get_updates(self, parameters: dict[str, Any]) -> Any:
        """Forget what lies before the offset, then wait for news as long as asked."""
        offset = int(parameters.get("offset") or 0)
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        deadline = time.monotonic() + int(parameters.get("timeout") or 0)
        while not self._updates and time.monotonic() < deadline and not self._closing:
            await asyncio.sleep(0.01)
        return self._updates[: int(parameters.get("limit") or 100)]

    def _set_webhook(self, parameters: dict[str, Any]) -> Any:
        self.webhook = parameters
        return True

    def _delete_webhook(self, parameters: dict[str, Any]) -> Any:
        if parameters.get("drop_pending_updates"):
            self._updates.clear()
        self.webhook = {}
        return True

    def _set_my_commands(self, parameters: dict[str, Any]) -> Any:
        return True

    def _send_message(self, parameters: dict[str, Any]) -> Any:
        chat = int(parameters["chat_id"])
        if chat in self.blocked:
            raise PermissionError
        html = parameters["text"]
        plain = TelegramText(html).plain if parameters.get("parse_mode") == "HTML" else html
        if not plain.strip() or len(plain.encode("utf-16-le")) // 2 > 4096:
            raise RefusedError("Bad Request: message text is empty or too long")
        keyboard = keyboard_of(parameters)
        message = self.message(chat, text=plain)
        seen = {"chat_id": chat, "message_id": message["message_id"], "plain": plain, "html": html}
        self.sent.append({**seen, "keyboard": keyboard})
        return {**message, "from": BOT}

    def _send_photo(self, parameters: dict[str, Any]) -> Any:
        return self._given(parameters, "photo")

    def _send_document(self, parameters: dict[str, Any]) -> Any:
        return self._given(parameters, "document")

    def _given(self, parameters: dict[str, Any], kind: str) -> Any:
        """Take a file from the bot; `sent` has its name as `plain`, its bytes as `content`."""
        chat, file = int(parameters["chat_id"]), parameters[kind]
        if chat in self.blocked:
            raise PermissionError
        described = self._size(file.data, 90) if kind == "photo" else self._file(file.data)
        message = self.message(chat, **{kind: [described] if kind == "photo" else described})
        seen = {"chat_id": chat, "message_id": message["message_id"], "plain": file.filename, "html": ""}
        self.sent.append({**seen, "kind": kind, "content": file.data, "keyboard": keyboard_of(parameters)})
        return {**message, "from": BOT}

    def _send_chat_action(self, parameters: dict[str, Any]) -> Any:
        return True

    def _answer_callback_query(self, parameters: dict[str, Any]) -> Any:
        if len(parameters.get("text") or "") > 200:
            raise RefusedError("Bad Request: text is too long")
        return True

    def _edit_message_reply_markup(self, parameters: dict[str, Any]) -> Any:
        for message in self.sent:
            if message["message_id"] == int(parameters["message_id"]):
                message["keyboard"] = keyboard_of(parameters)
                return self.message(message["chat_id"], text=message["plain"])
        raise RefusedError("Bad Request: message to edit not found")

    def _get_file(self, parameters: dict[str, Any]) -> Any:
        content = self._files.get(parameters["file_id"])
        if content is None:
            raise RefusedError("Bad Request: wrong file_id")
        return {**_described(parameters["file_id"], content), "file_path": f"photos/{parameters['file_id']}"}

    async def _download(self, request: web.Request) -> web.Response:
        status, trouble = self._failure("download")
        if status:
            return web.Response(status=status)
        await asyncio.sleep(trouble.get("seconds", 0))
        return web.Response(body=self._files[request.match_info["path"].rpartition("/")[2]])

    async def _push(self, updates: list[dict[str, Any]], secret: str | None) -> list[int]:
        statuses: list[int] = []
        token = self.webhook.get("secret_token") if secret is None else secret
        headers = {"X-Telegram-Bot-Api-Secret-Token": token} if token else {}
        async with ClientSession() as session:
            for update in updates:
                async with session.post(self.webhook["url"], json=update, headers=headers) as response:
                    statuses.append(response.status)
                    if response.status // 100 == 2 and update in self._updates:
                        self._updates.remove(update)
        return statuses

    def _count(self, what: str) -> int:
        self._next[what] += 1
        return self._next[what]

    def _file(self, content: bytes) -> dict[str, Any]:
        file_id = f"file-{self._count('file')}"
        self._files[file_id] = content
        return _described(file_id, content)

    def _size(self, content: bytes, width: int) -> dict[str, Any]:
        return {**self._file(content), "width": width, "height": width}


def _described(file_id: str, content: bytes) -> dict[str, Any]:
    return {"file_id": file_id, "file_unique_id": f"u-{file_id}", "file_size": len(content)}


def _person(id_: int) -> dict[str, Any]:
    return {"id": id_, "is_bot": False, "first_name": "Anne", "language_code": "fr"}


def _error(status: int, description: str, parameters: dict[str, Any] | None = None) -> web.Response:
    body = {"ok": False, "error_code": status, "description": description, "parameters": parameters or None}
    return web.json_response({key: value for key, value in body.items() if value is not None}, status=status)
