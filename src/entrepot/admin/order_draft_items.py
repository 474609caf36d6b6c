"""The lines of an order that is being made: their quantities and prices, and products put in."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct

from entrepot import catalog
from entrepot.admin import order_choices
from entrepot.admin.form import as_int
from entrepot.admin.order_choices import ChoiceField, quantity
from entrepot.admin.order_draft import Draft
from entrepot.admin.order_draft_finder import offers, ticked_in, typed_quantity
from entrepot.catalog import Goods
from entrepot.kit.errors import Refused
from entrepot.kit.pages.formats import plain
from entrepot.kit.pages.typed import decimal
from entrepot.quotes import CartItem, adding, buying, by_administrator
from entrepot.quotes.quantities import problems
from entrepot.quotes.show_totals import describe

BAD_QTY = "Enter a quantity greater than 0."
BAD_PRICE = "Enter a price that is 0 or greater."
CHOOSE = "Choose the options of %1."
SELECT_PRODUCTS = "Select products to add."
ONE = Decimal(1)


class DraftLine(Struct, frozen=True):
    """A line as it is shown; `qty` and `price` are what was typed where that could not be."""

    item: CartItem
    choices: Sequence[tuple[str, str]]
    qty: str
    custom_price: str
    is_configurable: bool
    problems: Sequence[str]


class Asked(Struct, frozen=True):
    """A product whose options are being chosen."""

    key: str
    name: str
    sku: str
    qty: str
    is_line: bool
    fields: Sequence[ChoiceField]
    problems: Sequence[str]


async def apply(draft: Draft) -> None:
    """What was typed into the lines, and what a button does with them."""
    _change_lines(draft)
    what, _, about = draft.pressed.partition(" ")
    match what:
        case "remove":
            await draft.attempt("items", _remove(draft, as_int(about) or 0))
        case "add":
            await _add(draft)
        case "apply":
            await _choose_again(draft, as_int(about.removeprefix("i")) or 0)
    draft.asked = [key for key in _asked_before(draft) if key not in draft.asked] + draft.asked
    if what == "configure":
        draft.asked.append(f"i{about}")
    if what in ("drop", "apply") and not draft.problems.get(f"choose {about}"):
        draft.asked = [key for key in draft.asked if key != about]


def _change_lines(draft: Draft) -> None:
    form, cart = draft.form, draft.cart
    for line in cart.quote.visible_items:
        name = f"item[{line.item_id}]"
        if f"{name}[qty]" not in form:
            continue
        block = f"line {line.item_id}"
        qty = quantity(form.get(f"{name}[qty]"))
        if not qty:
            draft.wrong(block, BAD_QTY)
        else:
            by_administrator.set_quantity(cart, line.item_id, qty)
        try:
            price = _price(form.get(f"{name}[price]"))
            no_discount = not form.is_ticked(f"{name}[use_discount]")
            by_administrator.set_price(cart, line.item_id, custom_price=price, no_discount=no_discount)
        except Refused:
            draft.wrong(block, BAD_PRICE)


def _price(text: str) -> Decimal | None:
    """None for the product's own price. Raises Mistyped."""
    return decimal(text) if text.strip() else None


async def _remove(draft: Draft, item_id: int) -> None:
    """With the last line the addresses stay: the customer is still the same."""
    content = draft.cart.content
    billing, shipping = content.billing, content.shipping
    adding.remove(draft.cart, item_id)
    if not content.items:
        content.billing, content.shipping = billing, shipping


async def _add(draft: Draft) -> None:
    """The products that were ticked, and those whose options were chosen."""
    form, cart = draft.form, draft.cart
    ticked = {id: quantity(typed_quantity(draft, id)) for id in ticked_in(draft)}
    chosen = [key for key in form.all("asked") if key.startswith("p")]
    if not ticked and not chosen:
        draft.wrong("items", SELECT_PRODUCTS)
    goods = await catalog.goods_by_id(draft.ctx, ticked, cart.store, cart.customer_group_id)
    for product_id, one in goods.items():
        qty = ticked[product_id]
        if order_choices.asks(one):
            draft.asked.append(f"p{product_id}")
        elif not qty:
            draft.wrong("items", f"{one.sku}: {BAD_QTY}")
            continue
        elif not await _put(draft, "items", one.sku, buying.Request(qty)):
            continue
        draft.taken.add(product_id)
    for key in chosen:
        qty = quantity(form.get(f"choose[{key}][qty]"))
        sku = form.get(f"choose[{key}][sku]")
        if not qty:
            draft.wrong(f"choose {key}", BAD_QTY)
        else:
            await _put(draft, f"choose {key}", sku, order_choices.read(form, f"choose[{key}]", qty))


