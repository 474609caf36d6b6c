"""Memory that large bodies leave behind: the C library keeps what is free, as long as any of it is in use above."""

from __future__ import annotations

import asyncio
import ctypes
from contextlib import suppress

AFTER_S = 1.0
"""After the last of them: going through all memory takes some milliseconds."""


class Leftovers:
    """Given back to the system when no large body was there for a while."""

    _timer: asyncio.TimerHandle | None = None

    def clear_soon(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(AFTER_S, _give_back)


def _give_back() -> None:
    # Only glibc has it, and only glibc needs it.
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
