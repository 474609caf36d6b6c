"""What an email address must look like (spec 20-customers, 5).

The top-level domain is not checked against a list: such lists age, and shops lose customers by them.
"""

from __future__ import annotations

import re

MAX_LOCAL_LENGTH = 64
MAX_HOST_LENGTH = 255
MAX_LENGTH = 255
"""That of the column."""

_PARTS = re.compile(r"(.+)@([^@]+)", re.DOTALL)
_DOT_ATOM = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_QUOTED = re.compile(r'"(?:[^"\\\r\n]|\\.)*"')
_LABEL = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")


def problems(email: str, label: str) -> list[str]:
    """The lines about a malformed address, `label` being the attribute's name in the store; empty for a good one."""
    parts = _PARTS.fullmatch(email)
    if parts is None or ".." in email:
        return [f'"{label}" is not a valid email address.']
    local, host = parts.groups()
    if len(local) > MAX_LOCAL_LENGTH or len(host) > MAX_HOST_LENGTH or len(email) > MAX_LENGTH:
        return [f'"{label}" uses too many characters.']
    found = []
    if not is_host_name(host):
        found.append(f'"{label}" is not a valid hostname.')
    if not (_DOT_ATOM.fullmatch(local) or _QUOTED.fullmatch(local)):
        found.append(f'"{label}" is not a valid email address.')
    return found


def is_email(text: str) -> bool:
    """Whether mail could be sent there, as far as its form says."""
    return not problems(text, "")


def is_host_name(host: str) -> bool:
    """Whether it is a DNS name with a dot; internationalised names count, IP addresses do not."""
    labels = host.split(".")
    if len(labels) < 2 or labels[-1].isdigit():
        return False
    return all(len(label) <= 63 and "_" not in label and _LABEL.fullmatch(label) for label in labels)
