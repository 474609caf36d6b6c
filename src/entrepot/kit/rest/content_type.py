"""The Content-Type of a request body: which decoder reads it.

Source: Magento's `Framework/Webapi/Rest/Request::getContentType` and `Webapi/Controller/Rest/*Deserializer`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from entrepot.kit.errors import WebapiError

MediaType = Literal["json", "xml"]

DECODERS: dict[str, MediaType] = {
    "application/json": "json",
    "application/xml": "xml",
    "application/xhtml+xml": "xml",
    "text/xml": "xml",
}
"""Compared exactly: `Application/JSON` is not among them."""

# Nothing but a charset may follow the type, and it ends the header: what else comes is read as part of the charset.
_HEADER = re.compile(r"([A-Za-z0-9/+.-]+)(?:;[ \t]*charset=(.+))?", re.IGNORECASE | re.ASCII)


@lru_cache(maxsize=128)
def media_type(header: str | None) -> MediaType:
    """The decoder for a body with this Content-Type; a header that will not do is a `WebapiError` (400, never 415)."""
    value = (header or "").strip(" \t")
    if not value:
        raise WebapiError("Content-Type header is empty.")
    match = _HEADER.fullmatch(value)
    if match is None:
        raise WebapiError("Content-Type header is invalid.")
    type_, charset = match.groups()
    if charset is not None and charset.lower() != "utf-8":
        raise WebapiError("UTF-8 is the only supported charset.")
    if type_ not in DECODERS:
        raise WebapiError(f"Server cannot understand Content-Type HTTP header media type {type_}")
    return DECODERS[type_]
