"""The styles and scripts of the pages: `/static/<name>`, from the package's own folder.

`url("storefront.css")` carries the hash of the content, so that a browser keeps the file for a year and still gets a
new one at once. Without the hash, or with an old one, the browser asks again each time and is answered by ETag.
"""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from entrepot.kit.pages.security import PLAIN

FOLDER = Path(__file__).parents[2] / "static"
PREFIX = "/static/"

CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
}
"""What is served, by the end of its name. Licences and the manifest are for those who have the package."""

FOREVER = "public, max-age=31536000, immutable"
ASK_FIRST = "public, no-cache"


class _File(Struct, frozen=True):
    changed_ns: int
    content: bytes
    packed: bytes
    digest: str


class Statics:
    """A folder of files that do not change while the program runs, but for a developer's."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._files: dict[str, _File] = {}

    def url(self, name: str) -> str:
        """Raises LookupError for a file that does not exist: a template's mistake."""
        file = self._find(name)
        if file is None:
            raise LookupError(f"no static file {name!r}")
        return f"{PREFIX}{name}?v={file.digest}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As an ASGI application, below whatever path it is mounted at."""
        request = Request(scope)
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        await self._respond(request, path.removeprefix(PREFIX).lstrip("/"))(scope, receive, send)

    def _respond(self, request: Request, name: str) -> Response:
        if request.method not in ("GET", "HEAD"):
            return PlainTextResponse("Method Not Allowed", 405, {**PLAIN, "allow": "GET, HEAD"})
        file = self._find(name)
        if file is None:
            return PlainTextResponse("Not Found", 404, PLAIN)
        is_current = request.query_params.get("v") == file.digest
        etag = f'"{file.digest}"'
        headers = {
            **PLAIN,
            "etag": etag,
            "cache-control": FOREVER if is_current else ASK_FIRST,
            "vary": "accept-encoding",
        }
        if etag in [given.strip().removeprefix("W/") for given in request.headers.get("if-none-match", "").split(",")]:
            return Response(status_code=304, headers=headers)
        content = file.content
        if len(file.packed) < len(content) and "gzip" in request.headers.get("accept-encoding", ""):
            content = file.packed
            headers["content-encoding"] = "gzip"
        headers["content-type"] = CONTENT_TYPES[Path(name).suffix]
        response = Response(b"" if request.method == "HEAD" else content, headers=headers)
        response.headers["content-length"] = str(len(content))
        return response

    def _find(self, name: str) -> _File | None:
        path = self._folder / name
        if Path(name).suffix not in CONTENT_TYPES or ".." in Path(name).parts or name.startswith("/"):
            return None
        try:
            changed_ns = path.stat().st_mtime_ns
        except (OSError, ValueError):
            return None
        known = self._files.get(name)
        if known is None or known.changed_ns != changed_ns:
            content = path.read_bytes()
            known = _File(
                changed_ns, content, gzip.compress(content, mtime=0), hashlib.sha256(content).hexdigest()[:16]
            )
            self._files[name] = known
        return known


STATIC = Statics()
"""Those of the package."""
