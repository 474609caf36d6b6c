"""Failures of the database that pass by themselves, told from those that are bugs.

They are answered with 503 and `Retry-After`, for load balancers and clients repeat what was answered so, and are logged
in one line: there is nothing to be learnt from where in the program they struck.
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import errors

from entrepot.kit.db import CommitLost

OUTAGE = (
    psycopg.OperationalError,
    errors.ReadOnlySqlTransaction,
    errors.IdleInTransactionSessionTimeout,
    errors.TransactionTimeout,
)
"""What psycopg calls them, to be excepted. It calls a few others so that come of what was asked, such as a text that is
too long for an index; `outage_behind` tells."""

CLASSES = ("08", "53", "57", "58")
"""Of SQLSTATE: the connection is lost; no room on the disk, no memory, no session left; somebody intervened, by a
shutdown, a cancellation or the time limit of a statement; a disk that fails."""

STATES = frozenset(
    {
        "25006",  # A server that only reads: after a failover it is the wrong one.
        "25P03",  # A transaction that was idle for too long, and
        "25P04",  # one that took too long: its session is gone with it.
        "40001",  # It could not be put in a row with others, and was tried again already;
        "40003",  # nobody knows whether it was;
        "40P01",  # it waited for others that waited for it.
        "55P03",  # A lock that could not be had in time.
    }
)


def outage_behind(error: BaseException | None) -> psycopg.Error | None:
    """The failure that passes and caused this error, if one did.

    Without SQLSTATE it is the connection: PostgreSQL did not come to say anything, or said it to nobody.
    """
    while error is not None:
        if isinstance(error, psycopg.Error) and _passes(error):
            return error
        error = error.__cause__
    return None


def tell(log: Any, outage: psycopg.Error, call: str) -> None:
    """One line in the log."""
    reason = str(outage).split("\n", 1)[0]
    log.error("the database could not answer", call=call, error=reason, sqlstate=outage.sqlstate)


def is_unsure(outage: psycopg.Error) -> bool:
    """Whether the call may have been done all the same."""
    return isinstance(outage, CommitLost)


def _passes(error: psycopg.Error) -> bool:
    state = error.sqlstate
    if state is None:
        return isinstance(error, psycopg.OperationalError)
    return state in STATES or state[:2] in CLASSES
