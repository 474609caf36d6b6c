"""Customizable Options: what a customer answers when buying the product, in rows of rows."""

from __future__ import annotations

from decimal import Decimal

from entrepot.admin.form import Row, Section, as_int, rows
from entrepot.admin.options import Option
from entrepot.admin.product_fields import amount, catalog_amount
from entrepot.admin.product_panels import Editing, Empty, Panel, PlacedSection, Shown
from entrepot.catalog.contracts import CustomOption, CustomOptionValue, Product
from entrepot.catalog.options.errors import InvalidOption
from entrepot.catalog.options.types import TYPES, is_select
from entrepot.kit.pages.typed import whole

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
        product.options = [_option(editing, row, place) for place, row in enumerate(_rows(editing))]


def _option(editing: Editing, row: Row, place: int) -> CustomOption:
    type, name, what = row["type"], f"{KEY}[{place}]", row["title"].strip() or f"option {place + 1}"
    option = CustomOption(
        option_id=as_int(row["option_id"]),
        title=row["title"].strip(),
        type=type,
        is_require=row.get("is_require") == "1",
        sort_order=_whole(editing, row, name, "sort_order", f"Position of {what}", place + 1),
    )
    if not option.title:
        editing.wrong(KEY, f"Option Title: {TITLE_NEEDED}")
    if is_select(type):
        values = row.get("values") or []
        option.values = [
            _value(editing, value, f"{name}[values][{number}]", number + 1, what) for number, value in enumerate(values)
        ]
        return option
    option.price = _price(editing, row, name, f"Price of {what}")
    option.price_type = row.get("price_type") or "fixed"
    option.sku = row["sku"].strip() or None
    option.max_characters = _whole(editing, row, name, "max_characters", f"Max Characters of {what}", None)
    option.file_extension = row["file_extension"].strip() or None
    option.image_size_x = _whole(editing, row, name, "image_size_x", f"Maximum Image Width of {what}", None)
    option.image_size_y = _whole(editing, row, name, "image_size_y", f"Maximum Image Height of {what}", None)
    return option


def _value(editing: Editing, row: Row, name: str, place: int, of: str) -> CustomOptionValue:
    title = row["title"].strip()
    what = f"value {title or place} of {of}"
    if not title:
        editing.wrong(KEY, f"Title: {TITLE_NEEDED}")
    return CustomOptionValue(
        option_type_id=as_int(row["option_type_id"]),
        title=title,
        sort_order=_whole(editing, row, name, "sort_order", f"Position of {what}", place),
        price=_price(editing, row, name, f"Price of {what}"),
        price_type=row.get("price_type") or "fixed",
        sku=row["sku"].strip() or None,
    )


def _price(editing: Editing, row: Row, name: str, label: str) -> Decimal:
    """It may be negative; nothing is no surcharge."""
    return editing.number(f"{name}[price]", row["price"], catalog_amount, label=label, empty=Decimal(0))


def _whole(editing: Editing, row: Row, name: str, field: str, label: str, empty: Empty) -> int | Empty:
    """Rows without a position of their own follow each other as they stand."""
    return editing.number(f"{name}[{field}]", row[field], whole, label=label, empty=empty)


OPTIONS = Panel(KEY, _show, _read, refusals=(InvalidOption,))
