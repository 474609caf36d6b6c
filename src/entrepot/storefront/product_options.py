"""The custom options of a product as fields of a form, with what each answer costs (spec 31-product-types, 6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from entrepot.catalog.contracts import CustomOption
from entrepot.catalog.prices import option_amount
from entrepot.kit.context import Context
from entrepot.storefront import shown_prices

MANY = frozenset({"checkbox", "multiple"})
PARTS = {
    "date": (("date", "date"),),
    "date_time": (("date", "date"), ("time", "time")),
    "time": (("time", "time"),),
}
"""Options of several inputs: the part of the name and the type of each."""


class OptionValue(Struct, frozen=True):
    id: int
    title: str
    price: Decimal | None
    """What it adds, in the shown currency; None where it adds nothing."""
    is_chosen: bool = False


class OptionField(Struct, frozen=True):
    id: str
    """Of the input; with the value's id, of each of several."""
    name: str
    """`options[12]`, or `options[12][]` where several can be chosen."""
    title: str
    type: str
    is_required: bool
    price: Decimal | None
    max_characters: int | None
    accept: str
    """The kinds of files that can be given, as browsers take them."""
    values: Sequence[OptionValue]
    parts: Sequence[tuple[str, str, str]]
    """The name, type and value of each input."""
    answer: str = ""
    """What was typed."""


def fields(
    ctx: Context,
    options: Sequence[CustomOption],
    final_price: Decimal | None,
    answers: Mapping[int, str] | None = None,
) -> list[OptionField]:
    """`final_price` is the product's, as it is shown: percentages are taken of it. `answers` by the ids of options, as
    carts keep them: ids of values with commas between them, a date and its time with a space."""
    known = answers or {}
    return [_field(ctx, one, final_price or Decimal(0), known.get(one.option_id or 0, "")) for one in options]


def _field(ctx: Context, option: CustomOption, final_price: Decimal, answer: str) -> OptionField:
    kind = option.type or "field"
    name = f"options[{option.option_id}]"
    chosen = set(answer.split(","))
    if kind == "file":
        name = f"options_{option.option_id}_file"
    return OptionField(
        id=f"option-{option.option_id}",
        name=f"{name}[]" if kind in MANY else name,
        title=option.title or "",
        type=kind,
        is_required=bool(option.is_require),
        price=_amount(ctx, option.price, option.price_type, final_price),
        max_characters=option.max_characters or None,
        accept=_accept(option.file_extension),
        values=[
            OptionValue(
                value.option_type_id or 0,
                value.title or "",
                _amount(ctx, value.price, value.price_type, final_price),
                str(value.option_type_id) in chosen,
            )
            for value in option.values or ()
        ],
        parts=[(f"{name}[{part}]", type, _part(answer, part)) for part, type in PARTS.get(kind, ())],
        answer=answer,
    )


def _part(answer: str, part: str) -> str:
    """The day or the time of a moment as an input takes it."""
    for text in answer.split():
        if ("-" in text) == (part == "date"):
            return text
    return ""


def _amount(ctx: Context, price: Decimal | None, price_type: str | None, final_price: Decimal) -> Decimal | None:
    if not price:
        return None
    if price_type == "percent":
        return option_amount(price, price_type, final_price).quantize(shown_prices.CENT)
    return shown_prices.amount(ctx, price)


def _accept(extensions: str | None) -> str:
    found = [one.strip(" .") for one in (extensions or "").replace(";", ",").replace(" ", ",").split(",")]
    return ",".join(f".{one}" for one in found if one.isalnum())
