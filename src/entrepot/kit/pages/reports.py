"""The page for what nobody foresaw: it has a number, and the log has the rest under that number.

And the one for outages of the database, which pass.
"""

from __future__ import annotations

import traceback
from secrets import token_hex

import structlog
from starlette.requests import Request
from starlette.responses import Response

from entrepot.kit.intake import RETRY_AFTER_S
from entrepot.kit.outages import is_unsure, outage_behind, tell
from entrepot.kit.pages.templates import Templates

UNAVAILABLE = "The shop is not available at the moment"
TRY_AGAIN = "Please try again in a few seconds."
UNSURE = (
    "It is not known whether what you asked for was done. Please look in a few seconds, before you ask for it again."
)

log = structlog.get_logger("entrepot.pages")
_TEMPLATES = Templates()


def report(request: Request, error: Exception, *, developer_mode: bool) -> Response:
    """Log the error and answer with a 500, or with a 503 where the database was away.

    Needs neither a session nor the database, which may be what failed.
    """
    if (outage := outage_behind(error)) is not None:
        tell(log, outage, f"{request.method} {request.url.path}")
        return plain_page(503, UNAVAILABLE, text=UNSURE if is_unsure(outage) else TRY_AGAIN)
    number = token_hex(8)
    log.error("page failed", report=number, method=request.method, path=request.url.path, exc_info=error)
    trace = "".join(traceback.format_exception(error)) if developer_mode else None
    return plain_page(500, "There has been an error processing your request", number=number, trace=trace)


def plain_page(
    status: int, title: str, *, text: str | None = None, number: str | None = None, trace: str | None = None
) -> Response:
    """A page in no face's frame."""
    content = _TEMPLATES.render("kit/report.html", title=title, text=text, number=number, trace=trace)
    headers = {"retry-after": str(RETRY_AFTER_S)} if status == 503 else None
    return Response(content, status, headers, media_type="text/html; charset=utf-8")
