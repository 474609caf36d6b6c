"""What has to be chosen of a product before it can be ordered, as fields of a form.

Custom options and links of downloads are known here. A type of products that asks for more registers it:

    register_choices("configurable", show)

`show` gives fields from a context, the product and what was chosen so far; they are named like those of the shop
(`super_attribute[93]`, `bundle_option[5]`, `bundle_option_qty[5]`), and `read` puts them into the request.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from msgspec import Struct

from entrepot.catalog import CustomOption, Goods
from entrepot.kit.context import Context
from entrepot.kit.pages import Form, typed
from entrepot.kit.pages.typed import Mistyped
from entrepot.quotes.buying import Request

SINGLE, MANY = frozenset({"drop_down", "radio"}), frozenset({"checkbox", "multiple"})
PARTS = {"date": ("date",), "date_time": ("date", "time"), "time": ("time",)}


class ChoiceValue(Struct, frozen=True):
    id: str
    label: str
    is_chosen: bool = False


class ChoiceField(Struct, frozen=True):
    name: str
    """`options[12]`, as the shop calls it."""
    label: str
    kind: str
    """select, ticks, text, area, parts, or file, which only the shop can take."""
    is_required: bool = False
    values: Sequence[ChoiceValue] = ()
    parts: Sequence[tuple[str, str]] = ()
    """Kinds and values of the inputs of a moment."""
    answer: str = ""
    max_length: int | None = None


Show = Callable[[Context, Goods, Request], Sequence[ChoiceField]]

_more: dict[str, Show] = {}


def register_choices(type_id: str, show: Show) -> None:
    """Let orders that are made here ask what a type of products has to know."""
    _more[type_id] = show


def asks(goods: Goods) -> bool:
    """Whether there is something to choose."""
    return bool(goods.options) or goods.type_id in _more or bool(goods.downloads and goods.downloads.is_separate)


def fields(ctx: Context, goods: Goods, request: Request) -> list[ChoiceField]:
    found = [_option(option, request.options.get(option.option_id or 0, "")) for option in goods.options]
    if goods.type_id in _more:
        found += _more[goods.type_id](ctx, goods, request)
    if goods.downloads and goods.downloads.is_separate:
        links = [
            ChoiceValue(str(one.link_id), one.title, one.link_id in request.links) for one in goods.downloads.links
        ]
        found.append(ChoiceField("links", goods.downloads.title, "ticks", is_required=True, values=links))
    return found


def _option(option: CustomOption, answer: str) -> ChoiceField:
    type = option.type or "field"
    chosen = set(answer.split(","))
    values = [
        ChoiceValue(str(value.option_type_id), value.title or "", str(value.option_type_id) in chosen)
        for value in option.values or ()
    ]
    kind = "select" if type in SINGLE else "ticks" if type in MANY else "parts" if type in PARTS else type
    return ChoiceField(
        name=f"options[{option.option_id}]",
        label=option.title or "",
        kind={"field": "text"}.get(kind, kind),
        is_required=bool(option.is_require),
        values=values,
        parts=[(part, _part(answer, part)) for part in PARTS.get(type, ())],
        answer=answer,
        max_length=option.max_characters or None,
    )


def _part(answer: str, part: str) -> str:
    """The day or the time of a moment as an input takes it."""
    for text in answer.split():
        if ("-" in text) == (part == "date"):
            return text if part == "date" else text[:5]
    return ""


ANSWER = re.compile(r"options\]?\[(\d{1,9})\](?:\[(date|time)\])?")
ATTRIBUTE = re.compile(r"super_attribute\]?\[(\d{1,9})\]")
SELECTION = re.compile(r"bundle_option\]?\[(\d{1,9})\]")
SELECTION_QTY = re.compile(r"bundle_option_qty\]?\[(\d{1,9})\]")


def element(prefix: str, name: str) -> str:
    """What a field is called in the form: `choose[p7][options][12]`."""
    first, _, rest = name.partition("[")
    return f"{prefix}[{first}]" + (f"[{rest}" if rest else "")


def read(form: Form, prefix: str, qty: Decimal) -> Request:
    """What was chosen in the fields whose names begin with the prefix."""
    request = Request(qty)
    for field in form:
        if not field.startswith(f"{prefix}["):
            continue
        name = field[len(prefix) + 1 :]
        given = [value.strip() for value in form.all(field) if value.strip()]
        if not given:
            continue
        if found := ANSWER.fullmatch(name):
            before = [request.options[int(found[1])]] if int(found[1]) in request.options else []
            request.options[int(found[1])] = " ".join([*before, *given]) if found[2] else ",".join(given)
        elif found := ATTRIBUTE.fullmatch(name):
            request.super_attribute[int(found[1])] = _whole(given[-1])
        elif found := SELECTION.fullmatch(name):
            request.bundle_option[int(found[1])] = [_whole(one) for one in given]
        elif (found := SELECTION_QTY.fullmatch(name)) and (many := quantity(given[-1])):
            request.bundle_option_qty[int(found[1])] = many
        elif name == "links]":
            request.links = [_whole(one) for one in given]
    return request


def quantity(text: str) -> Decimal:
    """0 for what is no quantity: there is none to be had of either."""
    try:
        return typed.quantity(text)
    except Mistyped:
        return Decimal(0)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
