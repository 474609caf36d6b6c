"""How the system shares the processors among our processes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def without_preemption() -> Iterator[None]:
    """Processes started in the block get their fair share as all do, but do not interrupt others when they wake up.

    A statement wakes a session of PostgreSQL; where processors are few, that session would take the one that the sender
    has not done with, and both would begin again with cold caches. Without effect where the system has no such policy,
    or does not let us choose it.
    """
    if not hasattr(os, "SCHED_BATCH"):
        yield
        return
    # That of the calling thread alone, which what it starts inherits.
    former, priority = os.sched_getscheduler(0), os.sched_getparam(0)
    if former != os.SCHED_OTHER:
        yield
        return
    with suppress(OSError):
        os.sched_setscheduler(0, os.SCHED_BATCH, priority)
    try:
        yield
    finally:
        with suppress(OSError):
            os.sched_setscheduler(0, former, priority)
