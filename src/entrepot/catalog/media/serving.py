"""Pictures over HTTP: /media/catalog/product/<file> as uploaded, .../cache/<size>/<file> in a size of the pages.

Those of categories, and logos, are served as they were uploaded, each from its own folder.
"""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from entrepot.catalog.media import files, folder, names, single_files, thumbnails
from entrepot.catalog.media.addresses import SIZES
from entrepot.catalog.media.pictures import in_thread
from entrepot.kit.context import GUEST, Services
from entrepot.kit.pages import PLAIN
from entrepot.kit.pages.reports import report

PATH = re.compile(rf"/media/catalog/product(?:/cache/(?P<size>[a-z]+))?(?P<file>{names.FILE.pattern})", re.IGNORECASE)
SINGLE = re.compile(
    rf"/media/(?P<file>(?:{'|'.join(map(re.escape, single_files.FOLDERS))}){names.FILE.pattern})", re.IGNORECASE
)
MAX_AGE_S = 30 * 24 * 3600
"""Not for ever: a name is free again once its file was removed."""

BEGINNINGS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png", b"GIF8": "image/gif"}


def media_app(services: Services) -> ASGIApp:
    """The application for all below /media."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        try:
            response = await _respond(services, request)
        except Exception as error:
            response = report(request, error, developer_mode=services.settings.developer_mode)
        await response(scope, receive, send)

    return app


async def _respond(services: Services, request: Request) -> Response:
    if request.method not in ("GET", "HEAD"):
        return PlainTextResponse("Method Not Allowed", 405, {**PLAIN, "allow": "GET, HEAD"})
    path = await _asked(services, request.scope["path"])
    found = await asyncio.to_thread(_seen, path) if path else None
    if path is None or found is None:
        return PlainTextResponse("Not Found", 404, {**PLAIN, "cache-control": "no-store"})
    headers = {
        **PLAIN,
        "etag": found.etag,
        "last-modified": format_datetime(found.modified_at, usegmt=True),
        "cache-control": f"public, max-age={MAX_AGE_S}",
        # Whoever opens a picture by itself gets nothing that runs.
        "content-security-policy": "default-src 'none'",
    }
    if _is_known(request, found):
        return Response(status_code=304, headers=headers)
    content = await asyncio.to_thread(_content, path)
    if content is None:
        return PlainTextResponse("Not Found", 404, {**PLAIN, "cache-control": "no-store"})
    kind = next((kind for start, kind in BEGINNINGS.items() if content.startswith(start)), "application/octet-stream")
    response = Response(b"" if request.method == "HEAD" else content, headers={**headers, "content-type": kind})
    response.headers["content-length"] = str(len(content))
    return response


async def _asked(services: Services, address: str) -> Path | None:
    if asked := PATH.fullmatch(address):
        return await _find(services, asked["file"], asked["size"])
    single = SINGLE.fullmatch(address)
    return await _find_single(services, single["file"]) if single else None


async def _find_single(services: Services, file: str) -> Path | None:
    path = single_files.path(services.settings, file)
    if not await asyncio.to_thread(path.is_file):
        async with services.work(GUEST) as ctx:
            if not await single_files.write_pending(ctx, file):
                return None
    return path


async def _find(services: Services, file: str, size: str | None) -> Path | None:
    """Where it lies, after it was written or made if need be. None for an unknown size or file."""
    if size is not None and size not in SIZES:
        return None
    root = folder.products(services.settings)
    original = folder.original(root, file)
    if not await asyncio.to_thread(original.is_file):
        async with services.work(GUEST) as ctx:
            if not await files.write_pending(ctx, file):
                return None
    return original if size is None else await in_thread(thumbnails.ensure, root, file, size)


class _Seen(Struct, frozen=True):
    etag: str
    modified_at: datetime
    """To the second, as in the header."""


def _seen(path: Path) -> _Seen | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return _Seen(f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"', datetime.fromtimestamp(int(stat.st_mtime), UTC))


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _is_known(request: Request, found: _Seen) -> bool:
    """Whether the client's copy is this one. A tag says more than a time (RFC 9110, 13.2.2)."""
    if tags := request.headers.get("if-none-match"):
        given = [tag.strip().removeprefix("W/") for tag in tags.split(",")]
        return found.etag in given or "*" in given
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except (TypeError, ValueError):
        return False
    return found.modified_at <= (since if since.tzinfo else since.replace(tzinfo=UTC))
