"""What holds of the totals of any cart, whatever its goods, taxes, rules and currencies (spec 51)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec import Struct

from entrepot.catalog import Goods
from entrepot.catalog.prices import PriceFacts
from entrepot.kit.context import Context
from entrepot.promotions import Candidates
from entrepot.promotions.rule import Rule
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.quote import Address, Content, Currencies, Item, Quote, Rate
from entrepot.quotes.totals.collect import collectors
from entrepot.quotes.totals.collection import Collection, Line, Side, lines_of
from entrepot.taxes import AppliedRate, TaxGroup, TaxRate, TaxSettings
from entrepot.taxes.amounts import Algorithm
from tests.promotions.makers import a_rule

CENT, ONE, ZERO = Decimal("0.01"), Decimal(1), Decimal(0)
CLASSES = (0, 2, 4)
SHIPPING_CLASS = 2


class Cart(Struct):
    """A cart before its totals: prices, quantities and classes of its lines, and all that is charged and given."""

    lines: list[tuple[Decimal, int, int]]
    rates: dict[int, TaxRate]
    store_rates: dict[int, TaxRate]
    tax: TaxSettings
    rules: list[Rule]
    shipping: Decimal
    rate: Decimal
    """From the base currency to the cart's."""


def taxed(*percents: Decimal) -> TaxRate:
    groups = [TaxGroup(f"g{n} {one}", one, (AppliedRate(f"r{n}", f"R{n}", one),)) for n, one in enumerate(percents)]
    return TaxRate(sum(percents, ZERO), tuple(groups))


def money(most: int) -> st.SearchStrategy[Decimal]:
    return st.integers(0, most).map(lambda cents: Decimal(cents) / 100)


percents = st.sampled_from([Decimal(text) for text in ("5", "5.5", "7", "8.25", "8.375", "19", "20", "33.3333")])
tax_rates = st.lists(percents, min_size=1, max_size=2).map(lambda found: taxed(*found))
by_class = st.fixed_dictionaries({}, optional={2: tax_rates, 4: tax_rates})
lines = st.lists(st.tuples(money(30_000), st.integers(1, 12), st.sampled_from(CLASSES)), min_size=1, max_size=6)
actions = st.sampled_from(["by_percent", "by_fixed", "cart_fixed", "buy_x_get_y"])


def rule_of(number: int, action: str, amount: int, step: int, shipping: bool, stops: bool) -> Rule:
    return a_rule(number, action, str(amount), step=step, applies_to_shipping=shipping, stops=stops)


rules = st.lists(
    st.tuples(actions, st.integers(0, 120), st.integers(0, 3), st.booleans(), st.booleans()), max_size=3
).map(lambda found: [rule_of(number, *one) for number, one in enumerate(found, start=1)])


@st.composite
def carts(draw: st.DrawFn, *, of_rules: st.SearchStrategy[list[Rule]] = rules) -> Cart:
    return Cart(
        draw(lines),
        draw(by_class),
        draw(by_class),
        TaxSettings(
            algorithm=draw(st.sampled_from(list(Algorithm))),
            price_includes_tax=draw(st.booleans()),
            shipping_includes_tax=draw(st.booleans()),
            after_discount=draw(st.booleans()),
            discount_on_tax=draw(st.booleans()),
            cross_border=draw(st.booleans()),
            shipping_class_id=draw(st.sampled_from([0, SHIPPING_CLASS])),
        ),
        draw(of_rules),
        draw(money(5_000)),
        draw(st.sampled_from([ONE, Decimal("0.7067"), Decimal("1.25"), Decimal("111.37")])),
    )


def opened(ctx: Context, cart: Cart) -> OpenCart:
    way = Rate(carrier="flatrate", carrier_title="Flat Rate", method="flatrate", price=cart.shipping)
    content = Content(
        items=[
            Item(item_id=number, product_id=number, product_type="simple", sku=f"s{number}", name="Good",
                 qty=Decimal(qty))
            for number, (_, qty, _) in enumerate(cart.lines, start=1)
        ],
        shipping=Address(country_id="US", shipping_method=way.code, rates=[way]),
        currencies=Currencies("USD", "USD", "EUR", base_to_quote=cart.rate),
    )  # fmt: skip
    goods = {
        number: Goods(
            product_id=number, sku=f"s{number}", type_id="simple", name="Good", weight=ONE, tax_class_id=class_id,
            is_enabled=True, is_in_website=True, options=(), cost=None, gift_message_available=None,
            prices=PriceFacts(price),
        )
        for number, (price, _, class_id) in enumerate(cart.lines, start=1)
    }  # fmt: skip
    quote = Quote(1, None, 1, None, True, None, ctx.now, ctx.now, None, content)
    return OpenCart(quote, ctx.stores.default, goods)


