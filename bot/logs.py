"""Structured logs of every process: one JSON object a line on standard error, without personal data.

Call `configure()` once when a process starts, then `structlog.get_logger(__name__).info("claim_opened", claim=...)`.
"""

import logging
import re
import sys
import traceback
from typing import Any, TextIO

from bot.imports import without

with without("rich"):  # structlog 25 would draw tracebacks on terminals with it: 3 MB
    import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

CLAIM_LINK = re.compile(r"(/dossier/)\S+")
OUR_LEVEL, FOREIGN_LEVEL = logging.INFO, logging.WARNING


class StandardError(logging.StreamHandler[TextIO]):
    """Writes to what standard error is now, not to what it was when the handler was made."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        """Return the present standard error."""
        return sys.stderr


def configure() -> None:
    """Send our logs (INFO) and those of libraries (WARNING: their lower levels print addresses and texts) there."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        describe_error,
        hide_links,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = StandardError()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    _take_over(handler)


def logger(name: str) -> Any:
    """Return a logger for the module that a process begins with; importing this one first leaves `rich` out."""
    return structlog.get_logger(name)


def describe_error(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace an exception by its class and where it happened: its message may quote what a member wrote."""
    given = event.pop("exc_info", None)
    if not given:
        return event
    error = given if isinstance(given, BaseException) else (given if isinstance(given, tuple) else sys.exc_info())[1]
    if error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        event["error"] = type(error).__name__
        event["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:]]
    return event


def hide_links(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Leave out of addresses what opens a claim: Django logs the path of each request that failed."""
    event["event"] = CLAIM_LINK.sub(r"\1…", str(event["event"]))
    return event


def _take_over(handler: logging.Handler) -> None:
    """Make `handler` the only one; loggers of servers that brought their own pass theirs on."""
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(FOREIGN_LEVEL)
    for name in ("bot", "actions"):
        logging.getLogger(name).setLevel(OUR_LEVEL)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "django", "django.server"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
        logger.setLevel(FOREIGN_LEVEL)
