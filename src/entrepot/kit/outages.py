"""Which errors the database is to blame for, and not who asked it. What they interrupt is worth another try."""

from __future__ import annotations

import psycopg
from psycopg.errors import IdleInTransactionSessionTimeout, ReadOnlySqlTransaction

OUTAGE = (psycopg.OperationalError, ReadOnlySqlTransaction, IdleInTransactionSessionTimeout)
"""It is away, shuts down, has changed places, is out of connections, memory or disk, others were in the way, or a time
limit was reached. psycopg's names for these are kinds of OperationalError, also those of its pool, but for two."""
