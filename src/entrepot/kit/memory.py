"""Memory that large bodies leave behind: the C library keeps what is free, as long as any of it is in use above."""

from __future__ import annotations

import asyncio
import ctypes
from contextlib import suppress

AFTER_S = 1.0
"""So long none of them may have come: going through all memory takes some milliseconds."""


class Leftovers:
    """Given back to the system when no large body was there for a while."""

    def __init__(self) -> None:
        self._there = 0
        self._timer: asyncio.TimerHandle | None = None

    def __enter__(self) -> None:
        self._there += 1
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def __exit__(self, *_: object) -> None:
        self._there -= 1
        if not self._there:
            self._timer = asyncio.get_running_loop().call_later(AFTER_S, _give_back)


def _give_back() -> None:
    # Only glibc has it, and only glibc needs it.
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
