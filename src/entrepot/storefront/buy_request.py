"""What a product's form asks for, as carts take it: the answers to its options, by Magento's names of fields."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from decimal import Decimal

from entrepot.catalog import ImageContent
from entrepot.kit.pages import Form, typed
from entrepot.kit.pages.typed import Mistyped
from entrepot.quotes.buying import Request

OPTION = re.compile(r"options\[(\d{1,9})\](?:\[\])?(?:\[(?:date|time)\])?")
ATTRIBUTE = re.compile(r"super_attribute\[(\d{1,9})\]")
SELECTION = re.compile(r"bundle_option\[(\d{1,9})\](?:\[\])?")
SELECTION_QTY = re.compile(r"bundle_option_qty\[(\d{1,9})\]")
LINKS = "links[]"


def read(form: Form, qty: Decimal) -> Request:
    request = Request(qty)
    for name in form:
        given = [value.strip() for value in form.all(name) if value.strip()]
        if not given:
            continue
        if found := OPTION.fullmatch(name):
            _answer(request.options, int(found[1]), given, is_part=name.endswith("[time]"))
        elif found := ATTRIBUTE.fullmatch(name):
            request.super_attribute[int(found[1])] = _number(given[-1])
        elif found := SELECTION.fullmatch(name):
            request.bundle_option[int(found[1])] = [_number(one) for one in given]
        elif (found := SELECTION_QTY.fullmatch(name)) and (many := quantity(given[-1])):
            request.bundle_option_qty[int(found[1])] = many
        elif name == LINKS:
            request.links = [_number(one) for one in given]
    return request


def files(form: Form) -> dict[int, ImageContent]:
    """The files that answer options, by the ids of these."""
    found = {}
    for name in form.file_names:
        match, upload = OPTION.fullmatch(name), form.file(name)
        if match is not None and upload is not None:
            encoded = base64.b64encode(upload.content).decode()
            found[int(match[1])] = ImageContent(encoded, upload.content_type, upload.name)
    return found


def quantity(text: str) -> Decimal | None:
    """A quantity as people write it; None for what is none, or less than nothing."""
    try:
        return typed.quantity(text)
    except Mistyped:
        return None


QTY = re.compile(r"cart\[(\d{1,18})\]\[qty\]")


def qty_name(item_id: int) -> str:
    return f"cart[{item_id}][qty]"


def texts(form: Form | None) -> Mapping[int, str]:
    """What was typed as the quantity of each line of a cart, by its id."""
    found = ((QTY.fullmatch(name), name) for name in form or ())
    return {int(match[1]): form.get(name) for match, name in found if match and form}


def quantities(form: Form) -> Mapping[int, Decimal | None]:
    """The same as numbers; None for what is no quantity."""
    return {item_id: quantity(text) for item_id, text in texts(form).items()}


def _answer(answers: dict[int, str], option_id: int, given: list[str], *, is_part: bool) -> None:
    """Ids of several values with commas between them; a date and its time with a space."""
    before = [answers[option_id]] if option_id in answers else []
    answers[option_id] = " ".join([*before, *given]) if is_part else ",".join([*before, *given])


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
