"""Custom options: through their own routes, and as a field of the product."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from entrepot import stores
from entrepot.catalog import products
from entrepot.catalog.contracts import CustomOption, CustomOptionValue, Product
from entrepot.catalog.options import service as options
from entrepot.kit.errors import Refused
from tests.catalog.products.makers import a_draft, a_product, a_view, id_of, shown

NO_PRODUCT = "The product that was requested doesn't exist. Verify the product and try again."
MISSING, TYPE, VALUE = (
    "Missed values for option required fields",
    "Invalid option type",
    "Invalid option value",
)


def a_field(title: str = "Engraving", **fields) -> CustomOption:
    given: dict[str, Any] = {
        "product_sku": "a",
        "title": title,
        "type": "field",
        "price": Decimal(5),
        "price_type": "fixed",
    }
    return CustomOption(**(given | fields))


def a_value(title: str = "Red", **fields) -> CustomOptionValue:
    given: dict[str, Any] = {"title": title, "price": Decimal(1), "price_type": "fixed"}
    return CustomOptionValue(**(given | fields))


def a_choice(*values: CustomOptionValue, **fields) -> CustomOption:
    given: dict[str, Any] = {"product_sku": "a", "title": "Colour", "type": "drop_down", "values": list(values)}
    return CustomOption(**(given | fields))


def titles(found: list[CustomOption] | None) -> list[str | None]:
    return [one.title for one in found or ()]


async def flags(ctx) -> tuple[str, str]:
    of_product = shown(await products.get(ctx, "a"))
    return of_product["has_options"], of_product["required_options"]


async def _everything(ctx):
    return [
        await ctx.db.all(tuple, "select * from product_option order by 1"),
        await ctx.db.all(tuple, "select * from product_option_title order by 1, 2"),
        await ctx.db.all(tuple, "select * from product_option_price order by 1, 2"),
        await ctx.db.all(tuple, "select * from product_option_value order by 1"),
        await ctx.db.all(tuple, "select * from product_option_value_title order by 1, 2"),
        await ctx.db.all(tuple, "select * from product_option_value_price order by 1, 2"),
        await ctx.db.all(tuple, "select product_id, has_options, required_options from product order by 1"),
    ]


async def refusal(ctx, call) -> Refused:
    """The refusal of a call, after which everything is as before."""
    before = await _everything(ctx)
    with pytest.raises(Refused) as refused:
        await call
    assert await _everything(ctx) == before
    return refused.value


async def test_the_types_come_in_the_order_of_the_form(admin):
    reply = await admin.get("/rest/V1/products/options/types")

    assert [(one["label"], one["code"], one["group"]) for one in reply.body] == [
        ("Field", "field", "Text"),
        ("Area", "area", "Text"),
        ("File", "file", "File"),
        ("Drop-down", "drop_down", "Select"),
        ("Radio Buttons", "radio", "Select"),
        ("Checkbox", "checkbox", "Select"),
        ("Multiple Select", "multiple", "Select"),
        ("Date", "date", "Date"),
        ("Date & Time", "date_time", "Date"),
        ("Time", "time", "Date"),
    ]


async def test_options_are_made_changed_read_and_removed_through_the_routes(ctx, admin):
    await a_product(ctx, "a")

    made = await admin.post(
        "/rest/V1/products/options",
        {
            "option": {
                "product_sku": "a",
                "title": "Engraving",
                "type": "field",
                "sort_order": 1,
                "is_require": True,
                "price": 2.5,
                "price_type": "percent",
                "sku": "eng",
                "max_characters": 20,
            }
        },
    )

    assert made.status == 200
    id = made.body["option_id"]
    expected = {
        "product_sku": "a",
        "option_id": id,
        "title": "Engraving",
        "type": "field",
        "sort_order": 1,
        "is_require": True,
        "price": 2.5,
        "price_type": "percent",
        "sku": "eng",
        "max_characters": 20,
    }
    assert list(made.body.items()) == list(expected.items())
    assert await flags(ctx) == ("1", "1")

    changed = await admin.put(
        f"/rest/V1/products/options/{id}",
        {"option": {"product_sku": "a", "title": "Text", "type": "field", "price": -3, "price_type": "fixed"}},
    )
    assert changed.body == expected | {"title": "Text", "price": -3, "price_type": "fixed"}
    assert (await admin.get(f"/rest/V1/products/a/options/{id}")).body == changed.body
    assert (await admin.get("/rest/V1/products/a/options")).body == [changed.body]
    assert (await admin.delete(f"/rest/V1/products/a/options/{id}")).body is True
    assert (await admin.get("/rest/V1/products/a/options")).body == []
    assert await flags(ctx) == ("0", "0")


async def test_a_choice_shows_its_values_and_no_price_of_its_own(ctx, admin):
    await a_product(ctx, "a")

    made = await admin.post(
        "/rest/all/V1/products/options",
        {
            "option": {
                "product_sku": "a",
                "title": "Colour",
                "type": "radio",
                "sort_order": 0,
                "is_require": False,
                "price": 9,
                "price_type": "fixed",
                "sku": "own",
                "values": [
                    {"title": "Red", "sort_order": 2, "price": 1, "price_type": "fixed", "sku": "r"},
                    {"title": "Blue", "sort_order": 1, "price": 10, "price_type": "percent"},
                    {"title": "Any", "sort_order": 2},
                ],
            }
        },
    )

    assert made.status == 200
    values = [{key: value for key, value in one.items() if key != "option_type_id"} for one in made.body.pop("values")]
    made.body.pop("option_id")
    assert made.body == {
        "product_sku": "a", "title": "Colour", "type": "radio", "sort_order": 0, "is_require": False,
    }  # fmt: skip
    assert values == [
        {"title": "Blue", "sort_order": 1, "price": 10, "price_type": "percent"},
        {"title": "Any", "sort_order": 2, "price": 0, "price_type": "fixed"},
        {"title": "Red", "sort_order": 2, "price": 1, "price_type": "fixed", "sku": "r"},
    ]
    assert await flags(ctx) == ("1", "0")


async def test_the_extensions_of_files_are_stored_cleaned(ctx):
    await a_product(ctx, "a")

    made = await options.save_option(
        ctx, a_field(type="file", file_extension=".JPG;png  gif", image_size_x=100, image_size_y=200)
    )

    assert (made.file_extension, made.image_size_x, made.image_size_y) == ("jpg, png, gif", 100, 200)
    assert made.max_characters is None


async def test_a_text_loses_what_the_database_cannot_hold(ctx):
    await a_product(ctx, "a")

    made = await options.save_option(ctx, a_choice(a_value("R\0ed", sku="r\0")))

    assert [(value.title, value.sku) for value in made.values or []] == [("Red", "r")]


async def test_values_of_a_change_are_the_complete_list(ctx):
    await a_product(ctx, "a")
    made = await options.save_option(
        ctx, a_choice(a_value("Red", sort_order=1, sku="r"), a_value("Blue", sort_order=2))
    )
    red, blue = made.values or []

    changed = await options.save_option(
        ctx,
        a_choice(
            a_value("Green", sort_order=0),
            a_value("Crimson", option_type_id=red.option_type_id, price=None, price_type=None),
            option_id=made.option_id,
        ),
    )

    green, crimson = changed.values or []
    assert (green.title, green.option_type_id not in (red.option_type_id, blue.option_type_id)) == ("Green", True)
    assert (crimson.option_type_id, crimson.title, crimson.price, crimson.sort_order, crimson.sku) == (
        red.option_type_id,
        "Crimson",
        Decimal(1),
        1,
        "r",
    )


async def test_an_option_that_is_answered_in_another_way_forgets_the_former_answer(ctx):
    await a_product(ctx, "a")
    made = await options.save_option(ctx, a_field(sku="s", max_characters=9, sort_order=4))

    chosen = await options.save_option(ctx, a_choice(a_value(), option_id=made.option_id))
    assert (chosen.sort_order, chosen.price, chosen.sku, chosen.max_characters) == (4, None, None, None)

    written = await options.save_option(ctx, a_field(type="area", option_id=made.option_id))
    assert (written.values, written.price, written.sku) == (None, Decimal(5), None)
    assert await ctx.db.value("select count(*) from product_option_value") == 0


@pytest.mark.parametrize(
    ("option", "message"),
    [
        pytest.param(a_field(title=""), MISSING, id="no title"),
        pytest.param(a_field(type=None), f"{MISSING}\n{TYPE}", id="no type"),
        pytest.param(a_field(type="essay"), TYPE, id="unknown type"),
        pytest.param(a_field(price_type="odd"), VALUE, id="unknown price type"),
        pytest.param(a_field(price_type=None), VALUE, id="no price type"),
        pytest.param(a_field(price=None), VALUE, id="no price"),
        pytest.param(a_field(type="date", price=None, price_type=None), VALUE, id="no price of a date"),
        pytest.param(a_field(max_characters=-1), VALUE, id="negative length"),
        pytest.param(a_field(type="file", image_size_x=-1), VALUE, id="negative width"),
        pytest.param(a_field(type="file", image_size_y=-1), VALUE, id="negative height"),
        pytest.param(a_choice(), VALUE, id="a choice without values"),
        pytest.param(a_choice(a_value(), a_value(title="")), VALUE, id="a value without a title"),
        pytest.param(a_choice(a_value(price_type="odd")), VALUE, id="a value with an unknown price type"),
        pytest.param(a_choice(a_value(price=None)), VALUE, id="a value without a price"),
        pytest.param(a_field(title="", type="essay", price=None), f"{MISSING}\n{TYPE}\n{VALUE}", id="all at once"),
    ],
)
async def test_an_option_that_breaks_rules_is_refused_with_all_of_them(ctx, option, message):
    await a_product(ctx, "a")

    alone = await refusal(ctx, options.save_option(ctx, option))
    with_product = await refusal(ctx, products.save(ctx, Product(sku="a", options=[option])))

    assert (alone.status, str(alone), alone.parameters) == (400, message, None)
    assert str(with_product) == message


async def test_an_option_without_its_product_is_refused(ctx):
    await a_product(ctx, "a")
    other = await a_product(ctx, "b", options=[a_field()])
    id = (other.options or [])[0].option_id

    empty = await refusal(ctx, options.save_option(ctx, a_field(title="", product_sku="")))
    unknown = await refusal(ctx, options.save_option(ctx, a_field(title="", product_sku="nowhere")))
    of_another = await refusal(ctx, options.save_option(ctx, a_field(title="", option_id=id)))

    assert (empty.status, str(empty)) == (400, "The ProductSku is empty. Set the ProductSku and try again.")
    assert (unknown.status, str(unknown)) == (404, NO_PRODUCT)
    assert (of_another.status, str(of_another), of_another.parameters) == (404, "No such entity.", None)


async def test_what_a_product_does_not_have_is_not_found(ctx):
    await a_product(ctx, "a")
    other = await a_product(ctx, "b", options=[a_field()])
    id = (other.options or [])[0].option_id or 0

    for call in (options.get_option(ctx, "a", id), options.delete_option(ctx, "a", id)):
        refused = await refusal(ctx, call)
        assert (refused.status, refused.parameters) == (404, {"fieldName": "optionId", "fieldValue": id})
    calls: list[Any] = [
        options.get_options(ctx, "x"),
        options.get_option(ctx, "x", id),
        options.delete_option(ctx, "x", id),
    ]
    for unknown in calls:
        assert str(await refusal(ctx, unknown)) == NO_PRODUCT


# ---------------------------------------------------------------- with the product


async def test_a_product_carries_its_options_by_position_and_title(ctx):
    made = await a_product(
        ctx,
        "a",
        options=[
            a_field("Last", sort_order=2),
            a_field("Note", sort_order=1, is_require=False),
            a_choice(a_value(), title="Colour", sort_order=1, is_require=False),
        ],
    )

    assert titles(made.options) == ["Colour", "Note", "Last"]
    assert {one.product_sku for one in made.options or ()} == {"a"}
    assert await flags(ctx) == ("1", "1")


async def test_the_list_of_a_save_is_complete_and_an_absent_one_changes_nothing(ctx):
    made = await a_product(ctx, "a", options=[a_field("One"), a_choice(a_value("Red"), title="Two")])
    one, two = made.options or []

    kept = await products.save(ctx, Product(sku="a", name="A"))
    assert kept.options == made.options

    changed = await products.save(
        ctx, Product(sku="a", options=[a_field("Third", option_id=987654), a_field("1", option_id=one.option_id)])
    )
    first, third = changed.options or []
    assert (first.title, first.option_id) == ("1", one.option_id)
    assert third.option_id not in (one.option_id, two.option_id, 987654)
    assert await ctx.db.value("select count(*) from product_option_value") == 0

    assert (await products.save(ctx, Product(sku="a", options=[]))).options == []
    assert await flags(ctx) == ("0", "0")


async def test_an_id_of_another_product_makes_a_new_option(ctx):
    other = await a_product(ctx, "b", options=[a_choice(a_value("Red"))])
    [taken] = other.options or []
    [value] = taken.values or []

    made = await a_product(
        ctx, "a", options=[a_choice(a_value("Blue", option_type_id=value.option_type_id), option_id=taken.option_id)]
    )

    assert (made.options or [])[0].option_id != taken.option_id
    assert (await products.get(ctx, "b")).options == other.options


async def test_many_products_with_options_take_the_statements_of_one(ctx):
    async def statements(count: int, prefix: str) -> int:
        before = ctx.db.statements
        drafts = [
            a_draft(f"{prefix}{n}", options=[a_field(), a_choice(a_value("Red"), a_value("Blue")), a_field("Note")])
            for n in range(count)
        ]
        await products.save_many(ctx, drafts)
        return int(ctx.db.statements - before)

    assert await statements(1, "few") == await statements(20, "many")
    assert await statements(20, "many") == await statements(1, "few")
    assert await ctx.db.value("select count(*) from product_option") == 21 * 3
    assert await ctx.db.value("select count(*) from product_option_value") == 21 * 2


# ---------------------------------------------------------------- scopes


async def test_a_store_view_has_titles_of_its_own_and_inherits_what_it_does_not_change(ctx):
    view = await a_view(ctx, "de")
    made = await a_product(ctx, "a", options=[a_field("Engraving", sort_order=1), a_choice(a_value("Red"))])
    choice, engraving = made.options or []
    [red] = choice.values or []
    in_view = ctx.in_store(view)

    await products.save(
        in_view,
        Product(
            sku="a",
            options=[
                a_field("Gravur", option_id=engraving.option_id, sort_order=3, price=Decimal(7)),
                a_choice(a_value("Rot", option_type_id=red.option_type_id), option_id=choice.option_id),
            ],
        ),
    )

    german = await options.get_options(in_view, "a")
    assert titles(german) == ["Colour", "Gravur"]
    assert [value.title for value in german[0].values or ()] == ["Rot"]
    common = await options.get_options(ctx, "a")
    assert titles(common) == ["Colour", "Engraving"]
    assert [value.title for value in common[0].values or ()] == ["Red"]
    # Prices and everything else hold everywhere.
    assert (common[1].price, common[1].sort_order) == (Decimal(7), 3)
    # A title that the view already showed is not made its own.
    same_value = a_value("Red", option_type_id=red.option_type_id)
    await options.save_option(ctx, a_choice(same_value, title="Paint", option_id=choice.option_id))
    assert titles(await options.get_options(in_view, "a")) == ["Paint", "Gravur"]


async def test_with_prices_per_website_a_store_view_writes_those_of_its_website(ctx):
    await stores.write_value(ctx, "catalog/price/scope", "1")
    first = await a_view(ctx, "de", "europe")
    product = await a_product(ctx, "a", options=[a_field(price=Decimal(5))])
    [made] = product.options or []
    second = await a_second_view(ctx, first)

    await options.save_option(ctx.in_store(first), a_field(option_id=made.option_id, price=Decimal(8)))

    for store, price in ((first, 8), (second, 8), (ctx.stores.default, 5), (ctx.stores.admin, 5)):
        [seen] = await options.get_options(ctx.in_store(store), "a")
        assert seen.price == price
    assert id_of(product)


async def a_second_view(ctx, first):
    await stores.create_view(ctx, stores.ManagedStore(store_group_id=first.group_id, code="fr", name="fr", is_active=1))
    return ctx.stores.by_code("fr")
