"""An installation of its own for the conversations: one that sends e-mail, so that members are asked for an address."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests.conversations.adviser import Adviser
from tests.mail_server import MailServer
from tests.stack import Stack
from tests.telegram_peer import TOKEN, TelegramPeer


@pytest.fixture(scope="module")
def mail() -> Iterator[MailServer]:
    """Start the mail server that acknowledgements and one-time codes go to."""
    server = MailServer()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def peer() -> Iterator[TelegramPeer]:
    """Start a Bot API; in the end, no request to it may have been wrong."""
    peer = TelegramPeer()
    yield peer
    peer.close()
    assert peer.wrong == []


@pytest.fixture(scope="module")
def mailing_stack(mail: MailServer, peer: TelegramPeer) -> Iterator[Stack]:
    """Start the installation; in the end, nothing that members wrote may stand in a log."""
    env = {
        "CYBERCARE_TELEGRAM_TOKEN": TOKEN,
        "CYBERCARE_TELEGRAM_API": peer.address,
        "CYBERCARE_SMTP_URL": mail.url,
    }
    running = Stack(Path(mkdtemp(prefix="cybercare-")) / "var", env=env)
    try:
        running.start().rows("SELECT 1")  # connects before several threads may do so at once
        yield running
    finally:
        code = running.stop()
    assert code == 0, running.output
    assert running.leaks() == []
    shutil.rmtree(running.var.parent)  # kept where something failed


@pytest.fixture(scope="module")
def adviser(mailing_stack: Stack) -> Iterator[Adviser]:
    """Return an adviser who is signed in."""
    adviser = Adviser(mailing_stack)
    yield adviser
    adviser.http.close()
