"""Sources in the order that the merchant gave them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from entrepot.inventory.source_selection.contracts import Address
from entrepot.inventory.source_selection.rules import take_in_order
from entrepot.inventory.source_selection.values import Offer, Pick
from entrepot.kit.context import Context


class ByPriority:
    """By the priority of the links between stock and sources, whatever the destination."""

    code = "priority"
    title = "Source Priority"
    description = "Algorithm which provides Source Selections based on predefined priority of Source"

    async def select(
        self, ctx: Context, wants: Mapping[str, Decimal], offer: Offer, destination: Address | None
    ) -> Sequence[Pick]:
        return take_in_order(offer.codes, offer, wants)
