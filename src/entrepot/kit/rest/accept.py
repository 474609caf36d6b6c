"""The Accept header: which format the answer takes, errors included.

Types are compared as they stand; a browser's default Accept yields XML. Unlike RFC 9110, `q=0` refuses nothing: such a
part is merely tried last. Source: Magento's `Framework/Webapi/Rest/Request` and `Framework/Webapi/Rest/Response`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from entrepot.kit.errors import WebapiError

Format = Literal["json", "xml"]

RENDERERS: dict[str, Format] = {
    "*/*": "json",
    "application/json": "json",
    "application/*": "json",
    "application/xml": "xml",
    "application/xhtml+xml": "xml",
    "text/xml": "xml",
    "text/*": "xml",
}

NOT_ACCEPTABLE = (
    "Server cannot match any of the given Accept HTTP header media type(s) from the request: "
    '"{first}" with media types from the config of response renderer.'
)

_TOKEN = r"[A-Za-z0-9!#$%&'*+.^_`|~-]+"  # noqa: S105 (RFC 9110's token, not a secret)
_MEDIA_TYPE = re.compile(rf"{_TOKEN}/{_TOKEN}")
_QUALITY = re.compile(r"[ \t]*q=([0-9]{0,3}\.?[0-9]{0,9})[ \t]*", re.IGNORECASE)


@lru_cache(maxsize=256)
def renderer(header: str | None) -> Format:
    """The format that the caller likes best; a 406 `WebapiError` when it likes none that we have."""
    types = _by_preference(header or "") or ["*/*"]
    for type_ in types:
        if type_ in RENDERERS:
            return RENDERERS[type_]
    raise WebapiError(NOT_ACCEPTABLE.format(first=types[0]), status=406)


def _by_preference(header: str) -> list[str]:
    """The media types of the header, best first; those of equal q as they came."""
    weighed: list[tuple[float, str]] = []
    for part in header.split(","):
        type_, *parameters = part.split(";")
        type_ = type_.strip(" \t")
        if _MEDIA_TYPE.fullmatch(type_):
            weighed.append((_quality(parameters), type_))
    return [type_ for _, type_ in sorted(weighed, key=lambda pair: -pair[0])]


def _quality(parameters: list[str]) -> float:
    """The q of a part: only its first parameter can be one, and an unreadable q counts as none, which is 1."""
    match = _QUALITY.fullmatch(parameters[0]) if parameters else None
    if match is None or not match[1].strip("."):
        return 1.0
    return float(match[1])
