"""When a delivery is tried again, and when a webhook that fails is left alone for a while."""

from __future__ import annotations

from datetime import datetime, timedelta

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=24)
MOST_ATTEMPTS = 10
"""After 30 s, then three times the wait before, at most a day: the last attempt is 57 hours after the first."""

HOLD_AFTER = 3
"""So many attempts of a webhook fail in a row before it is the other side that is taken to be ill, not the delivery."""
FIRST_HOLD = timedelta(minutes=1)
LONGEST_HOLD = timedelta(minutes=15)

PAUSE_AFTER = timedelta(days=3)
"""A webhook of which nothing was taken for so long is paused."""


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """When to try a delivery again of which so many attempts (1 or more) failed; None once that was the last one."""
    if attempts >= MOST_ATTEMPTS:
        return None
    wait: timedelta = FIRST_WAIT * 3 ** (attempts - 1)
    return now + min(wait, LONGEST_WAIT)


def hold_until(failures: int, now: datetime) -> datetime | None:
    """Until when nothing at all is sent to a webhook whose last so many attempts failed."""
    if failures < HOLD_AFTER:
        return None
    wait: timedelta = FIRST_HOLD * 2 ** min(failures - HOLD_AFTER, 10)
    return now + min(wait, LONGEST_HOLD)


def is_to_pause(failing_since: datetime | None, now: datetime) -> bool:
    return failing_since is not None and now - failing_since >= PAUSE_AFTER
