"""Spec 30-catalog, 6.1 and 6.3: the options of attributes over REST."""

import pytest

from entrepot.catalog.attributes import ATTRIBUTES, shown_value
from tests.catalog.attributes.makers import an_attribute, as_of_now, options_of, refused

OPTIONS = "/rest/all/V1/products/attributes/size/options"
UNKNOWN = (404, 'The attribute with a "%1" attributeCode doesn\'t exist. Verify the attribute and try again.')


@pytest.mark.parametrize(
    ("code", "options"),
    [
        ("status", [("Enabled", "1"), ("Disabled", "2")]),
        (
            "visibility",
            [("Not Visible Individually", "1"), ("Catalog", "2"), ("Search", "3"), ("Catalog, Search", "4")],
        ),
        ("price_type", [("Yes", "1"), ("No", "0")]),
        ("quantity_and_stock_status", [("In Stock", "1"), ("Out of Stock", "0")]),
        ("tax_class_id", [("None", "0"), ("Taxable Goods", "2")]),
        ("color", [(" ", "")]),
        ("name", []),
        ("old_id", []),
    ],
)
async def test_attributes_offer_what_their_source_has(admin, code, options):
    reply = await admin.get(f"/rest/V1/products/attributes/{code}/options")
    assert [(one["label"], one["value"]) for one in reply.body] == options


async def test_countries_are_offered_by_name(admin):
    reply = await admin.get("/rest/V1/products/attributes/country_of_manufacture/options")
    assert reply.body[:2] == [{"label": " ", "value": ""}, {"label": "Afghanistan", "value": "AF"}]
    assert {"label": "Switzerland", "value": "CH"} in reply.body


async def test_a_new_tax_class_is_offered_at_once(ctx):
    from entrepot.catalog.attributes import choices

    await ctx.db.execute("insert into tax_class (class_name, class_type) values ('Books', 'PRODUCT')")
    await ctx.changed()
    offered = choices(ctx, ctx.shared(ATTRIBUTES).products["tax_class_id"])
    assert [one.label for one in offered] == ["None", "Taxable Goods", "Books"]


async def test_an_added_option_answers_its_id(admin, services, db):
    await an_attribute(admin, "size")
    reply = await admin.post(
        OPTIONS,
        {
            "option": {
                "label": "Small",
                "value": "77",
                "sort_order": 3,
                "is_default": True,
                "store_labels": [{"store_id": 1, "label": "Klein"}],
            }
        },
    )
    (option_id,) = await options_of(services, db, "size")
    assert reply.text == f'"id_{option_id}"'
    size = (await as_of_now(services, db)).products["size"]
    assert size.default_value == str(option_id)
    (option,) = size.options
    assert (option.sort_order, option.labels) == (3, {0: "Small", 1: "Klein"})


async def test_a_label_that_is_there_is_not_added_again(admin, services, db):
    labels = [{"store_id": 1, "label": "Klein"}]
    await an_attribute(admin, "size", options=[{"label": "Small", "store_labels": labels}])
    assert (await admin.post(OPTIONS, {"option": {"label": "Small"}})).text == "false"
    in_view = OPTIONS.replace("/all/", "/default/")
    assert (await admin.post(in_view, {"option": {"label": "Klein"}})).text == "false"
    assert len(await options_of(services, db, "size")) == 1
    # In the store view the label is another, and letters count as they are written.
    assert (await admin.post(in_view, {"option": {"label": "Small"}})).body.startswith("id_")
    assert (await admin.post(OPTIONS, {"option": {"label": "small"}})).body.startswith("id_")
    assert len(await options_of(services, db, "size")) == 3


NOT_SAVED = 'The "%1" attribute can\'t be saved.'
TAKES_NONE = 'The "%1" attribute doesn\'t work with options.'


@pytest.mark.parametrize(
    ("code", "option", "status", "message"),
    [
        ("nothing", {}, *UNKNOWN),
        ("name", {}, 400, TAKES_NONE),
        ("status", {"label": "Perhaps"}, 400, TAKES_NONE),
        ("color", {}, 400, NOT_SAVED),
        ("color", {"label": "Red", "store_labels": [{"store_id": 77, "label": "Rot"}]}, 400, NOT_SAVED),
        ("color", {"label": "Red", "store_labels": [{"label": "Rot"}]}, 400, NOT_SAVED),
    ],
)
async def test_options_that_cannot_be_are_refused(admin, db, code, option, status, message):
    reply = await admin.post(f"/rest/V1/products/attributes/{code}/options", {"option": option or {"value": "1"}})
    assert refused(reply) == (status, message, [code])
    assert await db.value("select count(*) from eav_attribute_option") == 0


async def test_an_option_can_be_deleted(admin, services, db):
    await an_attribute(
        admin,
        "size",
        frontend_input="multiselect",
        options=[{"label": "S", "is_default": True}, {"label": "L", "is_default": True}],
    )
    small, large = await options_of(services, db, "size")
    assert (await as_of_now(services, db)).products["size"].default_value == f"{small},{large}"
    assert (await admin.delete(f"{OPTIONS}/{small}")).text == "true"
    assert await options_of(services, db, "size") == [large]
    assert (await as_of_now(services, db)).products["size"].default_value == str(large)


async def test_what_cannot_be_deleted_is_refused(admin, services, db):
    await an_attribute(admin, "size", options=[{"label": "S"}])
    await an_attribute(admin, "width", options=[{"label": "W"}])
    (wide,) = await options_of(services, db, "width")
    prefix = "/rest/V1/products/attributes"
    assert refused(await admin.delete(f"{prefix}/nothing/options/1")) == (*UNKNOWN, ["nothing"])
    assert refused(await admin.delete(f"{prefix}/name/options/1")) == (
        400,
        'The "%1" attribute has no option.',
        ["name"],
    )
    for option_id in ("x", str(wide)):
        assert refused(await admin.delete(f"{prefix}/size/options/{option_id}")) == (
            404,
            'The "%1" attribute doesn\'t include an option with "%2" ID.',
            ["size", option_id],
        )
    assert await db.value("select count(*) from eav_attribute_option") == 2


async def test_values_are_shown_by_their_labels(admin, services, db):
    labels = [{"store_id": 1, "label": "Klein"}]
    await an_attribute(
        admin,
        "size",
        frontend_input="multiselect",
        options=[{"label": "Small", "store_labels": labels}, {"label": "Large"}],
    )
    small, large = await options_of(services, db, "size")
    ctx = await services.context(db, store="default")
    products = ctx.shared(ATTRIBUTES).products
    assert shown_value(ctx, products["size"], f"{small},{large}") == "Klein, Large"
    assert shown_value(ctx, products["status"], "1") == "Enabled"
    assert shown_value(ctx, products["name"], "A, b") == "A, b"
    assert shown_value(ctx, products["size"], "999") == ""
