"""To which addresses the shop may speak because somebody typed them in.

Who may save a webhook must not thereby reach what only the shop can reach: the database, other programs in the same
network, the service that tells a machine in the cloud its credentials.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

Address = IPv4Address | IPv6Address

LONGEST_URL = 2048
TRANSLATED = IPv6Network("64:ff9b::/96")
"""IPv4 addresses in the clothes of IPv6 (RFC 6052)."""
METADATA = frozenset({ip_address("fd00:ec2::254"), ip_address("100.100.100.200")})
"""Where clouds tell machines their credentials, beyond the link-local addresses."""
NEVER = (ip_network("0.0.0.0/8"), ip_network("169.254.0.0/16"), ip_network("fe80::/10"), ip_network("240.0.0.0/4"))


def web_address(url: str) -> SplitResult | None:
    """The parts of an http or https address without credentials and fragment; None for what is none."""
    if len(url) > LONGEST_URL or any(ord(letter) <= 32 or ord(letter) == 127 for letter in url):
        return None
    try:
        parts = urlsplit(url)
        # Reading the port is what finds one that is no number; the host must be one that a resolver can be asked for.
        is_usable = parts.port != 0 and bool(parts.hostname) and bool((parts.hostname or "").encode("idna"))
    except (ValueError, UnicodeError):
        return None
    is_plain = not parts.username and not parts.password and "#" not in url
    return parts if parts.scheme in ("http", "https") and is_usable and is_plain else None


def is_allowed(address: Address, *, private: bool) -> bool:
    """Whether deliveries may go there: always to the public internet, and with `private` to local networks too.

    Link-local addresses, where clouds keep their secrets, and what is no single host are never allowed.
    """
    if isinstance(address, IPv6Address) and (inner := _carried(address)):
        return is_allowed(inner, private=private)
    if address in METADATA or address.is_multicast or address.is_unspecified:
        return False
    if any(address.version == network.version and address in network for network in NEVER):
        return False
    return address.is_global or private


def is_allowed_host(host: str, *, private: bool) -> bool:
    """What can be said of a host before it is looked up: only of literal addresses and of localhost."""
    if host.rstrip(".").lower() == "localhost" or host.rstrip(".").lower().endswith(".localhost"):
        return private
    try:
        return is_allowed(ip_address(host), private=private)
    except ValueError:
        return True


def _carried(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address leads to in the end."""
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address.sixtofour:
        return address.sixtofour
    if address.teredo:
        return address.teredo[1]
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in TRANSLATED else None
