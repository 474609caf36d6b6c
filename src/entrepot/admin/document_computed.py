"""What the form of a new document was told to come to: carried with the form, and compared before it is made.

A page says a sum, and its button makes a document of it. What was typed since, or was changed by somebody else, must
not make another document than the page says.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256
from typing import Protocol

from entrepot.kit.pages import formats
from entrepot.sales.open_order import OpenItem

COMPUTED = "computed"
"""The field that carries it."""
RECOMPUTED = "The totals have changed. Look at them, then submit again."
AMOUNTS = (
    "subtotal", "discount_amount", "shipping_amount", "tax_amount",
    "base_adjustment_positive", "base_adjustment_negative", "grand_total",
)  # fmt: skip


class Line(Protocol):
    @property
    def item(self) -> OpenItem: ...
    @property
    def qty(self) -> Decimal: ...


class Draft(Protocol):
    @property
    def lines(self) -> Sequence[Line]: ...


def computed_of(draft: Draft) -> str:
    """The same for drafts of the same quantities and amounts, however they were typed."""
    quantities = [f"{line.item.item_id}:{formats.plain(line.qty)}" for line in draft.lines if line.qty]
    amounts = [formats.plain(getattr(draft, name, None) or Decimal(0)) for name in AMOUNTS]
    return sha256(" ".join([*quantities, *amounts]).encode()).hexdigest()[:16]
