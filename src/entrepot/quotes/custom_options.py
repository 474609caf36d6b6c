"""Custom options in carts: what was answered, whether it is allowed, and what it costs (spec 50, 6.4)."""

from __future__ import annotations

from collections.abc import Iterator, KeysView
from datetime import datetime
from decimal import Decimal

from entrepot.catalog import CustomOption, CustomOptionValue, Goods
from entrepot.catalog.prices import option_amount, price_of, shop_now, with_options
from entrepot.kit.context import Context
from entrepot.quotes import option_files
from entrepot.quotes.buying import Request
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.errors import OptionsRefused
from entrepot.quotes.option_files import FILE, NO_ANSWERS, Answers, FileAnswer
from entrepot.quotes.quote import Item

REQUIRED = "The product's required option(s) weren't entered. Make sure the options are entered and try again."
TOO_LONG = "The text is too long. Shorten the text and try again."
BAD_DATE = "Please specify date required option(s)."
BAD_TIME = "Please specify time required option(s)."
GONE = "Some of the selected item options are not currently available."

SINGLE, SEVERAL = frozenset({"drop_down", "radio"}), frozenset({"checkbox", "multiple"})
TEXTS = frozenset({"field", "area"})
FORMATS = {
    "date": ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d"),
    "date_time": ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"),
    "time": ("%Y-%m-%d %H:%M:%S", "%H:%M:%S", "%H:%M"),
}
STORED_DATE = "%Y-%m-%d %H:%M:%S"


def choose(goods: Goods, request: Request, files: Answers = NO_ANSWERS) -> dict[str, str]:
    """The answers as a line keeps them: `option_ids`, and `option_12` for the option 12. `files` are checked already.

    Answers to options that the product does not have are left out. Raises OptionsRefused with all that is wrong.
    """
    answers: dict[int, str] = {}
    problems: list[str] = []
    for option in goods.options:
        try:
            if option.type == FILE:
                answer = _file(option, files.get(option.option_id or 0))
            else:
                answer = _answer(option, request.options.get(option.option_id or 0, ""))
        except ValueError as problem:
            problems.append(str(problem))
        else:
            if answer:
                answers[option.option_id or 0] = answer
    if problems:
        raise OptionsRefused("\n".join(problems))
    if not answers:
        return {}
    ids = ",".join(str(id) for id in answers)
    return {"option_ids": ids, **{f"option_{id}": answer for id, answer in answers.items()}}


def _file(option: CustomOption, given: FileAnswer | None) -> str:
    if given is None:
        if option.is_require:
            raise ValueError(REQUIRED)
        return ""
    if given.problem:
        raise ValueError(given.problem)
    return given.text


def _answer(option: CustomOption, given: str) -> str:
    """The answer as it is kept; empty without one. Raises ValueError with the message."""
    given = given.strip()
    if not given:
        if option.is_require:
            raise ValueError(REQUIRED)
        return ""
    if option.type in SINGLE:
        if given not in _value_ids(option):
            raise ValueError(GONE)
    elif option.type in SEVERAL:
        wanted = {part.strip() for part in given.split(",") if part.strip()}
        if not wanted <= _value_ids(option):
            raise ValueError(REQUIRED)
        # In the option's own order, so that the same choices are one line however they were sent.
        return ",".join(id for id in _value_ids(option) if id in wanted)
    elif option.type in TEXTS:
        if option.max_characters and len(given) > option.max_characters:
            raise ValueError(TOO_LONG)
    elif option.type in FORMATS:
        return _date(option.type, given)
    return given


def _value_ids(option: CustomOption) -> KeysView[str]:
    """In their order."""
    return {str(value.option_type_id): value for value in option.values or ()}.keys()


def _date(type: str, given: str) -> str:
    for form in FORMATS[type]:
        try:
            return datetime.strptime(given, form).strftime(STORED_DATE)
        except ValueError:
            continue
    raise ValueError(BAD_TIME if type == "time" else BAD_DATE)


def answered(goods: Goods, item: Item) -> Iterator[tuple[CustomOption, str]]:
    """The options that a line has answers to, in the product's order."""
    for option in goods.options:
        if answer := item.options.get(f"option_{option.option_id}"):
            yield option, answer


def amounts(goods: Goods, item: Item, final: Decimal) -> list[Decimal]:
    """What the answers add to a price, which may be less than nothing."""
    if "option_ids" not in item.options:
        return []
    found = []
    for option, answer in answered(goods, item):
        if option.values is None:
            found.append(option_amount(option.price or Decimal(0), option.price_type or "fixed", final))
        else:
            found += [
                option_amount(v.price or Decimal(0), v.price_type or "fixed", final) for v in chosen(option, answer)
            ]
    return found


def chosen(option: CustomOption, answer: str) -> list[CustomOptionValue]:
    """The values of an option that were chosen, in their order."""
    ids = set(answer.split(","))
    return [value for value in option.values or () if str(value.option_type_id) in ids]


def skus(goods: Goods, item_options: dict[str, str]) -> list[str]:
    """What the answers add to the sku of a line."""
    found: list[str] = []
    for option in goods.options:
        if not (answer := item_options.get(f"option_{option.option_id}")):
            continue
        if option.values is None:
            found += [option.sku] if option.sku else []
        else:
            found += [value.sku for value in chosen(option, answer) if value.sku]
    return found


def describe(goods: Goods, item: Item) -> list[tuple[str, str]]:
    """Labels and printed answers."""
    return [(option.title or "", printed(option, answer)) for option, answer in answered(goods, item)]


def printed(option: CustomOption, answer: str) -> str:
    if option.values is not None:
        return ", ".join(value.title or "" for value in chosen(option, answer))
    if option.type in FORMATS:
        moment = datetime.strptime(answer, STORED_DATE)
        if option.type == "date":
            return f"{moment:%b} {moment.day}, {moment.year}"
        clock = f"{moment.hour % 12 or 12}:{moment:%M %p}"
        return clock if option.type == "time" else f"{moment:%b} {moment.day}, {moment.year} {clock}"
    return option_files.printed(answer) if option.type == FILE else answer


def final_price(ctx: Context, cart: OpenCart, item: Item, qty: Decimal) -> Decimal:
    """The product's own price at a quantity, with its custom options; in the base currency, not rounded."""
    goods = cart.goods[item.product_id]
    final = price_of(goods.prices, qty, shop_now(ctx)).final
    return with_options(final, amounts(goods, item, final))
