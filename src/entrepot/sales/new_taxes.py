"""The tax rows of an order: what each rate came to, and what of it fell to each line and to shipping (spec 51, 5.4)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from entrepot.quotes import OpenCart
from entrepot.sales.new_order import NewTax, NewTaxItem
from entrepot.taxes import AppliedRate, AppliedTax

PRODUCT, SHIPPING = "product", "shipping"


def new_taxes(cart: OpenCart) -> tuple[list[NewTax], list[NewTaxItem]]:
    """A row for each rate of each group, and rows for each line and the shipping that they were applied to."""
    owner = cart.quote.owner
    taxes: list[NewTax] = []
    numbers: dict[tuple[str, str], int] = {}
    for process, (group, rate) in _numbered(owner.applied_taxes):
        numbers[group.id, rate.code] = len(taxes) + 1
        taxes.append(
            NewTax(
                tax_id=len(taxes) + 1,
                code=rate.code,
                title=rate.title,
                percent=rate.percent,
                priority=rate.priority,
                position=rate.position,
                process=process,
                amount=group.amount,
                base_amount=group.base_amount,
                base_real_amount=_share(group.base_amount, group, rate),
            )
        )
    items = [
        row
        for number, item in enumerate(cart.content.items, start=1)
        for row in _items(item.applied_taxes, numbers, PRODUCT, number)
    ]
    return taxes, items + list(_items(owner.shipping_applied_taxes, numbers, SHIPPING, None))


def _numbered(groups: list[AppliedTax]) -> Iterator[tuple[int, tuple[AppliedTax, AppliedRate]]]:
    return ((process, (group, rate)) for process, group in enumerate(groups) for rate in group.rates)


def _items(
    groups: list[AppliedTax], numbers: dict[tuple[str, str], int], kind: str, item_number: int | None
) -> Iterator[NewTaxItem]:
    for _, (group, rate) in _numbered(groups):
        yield NewTaxItem(
            tax_id=numbers[group.id, rate.code],
            item_id=item_number,
            taxable_item_type=kind,
            tax_percent=rate.percent,
            amount=group.amount,
            base_amount=group.base_amount,
            real_amount=_share(group.amount, group, rate),
            real_base_amount=_share(group.base_amount, group, rate),
        )


def _share(amount: Decimal, group: AppliedTax, rate: AppliedRate) -> Decimal:
    """What of a group's amount is due to one of its rates."""
    return amount / group.percent * rate.percent if group.percent else amount
