"""Pages of a category: which products, in which order, with which counts."""

from decimal import Decimal

from entrepot import inventory
from entrepot.catalog import products
from entrepot.catalog.browsing import PriceRange
from entrepot.catalog.contracts import Product
from entrepot.inventory import Reservation
from tests.catalog.browsing.makers import a_colour, look, on_sale, skus, the_category
from tests.catalog.categories.makers import a_category
from tests.inventory.makers import PLACED, configure


async def test_a_category_shows_what_is_enabled_visible_and_in_stock_by_position(ctx, shop):
    gear = await a_category(ctx, "Gear")
    await on_sale(ctx, "second", categories={gear.id: 2})
    await on_sale(ctx, "first", categories={gear.id: 1})
    await on_sale(ctx, "disabled", categories=[gear.id], status=2)
    await on_sale(ctx, "hidden", categories=[gear.id], visibility=1)
    await on_sale(ctx, "in search only", categories=[gear.id], visibility=3)
    await on_sale(ctx, "sold out", categories=[gear.id], qty=0)
    await on_sale(ctx, "elsewhere")

    found = await look(shop, category=await the_category(shop, gear.id))

    assert await skus(shop, found) == ["first", "second"]
    assert (found.total, found.page) == (2, 1)


async def test_an_anchor_shows_what_is_below_it_after_its_own(ctx, shop):
    gear = await a_category(ctx, "Gear", is_anchor="1")
    bags = await a_category(ctx, "Bags", gear.id)
    closed = await a_category(ctx, "Closed", 2, is_anchor="0")
    below_closed = await a_category(ctx, "Below", closed.id)
    await on_sale(ctx, "bag", categories={bags.id: 1})
    await on_sale(ctx, "own", categories={gear.id: 5, bags.id: 0})
    await on_sale(ctx, "unseen", categories=[below_closed.id])

    found = await look(shop, category=await the_category(shop, gear.id), children=(await the_category(shop, bags.id),))

    assert await skus(shop, found) == ["own", "bag"]
    assert found.children == {bags.id: 2}
    assert (await look(shop, category=await the_category(shop, closed.id))).total == 0


async def test_what_is_sold_out_is_shown_when_the_shop_says_so(ctx, shop):
    gear = await a_category(ctx, "Gear")
    await on_sale(ctx, "sold out", categories=[gear.id], qty=0)
    assert (await look(shop, category=await the_category(shop, gear.id))).total == 0

    await configure(ctx, "show_out_of_stock", "1", group="options")

    assert (await look(shop, category=await the_category(shop, gear.id))).total == 1


async def test_a_reservation_of_the_last_piece_takes_it_off_the_list_at_once(ctx, shop):
    gear = await a_category(ctx, "Gear")
    await on_sale(ctx, "last", categories=[gear.id], qty=1)
    assert (await look(shop, category=await the_category(shop, gear.id))).total == 1

    await inventory.append(ctx, [Reservation(1, "last", Decimal(-1), PLACED)])

    found = await look(shop, category=await the_category(shop, gear.id))
    assert (found.total, found.product_ids, found.choices, found.prices) == (0, [], {}, [])


async def test_counts_are_those_of_what_is_listed(ctx, shop):
    red, blue = await a_colour(ctx, "Red"), await a_colour(ctx, "Blue")
    gear = await a_category(ctx, "Gear")
    await on_sale(ctx, "red 12", price=12, categories=[gear.id], values={"color": str(red)})
    await on_sale(ctx, "red 17", price="17.50", categories=[gear.id], values={"color": str(red)})
    await on_sale(ctx, "blue 34", price=34, categories=[gear.id], values={"color": str(blue)})
    await on_sale(ctx, "blue, sold out", price=34, categories=[gear.id], values={"color": str(blue)}, qty=0)
    category = await the_category(shop, gear.id)

    every = await look(shop, category=category)
    assert every.total == 3
    assert {key: every.choices[key] for key in (red, blue)} == {red: 2, blue: 1}
    assert every.prices == [(Decimal(10), 2), (Decimal(30), 1)]
    assert every.highest_price == 34

    reds = await look(shop, category=category, choices={"color": red})
    assert (reds.total, reds.choices.get(blue), reds.prices) == (2, None, [(Decimal(10), 2)])

    dear = await look(shop, category=category, price=PriceRange(Decimal("17.50"), None))
    assert await skus(shop, dear) == ["red 17", "blue 34"]
    assert {key: dear.choices[key] for key in (red, blue)} == {red: 1, blue: 1}

    cheap = await look(shop, category=category, price=PriceRange(None, Decimal("17.50")))
    assert await skus(shop, cheap) == ["red 12"]


