"""Numbers that a merchant sets: lifetimes, and how many failures are too many. Empty or 0 switches a limit off."""

from __future__ import annotations

import math
import re
from datetime import timedelta

_NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)


def number(value: str | None) -> float:
    """The number a text begins with, and 0 for a text without one, as Magento reads its settings."""
    found = _NUMBER.match(value or "")
    return float(found.group()) if found else 0.0


def count(value: str | None) -> int | None:
    """A positive whole number; None for no limit. What no column can count to is no limit either."""
    given = number(value)
    return int(given) if 1 <= given < 2**31 else None


def lifetime(value: str | None, unit: timedelta) -> timedelta | None:
    """So many units, fractions allowed; None for what never ends: empty, 0, negative, or longer than a century."""
    given = number(value)
    if given <= 0 or not math.isfinite(given) or given * unit.total_seconds() > 3_155_760_000:
        return None
    return given * unit
