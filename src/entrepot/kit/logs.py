"""Logs on standard error, of our code and of the libraries: one JSON object a line, or plain text on a terminal.

Callers give ids and counts, never passwords, tokens or texts of mails; tracebacks come without the values of variables.
"""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog

QUIET = ("procrastinate", "uvicorn", "psycopg", "psycopg.pool", "alembic", "asyncio", "fontTools")
"""Libraries that are heard from warnings on. procrastinate would else write down the arguments of every job."""

SHARED: tuple[Any, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
)


def configure_logs() -> None:
    """To be called when a process begins, before anything is logged. Standard output is for answers only."""
    render = _renderer()
    structlog.configure(
        processors=[*SHARED, render],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *SHARED],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                render,
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _renderer() -> Any:
    """Text for a person who looks on; they get no colours, which only some terminals show."""
    if sys.stderr.isatty():
        return structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    return structlog.processors.JSONRenderer()