async def test_a_list_is_sorted_by_name_price_or_any_attribute_for_it(ctx, shop):
    gear = await a_category(ctx, "Gear")
    await on_sale(ctx, "b", name="Émile", price=20, categories=[gear.id], values={"description": "x"})
    await on_sale(ctx, "a", name="zoo", price=10, categories=[gear.id], values={"description": "Z"})
    await on_sale(ctx, "c", name="adele", price=30, categories=[gear.id])
    await ctx.db.execute("update eav_attribute set used_for_sort_by = true where attribute_code = 'description'")
    await ctx.changed()
    category = await the_category(shop, gear.id)

    async def by(order, descending=False):
        return await skus(shop, await look(shop, category=category, order=order, descending=descending))

    assert await by("name") == ["c", "b", "a"]
    assert await by("price", descending=True) == ["c", "b", "a"]
    assert await by("description") == ["b", "a", "c"]


async def test_a_special_price_counts_as_the_price(ctx, shop):
    gear = await a_category(ctx, "Gear")
    await on_sale(ctx, "reduced", price=40, categories=[gear.id], values={"special_price": "5"})
    await on_sale(ctx, "plain", price=10, categories=[gear.id])

    found = await look(shop, category=await the_category(shop, gear.id), order="price")

    assert await skus(shop, found) == ["reduced", "plain"]
    assert found.prices == [(Decimal(0), 1), (Decimal(10), 1)]


async def test_a_page_behind_the_last_one_is_the_last_one(ctx, shop):
    gear = await a_category(ctx, "Gear")
    for number in range(1, 6):
        await on_sale(ctx, f"p{number}", categories={gear.id: number})
    category = await the_category(shop, gear.id)

    second = await look(shop, category=category, size=2, page=2)
    assert (await skus(shop, second), second.page, second.total) == (["p3", "p4"], 2, 5)

    beyond = await look(shop, category=category, size=2, page=9)
    assert (await skus(shop, beyond), beyond.page) == (["p5"], 3)

    nothing = await look(shop, category=await the_category(shop, (await a_category(ctx, "Empty")).id), size=2, page=9)
    assert (nothing.product_ids, nothing.page, nothing.total) == ([], 1, 0)


async def test_a_filter_by_category_keeps_what_is_in_both(ctx, shop):
    gear, new = await a_category(ctx, "Gear", is_anchor="1"), await a_category(ctx, "New", is_anchor="1")
    newest = await a_category(ctx, "Newest", new.id)
    await on_sale(ctx, "both", categories=[gear.id, newest.id])
    await on_sale(ctx, "one", categories=[gear.id])

    found = await look(shop, category=await the_category(shop, gear.id), within=await the_category(shop, new.id))

    assert await skus(shop, found) == ["both"]


async def test_a_page_takes_one_statement_however_many_products(ctx, shop):
    gear = await a_category(ctx, "Gear")
    await products.save_many(
        ctx, [Product(sku=f"p{n}", name=f"P{n}", attribute_set_id=4, price=Decimal(n)) for n in range(30)]
    )
    category = await the_category(shop, gear.id)
    before = shop.db.statements

    await look(shop, category=category, size=9)

    assert shop.db.statements - before == 1
