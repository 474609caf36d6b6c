"""What orders are filtered by and shown as: their statuses, and how they are paid."""

from __future__ import annotations

from collections.abc import Mapping

from entrepot.admin.grid.declare import Tone
from entrepot.admin.options import Option
from entrepot.kit.context import Context
from entrepot.quotes.payment_methods import methods
from entrepot.sales.statuses import (
    CANCELED,
    CLOSED,
    COMPLETE,
    HOLDED,
    NEW,
    PAYMENT_REVIEW,
    PENDING_PAYMENT,
    PROCESSING,
    statuses,
)

TONES: Mapping[str, Tone] = {
    NEW: "warn",
    PENDING_PAYMENT: "warn",
    PROCESSING: "warn",
    COMPLETE: "good",
    CLOSED: "plain",
    CANCELED: "bad",
    HOLDED: "bad",
    PAYMENT_REVIEW: "bad",
}
"""By state: what waits for the shop, what is done, and what has stopped."""


def order_statuses(ctx: Context) -> list[Option]:
    """All there are, by what they are called."""
    known = statuses(ctx)
    found = [Option(status, label) for (status, store_id), label in known.labels.items() if store_id is None]
    return sorted(found, key=lambda option: option.label)


def statuses_of(ctx: Context, state: str) -> list[Option]:
    """Those that orders in a state may have."""
    known = statuses(ctx)
    return [Option(one.status, known.label(one.status)) for one in known.assignments if one.state == state]


def payment_methods(ctx: Context) -> list[Option]:
    """Also those that are switched off: there are orders of before."""
    return [Option(code, ctx.config_default(f"payment/{code}/title") or code) for code in methods()]


TONES_OF_STATUSES: Mapping[str, Tone] = {"pending": TONES[NEW], **TONES, "fraud": "bad"}
"""By the statuses that every shop has."""
