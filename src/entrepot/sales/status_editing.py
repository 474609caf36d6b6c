"""Statuses made, named, and given to states (spec 60, 15.6)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from entrepot.kit.context import Context
from entrepot.kit.errors import NotFound, PlainRefusal, Refused, RequiredField
from entrepot.sales.queries import status_editing as queries
from entrepot.sales.queries import statuses as known_queries
from entrepot.sales.statuses import (
    CANCELED,
    CLOSED,
    COMPLETE,
    HOLDED,
    NEW,
    PAYMENT_REVIEW,
    PENDING_PAYMENT,
    PROCESSING,
    Assignment,
)

STATES: Mapping[str, str] = {
    NEW: "Pending",
    PENDING_PAYMENT: "Pending Payment",
    PROCESSING: "Processing",
    COMPLETE: "Complete",
    CLOSED: "Closed",
    CANCELED: "Canceled",
    HOLDED: "On Hold",
    PAYMENT_REVIEW: "Payment Review",
}
"""All states in the order in which orders go through them, and what they are called."""

CODE = re.compile(r"[a-zA-Z][a-zA-Z0-9_]{0,31}")
BAD_CODE = (
    "Please use only letters (a-z or A-Z), numbers (0-9) or underscore (_) in this field, and the first character "
    "should be a letter."
)


class StatusExists(Refused):
    message = "We found another order status with the same order status code."


class NoSuchStatus(NotFound):
    message = "We can't find this order status."


class LastStatusOfState(Refused):
    message = "The last status can't be changed and needs to stay assigned to its current state."


class StatusInUse(Refused):
    message = "The status can't be unassigned because the status is currently used by an order."


class InvalidStatusCode(PlainRefusal):
    def __init__(self) -> None:
        super().__init__(BAD_CODE)


async def create_status(ctx: Context, status: str, label: str, labels: Mapping[int, str]) -> None:
    """A status that no state has yet. `labels` are those of store views, by their ids; empty ones are left out.

    Raises RequiredField, InvalidStatusCode, StatusExists.
    """
    _check_label(label)
    if not CODE.fullmatch(status):
        raise InvalidStatusCode
    if await ctx.db.value(queries.INSERT, status=status, label=label.strip()) is None:
        raise StatusExists
    await _name(ctx, status, labels)


async def rename_status(ctx: Context, status: str, label: str, labels: Mapping[int, str]) -> None:
    """Say what a status is called; labels of store views that are not given are gone. Raises RequiredField,
    NoSuchStatus."""
    _check_label(label)
    if await ctx.db.value(queries.RENAME, status=status, label=label.strip()) is None:
        raise NoSuchStatus
    await _name(ctx, status, labels)


def _check_label(label: str) -> None:
    if not label.strip():
        raise RequiredField(field_name="label")


async def _name(ctx: Context, status: str, labels: Mapping[int, str]) -> None:
    named = {store_id: text.strip() for store_id, text in labels.items() if text.strip()}
    await ctx.db.execute(queries.DELETE_LABELS, status=status)
    if named:
        await ctx.db.execute(queries.INSERT_LABELS, status=status, store_ids=list(named), labels=list(named.values()))
    await ctx.changed()


async def assign_status(ctx: Context, status: str, state: str, *, is_default: bool, visible_on_front: bool) -> None:
    """Let orders in a state have a status. As default it takes the place of the one that was it; a state whose only
    status it is has it as default in any case. Raises NoSuchStatus, also for a state that there is not."""
    await ctx.db.execute(queries.LOCK)
    if state not in STATES or not await ctx.db.value(queries.EXISTS, status=status):
        raise NoSuchStatus
    await ctx.db.execute(
        queries.ASSIGN, status=status, state=state, is_default=is_default, visible_on_front=visible_on_front
    )
    if is_default:
        await ctx.db.execute(queries.NO_OTHER_DEFAULT, status=status, state=state)
    await ctx.db.execute(queries.SOME_DEFAULT, state=state)
    await ctx.changed()


async def unassign_status(ctx: Context, status: str, state: str) -> None:
    """Take a status away from a state; another one becomes the default if this was it.

    Raises:
        NoSuchStatus: the state does not have it.
        LastStatusOfState, StatusInUse.
    """
    await ctx.db.execute(queries.LOCK)
    assigned = [one for one in await ctx.db.all(Assignment, known_queries.ASSIGNMENTS) if one.state == state]
    if all(one.status != status for one in assigned):
        raise NoSuchStatus
    if len(assigned) == 1:
        raise LastStatusOfState
    if await ctx.db.value(queries.IS_USED, status=status, state=state):
        raise StatusInUse
    await ctx.db.execute(queries.UNASSIGN, status=status, state=state)
    await ctx.db.execute(queries.SOME_DEFAULT, state=state)
    await ctx.changed()
