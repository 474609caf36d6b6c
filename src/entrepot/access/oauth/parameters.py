"""The parameters of a signed request, read as they were sent: of its header, its query and its form body.

oauthlib's own parser refuses the raw brackets of `searchCriteria[pageSize]`, so the reading is ours. Names and values
are percent-decoded pair by pair and nothing else: a name with brackets is a name. Source: RFC 5849, 3.4.1.3 and 3.5.1.
"""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from entrepot.kit.rest.request import Request

Pairs = list[tuple[str, str]]

FORM = "application/x-www-form-urlencoded"

_PARAMETER = re.compile(r'([^\s=,"]+)\s*=\s*(?:"([^"]*)"|([^\s,"]*))')


def header_parameters(header: str | None) -> dict[str, str] | None:
    """The `oauth_*` parameters of `Authorization: OAuth name="value", ...`; None for any other header.

    The word is read in any case, quotes may be missing, and `realm` and whatever else is there does not count. Of a
    parameter that comes twice the last one holds.
    """
    scheme, _, rest = (header or "").strip().partition(" ")
    if scheme.lower() != "oauth":
        return None
    found = ((decoded(name), decoded(quoted or plain)) for name, quoted, plain in _PARAMETER.findall(rest))
    return {name: value for name, value in found if name.startswith("oauth_")}


def signed_readings(request: Request, header: dict[str, str]) -> list[Pairs]:
    """The parameters that the signature covers, in each way in which clients read their own query.

    A `+` in a query is a space to RFC 5849, and to Magento a plus sign. Clients are written against either, so both are
    read where there is one. A JSON body is not signed.
    """
    rest = [(name, value) for name, value in header.items() if name != "oauth_signature"]
    if request.headers.get("content-type", "").strip().lower().startswith(FORM):
        rest += pairs(request.body.decode("latin-1"), plus_is_space=True)
    readings = [[*rest, *pairs(request.query, plus_is_space=True)]]
    if "+" in request.query:
        readings.append([*rest, *pairs(request.query, plus_is_space=False)])
    return readings


def pairs(encoded: str, *, plus_is_space: bool) -> Pairs:
    """The pairs of `a=1&b=2`, in their order; one without `=` has an empty value, and empty ones do not count."""
    if plus_is_space:
        encoded = encoded.replace("+", " ")
    split = (part.partition("=") for part in encoded.split("&") if part)
    return [(decoded(name), decoded(value)) for name, _, value in split]


def decoded(text: str) -> str:
    """Percent-decoded UTF-8. `text` holds the bytes as they were sent, one character each."""
    return unquote_to_bytes(text.encode("latin-1", "replace")).decode("utf-8", "replace")
