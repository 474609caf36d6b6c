"""A client that signs calls as RFC 5849 says, written from the RFC alone: the server's own code plays no part in it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from urllib.parse import unquote

UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
DIGESTS = {"HMAC-SHA1": hashlib.sha1, "HMAC-SHA256": hashlib.sha256}


@dataclass
class Signer:
    """The credentials of one client; without a token it signs the call for a request token."""

    key: str
    secret: str
    token: str | None = None
    token_secret: str = ""
    method: str = "HMAC-SHA256"
    plus_is_space: bool = True

    def header(
        self,
        verb: str,
        target: str,
        *,
        host: str = "shop.test",
        scheme: str = "http",
        form: str = "",
        changed: dict[str, str | None] | None = None,
        unsigned: dict[str, str] | None = None,
        **parameters: str,
    ) -> str:
        """An Authorization header.

        `changed` replaces or leaves out parameters before signing; `unsigned` replaces them in the finished header.
        """
        oauth: dict[str, str | None] = {
            "oauth_consumer_key": self.key,
            "oauth_nonce": secrets.token_hex(8),
            "oauth_signature_method": self.method,
            "oauth_timestamp": str(int(time.time())),
            "oauth_version": "1.0",
            "oauth_token": self.token,
            **parameters,
            **(changed or {}),
        }
        given = {name: value for name, value in oauth.items() if value is not None}
        path, _, query = target.partition("?")
        pairs = [*given.items(), *self._pairs(query, self.plus_is_space), *self._pairs(form, True)]
        base = base_string(verb, f"{scheme}://{host}{path}", pairs)
        given["oauth_signature"] = self.signature(base)
        for name in changed or {}:
            if name == "oauth_signature" and changed and changed[name] is None:
                del given["oauth_signature"]
        given |= unsigned or {}
        return "OAuth " + ", ".join(f'{name}="{encode(value)}"' for name, value in given.items())

    def signature(self, base: str) -> str:
        key = f"{encode(self.secret)}&{encode(self.token_secret)}"
        digest = hmac.new(key.encode(), base.encode(), DIGESTS.get(self.method, hashlib.sha256)).digest()
        return base64.b64encode(digest).decode()

    def _pairs(self, text: str, plus_is_space: bool) -> list[tuple[str, str]]:
        text = text.replace("+", "%20") if plus_is_space else text
        split = [part.split("=", 1) for part in text.split("&") if part]
        return [(unquote(part[0]), unquote(part[1]) if len(part) == 2 else "") for part in split]


def base_string(verb: str, url: str, pairs: list[tuple[str, str]]) -> str:
    """RFC 5849, 3.4.1."""
    encoded = sorted((encode(name), encode(value)) for name, value in pairs)
    normalised = "&".join(f"{name}={value}" for name, value in encoded)
    return "&".join([verb.upper(), encode(url), encode(normalised)])


def encode(text: str) -> str:
    """RFC 5849, 3.6."""
    return "".join(chr(byte) if chr(byte) in UNRESERVED else f"%{byte:02X}" for byte in text.encode())