async def _put(draft: Draft, block: str, sku: str, request: buying.Request) -> bool:
    """Whether it could be put in."""
    before = len(draft.problems.get(block, ()))
    is_in = await draft.attempt(block, adding.add(draft.ctx, draft.cart, sku, request, {}))
    if block == "items" and len(draft.problems.get(block, ())) > before:
        draft.problems[block][before:] = [f"{sku}: {text}" for text in draft.problems[block][before:]]
    return is_in


async def _choose_again(draft: Draft, item_id: int) -> None:
    key = f"i{item_id}"
    qty = quantity(draft.form.get(f"choose[{key}][qty]"))
    if not qty:
        draft.wrong(f"choose {key}", BAD_QTY)
        return
    request = order_choices.read(draft.form, f"choose[{key}]", qty)
    await draft.attempt(f"choose {key}", adding.change(draft.ctx, draft.cart, item_id, qty, request))


def _asked_before(draft: Draft) -> list[str]:
    """What was being chosen, but for what has become a line."""
    done = draft.pressed == "add"
    return [
        key
        for key in dict.fromkeys(draft.form.all("asked"))
        if not (done and key.startswith("p") and not draft.problems.get(f"choose {key}"))
    ]


# What is shown


async def shown(draft: Draft) -> dict[str, Any]:
    """The variables of the block. Statements do not depend on the number of lines."""
    cart = draft.cart
    faults = await problems(draft.ctx, cart) if cart.content.items else {}
    return {
        "lines": [_line(draft, item, faults.get(item.item_id)) for item in cart.quote.visible_items],
        "asked": await _asked(draft),
        **await offers(draft),
    }


def _line(draft: Draft, item: CartItem, fault: str | None) -> DraftLine:
    told = draft.problems.get(f"line {item.item_id}", [])
    name = f"item[{item.item_id}]"
    goods = draft.cart.goods[item.product_id]
    price = "" if item.custom_price is None else plain(item.custom_price)
    return DraftLine(
        item=item,
        choices=describe(draft.ctx, draft.cart, item),
        qty=draft.form.get(f"{name}[qty]") if BAD_QTY in told else plain(item.qty),
        custom_price=draft.form.get(f"{name}[price]") if BAD_PRICE in told else price,
        is_configurable=order_choices.asks(goods),
        problems=[*told, *([fault] if fault else []), *([item.message] if item.message and not fault else [])],
    )


async def _asked(draft: Draft) -> list[Asked]:
    """Products by their ids, and lines."""
    cart = draft.cart
    wanted = [int(key[1:]) for key in draft.asked if key.startswith("p") and key[1:].isdigit()]
    new = await catalog.goods_by_id(draft.ctx, wanted, cart.store, cart.customer_group_id) if wanted else {}
    found = []
    for key in dict.fromkeys(draft.asked):
        number = as_int(key[1:]) or 0
        line = cart.quote.item(number) if key.startswith("i") else None
        goods = cart.goods.get(line.product_id) if line else new.get(number)
        if goods is not None and (line is not None or key.startswith("p")):
            found.append(_asked_for(draft, key, goods, line))
    return found


def _asked_for(draft: Draft, key: str, goods: Goods, line: CartItem | None) -> Asked:
    name = f"choose[{key}]"
    if f"{name}[qty]" in draft.form:
        qty = draft.form.get(f"{name}[qty]")
        request = order_choices.read(draft.form, name, ONE)
    elif line is not None:
        request, qty = buying.read(line.options.get(adding.BUY_REQUEST)), plain(line.qty)
    else:
        request, qty = buying.Request(ONE), draft.form.get(f"qty[{goods.product_id}]") or "1"
    return Asked(
        key=key,
        name=goods.name,
        sku=goods.sku,
        qty=qty,
        is_line=line is not None,
        fields=order_choices.fields(draft.ctx, goods, request),
        problems=draft.problems.get(f"choose {key}", ()),
    )
