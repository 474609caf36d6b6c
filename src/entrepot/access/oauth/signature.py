"""The signature of a request: its base string, and the HMAC of that.

The address is signed exactly as it was sent, with its encoding, a trailing slash and `index.php`; only the scheme and
the host are put in lower case, and the port is left out where it is the usual one. Source: RFC 5849, 3.4.
"""

from __future__ import annotations

import hmac
from typing import Any

from msgspec import Struct
from oauthlib.oauth1.rfc5849 import signature

from entrepot.access.oauth.parameters import Pairs

rfc5849: Any = signature
"""Its stubs ask for less than it takes: dicts, which would lose parameters that come twice."""

USUAL_PORT = {"http": ":80", "https": ":443"}

METHODS = {
    "HMAC-SHA1": rfc5849.sign_hmac_sha1_with_client,
    "HMAC-SHA256": rfc5849.sign_hmac_sha256_with_client,
}


class Secrets(Struct, frozen=True):
    """The key of a signature: the consumer's secret, and that of its token where there is one yet."""

    client_secret: str
    resource_owner_secret: str = ""


def base_string(method: str, url: str, parameters: Pairs) -> str:
    """What is signed: `url` without query, from `base_url`; `parameters` decoded and in any order."""
    return str(rfc5849.signature_base_string(method, url, rfc5849.normalize_parameters(parameters)))


def base_url(scheme: str, host: str, path: str) -> str:
    """`host` with its port as in the Host header, `path` undecoded."""
    # A path is encoded once more as text, and so must be text: raw bytes in it are read as UTF-8, like in a query.
    text = path.encode("latin-1", "replace").decode("utf-8", "replace")
    return f"{scheme}://{host.strip().lower().removesuffix(USUAL_PORT.get(scheme, ''))}{text or '/'}"


def sign(signature_method: str, base: str, secrets: Secrets) -> str:
    """In base64. `signature_method` is one of `METHODS`."""
    return str(METHODS[signature_method](base, secrets))


def matches(signature_method: str, base: str, secrets: Secrets, given: str) -> bool:
    """Whether the signature is the right one, in a time that does not tell how much of it is."""
    return hmac.compare_digest(sign(signature_method, base, secrets).encode(), given.encode())
