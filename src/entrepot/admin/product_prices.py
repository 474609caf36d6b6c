"""Customer group prices and quantity discounts, in rows."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from entrepot.admin.form import Row, Section, as_int, rows
from entrepot.admin.option_sources import all_customer_groups, websites
from entrepot.admin.options import Option
from entrepot.admin.product_fields import amount, catalog_amount
from entrepot.admin.product_panels import Editing, Panel, PlacedSection, Shown
from entrepot.catalog.attributes.shared import PRICE_SCOPE, PRICES_PER_WEBSITE
from entrepot.catalog.contracts import Product, TierPrice, TierPriceExtension
from entrepot.catalog.prices.errors import DuplicateTierPrice, PercentageOutOfRange, TierPriceNegative
from entrepot.catalog.prices.tiers import ALL_GROUPS
from entrepot.kit.pages.typed import NOT_A_NUMBER, Digits, percent, quantity

KEY = "tier_prices"
PLACE = 401
"""After the group Advanced Pricing."""
TYPES = frozenset({"simple", "virtual", "bundle", "downloadable"})
KINDS = (Option("fixed", "Fixed"), Option("discount", "Discount"))
QTY_NEEDED = "Please enter a number greater than 0 in this field."


async def _show(editing: Editing) -> Shown:
    section = Section(
        "product-tier-prices", "Customer Group Price", template="product_prices.html", is_open=bool(_rows(editing))
    )
    per_website = editing.ctx.config_default(PRICE_SCOPE) == PRICES_PER_WEBSITE
    variables = {
        "rows": _rows(editing),
        "groups": [Option(str(ALL_GROUPS), "ALL GROUPS"), *await all_customer_groups(editing.ctx)],
        "websites": [Option("0", "All Websites"), *(websites(editing.ctx) if per_website else ())],
        "kinds": KINDS,
    }
    return Shown([PlacedSection(PLACE, section)], variables=variables)


def _rows(editing: Editing) -> list[Row]:
    if (posted := editing.sent(KEY)) is not None:
        return rows(posted, KEY)
    return [_row(price) for price in (editing.product.tier_prices or () if editing.product else ())]


def _row(price: TierPrice) -> Row:
    extension = price.extension_attributes or TierPriceExtension()
    is_discount = extension.percentage_value is not None
    return Row(
        {
            "website_id": str(extension.website_id or 0),
            "group": str(price.customer_group_id),
            "qty": amount(price.qty),
            "kind": "discount" if is_discount else "fixed",
            "amount": amount(extension.percentage_value) if is_discount else amount(price.value, 2),
        }
    )


def _read(editing: Editing, product: Product) -> None:
    if editing.sent(KEY) is not None:
        product.tier_prices = [_price(editing, row, place) for place, row in enumerate(_rows(editing))]


def _price(editing: Editing, row: Row, place: int) -> TierPrice:
    is_discount = row.get("kind") == "discount"
    qty = _number(editing, row, place, "qty", quantity, "Quantity", QTY_NEEDED)
    value = _number(editing, row, place, "amount", _share if is_discount else catalog_amount, "Amount or Percent")
    if qty is not None and qty <= 0:
        editing.wrong(_name(place, "qty"), QTY_NEEDED, f"Quantity {place + 1}")
    if is_discount and value == 0:
        # A discount of nothing would be read as a fixed price of nothing.
        editing.wrong(KEY, PercentageOutOfRange().rendered())
    return TierPrice(
        customer_group_id=as_int(row["group"]),
        qty=qty,
        value=Decimal(0) if is_discount else value,
        extension_attributes=TierPriceExtension(
            percentage_value=value if is_discount else None, website_id=as_int(row["website_id"]) or 0
        ),
    )


def _number(
    editing: Editing,
    row: Row,
    place: int,
    field: str,
    how: Callable[[str], Decimal],
    label: str,
    needed: str = NOT_A_NUMBER,
) -> Decimal | None:
    """None, with the reason at the field, for what is no number or is missing."""
    name, label = _name(place, field), f"{label} {place + 1}"
    if not row[field].strip():
        editing.wrong(name, needed, label)
    return editing.number(name, row[field], how, label=label, empty=None)


def _share(text: str) -> Decimal:
    """As its column holds it. Raises Mistyped."""
    return percent(text, Digits(14, 2))


def _name(place: int, field: str) -> str:
    return f"{KEY}[{place}][{field}]"


TIER_PRICES = Panel(
    KEY, _show, _read, refusals=(DuplicateTierPrice, TierPriceNegative, PercentageOutOfRange), types=TYPES
)
