"""States and statuses of orders (spec 60, 3.1). Every call that changes an order needs them: they are shared state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from entrepot.kit.context import Context
from entrepot.kit.db import Db
from entrepot.kit.shared import Shared
from entrepot.sales.queries import statuses as queries

NEW, PENDING_PAYMENT, PROCESSING, COMPLETE = "new", "pending_payment", "processing", "complete"
CLOSED, CANCELED, HOLDED, PAYMENT_REVIEW = "closed", "canceled", "holded", "payment_review"

FINISHED = frozenset({COMPLETE, CLOSED, CANCELED})
"""The states of which nothing is claimed from the stock any more."""


class Assignment(Struct, frozen=True):
    """A status that orders in a state may have."""

    status: str
    state: str
    is_default: bool
    visible_on_front: bool


class Label(Struct, frozen=True):
    status: str
    store_id: int | None
    """None for what it is called where a view has no name of its own for it."""
    label: str


class Statuses:
    """All there are."""

    def __init__(self, labels: Iterable[Label], assignments: Iterable[Assignment]) -> None:
        self.assignments = tuple(assignments)
        self.labels: Mapping[tuple[str, int | None], str] = {(one.status, one.store_id): one.label for one in labels}

    def is_of_state(self, status: str, state: str) -> bool:
        return any(one.status == status and one.state == state for one in self.assignments)

    def exists(self, status: str) -> bool:
        return (status, None) in self.labels

    def default_of(self, state: str) -> str:
        """What an order is called that comes into a state; the state's own name where nothing is assigned to it."""
        return next((one.status for one in self.assignments if one.state == state and one.is_default), state)

    def label(self, status: str, store_id: int | None = None) -> str:
        """As a store view calls it; the code of a status that does not exist any more."""
        return self.labels.get((status, store_id)) or self.labels.get((status, None)) or status


async def _load(db: Db) -> Statuses:
    return Statuses(await db.all(Label, queries.LABELS), await db.all(Assignment, queries.ASSIGNMENTS))


STATUSES: Shared[Statuses] = Shared("sales_statuses", load=_load)


def statuses(ctx: Context) -> Statuses:
    return ctx.shared(STATUSES)


def first_status(ctx: Context, method: str, store_id: int) -> str:
    """What a new order that is paid later by this method is called: as configured, if that is a status of the state."""
    known = statuses(ctx)
    configured = ctx.config(f"payment/{method}/order_status", store_id=store_id) or ""
    return configured if known.is_of_state(configured, NEW) else known.default_of(NEW)
