"""Why an order cannot be shipped so: what a caller is told, in this order (spec 60, 7.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Protocol

from entrepot.sales.open_order import NOTHING, OpenOrder
from entrepot.sales.shipments.draft import Draft
from entrepot.sales.states import NEVER_SHIPPED, can_ship, is_shipped_elsewhere, to_ship

WRONG_STATE = "A shipment cannot be created when an order has a status of {status}"
NOTHING_TO_SHIP = "The order does not allow a shipment to be created."
NO_PRODUCTS = "You can't create a shipment without products."
NOT_OF_ORDER = 'The shipment contains product SKU "{sku}" that is not part of the original order.'
TOO_MUCH = 'The quantity to ship must not be greater than the unshipped quantity for product SKU "{sku}".'
NO_NUMBER = "Please enter a tracking number."


class Numbered(Protocol):
    @property
    def track_number(self) -> str | None: ...


def faults(order: OpenOrder, draft: Draft, tracks: Iterable[Numbered]) -> list[str]:
    """All that speaks against a shipment; nothing if it can be made."""
    return [
        *order_faults(order),
        *([] if draft.lines else [NO_PRODUCTS]),
        *(NO_NUMBER for track in tracks if not track.track_number),
    ]


def order_faults(order: OpenOrder) -> list[str]:
    if order.state in NEVER_SHIPPED or order.is_virtual:
        return [WRONG_STATE.format(status=order.status)]
    return [] if can_ship(order) else [NOTHING_TO_SHIP]


def quantity_fault(order: OpenOrder, quantities: Mapping[int, Decimal], skus: Mapping[int, str | None]) -> str | None:
    """The first line that is none of the order, or asks for more than is left of it. `skus` are the caller's.

    Lines that are shipped with or as others ask for nothing themselves.
    """
    items = {item.item_id: item for item in order.items}
    for item_id, qty in quantities.items():
        item = items.get(item_id)
        if item is None:
            return NOT_OF_ORDER.format(sku=skus.get(item_id) or "")
        left = NOTHING if item.is_virtual or item.locked_do_ship else to_ship(order, item)
        if qty > left and not is_shipped_elsewhere(order, item):
            return TOO_MUCH.format(sku=item.sku or "")
    return None
