"""Saving products: what is created, what changes, what stays."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from entrepot.catalog import ProductsSaved, products
from entrepot.catalog.attributes import AttributeValueNotUnique
from entrepot.catalog.contracts import CategoryLink, Product, ProductExtension
from entrepot.kit.context import Actor, ActorType
from tests.catalog.products.makers import (
    a_category,
    a_draft,
    a_product,
    a_view,
    beside,
    custom,
    id_of,
    positions,
    shown,
)


async def test_a_new_product_gets_the_defaults(ctx):
    made = await a_product(ctx, "plain")

    assert (made.type_id, made.status, made.visibility) == ("simple", 1, 4)
    assert shown(made) == {
        "options_container": "container2",
        "msrp_display_actual_price_type": "0",
        "url_key": "plain",
        "required_options": "0",
        "has_options": "0",
        "tax_class_id": "2",
        "category_ids": [],
    }


async def test_a_grouped_product_has_neither_price_nor_what_does_not_apply_to_it(ctx):
    made = await products.save(ctx, Product(sku="g", name="G", attribute_set_id=4, type_id="grouped", price=Decimal(3)))

    assert made.price is None
    assert made.weight is None
    assert shown(made).keys().isdisjoint({"msrp_display_actual_price_type", "tax_class_id"})


async def test_the_price_of_a_configurable_product_is_zero_and_need_not_be_given(ctx):
    made = await products.save(
        ctx, Product(sku="c", name="C", attribute_set_id=4, type_id="configurable", price=Decimal(25))
    )

    assert made.price == 0
    assert await ctx.db.value("select attributes ? 'price' from product") is False


async def test_a_status_of_zero_stays_zero(ctx):
    assert (await a_product(ctx, "a", status=0)).status == 0


async def test_the_sku_finds_a_product_in_any_case_and_without_surrounding_spaces(ctx):
    made = await a_product(ctx, " 24-MB01 ")
    assert made.sku == "24-MB01"

    changed = await products.save(ctx, Product(sku="24-mb01", name="Joust"))

    assert (changed.id, changed.sku, changed.name) == (made.id, "24-mb01", "Joust")


async def test_what_a_request_does_not_name_stays(ctx):
    made = await a_product(ctx, "a", weight=Decimal(2), custom_attributes=custom(description="d", meta_title="m"))

    changed = await products.save(ctx, Product(sku="a", custom_attributes=custom(meta_title="n")))

    assert (changed.name, changed.price, changed.weight) == ("a", Decimal(34), Decimal(2))
    assert shown(changed) == shown(made) | {"meta_title": "n"}


async def test_null_removes_a_value_and_an_empty_text_is_one_for_texts_only(ctx):
    await a_product(
        ctx,
        "a",
        custom_attributes=custom(
            description="d", meta_title="m", special_price="5", special_from_date="2020-01-01", cost="4"
        ),
    )

    changed = await products.save(
        ctx,
        Product(sku="a", custom_attributes=custom(description=None, meta_title="", special_price="", cost=None)),
    )

    values = shown(changed)
    assert values["meta_title"] == ""
    assert values.keys().isdisjoint({"description", "special_price", "cost"})


async def test_a_new_product_does_not_keep_empty_texts(ctx):
    made = await a_product(ctx, "a", custom_attributes=custom(description=""))

    assert "description" not in shown(made)


async def test_decimals_read_with_six_places_and_dates_with_a_time(ctx):
    made = await a_product(ctx, "a", custom_attributes=custom(special_price=5, news_from_date="2020-03-01"))

    assert shown(made)["special_price"] == "5.000000"
    assert shown(made)["news_from_date"] == "2020-03-01 00:00:00"


async def test_a_special_price_begins_today_where_no_day_is_given(ctx):
    ctx.now = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)

    made = await a_product(ctx, "a", custom_attributes=custom(special_price=5))
    open_start = await a_product(ctx, "b", custom_attributes=custom(special_price=5, special_from_date=""))

    # The shop's own time zone is America/Los_Angeles, where it is still the first.
    assert shown(made)["special_from_date"] == "2026-03-01 00:00:00"
    assert "special_from_date" not in shown(open_start)


async def test_unknown_attributes_and_those_of_other_sets_are_passed_over(ctx):
    made = await a_product(ctx, "a", custom_attributes=custom(no_such="x", color=52, quantity_and_stock_status={}))

    assert shown(made).keys().isdisjoint({"no_such", "color", "quantity_and_stock_status"})
    assert await ctx.db.value("select attributes ? 'color' or attributes ? 'no_such' from product") is False


async def test_created_at_is_taken_over_and_updated_at_is_not(ctx):
    made = await a_product(ctx, "a", created_at="2021-06-15 00:00:00", updated_at="2001-01-01 00:00:00")

    assert made.created_at == "2021-06-15 00:00:00"
    assert made.updated_at == f"{ctx.now:%Y-%m-%d %H:%M:%S}"


async def test_an_id_finds_the_product_so_that_the_sku_may_change(ctx):
    made = await a_product(ctx, "old")

    renamed = await products.save(ctx, Product(id=made.id, sku="new"))

    assert (renamed.id, renamed.sku) == (made.id, "new")
    assert await products.products_by_sku(ctx, ["old"]) == {}


async def test_put_to_the_old_path_with_the_id_renames(ctx):
    made = await a_product(ctx, "old")

    renamed = await products.update(ctx, Product(id=made.id, sku="new"), sku="old")

    assert (renamed.id, renamed.sku) == (made.id, "new")


async def test_put_with_the_id_of_another_product_gives_that_one_the_sku_of_the_path(ctx):
    made = await a_product(ctx, "old")

    renamed = await products.update(ctx, Product(id=made.id, sku="ignored"), sku="new")

    assert (renamed.id, renamed.sku) == (made.id, "new")


async def test_a_product_cannot_take_the_sku_of_another(ctx):
    first = await a_product(ctx, "first")
    await a_product(ctx, "second")

    with pytest.raises(AttributeValueNotUnique) as refused:
        await products.save(ctx, Product(id=first.id, sku="SECOND"))

    assert refused.value.rendered() == (
        'The value of the "SKU" attribute isn\'t unique. Set a unique value and try again.'
    )
    assert (await products.get_by_id(ctx, id_of(first))).sku == "first"


async def test_a_product_is_new_in_the_website_of_the_call_or_in_all_of_them(ctx):
    view = await a_view(ctx, "second", website="other")

    in_view = await a_product(ctx.in_store(view), "a")
    in_all = await a_product(ctx, "b")

    assert beside(in_view).website_ids == [view.website_id]
    assert beside(in_all).website_ids == [1, view.website_id]


async def test_website_ids_replace_the_assignment_and_none_keep_it(ctx):
    view = await a_view(ctx, "second", website="other")
    await a_product(ctx, "a")

    kept = await products.save(ctx, Product(sku="a", extension_attributes=ProductExtension()))
    one = await products.save(
        ctx, Product(sku="a", extension_attributes=ProductExtension(website_ids=[view.website_id]))
    )
    none = await products.save(ctx, Product(sku="a", extension_attributes=ProductExtension(website_ids=[])))

    assert beside(kept).website_ids == [1, view.website_id]
    assert beside(one).website_ids == [view.website_id]
    assert beside(none).website_ids == []


async def linked(ctx, *links: tuple[int, str], **fields) -> dict[str, int]:
    """The categories of product `a` after a save with these links."""
    extension = ProductExtension(category_links=[CategoryLink(position, category) for position, category in links])
    return positions(await products.save(ctx, Product(sku="a", extension_attributes=extension, **fields)))


async def test_category_links_add_and_move_and_an_empty_list_takes_all_away(ctx):
    for id in (11, 12, 16):
        await a_category(ctx.db, id)
    await a_product(ctx, "a")

    assert await linked(ctx, (1, "11"), (2, "12")) == {"11": 1, "12": 2}
    assert await linked(ctx, (5, "11"), (3, "16")) == {"11": 5, "12": 2, "16": 3}
    assert await linked(ctx) == {}


async def test_category_ids_replace_the_assignment_and_keep_positions(ctx):
    for id in (11, 12, 16):
        await a_category(ctx.db, id)
    await a_product(ctx, "a")
    await linked(ctx, (1, "11"), (2, "12"))

    changed = await products.save(ctx, Product(sku="a", custom_attributes=custom(category_ids=["12", 16])))

    assert positions(changed) == {"12": 2, "16": 0}
    assert shown(changed)["category_ids"] == ["12", "16"]


async def test_category_links_are_merged_into_category_ids(ctx):
    for id in (11, 12, 16):
        await a_category(ctx.db, id)
    await a_product(ctx, "a")
    await linked(ctx, (1, "11"))

    assert await linked(ctx, (7, "16"), custom_attributes=custom(category_ids=[12])) == {"12": 0, "16": 7}


async def test_who_may_not_edit_designs_leaves_them_as_they_are(ctx):
    editor = ctx.in_store(ctx.store, Actor(ActorType.ADMIN, 7, frozenset({"Magento_Catalog::products"})))
    await a_product(ctx, "a", custom_attributes=custom(page_layout="1column"))

    changed = await products.save(
        editor,
        Product(sku="a", name="B", custom_attributes=custom(page_layout="empty", options_container="container1")),
    )

    assert changed.name == "B"
    assert shown(changed)["page_layout"] == "1column"
    assert shown(changed)["options_container"] == "container2"


async def test_who_may_not_edit_designs_creates_with_the_defaults(ctx):
    editor = ctx.in_store(ctx.store, Actor(ActorType.ADMIN, 7, frozenset({"Magento_Catalog::products"})))

    made = await a_product(editor, "a", custom_attributes=custom(page_layout="empty", options_container="container1"))

    assert "page_layout" not in shown(made)
    assert shown(made)["options_container"] == "container2"


async def test_listeners_hear_what_was_created(ctx):
    heard: list[ProductsSaved] = []

    async def listener(ctx, event):
        heard.append(event)

    listeners = ctx.services.events._listeners[ProductsSaved]
    listeners.append(listener)
    try:
        made = await a_product(ctx, "a")
        await products.save(ctx, Product(sku="a", name="B"))
    finally:
        listeners.remove(listener)

    assert heard == [
        ProductsSaved((id_of(made),), frozenset({id_of(made)})),
        ProductsSaved((id_of(made),), frozenset()),
    ]


async def test_many_are_saved_with_the_statements_of_one(ctx):
    async def statements(count: int, prefix: str) -> int:
        before: int = ctx.db.statements
        drafts = await products.save_many(
            ctx, [a_draft(f"{prefix}-{n}", custom_attributes=custom(meta_title=str(n))) for n in range(count)]
        )
        assert [draft.refusal for draft in drafts] == [None] * count
        return int(ctx.db.statements - before)

    assert await statements(1, "one") == await statements(50, "fifty")


async def test_of_many_only_the_wrong_ones_are_refused(ctx):
    await a_product(ctx, "taken", name="Taken")

    drafts = await products.save_many(
        ctx,
        [
            a_draft("good"),
            a_draft("nameless", name=None),
            a_draft("clash", name="Taken"),
            a_draft("twin-1", name="Twin"),
            a_draft("twin-2", name="Twin"),
        ],
    )

    assert [draft.refusal.rendered() if draft.refusal else None for draft in drafts] == [
        None,
        'The "Product Name" attribute value is empty. Set the attribute and try again.',
        "URL key for specified store already exists.",
        None,
        "URL key for specified store already exists.",
    ]
    assert sorted(await ctx.db.values("select sku from product")) == ["good", "taken", "twin-1"]


async def test_a_second_draft_of_a_product_finds_the_first_one_saved(ctx):
    first, second = await products.save_many(ctx, [a_draft("a"), Product(sku="A", name="B")])

    assert second.refusal is None
    assert second.product_id == first.product_id
    assert (await products.get(ctx, "a")).name == "B"


async def test_a_product_may_be_named_by_its_id_and_by_its_sku_in_one_call(ctx):
    made = await a_product(ctx, "a")

    drafts = await products.save_many(
        ctx,
        [Product(id=made.id, sku="b", weight=Decimal(1)), Product(sku="a", name="Late"), Product(sku="b", name="B")],
    )

    # The first two find the same product; the second is saved after the first, and so creates what is no more.
    assert [draft.refusal is None for draft in drafts] == [True, False, True]
    changed = await products.get_by_id(ctx, id_of(made))
    assert (changed.sku, changed.weight, changed.name) == ("b", Decimal(1), "B")
