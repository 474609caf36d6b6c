"""State that nearly every call reads and hardly any call changes, kept in the process: stores, configuration, roles.

Its one surprising fact: nobody is told when it changes. Every transaction reads the version number as it begins, and a
process whose copy has another number loads it anew. So a change made anywhere, by any process, holds from the next
transaction on, and nothing can be stale after a write. (Calls and pages suppose that their copy is current, so that
they need not wait for the number: it comes with the answer to their first statement, and if it is another one, they
begin again. See `attempts.py`.)

A changed version comes from a sequence, which no rollback takes back. So a copy that was loaded inside a transaction
that failed carries a number that will never be current again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, ClassVar, Generic, TypeVar, cast

from entrepot.kit.db import Db

T = TypeVar("T")
Loader = Callable[[Db], Awaitable[T]]

BUMP = """
    update shared_version
    set version = nextval('shared_version_seq')
    returning version
"""

VERSION = "select version from shared_version"


class Shared(Generic[T]):
    """One named piece of shared state. Declared once, in a module; the owner gives it its loader.

    ROLES: Shared[Roles] = Shared("roles", load=load_roles)
    ...
    ctx.shared(ROLES)
    """

    declared: ClassVar[list[Shared[Any]]] = []

    def __init__(self, name: str, load: Loader[T] | None = None) -> None:
        self.name = name
        self.load = load
        Shared.declared.append(self)

    def __repr__(self) -> str:
        return f"Shared({self.name!r})"


class SharedState:
    """All shared state as of one version."""

    def __init__(self, version: int, values: dict[str, Any]) -> None:
        self.version = version
        self._values = values
        self.derived: dict[Any, Any] = {}
        """What was computed from it, see `Context.derived`. It goes with the state."""

    def get(self, shared: Shared[T]) -> T:
        return cast(T, self._values[shared.name])

    @classmethod
    async def load(cls, db: Db, version: int) -> SharedState:
        return cls(version, {s.name: await s.load(db) for s in Shared.declared if s.load is not None})


class SharedStates:
    """The copy that this process holds."""

    def __init__(self) -> None:
        self._current: SharedState | None = None

    @property
    def version(self) -> int | None:
        """That of the copy."""
        return self._current.version if self._current else None

    async def current(self, db: Db, version: int | None = None) -> SharedState:
        """The state as of now; `version` when the caller has read it already."""
        if version is None:
            version = await db.value(VERSION)
        if self._current is None or self._current.version != version:
            self._current = await SharedState.load(db, version)
        return self._current

    async def changed(self, db: Db) -> SharedState:
        """To be called by whoever changed what is shared, in the same transaction: others see it once that commits."""
        return await SharedState.load(db, await db.value(BUMP))
