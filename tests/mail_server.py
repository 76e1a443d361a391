"""A real mail server on loopback that keeps what it takes."""

import socket
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller


@dataclass
class Mailbox:
    """What arrived; the next `refusals` messages are put off with 451."""

    messages: list[EmailMessage] = field(default_factory=list)
    refusals: int = 0

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Take or put off one message."""
        if self.refusals:
            self.refusals -= 1
            return "451 try again later"
        parsed = message_from_bytes(envelope.content, policy=policy.default)
        self.messages.append(cast(EmailMessage, parsed))
        return "250 taken"


class MailServer:
    """Starts at once; `url` is for CYBERCARE_SMTP_URL."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.box = Mailbox()
        self.url = f"smtp://127.0.0.1:{port}"
        self._controller = Controller(self.box, hostname="127.0.0.1", port=port)
        self._controller.start()

    def stop(self) -> None:
        """Stop listening."""
        self._controller.stop()


def text_of(message: EmailMessage, kind: str = "plain") -> str:
    """Return the plain or HTML part."""
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")
