"""When wrong passwords lock an account (spec 20-customers, 6.5). Source: `Customer/Model/Authentication`."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct


class Failures(Struct, frozen=True):
    """The failed sign-ins of an account since the last success or the last lock that ran out."""

    failures_num: int = 0
    first_failure: datetime | None = None
    lock_expires: datetime | None = None

    def is_locked(self, now: datetime) -> bool:
        return self.lock_expires is not None and self.lock_expires > now


def after_failure(before: Failures, now: datetime, limit: int, lock_minutes: int) -> Failures:
    """The counters after one more wrong password; unchanged when either setting is 0, which disables the lock.

    There is no window of time: old failures count until a success, or a lock that has run out, starts anew. While
    an account is locked each further failure extends the lock.
    """
    if limit <= 0 or lock_minutes <= 0:
        return before
    count = before.failures_num + 1
    lock_is_over = before.lock_expires is not None and before.lock_expires <= now
    if count == 1 or before.first_failure is None or lock_is_over:
        return Failures(1, now, None)
    lock_expires = now + timedelta(minutes=lock_minutes) if count >= limit else before.lock_expires
    return Failures(count, before.first_failure, lock_expires)
