"""Customizable Options: what a customer answers when buying the product, in rows of rows."""

from __future__ import annotations

from decimal import Decimal

from entrepot.admin.form import Row, Section, as_int, rows
from entrepot.admin.options import Option
from entrepot.admin.product_fields import NOT_A_NUMBER, amount, as_decimal
from entrepot.admin.product_panels import Editing, Panel, PlacedSection, Shown
from entrepot.catalog.contracts import CustomOption, CustomOptionValue, Product
from entrepot.catalog.options.errors import InvalidOption
from entrepot.catalog.options.types import TYPES, is_select

KEY = "options"
PLACE = 330
PRICE_TYPES = (Option("fixed", "Fixed"), Option("percent", "Percent"))
TITLE_NEEDED = "This is a required field."


async def _show(editing: Editing) -> Shown:
    found = _rows(editing)
    section = Section("product-options", "Customizable Options", template="product_options.html", is_open=bool(found))
    variables = {
        "rows": found,
        "types": [Option(code, one.label, one.group) for code, one in TYPES.items()],
        "price_types": PRICE_TYPES,
        "groups": {code: one.group for code, one in TYPES.items()},
    }
    return Shown([PlacedSection(PLACE, section)], variables=variables)


def _rows(editing: Editing) -> list[Row]:
    if (posted := editing.sent(KEY)) is not None:
        return rows(posted, KEY)
    return [_row(option) for option in (editing.product.options or () if editing.product else ())]


def _row(option: CustomOption) -> Row:
    return Row(
        {
            "option_id": str(option.option_id or ""),
            "title": option.title or "",
            "type": option.type or "field",
            "is_require": str(int(bool(option.is_require))),
            "sort_order": str(option.sort_order or 0),
            "price": amount(option.price, 2),
            "price_type": option.price_type or "fixed",
            "sku": option.sku or "",
            "max_characters": str(option.max_characters or ""),
            "file_extension": option.file_extension or "",
            "image_size_x": str(option.image_size_x or ""),
            "image_size_y": str(option.image_size_y or ""),
            "values": [
                Row(
                    {
                        "option_type_id": str(value.option_type_id or ""),
                        "title": value.title or "",
                        "sort_order": str(value.sort_order or 0),
                        "price": amount(value.price, 2),
                        "price_type": value.price_type or "fixed",
                        "sku": value.sku or "",
                    }
                )
                for value in option.values or ()
            ],
        }
    )


def _read(editing: Editing, product: Product) -> None:
    if editing.sent(KEY) is not None:
        product.options = [_option(editing, row, place) for place, row in enumerate(_rows(editing), start=1)]


def _option(editing: Editing, row: Row, place: int) -> CustomOption:
    type = row["type"]
    option = CustomOption(
        option_id=as_int(row["option_id"]),
        title=row["title"].strip(),
        type=type,
        is_require=row.get("is_require") == "1",
        sort_order=_order(row, place),
    )
    if not option.title:
        editing.wrong(KEY, f"Option Title: {TITLE_NEEDED}")
    if is_select(type):
        values = row.get("values") or []
        option.values = [_value(editing, value, number) for number, value in enumerate(values, start=1)]
        return option
    option.price = _price(editing, row)
    option.price_type = row.get("price_type") or "fixed"
    option.sku = row["sku"].strip() or None
    option.max_characters = _whole(editing, row, "max_characters")
    option.file_extension = row["file_extension"].strip() or None
    option.image_size_x = _whole(editing, row, "image_size_x")
    option.image_size_y = _whole(editing, row, "image_size_y")
    return option


def _value(editing: Editing, row: Row, place: int) -> CustomOptionValue:
    title = row["title"].strip()
    if not title:
        editing.wrong(KEY, f"Title: {TITLE_NEEDED}")
    return CustomOptionValue(
        option_type_id=as_int(row["option_type_id"]),
        title=title,
        sort_order=_order(row, place),
        price=_price(editing, row),
        price_type=row.get("price_type") or "fixed",
        sku=row["sku"].strip() or None,
    )


def _order(row: Row, place: int) -> int:
    """Rows without a number of their own follow each other as they stand."""
    number = as_int(row["sort_order"])
    return place if number is None else number


def _price(editing: Editing, row: Row) -> Decimal:
    """It may be negative; nothing is no surcharge."""
    text = row["price"]
    price = as_decimal(text) if text.strip() else Decimal(0)
    if price is None:
        editing.wrong(KEY, NOT_A_NUMBER)
    return price or Decimal(0)


def _whole(editing: Editing, row: Row, name: str) -> int | None:
    text = row.get(name, "").strip()
    number = as_int(text) if text else None
    if text and (number is None or number < 0):
        editing.wrong(KEY, NOT_A_NUMBER)
    return number


OPTIONS = Panel(KEY, _show, _read, refusals=(InvalidOption,))
