"""Asks a ClamAV daemon about each file, where one is set; while it does not answer, no file is taken."""

import io

import structlog
from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket

from bot.errors import RefusedEvidence
from bot.settings import settings

PATIENCE = 20.0  # seconds for one file
DEFAULT_PORT = 3310  # of clamd
log = structlog.get_logger(__name__)


def refuse_infected(content: bytes) -> None:
    """Let pass what the scanner finds clean, and everything where no scanner is set.

    Raises:
        RefusedEvidence: infected, or the scanner cannot tell: a file nobody checked must not reach an adviser's desk.
    """
    if not settings().clamd:
        return
    try:
        status, _ = _scanner(settings().clamd).instream(io.BytesIO(content)).get("stream", ("ERROR", None))
    except (ClamdError, OSError) as error:
        log.error("scanner_away", error=type(error).__name__)
        raise RefusedEvidence("evidence_unscanned") from error
    if status == "FOUND":
        log.warning("evidence_infected", size=len(content))
        raise RefusedEvidence("evidence_infected")
    if status != "OK":
        log.error("scanner_failed")
        raise RefusedEvidence("evidence_unscanned")


def _scanner(place: str) -> ClamdNetworkSocket:
    if place.startswith("/"):
        return ClamdUnixSocket(place, timeout=int(PATIENCE))
    host, _, port = place.partition(":")
    return ClamdNetworkSocket(host, int(port or DEFAULT_PORT), timeout=PATIENCE)
