"""Files of products as they are given out: shown by the browser only where nothing in them can run."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import FileResponse

if TYPE_CHECKING:
    from entrepot.storefront.shop_page import ShopPage

DISPOSITION = "catalog/downloadable/content_disposition"
SHOWN_IN_PLACE = frozenset({"application/pdf", "text/plain"})
"""Beside pictures, sound and film: what a browser shows without running anything that is in it."""


def sent_file(page: ShopPage, path: Path) -> FileResponse:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    disposition = (page.ctx.config(DISPOSITION) or "inline") if _is_harmless(kind) else "attachment"
    return FileResponse(path, media_type=kind, filename=path.name, content_disposition_type=disposition)


def _is_harmless(kind: str) -> bool:
    """A page or a drawing with scripts would run as a page of the shop."""
    return kind in SHOWN_IN_PLACE or (kind.startswith(("image/", "audio/", "video/")) and "svg" not in kind)
