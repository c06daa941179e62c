"""The service's own log on standard error: words on a terminal, one JSON object a line otherwise; never a secret."""

from __future__ import annotations

import logging
import sys
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from scheduler.domain.shown import shown

SECRET_WORDS = ("secret", "token", "password", "authorization", "api_key", "database_url")
# APScheduler warns of each tick that finds the one before it at work, which is how ticks are meant to be.
LIBRARIES = {"apscheduler": logging.ERROR, "alembic": logging.WARNING, "sqlalchemy": logging.WARNING}


def printable(_: WrappedLogger, __: str, record: EventDict) -> EventDict:
    """Takes out of every word what could steer a terminal: file names and articles are written by anybody."""
    return {key: shown(value) if isinstance(value, str) else value for key, value in record.items()}


def redact(_: WrappedLogger, __: str, record: EventDict) -> EventDict:
    """Blanks every field whose name says that it is a secret."""
    return {key: "…" if _is_secret(key) else value for key, value in record.items()}


def _is_secret(key: str) -> bool:
    return any(word in key.lower() for word in SECRET_WORDS)


def configure(stream: TextIO = sys.stderr) -> None:
    """Sends our records and the libraries' warnings to `stream`."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        redact,
        printable,
    ]
    renderer: Processor = structlog.dev.ConsoleRenderer() if stream.isatty() else structlog.processors.JSONRenderer()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                renderer,
            ],
            foreign_pre_chain=shared,
        )
    )
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name, level in LIBRARIES.items():
        logging.getLogger(name).setLevel(level)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def event(what: str, /, **fields: object) -> None:
    """One record, after `configure`."""
    structlog.stdlib.get_logger("quotidian").info(what, **fields)