async def collected(ctx: Context, cart: Cart) -> Collection:
    """All collectors, in their order, over a cart that is not in the database."""
    of_cart = opened(ctx, cart)
    content = of_cart.content
    content.items_qty = sum((item.qty for item in content.items), ZERO)
    collection = Collection(
        of_cart,
        content.shipping,
        lines_of(of_cart),
        (Side(True, ONE), Side(False, cart.rate)),
        cart.tax,
        cart.rates,
        cart.store_rates if cart.tax.price_includes_tax or cart.tax.shipping_includes_tax else {},
        Candidates(cart.rules),
    )
    for collector in collectors():
        await collector.collect(ctx, collection)
    return collection


def total(collection: Collection, side: Side, name: str) -> Decimal:
    return sum((getattr(side.of_line(line.item), name) for line in collection.lines), ZERO)


any_cart = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=75)


@any_cart
@given(carts())
async def test_the_whole_is_the_sum_of_its_parts(ctx, cart):
    collection = await collected(ctx, cart)
    for side in collection.sides:
        whole = side.of_address(collection.address)
        assert whole.subtotal == total(collection, side, "row_total")
        assert whole.subtotal_incl_tax == total(collection, side, "row_total_incl_tax")
        assert whole.tax_amount == total(collection, side, "tax_amount") + whole.shipping_tax_amount
        assert whole.discount_amount == -(total(collection, side, "discount_amount") + whole.shipping_discount_amount)
        charged = whole.subtotal + whole.shipping_amount + whole.tax_amount + whole.discount_amount
        given_back = whole.compensation + whole.shipping_compensation
        assert whole.grand_total == max(charged + given_back, ZERO)


@any_cart
@given(carts())
async def test_the_segments_come_to_the_grand_total(ctx, cart):
    """But for what taxes in prices lost with discounts, which is no line of its own."""
    collection = await collected(ctx, cart)
    address, of_cart = collection.address, collection.cart
    segments: dict[str | None, Any] = {
        segment.code: segment.value
        for collector in collectors()
        if (segment := collector.segment(ctx, of_cart, address)) is not None
    }
    grand = segments.pop("grand_total")
    amounts = address.amounts
    assert grand == max(sum(segments.values(), amounts.compensation + amounts.shipping_compensation), ZERO)


@any_cart
@given(carts())
async def test_nothing_is_negative_but_discounts(ctx, cart):
    collection = await collected(ctx, cart)
    for side in collection.sides:
        for line in collection.lines:
            amounts = side.of_line(line.item)
            assert min(
                amounts.price, amounts.price_incl_tax, amounts.row_total, amounts.row_total_incl_tax,
                amounts.tax_amount, amounts.discount_amount,
            ) >= 0  # fmt: skip
        whole = side.of_address(collection.address)
        assert min(
            whole.subtotal, whole.subtotal_incl_tax, whole.shipping_amount, whole.shipping_incl_tax,
            whole.shipping_tax_amount, whole.tax_amount, whole.shipping_discount_amount, whole.grand_total,
        ) >= 0  # fmt: skip
        assert whole.discount_amount <= 0


@any_cart
@given(carts())
async def test_a_discount_is_never_more_than_what_it_is_on(ctx, cart):
    collection = await collected(ctx, cart)
    for side in collection.sides:
        for line in collection.lines:
            amounts = side.of_line(line.item)
            assert amounts.discount_amount <= amounts.discount_base * line.item.qty
        whole = side.of_address(collection.address)
        assert whole.shipping_discount_amount <= max(whole.shipping_amount, whole.shipping_incl_tax) + CENT


@any_cart
@given(carts())
async def test_both_currencies_are_the_same_where_the_rate_is_one(ctx, cart):
    cart.rate = ONE
    collection = await collected(ctx, cart)
    assert collection.address.base == collection.address.amounts
    for line in collection.lines:
        assert line.item.base == line.item.amounts
        for tax in line.item.applied_taxes:
            assert tax.base_amount == tax.amount


