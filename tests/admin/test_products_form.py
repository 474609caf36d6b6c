"""The form of a product: what is saved, what is refused, and that nothing typed is lost."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from PIL import Image

from entrepot import inventory, stores
from entrepot.stores import ConfigValue
from tests.admin.browser import AdminBrowser, an_administrator
from tests.admin.product_pages import HOME, fields_of, found, send, send_fields, several_sources, shelves, skus
from tests.catalog.products.makers import a_category, a_product, beside, custom, id_of, shown
from tests.storefront.makers import a_website

NEW = {"product[name]": "Voyage Yoga Bag", "product[sku]": "24-WB01", "product[price]": "32"}


@pytest.fixture
async def us(ctx):
    return await a_website(ctx)


@pytest.fixture
async def bag(ctx, us):
    return await a_product(ctx, "24-WB01", name="Voyage Yoga Bag", price=Decimal(32), visibility=4, status=1)


async def open_form(browser, product, view=None):
    await browser.get(f"{HOME}/edit/id/{id_of(product)}/" + (f"store/{view.id}/" if view else ""))


async def test_a_new_product_is_saved_with_what_was_typed_and_what_is_proposed(browser, ctx):
    await browser.get(f"{HOME}/new/type/simple/")
    await send_fields(
        browser,
        {**NEW, "product[weight]": "0.8", "stock[qty]": "100", "stock[is_in_stock]": "1", "product[tax_class_id]": "2"},
    )

    assert browser.messages == ["success: You saved the product."]
    product = await found(ctx, "24-WB01")
    assert browser.where == f"{HOME}/edit/id/{product.id}/"
    assert (product.name, product.price, product.type_id, product.weight) == (
        "Voyage Yoga Bag", Decimal(32), "simple", Decimal("0.8"),
    )  # fmt: skip
    assert (product.status, product.visibility, product.attribute_set_id) == (1, 4, 4)
    assert beside(product).website_ids == [1]
    assert shown(product)["url_key"] == "voyage-yoga-bag"
    assert (shown(product)["meta_title"], shown(product)["meta_description"]) == ("Voyage Yoga Bag", "Voyage Yoga Bag")
    assert await shelves(ctx, "24-WB01") == {"default": (Decimal(100), 1)}


async def test_a_new_product_without_a_sku_gets_it_from_its_name(browser, ctx):
    await browser.get(f"{HOME}/new/")
    await send_fields(browser, {**NEW, "product[sku]": ""})

    assert await skus(ctx) == ["Voyage Yoga Bag"]


async def test_a_sku_that_is_taken_gets_a_number_and_no_other_product_is_changed(browser, ctx, bag):
    await browser.get(f"{HOME}/new/")
    await send_fields(browser, {**NEW, "product[name]": "Other Bag", "product[sku]": "24-wb01"})

    assert browser.messages == [
        "notice: SKU for product Other Bag has been changed to 24-wb01-1.",
        "success: You saved the product.",
    ]
    assert (await found(ctx, "24-WB01")).name == "Voyage Yoga Bag"
    assert (await found(ctx, "24-wb01-1")).name == "Other Bag"


async def test_everything_wrong_is_said_at_once_and_nothing_typed_is_lost(browser, ctx):
    await browser.get(f"{HOME}/new/")
    typed = {
        "product[name]": "",
        "product[price]": "cheap",
        "product[special_price]": "-1",
        "product[news_from_date]": "2026-03-02",
        "product[news_to_date]": "2026-03-01",
        "product[description]": "Kept <b>text</b>",
        "stock[qty]": "many",
    }
    await send_fields(browser, typed)

    assert browser.page.status_code == 422
    assert browser.error_at("product_name") == (
        'The "Product Name" attribute value is empty. Set the attribute and try again.'
    )
    assert browser.error_at("product_price") == "Please enter a valid number in this field."
    assert browser.error_at("product_special_price") == "Please enter a number 0 or greater in this field."
    assert browser.error_at("product_news_to_date") == (
        "Make sure the To Date is later than or the same as the From Date."
    )
    assert browser.error_at("stock_qty") == "Please enter a valid number in this field."
    assert "error: Price: Please enter a valid number in this field." in browser.messages
    kept = fields_of(browser)
    for name, value in typed.items():
        assert kept[name] == [value]
    assert await skus(ctx) == []


async def test_what_the_operation_refuses_is_shown_at_its_field(browser, ctx, bag):
    other = await a_product(ctx, "24-WB03", name="Driven Backpack")
    await open_form(browser, other)
    await send_fields(browser, {"product[url_key]": "voyage-yoga-bag", "product[name]": "Renamed"})

    assert browser.page.status_code == 422
    assert browser.messages == ["error: URL key for specified store already exists."]
    assert browser.error_at("product_url_key") == "URL key for specified store already exists."
    assert fields_of(browser)["product[name]"] == ["Renamed"]
    assert (await found(ctx, "24-WB03")).name == "Driven Backpack"


async def test_a_store_view_keeps_only_the_values_whose_box_is_cleared(browser, ctx, us, bag):
    await open_form(browser, bag, us)
    assert fields_of(browser)["use_default[name]"] == ["1"]
    await send_fields(browser, {"product[name]": "Yoga Bag (US)", "use_default[name]": None})

    assert browser.messages == ["success: You saved the product."]
    assert browser.where == f"{HOME}/edit/id/{bag.id}/store/{us.id}/"
    assert "use_default[name]" not in fields_of(browser)
    assert fields_of(browser)["product[name]"] == ["Yoga Bag (US)"]
    assert (await found(ctx, "24-WB01")).name == "Voyage Yoga Bag"
    assert (await found(ctx, "24-WB01", us)).name == "Yoga Bag (US)"

    await send_fields(browser, {"use_default[name]": "1"})

    assert (await found(ctx, "24-WB01", us)).name == "Voyage Yoga Bag"
    own = await ctx.db.values("select attributes from product_store where store_id = %(id)s", id=us.id)
    assert own == [{}]


async def test_another_attribute_set_shows_its_fields_and_keeps_what_was_typed(browser, ctx, bag):
    from entrepot.catalog.attributes.contracts import AttributeSet
    from entrepot.catalog.attributes.sets import create_product_set

    made = await create_product_set(ctx, AttributeSet(attribute_set_name="Bags", sort_order=1), 4)
    await open_form(browser, bag)
    await send_fields(browser, {"set": str(made.attribute_set_id), "product[name]": "Half typed", "do": "change set"})

    assert browser.page.status_code == 200
    assert fields_of(browser)["set"] == [str(made.attribute_set_id)]
    assert fields_of(browser)["product[name]"] == ["Half typed"]
    assert (await found(ctx, "24-WB01")).attribute_set_id == 4

    await send(browser)

    saved = await found(ctx, "24-WB01")
    assert (saved.attribute_set_id, saved.name) == (made.attribute_set_id, "Half typed")


async def test_a_choice_that_is_not_offered_is_refused(browser, ctx, bag):
    await open_form(browser, bag)
    await send_fields(browser, {"product[visibility]": "9"})

    assert browser.page.status_code == 422
    assert browser.error_at("product_visibility") == "Please select an option."
    assert (await found(ctx, "24-WB01")).visibility == 4


async def test_what_has_no_weight_becomes_virtual_and_back(browser, ctx, bag):
    await open_form(browser, bag)
    await send(browser, has_weight="0")
    assert (await found(ctx, "24-WB01")).type_id == "virtual"

    await send(browser, has_weight="1")
    assert (await found(ctx, "24-WB01")).type_id == "simple"


async def test_websites_and_categories_are_ticked(browser, ctx, us, bag):
    await a_category(ctx.db, 3, name="Gear", is_active="1")
    await open_form(browser, bag)
    assert sorted(fields_of(browser)["website_ids"]) == sorted(["1", str(us.website_id)])
    await send(browser, website_ids=[str(us.website_id)], category_ids=["3"])

    saved = await found(ctx, "24-WB01")
    assert beside(saved).website_ids == [us.website_id]
    assert shown(saved)["category_ids"] == ["3"]
    assert fields_of(browser)["category_ids"] == ["3"]

    await send(browser, website_ids=None, category_ids=None)

    saved = await found(ctx, "24-WB01")
    assert beside(saved).website_ids == []
    assert shown(saved)["category_ids"] == []


async def test_tier_prices_are_rows_that_are_added_and_removed(browser, ctx, bag):
    await open_form(browser, bag)
    await send(browser, do="add tier_prices")
    await send_fields(browser, {"tier_prices[0][qty]": "5", "tier_prices[0][amount]": "28", "do": "add tier_prices"})
    assert (await found(ctx, "24-WB01")).tier_prices == []
    await send_fields(
        browser,
        {
            "tier_prices[1][group]": "2",
            "tier_prices[1][qty]": "1",
            "tier_prices[1][kind]": "discount",
            "tier_prices[1][amount]": "10",
        },
    )

    assert browser.messages == ["success: You saved the product."]
    saved = (await found(ctx, "24-WB01")).tier_prices or []
    told = {(one.customer_group_id, one.qty, one.value) for one in saved}
    assert told == {(32000, Decimal(5), Decimal(28)), (2, Decimal(1), Decimal("28.8"))}

    await send(browser, do="remove tier_prices.0")
    await send(browser)

    assert len((await found(ctx, "24-WB01")).tier_prices or []) == 1


async def test_two_equal_tier_prices_are_refused_in_their_section(browser, ctx, bag):
    await open_form(browser, bag)
    rows = {f"tier_prices[{n}][{key}]": value for n in (0, 1) for key, value in (("qty", "5"), ("amount", "28"))}
    await send_fields(browser, {**rows, "tier_prices[0][group]": "32000", "tier_prices[1][group]": "32000"})

    message = "We found a duplicate website, tier price, customer group and quantity."
    assert browser.page.status_code == 422
    assert browser.messages == [f"error: {message}"]
    assert f'<p class="field-error">{message}</p>' in browser.page.text
    assert (await found(ctx, "24-WB01")).tier_prices == []


async def test_custom_options_are_rows_of_rows(browser, ctx, bag):
    await open_form(browser, bag)
    await send(browser, do="add options")
    await send_fields(
        browser,
        {"options[0][title]": "Strap", "options[0][type]": "drop_down", "do": "add options.0.values"},
    )
    await send_fields(
        browser,
        {
            "options[0][is_require]": "1",
            "options[0][values][0][title]": "Short",
            "options[0][values][0][price]": "2.5",
            "options[0][values][0][sku]": "s",
            "do": "add options.0.values",
        },
    )
    await send_fields(browser, {"options[0][values][1][title]": "Long", "do": "add options"})
    await send_fields(
        browser,
        {
            "options[1][title]": "Engraving",
            "options[1][type]": "field",
            "options[1][price]": "10",
            "options[1][price_type]": "percent",
            "options[1][max_characters]": "20",
        },
    )

    assert browser.messages == ["success: You saved the product."]
    strap, engraving = (await found(ctx, "24-WB01")).options or []
    assert (strap.title, strap.type, strap.is_require) == ("Strap", "drop_down", True)
    assert [(one.title, one.price, one.sku) for one in strap.values or ()] == [
        ("Short", Decimal("2.5"), "s"),
        ("Long", Decimal(0), None),
    ]
    assert (engraving.price, engraving.price_type, engraving.max_characters) == (Decimal(10), "percent", 20)
    ids = (strap.option_id, engraving.option_id)

    await send(browser, do="remove options.0.values.0")
    await send_fields(browser, {"options[0][title]": "Strap length"})

    strap, engraving = (await found(ctx, "24-WB01")).options or []
    assert (strap.title, [one.title for one in strap.values or ()]) == ("Strap length", ["Long"])
    assert (strap.option_id, engraving.option_id) == ids


async def test_an_option_without_values_is_refused_in_its_section(browser, ctx, bag):
    await open_form(browser, bag)
    await send_fields(browser, {"options[0][title]": "Strap", "options[0][type]": "drop_down"})

    assert browser.messages == ["error: Invalid option value"]
    assert fields_of(browser)["options[0][title]"] == ["Strap"]
    assert (await found(ctx, "24-WB01")).options == []


async def test_linked_products_are_chosen_from_a_list(browser, ctx, bag):
    await a_product(ctx, "24-WB03", name="Driven Backpack")
    await a_product(ctx, "24-UG06", name="Affirm Water Bottle")
    await open_form(browser, bag)
    await send(browser, do="find links.related", find_related="backpack")
    assert "Driven Backpack" in browser.page.text
    assert "Affirm Water Bottle" not in browser.page.text
    await send(browser, do="take links", add_related="24-WB03")
    await send_fields(browser, {"add_upsell": "24-UG06"})

    assert browser.messages == ["success: You saved the product."]
    links = (await found(ctx, "24-WB01")).product_links or []
    assert [(one.link_type, one.linked_product_sku) for one in links] == [
        ("related", "24-WB03"),
        ("upsell", "24-UG06"),
    ]

    await send(browser, do="remove links_related.0")
    await send(browser)

    links = (await found(ctx, "24-WB01")).product_links or []
    assert [one.link_type for one in links] == ["upsell"]


def a_picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), (10, 110, 110)).save(out, "PNG")
    return out.getvalue()


async def test_a_picture_is_kept_in_the_form_while_something_else_is_wrong(browser, ctx, bag):
    await open_form(browser, bag)
    files = {"uploads": ("bag.png", a_picture(), "image/png")}
    await send_fields(browser, {"product[price]": "cheap"}, files=files)
    assert browser.page.status_code == 422
    assert "data:image/png;base64," in browser.page.text
    await send_fields(browser, {"product[price]": "32", "pictures[0][label]": "A bag"})

    assert browser.messages == ["success: You saved the product."]
    [entry] = (await found(ctx, "24-WB01")).media_gallery_entries or []
    assert (entry.label, entry.disabled, entry.media_type) == ("A bag", False, "image")
    assert sorted(entry.types or ()) == ["image", "small_image", "swatch_image", "thumbnail"]
    assert (entry.file or "").endswith(".png")

    await send_fields(browser, {"role[swatch_image]": "", "pictures[0][disabled]": "1"})

    [entry] = (await found(ctx, "24-WB01")).media_gallery_entries or []
    assert (sorted(entry.types or ()), entry.disabled) == (["image", "small_image", "thumbnail"], True)

    await send(browser, do="remove pictures.0")
    await send(browser)

    assert (await found(ctx, "24-WB01")).media_gallery_entries == []


async def test_saving_in_a_store_view_gives_it_no_pictures_of_its_own(browser, ctx, us, bag):
    await open_form(browser, bag)
    await send_fields(browser, {}, files={"uploads": ("bag.png", a_picture(), "image/png")})
    await open_form(browser, bag, us)
    await send_fields(browser, {"product[name]": "Here", "use_default[name]": None})

    own = await ctx.db.values("select attributes from product_store where store_id = %(id)s", id=us.id)
    assert own == [{"name": "Here"}]


async def test_advanced_inventory_follows_the_configuration_where_the_box_is_ticked(browser, ctx, bag):
    await open_form(browser, bag)
    shown_fields = fields_of(browser)
    assert shown_fields["stock[max_sale_qty]"] == ["10000"]
    assert shown_fields["stock[use_config_max_sale_qty]"] == ["1"]
    await send_fields(
        browser,
        {
            "stock[max_sale_qty]": "5",
            "stock[use_config_max_sale_qty]": None,
            "stock[backorders]": "1",
            "stock[use_config_backorders]": None,
        },
    )

    item = await inventory.get_stock_item(ctx, "24-WB01")
    assert (item.use_config_max_sale_qty, item.max_sale_qty) == (False, Decimal(5))
    assert (item.use_config_backorders, item.backorders) == (False, 1)
    assert item.use_config_min_qty is True


async def test_with_several_sources_the_panel_sources_takes_the_place_of_the_quantity(browser, ctx, us, bag):
    await several_sources(ctx, us)
    await open_form(browser, bag)
    assert "stock[qty]" not in fields_of(browser)
    await send(browser, do="assign sources", assign_source=["baltimore_wh", "austin_wh"])
    assert await shelves(ctx, "24-WB01") == {}
    await send_fields(
        browser,
        {
            "sources[0][quantity]": "35",
            "sources[1][quantity]": "10",
            "sources[1][status]": "0",
            "sources[0][notify]": "7",
            "sources[0][notify_default]": "0",
        },
    )

    assert browser.messages == ["success: You saved the product."]
    assert await shelves(ctx, "24-WB01") == {"baltimore_wh": (Decimal(35), 1), "austin_wh": (Decimal(10), 0)}
    notify = await inventory.low_quantity.get_low_quantity(ctx, "baltimore_wh", "24-WB01")
    assert notify.notify_stock_qty == Decimal(7)
    assert "North America Stock: 35" in browser.text

    await inventory.save_source_items(
        ctx, [inventory.SourceItem(sku="24-WB01", source_code="default", quantity=Decimal(3), status=1)]
    )
    await send(browser, do="remove sources.1")
    await send(browser)

    assert await shelves(ctx, "24-WB01") == {"baltimore_wh": (Decimal(35), 1), "default": (Decimal(3), 1)}


async def test_a_wrong_quantity_in_a_source_changes_nothing(browser, ctx, us, bag):
    await several_sources(ctx, us)
    await open_form(browser, bag)
    await send_fields(browser, {"sources[0][source_code]": "austin_wh", "sources[0][quantity]": "ten"})

    assert browser.page.status_code == 422
    assert fields_of(browser)["sources[0][quantity]"] == ["ten"]
    assert await shelves(ctx, "24-WB01") == {}


async def test_save_and_duplicate_makes_a_disabled_copy_with_free_names(browser, ctx, us, bag):
    await several_sources(ctx, us)
    await open_form(browser, bag)
    await send_fields(browser, {"product[special_price]": "30"}, files={"uploads": ("b.png", a_picture(), "image/png")})
    await open_form(browser, bag, us)
    await send_fields(browser, {"product[name]": "Yoga Bag (US)", "use_default[name]": None})
    await inventory.save_source_items(
        ctx, [inventory.SourceItem(sku="24-WB01", source_code="austin_wh", quantity=Decimal(3), status=1)]
    )
    await open_form(browser, bag)
    await send(browser, after="duplicate")

    assert browser.messages == ["success: You saved the product.", "success: You duplicated the product."]
    copy = await found(ctx, "24-WB01-1")
    assert browser.where == f"{HOME}/edit/id/{copy.id}/"
    assert (copy.status, copy.name, shown(copy)["url_key"]) == (2, "Voyage Yoga Bag", "voyage-yoga-bag-1")
    assert shown(copy)["special_price"] == "30.000000"
    assert (await found(ctx, "24-WB01-1", us)).name == "Yoga Bag (US)"
    assert len(copy.media_gallery_entries or ()) == 1
    assert await shelves(ctx, "24-WB01-1") == {"austin_wh": (Decimal(3), 1)}
    assert (await found(ctx, "24-WB01")).status == 1


@pytest.mark.parametrize(
    ("after", "where"),
    [("close", f"{HOME}/index/"), ("new", f"{HOME}/new/type/simple/set/4/")],
)
async def test_where_saving_leads(browser, bag, after, where):
    await open_form(browser, bag)
    await send(browser, after=after)

    assert browser.where == where


async def test_from_a_store_view_one_gets_to_the_products_as_it_shows_them(browser, us, bag):
    await open_form(browser, bag, us)
    assert f'href="{HOME}/index/store/{us.id}/">Back<' in browser.page.text
    await send(browser, after="close")
    assert browser.page.status_code == 200
    assert browser.where == f"{HOME}/index/store/{us.id}/"


async def test_the_old_address_leads_to_the_new_one_if_that_is_ticked(browser, ctx, us, bag):
    await open_form(browser, bag)
    assert fields_of(browser)["url_key_create_redirect"] == ["0", "1"]
    await send_fields(browser, {"product[url_key]": "yoga-bag"})

    redirects = await ctx.db.all(
        tuple,
        "select request_path, target_path from url_rewrite where redirect_type = 301 and store_id = %(id)s",
        id=us.id,
    )
    assert redirects == [("voyage-yoga-bag.html", "yoga-bag.html")]


async def test_an_unknown_product_leads_to_the_grid(browser):
    await browser.get(f"{HOME}/edit/id/4711/")

    assert browser.where == f"{HOME}/"
    assert browser.messages == [
        "error: The product that was requested doesn't exist. Verify the product and try again."
    ]


async def test_a_role_without_products_may_not_see_or_save_one(services, ctx, bag):
    await an_administrator(ctx, "clerk", ["Magento_Customer::manage"])
    clerk = AdminBrowser(services)
    await clerk.enter("clerk")
    await clerk.get(f"{HOME}/edit/id/{bag.id}/")
    assert clerk.page.status_code == 403
    await clerk.post(f"{HOME}/save/id/{bag.id}/", {"product[sku]": "24-WB01", "product[name]": "Stolen"})

    assert clerk.page.status_code == 403
    assert (await found(ctx, "24-WB01")).name == "Voyage Yoga Bag"


async def test_design_is_not_shown_to_who_may_not_edit_it(services, ctx, bag):
    await an_administrator(ctx, "clerk", ["Magento_Catalog::products"])
    clerk = AdminBrowser(services)
    await clerk.enter("clerk")
    await open_form(clerk, bag)

    assert "product[page_layout]" not in fields_of(clerk)
    assert "product[name]" in fields_of(clerk)


async def test_a_shop_of_one_view_shows_no_scopes(browser, ctx):
    product = await a_product(ctx, custom_attributes=custom(description="x"))
    await stores.set_config(ctx, ConfigValue(path="general/single_store_mode/enabled", value="1"))
    await open_form(browser, product)

    assert "Store View:" not in browser.text
    assert "[store view]" not in browser.text
