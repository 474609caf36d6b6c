"""What an operation knows beside its parameters: the transaction, the caller, the store view, the time.

`Services` is what one process has; `Context` is what one call has.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

from msgspec import Struct

from entrepot.kit.db import Database, Db
from entrepot.kit.events import Events
from entrepot.kit.intake import Intake
from entrepot.kit.scope import CONFIGURATION, STORES, StoreDirectory, StoreView, is_flag_set
from entrepot.kit.shared import Shared, SharedState, SharedStates
from entrepot.settings import Settings

if TYPE_CHECKING:
    from entrepot.kit.rest.operation import Operation

T = TypeVar("T")
P = ParamSpec("P")


class ActorType(IntEnum):
    """Magento's codes for the kinds of callers (spec 00-webapi, 8)."""

    INTEGRATION = 1
    ADMIN = 2
    CUSTOMER = 3
    GUEST = 4


FULL_ACCESS = "Magento_Backend::all"


class Actor(Struct, frozen=True):
    """Who calls. Administrators and integrations carry the resources of their role; others have none."""

    type: ActorType = ActorType.GUEST
    id: int = 0
    resources: frozenset[str] = frozenset()

    def may(self, resource: str) -> bool:
        """Whether the caller holds this one resource. There is no inheritance in the tree (spec 00-webapi, 9)."""
        return FULL_ACCESS in self.resources or resource in self.resources

    @property
    def has_full_access(self) -> bool:
        return FULL_ACCESS in self.resources

    @property
    def customer_id(self) -> int | None:
        """The calling customer's id; None for any other caller."""
        return self.id if self.type is ActorType.CUSTOMER else None


GUEST = Actor()
SYSTEM = Actor(ActorType.ADMIN, 0, frozenset({FULL_ACCESS}))
"""The program itself: the command line, jobs, and the Admin's own housekeeping."""


class Services:
    """What one process has: settings, database, listeners, and its copy of the shared state."""

    def __init__(self, settings: Settings, database: Database, events: Events | None = None) -> None:
        self.settings = settings
        self.database = database
        self.events = events or Events()
        self.intake = Intake(settings.max_body)
        self.states = SharedStates()
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)
        self.operations: Mapping[str, Operation] = {}
        """By route, for who has written one down and calls it later."""

    @asynccontextmanager
    async def work(self, actor: Actor = SYSTEM, store: str | int | None = None) -> AsyncIterator[Context]:
        """A transaction with its context, for all that is no REST call: pages, jobs, commands.

        `store` is a store view's code or id; without it the admin store. Raises LookupError for an unknown one.
        """
        async with self.database.transaction() as db:
            yield await self.context(db, actor, store)

    async def context(self, db: Db, actor: Actor = SYSTEM, store: str | int | None = None) -> Context:
        """A context over a transaction that is already open."""
        # What was read as the transaction began holds once: it may have changed the shared state itself since.
        version, db.version = db.version, None
        state = await self.states.current(db, version)
        return Context(self, db, state, actor, _find(state.get(STORES), store), self.clock())


def _find(stores: StoreDirectory, store: str | int | None) -> StoreView:
    if store is None:
        return stores.admin
    found = stores.by_code(store) if isinstance(store, str) else stores.by_id(store)
    if found is None:
        raise LookupError(f"no store view {store!r}")
    return found


class _Held:
    """The shared state of one transaction, which all its contexts have in common: a change shows in each of them."""

    __slots__ = ("state",)

    def __init__(self, state: SharedState) -> None:
        self.state = state


class Context:
    """One call: its transaction, caller, store view and time. The first argument of every operation."""

    __slots__ = ("_held", "actor", "base_url", "db", "forwarded_for", "now", "remote_address", "services", "store")

    def __init__(
        self,
        services: Services,
        db: Db,
        state: SharedState | _Held,
        actor: Actor,
        store: StoreView,
        now: datetime,
        remote_address: str = "",
        base_url: str | None = None,
        forwarded_for: str | None = None,
    ) -> None:
        self.services = services
        self.db = db
        self._held = state if isinstance(state, _Held) else _Held(state)
        self.actor = actor
        self.store = store
        self.now = now
        self.remote_address = remote_address
        self.base_url = base_url or f"http://{services.settings.host}:{services.settings.port}/"
        """Scheme, host and a slash, as the client addressed us."""
        self.forwarded_for = forwarded_for
        """What the client or a proxy says in `X-Forwarded-For`: for the record, as anybody may write it."""

    @property
    def settings(self) -> Settings:
        return self.services.settings

    @property
    def stores(self) -> StoreDirectory:
        return self._held.state.get(STORES)

    def shared(self, shared: Shared[T]) -> T:
        """A piece of shared state as of this transaction."""
        return self._held.state.get(shared)

    def derived(self, compute: Callable[Concatenate[Context, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What a function makes of shared state and these arguments alone, computed once for each state.

        Settings put together from many configuration values, above all. The function must look at nothing else that the
        context has: not at the time, the caller, the store view or the database.
        """
        known = self._held.state.derived
        key = (compute, args, tuple(kwargs.items()))
        if key not in known:
            known[key] = compute(self, *args, **kwargs)
        return cast(T, known[key])

    async def changed(self) -> None:
        """Say that stores, configuration, roles or attributes were changed by this transaction."""
        self._held.state = await self.services.states.changed(self.db)

    def config(self, path: str, *, store_id: int | None = None, website_id: int | None = None) -> str | None:
        """A configuration value in the store scope of the call, or of the store view or website named."""
        values = self._held.state.get(CONFIGURATION)
        if website_id is not None:
            return values.in_website(path, website_id)
        return values.in_store(path, self.store.id if store_id is None else store_id)

    def config_default(self, path: str) -> str | None:
        """A configuration value in the default scope."""
        return self._held.state.get(CONFIGURATION).in_default(path)

    def flag(self, path: str, *, store_id: int | None = None, website_id: int | None = None) -> bool:
        """A yes/no configuration value."""
        return is_flag_set(self.config(path, store_id=store_id, website_id=website_id))

    def in_store(self, store: StoreView, actor: Actor | None = None) -> Context:
        """The same call seen from another store view, or by another actor."""
        return Context(
            self.services,
            self.db,
            self._held,
            actor or self.actor,
            store,
            self.now,
            self.remote_address,
            self.base_url,
            self.forwarded_for,
        )

    async def publish(self, event: Struct) -> None:
        """Tell the listeners of this kind of event, in the same transaction."""
        await self.services.events.publish(self, event)

    def savepoint(self) -> Any:
        """`async with ctx.savepoint():` a part that may fail on its own."""
        return self.db.savepoint()
