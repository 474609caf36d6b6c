"""`/swagger`: the API document in a browser, with Swagger UI (spec 00-webapi, 12).

The page is one fixed text. Its script, from `/static/swagger/`, reads the document from `/rest/<store>/schema` with the
token that the visitor enters, so nothing of a request ever becomes part of the page.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

PAGE = Path(__file__).parents[1] / "static" / "swagger" / "swagger.html"

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        # Swagger UI's style sheet carries its pictures in itself.
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
"""The page holds a token: no script but our own runs in it, and it talks to nobody but us."""

HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cache-control": "no-cache",
}


def swagger_routes() -> list[Route]:
    """The page with and without a trailing slash. Its files are expected under `/static/`."""
    return [Route(path, show, methods=["GET"], include_in_schema=False) for path in ("/swagger", "/swagger/")]


async def show(request: Request) -> Response:
    """The store view named by `?store=` is read by the script."""
    return HTMLResponse(_page(), headers=HEADERS)


@cache
def _page() -> str:
    return PAGE.read_text(encoding="utf-8")
