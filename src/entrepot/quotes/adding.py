"""Products put into a cart, and lines changed (spec 50, 6.2 and 6.3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from entrepot import catalog
from entrepot.catalog import Goods, ImageContent
from entrepot.inventory import StockFacts
from entrepot.kit.context import Context
from entrepot.quotes import buying, custom_options, option_files, queries
from entrepot.quotes.buying import Candidate, Request
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.cart_types import cart_type
from entrepot.quotes.errors import InvalidQty, NoSuchItem, NoSuchProduct, NotAvailable, OptionsRefused, QtyRefused
from entrepot.quotes.open_cart import remove_items, stock_of
from entrepot.quotes.option_files import FILE, NO_ANSWERS, Answers
from entrepot.quotes.quantities import problem, sums
from entrepot.quotes.quote import Item
from entrepot.quotes.salable import is_salable

BUY_REQUEST = "info_buyRequest"


def check_qty(qty: Decimal | None) -> Decimal:
    """Raises InvalidQty for none and for less than something."""
    if qty is None or qty <= 0:
        raise InvalidQty(qty)
    return qty


async def add(
    ctx: Context,
    cart: OpenCart,
    sku: str,
    request: Request,
    files: Mapping[int, ImageContent],
    kept: Mapping[int, str] | None = None,
) -> Item:
    """Put a product into the cart: the new line, or the one that has become more. The caller saves.

    `kept` are answers to options of the type file that another line had (`option_12`), as of an order that is ordered
    again. Two round trips for products without parts; one more where something is chosen, and one with files.

    Raises NoSuchProduct, NotAvailable, OptionsRefused, QtyRefused.
    """
    goods = await _product(ctx, cart, sku)
    if not goods.is_enabled or not goods.is_in_website:
        raise NotAvailable
    answers = await option_files.answers_of(goods, files, kept)
    try:
        candidates = await prepared(ctx, cart, goods, request, answers)
    except OptionsRefused:
        # What is sold out is said first; the stock is asked with the parts, which a refused choice does not give.
        await _check_salable(ctx, cart, goods, await stock_of(ctx, cart, [goods]))
        raise
    new = [candidate for candidate in candidates if equal_line(cart, candidate) is None]
    ids = item_ids_along(ctx, sum(1 + len(candidate.parts) for candidate in new))
    facts = await _stock(ctx, cart, candidates)
    await _check_salable(ctx, cart, goods, facts)
    touched = put(cart, candidates, ids())
    check_stock(cart, touched, facts)
    await option_files.store(ctx, cart, answers)
    return touched[0]


async def _check_salable(ctx: Context, cart: OpenCart, goods: Goods, facts: Mapping[int, StockFacts]) -> None:
    if not await is_salable(ctx, cart, goods, facts):
        raise NotAvailable


async def _product(ctx: Context, cart: OpenCart, sku: str) -> Goods:
    found = await catalog.goods_by_sku(ctx, [sku], cart.store, cart.customer_group_id)
    goods = found.get(sku.strip().lower())
    if goods is None:
        raise NoSuchProduct
    cart.goods[goods.product_id] = goods
    return goods


async def prepared(
    ctx: Context, cart: OpenCart, goods: Goods, request: Request, files: Answers = NO_ANSWERS
) -> Sequence[Candidate]:
    """The lines that a product with these choices becomes, custom options included.

    Raises OptionsRefused, NotAvailable.
    """
    candidates = await cart_type(goods.type_id).prepare(ctx, cart, goods, request)
    chosen = custom_options.choose(goods, request, files)
    request.options.update(dict.fromkeys(files, FILE))
    for candidate in candidates:
        candidate.options = {BUY_REQUEST: buying.write(request), **candidate.options}
        if candidate.goods is goods:
            candidate.options.update(chosen)
    return candidates


async def _stock(ctx: Context, cart: OpenCart, candidates: Sequence[Candidate]) -> Mapping[int, StockFacts]:
    involved = {one.goods.product_id: one.goods for outer in candidates for one in (outer, *outer.parts)}
    return await stock_of(ctx, cart, involved.values())


def put(cart: OpenCart, candidates: Sequence[Candidate], ids: list[int]) -> list[Item]:
    """The lines of the candidates: what is like a line that is there adds to it. Takes what it needs of the numbers."""
    touched = []
    for candidate in candidates:
        line = equal_line(cart, candidate)
        if line is not None:
            line.qty += candidate.qty
        else:
            line = _new_line(cart, candidate, ids)
        touched.append(line)
    cart.is_stale = True
    ask_for_rates(cart)
    return touched


def item_ids_along(ctx: Context, count: int) -> Callable[[], list[int]]:
    """Draw numbers for new lines with the next statement; answers them afterwards, the lowest last."""
    if not count:
        return list
    drawn = ctx.db.along(queries.NEXT_ITEM_IDS, count=count)
    return lambda: sorted((number for (number,) in drawn.rows), reverse=True)


async def new_item_ids(ctx: Context, count: int) -> list[int]:
    """Numbers for new lines, the lowest last."""
    ids = item_ids_along(ctx, count)
    await ctx.db.send()
    return ids()


def ask_for_rates(cart: OpenCart) -> None:
    """What is shipped has changed, so what carriers want for it has to be asked again."""
    cart.content.shipping.collect_shipping_rates = True


def _new_line(cart: OpenCart, candidate: Candidate, ids: list[int]) -> Item:
    line = _item(cart, candidate, ids.pop(), None)
    cart.content.items.append(line)
    cart.content.items += [_item(cart, part, ids.pop(), line.item_id) for part in candidate.parts]
    return line


def _item(cart: OpenCart, candidate: Candidate, item_id: int, parent_item_id: int | None) -> Item:
    goods = candidate.goods
    type_id = candidate.product_type or goods.type_id
    return Item(
        item_id=item_id,
        parent_item_id=parent_item_id,
        product_id=goods.product_id,
        product_type=type_id,
        sku="-".join((candidate.sku or goods.sku, *custom_options.skus(goods, candidate.options))),
        name=candidate.name or goods.name,
        qty=candidate.qty,
        store_id=cart.store.id,
        is_virtual=cart_type(goods.type_id).is_virtual,
        weight=goods.weight,
        tax_class_id=goods.tax_class_id,
        options=candidate.options,
        gift_message_available=goods.gift_message_available,
    )


def equal_line(cart: OpenCart, candidate: Candidate, *, but: int | None = None) -> Item | None:
    """The line of the same product with the same choices, whatever the buy requests were; never the line `but`."""
    chosen = _choices(candidate.options)
    for line in cart.quote.visible_items:
        if line.item_id != but and line.product_id == candidate.goods.product_id and _choices(line.options) == chosen:
            return line
    return None


def _choices(options: Mapping[str, str]) -> dict[str, str]:
    return {code: value for code, value in options.items() if code != BUY_REQUEST}


def check_stock(cart: OpenCart, lines: Sequence[Item], facts: Mapping[int, StockFacts]) -> None:
    """Raises QtyRefused, with what is wrong with each of the lines and their parts, a line of text each."""
    sold = sums(cart)
    wrong = []
    for line in lines:
        for item in (line, *cart.quote.children(line)):
            if (message := problem(cart, item, facts[item.product_id], sold)) is not None:
                wrong.append(message)
    if wrong:
        raise QtyRefused("\n".join(dict.fromkeys(wrong)))


async def change(
    ctx: Context,
    cart: OpenCart,
    item_id: int,
    qty: Decimal,
    request: Request | None = None,
    files: Mapping[int, ImageContent] | None = None,
) -> Item:
    """Change the quantity of a line, and what was chosen if a request is given; the line, or the one it became part of.

    A file that the line has stays where none is given in its place.

    Raises NoSuchItem, NotAvailable, OptionsRefused, QtyRefused.
    """
    line = cart.quote.item(item_id)
    if line is None:
        raise NoSuchItem(cart.id, item_id)
    if request is not None:
        goods = cart.goods[line.product_id]
        answers = await option_files.answers_of(goods, files or {}, option_files.kept_of(goods, line))
        line = await _choose_again(ctx, cart, line, request, answers)
        await option_files.store(ctx, cart, answers)
    line.qty = qty if request is None or line.item_id == item_id else line.qty
    involved = [cart.goods[item.product_id] for item in (line, *cart.quote.children(line))]
    check_stock(cart, [line], await stock_of(ctx, cart, involved))
    cart.is_stale = True
    ask_for_rates(cart)
    return line


async def _choose_again(ctx: Context, cart: OpenCart, line: Item, request: Request, files: Answers) -> Item:
    """The line with other choices. When another line has the same, this one goes and adds to that."""
    (candidate, *_) = await prepared(ctx, cart, cart.goods[line.product_id], request, files)
    other = equal_line(cart, candidate, but=line.item_id)
    if other is not None:
        other.qty += request.qty
        remove_items(cart.quote, {line.item_id})
        return other
    ids = await new_item_ids(ctx, len(candidate.parts))
    place = cart.content.items.index(line)
    remove_items(cart.quote, {line.item_id})
    renewed = _item(cart, candidate, line.item_id, None)
    renewed.gift_message_id, renewed.custom_price, renewed.no_discount = (
        line.gift_message_id,
        line.custom_price,
        line.no_discount,
    )
    parts = [_item(cart, part, ids.pop(), line.item_id) for part in candidate.parts]
    cart.content.items[place:place] = [renewed, *parts]
    return renewed


def remove(cart: OpenCart, item_id: int) -> None:
    """Take a line out; with the last one the addresses and the way to ship are forgotten. Raises NoSuchItem."""
    if cart.quote.item(item_id) is None:
        raise NoSuchItem(cart.id, item_id)
    remove_items(cart.quote, {item_id})
    if not cart.content.items:
        forget_addresses(cart)
    cart.is_stale = True
    ask_for_rates(cart)


def forget_addresses(cart: OpenCart) -> None:
    content = cart.content
    content.billing = type(content.billing)(
        address_id=content.billing.address_id, customer_id=cart.quote.customer_id, email=content.purchaser.email
    )
    content.shipping = type(content.shipping)(
        address_id=content.shipping.address_id,
        customer_id=cart.quote.customer_id,
        email=content.purchaser.email,
        same_as_billing=1,
    )
