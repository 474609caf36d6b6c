"""The open connections of one process: as many as there may be, and the longest silent one makes room for the next.

A browser keeps its connections open for a minute after it has shown a page. They cost next to nothing and no visitor
may be locked out by them, so what is limited is not their number but what is worked on (`kit.intake`).
"""

from __future__ import annotations

import resource
from typing import Protocol

MOST = 4096
"""In one process, where its limit of open files allows it."""

OTHER_FILES = 256
"""What a process opens besides: connections to the database, mail and webhooks on their way, pictures, logs."""


class Droppable(Protocol):
    def drop(self) -> None:
        """Close at once, whatever is still to be sent."""


class Connections:
    """`most` may be open; each is in turn waiting for its client and worked for."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._open: set[Droppable] = set()
        self._waiting: dict[Droppable, None] = {}
        """For the client to say something, or to take what is sent: the longest silent first."""

    def opened(self, connection: Droppable) -> None:
        """Drops another one if there are too many. That is the new one itself when all others are worked for."""
        self._open.add(connection)
        self._waiting[connection] = None
        if len(self._open) > self.most:
            silent = next(iter(self._waiting))
            self.closed(silent)
            silent.drop()

    def closed(self, connection: Droppable) -> None:
        self._open.discard(connection)
        self._waiting.pop(connection, None)

    def heard(self, connection: Droppable) -> None:
        """The client has said something, and may have more to say."""
        if connection in self._waiting:
            self.waits(connection)

    def waits(self, connection: Droppable) -> None:
        """It is the client's turn."""
        if connection in self._open:
            self._waiting.pop(connection, None)
            self._waiting[connection] = None

    def works(self, connection: Droppable) -> None:
        """It is ours: a whole request is there."""
        self._waiting.pop(connection, None)


def allow_files() -> int:
    """How many files this process and its children may open from now on: what they need, if the system allows it."""
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST + OTHER_FILES
    if most != resource.RLIM_INFINITY:
        wanted = min(wanted, most)
    if allowed != resource.RLIM_INFINITY and allowed < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    return wanted


def most_connections(open_files: int) -> int:
    """How many a process may have that may open so many files."""
    return max(min(MOST, open_files - OTHER_FILES), 64)