@any_cart
@given(carts(of_rules=st.just([])))
async def test_lines_taxed_on_their_own_do_not_mind_their_order(ctx, cart):
    """By pieces or by lines. With the tax of the whole a cent may be another line's, but the subtotal is the same."""
    backwards = Cart(cart.lines[::-1], cart.rates, cart.store_rates, cart.tax, [], cart.shipping, cart.rate)
    one, other = await collected(ctx, cart), await collected(ctx, backwards)
    assert one.address.base.subtotal == other.address.base.subtotal or cart.tax.price_includes_tax
    if cart.tax.algorithm is not Algorithm.TOTAL:
        assert one.address.amounts == other.address.amounts
        assert shown(one.lines) == shown(other.lines[::-1])


def shown(of: Sequence[Line]) -> list[object]:
    return [(line.item.base, line.item.amounts, line.item.tax_percent) for line in of]


@any_cart
@given(carts(of_rules=st.just([])))
async def test_without_discounts_the_tax_is_what_is_between_the_two_subtotals(ctx, cart):
    collection = await collected(ctx, cart)
    for side in collection.sides:
        whole = side.of_address(collection.address)
        assert whole.compensation == whole.shipping_compensation == 0
        assert whole.grand_total == whole.subtotal_incl_tax + whole.shipping_incl_tax
        if cart.tax.algorithm is not Algorithm.UNIT or cart.tax.price_includes_tax:
            assert whole.tax_amount - whole.shipping_tax_amount == whole.subtotal_incl_tax - whole.subtotal


@any_cart
@given(carts(of_rules=st.just([])))
async def test_prices_with_tax_are_charged_as_they_are_shown(ctx, cart):
    """Where everybody pays the shop's own rates: gross in, gross out, to the cent."""
    cart.tax = TaxSettings(
        algorithm=cart.tax.algorithm, price_includes_tax=True, shipping_includes_tax=True, shipping_class_id=2
    )
    cart.store_rates, cart.rate = cart.rates, ONE
    collection = await collected(ctx, cart)
    gross = sum((price * qty for price, qty, _ in cart.lines), cart.shipping)
    assert collection.address.base.grand_total == gross


@any_cart
@given(carts(of_rules=st.just([])))
async def test_the_groups_of_a_tax_come_to_the_tax(ctx, cart):
    """Of prices that include it, perhaps a cent a group and line less."""
    collection = await collected(ctx, cart)
    address = collection.address
    together = sum((tax.amount for tax in address.applied_taxes), ZERO)
    if not cart.tax.price_includes_tax and not cart.tax.shipping_includes_tax:
        assert together == address.amounts.tax_amount
    missing = address.amounts.tax_amount - together
    assert 0 <= missing <= CENT * 2 * (len(cart.lines) + 1)


@any_cart
@given(carts(of_rules=st.just([])), st.integers(0, 50_000).map(lambda cents: Decimal(cents) / 100))
async def test_an_amount_off_the_cart_is_all_of_it_or_all_there_is(ctx, cart, amount):
    cart.tax = TaxSettings()
    cart.rates, cart.rules = {}, [a_rule(1, "cart_fixed", str(amount))]
    collection = await collected(ctx, cart)
    base = collection.address.base
    assert -base.discount_amount == min(amount, base.subtotal)


@any_cart
@given(carts(of_rules=st.just([])))
async def test_the_order_of_lines_of_different_rates_changes_nothing(ctx, cart):
    """Remainders pass between lines of one rate only."""
    one, other = cart.rates.get(2, taxed()), cart.rates.get(4, taxed())
    assume(one.percent != other.percent)
    assume(not {group.id for group in one.groups} & {group.id for group in other.groups})
    places = sorted(range(len(cart.lines)), key=lambda place: cart.lines[place][2])
    by_rate = Cart(
        [cart.lines[place] for place in places],
        cart.rates,
        cart.store_rates,
        cart.tax,
        [],
        cart.shipping,
        cart.rate,
    )
    mixed, sorted_ = await collected(ctx, cart), await collected(ctx, by_rate)
    assert mixed.address.amounts == sorted_.address.amounts
    assert shown([mixed.lines[place] for place in places]) == shown(sorted_.lines)
