"""Stores > Attributes > Product: the grid, the form, options, and what is protected."""

from __future__ import annotations

import re

import pytest

from entrepot.admin import product_attributes_options
from entrepot.catalog import attributes
from entrepot.catalog.attributes import ATTRIBUTES
from entrepot.catalog.attributes.contracts import AttributeOption, OptionLabel, ProductAttribute
from tests.storefront.makers import a_website

HOME = "/admin/catalog/product_attribute"


@pytest.fixture
async def us(ctx):
    return await a_website(ctx)


@pytest.fixture
async def fabric(ctx, us):
    """A dropdown of cotton and wool; wool is the default, and has a name of its own in the US."""
    given = ProductAttribute(
        attribute_code="fabric",
        frontend_input="select",
        default_frontend_label="Fabric",
        options=[
            AttributeOption(label="Cotton", sort_order=1),
            AttributeOption(
                label="Wool", sort_order=2, is_default=True, store_labels=[OptionLabel(us.id, "Merino Wool")]
            ),
        ],
    )
    return await attributes.product_attributes.save(ctx, given)


async def stored(services, code):
    """The attribute as the next transaction sees it."""
    async with services.work() as ctx:
        return ctx.shared(ATTRIBUTES).products.get(code)


def option_of(attribute, label):
    return next(option for option in attribute.options if option.labels[0] == label)


def form_of(page):
    """All fields of the form as a browser would send them; a box that is not ticked is not sent."""
    page = page[page.index('<form id="form"') :]
    fields = {}
    for name, inner in re.findall(r'<select [^>]*?name="([^"]+)".*?>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inner) or re.search(r'value="([^"]*)"', inner)
        fields[name] = chosen[1]
    for tag in re.findall(r"<input [^>]*>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r' value="([^"]*)"', tag)
        if name and value and (not re.search(r'type="(checkbox|radio)"', tag) or " checked" in tag):
            fields[name[1]] = value[1]
    return fields


async def test_the_grid_shows_what_people_may_see_of_attributes(browser, fabric):
    await browser.get(f"{HOME}/?f.is_system=0")
    assert [row[:3] for row in browser.rows] == [
        ["color", "Color", "No"],
        ["cost", "Cost", "No"],
        ["fabric", "Fabric", "No"],
        ["manufacturer", "Manufacturer", "No"],
    ]
    await browser.get(f"{HOME}/?search=sku&limit=200")
    assert [row[:5] for row in browser.rows] == [
        ["sku", "SKU", "Yes", "Yes", "No"],
        ["sku_type", "Dynamic SKU", "Yes", "Yes", "No"],
    ]
    await browser.get(f"{HOME}/?search=required_options")
    assert browser.rows[0][0].startswith("No record fits")


async def test_a_dropdown_is_made_with_its_options_labels_and_properties(browser, services, us):
    await browser.get(f"{HOME}/new/")
    fields = form_of(browser.page.text) | {
        "frontend_label": "Pattern",
        "frontend_input": "select",
        "is_required": "1",
        "scope": "store",
        "is_filterable": "2",
        "is_searchable": "1",
        "search_weight": "5",
        "position": "3",
        "used_in_product_listing": "1",
        "is_used_in_grid": "1",
        f"label[{us.id}]": "Print",
        "option_label[new1][0]": "Plain",
        "option_order[new1]": "2",
        "option_label[new2][0]": " Striped ",
        f"option_label[new2][{us.id}]": "Stripes",
        "option_order[new2]": "1",
        "default_option": "new2",
    }
    await browser.post(f"{HOME}/save/", fields)

    assert browser.messages == ["success: You saved the product attribute."]
    assert browser.where == f"{HOME}/"
    made = await stored(services, "pattern")
    assert (made.frontend_label, made.frontend_input, made.scope) == ("Pattern", "select", "store")
    assert (made.is_required, made.is_filterable, made.is_searchable, made.search_weight) == (True, 2, True, 5)
    assert (made.position, made.used_in_product_listing, made.is_used_in_grid) == (3, True, True)
    assert made.is_user_defined
    assert made.labels == {us.id: "Print"}
    assert [dict(option.labels) for option in made.options] == [{0: "Striped", us.id: "Stripes"}, {0: "Plain"}]
    assert made.default_value == str(option_of(made, "Striped").option_id)


@pytest.mark.parametrize(
    ("kind", "field", "value", "expected"),
    [
        ("text", "default_value_text", "Plain", "Plain"),
        ("textarea", "default_value_textarea", "One\r\nTwo", "One\nTwo"),
        ("boolean", "default_value_yesno", "1", "1"),
        ("date", "default_value_date", "2026-11-24", "2026-11-24"),
        ("price", "default_value_text", "5", None),
    ],
)
async def test_the_default_value_is_that_of_the_input(browser, services, kind, field, value, expected):
    await browser.get(f"{HOME}/new/")
    fields = form_of(browser.page.text) | {"frontend_label": "Thing", "frontend_input": kind, field: value}
    await browser.post(f"{HOME}/save/", fields)

    assert browser.messages == ["success: You saved the product attribute."]
    made = await stored(services, "thing")
    assert made.default_value == expected
    await browser.get(f"{HOME}/edit/attribute_id/{made.attribute_id}/")
    shown = [name for name in form_of(browser.page.text) if name.startswith("default_value")]
    assert shown == ([field] if expected and kind != "textarea" else [])


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("Fabric", 'Invalid value of "Fabric" provided for the attribute_code field.'),
        ("position", "The attribute code 'position' is reserved by system. Please try another attribute code"),
        ("color", "Attribute with the same code already exists."),
    ],
)
async def test_a_code_that_cannot_be_is_refused_at_its_field_with_all_that_was_typed(browser, services, code, text):
    await browser.get(f"{HOME}/new/")
    fields = form_of(browser.page.text) | {
        "frontend_label": "Fabric",
        "frontend_input": "select",
        "attribute_code": code,
        "option_label[new1][0]": "Cotton",
    }
    answer = await browser.post(f"{HOME}/save/", fields)

    assert answer.status_code == 422
    assert browser.messages == [f"error: {text}"]
    assert browser.error_at("attribute_code") == text
    assert browser.value("option_label[new1][0]") == "Cotton"
    assert await stored(services, "fabric") is None


async def test_options_are_changed_added_and_deleted_in_one_save(browser, services, fabric, us):
    before = await stored(services, "fabric")
    cotton, wool = (option_of(before, label).option_id for label in ("Cotton", "Wool"))
    await browser.get(f"{HOME}/edit/attribute_id/{fabric.attribute_id}/")
    fields = form_of(browser.page.text)
    assert fields["default_option"] == str(wool)
    assert fields[f"option_label[{wool}][{us.id}]"] == "Merino Wool"
    await browser.post(
        f"{HOME}/save/attribute_id/{fabric.attribute_id}/",
        fields
        | {
            f"option_label[{cotton}][0]": "Organic Cotton",
            f"option_delete[{wool}]": "1",
            "option_label[new1][0]": "Linen",
            "option_order[new1]": "0",
            "frontend_label": "Material",
        },
    )

    assert browser.messages == ["success: You saved the product attribute."]
    after = await stored(services, "fabric")
    assert after.frontend_label == "Material"
    assert [option.labels[0] for option in after.options] == ["Linen", "Organic Cotton"]
    assert option_of(after, "Organic Cotton").option_id == cotton
    # What was deleted is no longer the default.
    assert after.default_value is None


async def test_an_option_without_a_label_is_refused_and_nothing_is_saved(browser, services, fabric):
    before = await stored(services, "fabric")
    cotton = option_of(before, "Cotton").option_id
    await browser.get(f"{HOME}/edit/attribute_id/{fabric.attribute_id}/")
    fields = form_of(browser.page.text) | {f"option_label[{cotton}][0]": " ", "frontend_label": "Material"}
    answer = await browser.post(f"{HOME}/save/attribute_id/{fabric.attribute_id}/", fields)

    assert answer.status_code == 422
    assert browser.messages == ["error: The default option isn't defined. Set the option and try again."]
    assert browser.value("frontend_label") == "Material"
    assert await stored(services, "fabric") == before


async def test_many_options_come_in_pages_and_those_of_other_pages_stay(browser, services, fabric, monkeypatch):
    monkeypatch.setattr(product_attributes_options, "PAGE", 1)
    before = await stored(services, "fabric")
    cotton, wool = (option_of(before, label).option_id for label in ("Cotton", "Wool"))
    await browser.get(f"{HOME}/edit/attribute_id/{fabric.attribute_id}/")
    fields = form_of(browser.page.text)
    assert f"option_label[{cotton}][0]" in fields
    assert f"option_label[{wool}][0]" not in fields
    action = browser.action("/product_attribute/save/")
    assert action == f"{HOME}/save/attribute_id/{fabric.attribute_id}/page/1/"
    await browser.post(action, fields | {f"option_label[{cotton}][0]": "Twill", "continue": "1"})

    assert browser.where == f"{HOME}/edit/attribute_id/{fabric.attribute_id}/page/1/"
    after = await stored(services, "fabric")
    assert [option.labels[0] for option in after.options] == ["Twill", "Wool"]
    assert after.default_value == str(wool)


async def test_what_the_form_does_not_show_stays_as_it_is(browser, services):
    """A price is no choice and no text: its form has no validation, and its scope is the configuration's."""
    before = await stored(services, "price")
    await browser.get(f"{HOME}/edit/attribute_id/{before.attribute_id}/")
    fields = form_of(browser.page.text)
    assert "frontend_class" not in fields
    assert "scope" not in fields
    await browser.post(f"{HOME}/save/attribute_id/{before.attribute_id}/", fields)

    assert browser.messages == ["success: You saved the product attribute."]
    assert await stored(services, "price") == before


@pytest.mark.parametrize(
    "code", ["name", "description", "color", "status", "weight", "special_from_date", "tier_price"]
)
async def test_saving_the_form_of_an_attribute_as_it_is_changes_nothing(browser, services, code):
    before = await stored(services, code)
    await browser.get(f"{HOME}/edit/attribute_id/{before.attribute_id}/")
    await browser.post(f"{HOME}/save/attribute_id/{before.attribute_id}/", form_of(browser.page.text))

    assert browser.messages == ["success: You saved the product attribute."]
    assert await stored(services, code) == before


async def test_code_and_input_stay_whatever_is_sent(browser, services, fabric):
    await browser.get(f"{HOME}/edit/attribute_id/{fabric.attribute_id}/")
    fields = form_of(browser.page.text) | {"attribute_code": "cloth", "frontend_input": "text"}
    await browser.post(f"{HOME}/save/attribute_id/{fabric.attribute_id}/", fields)

    assert await stored(services, "cloth") is None
    assert (await stored(services, "fabric")).frontend_input == "select"


async def test_deleting_an_attribute_asks_first(browser, services, fabric):
    await browser.get(f"{HOME}/edit/attribute_id/{fabric.attribute_id}/")
    await browser.post(f"{HOME}/delete/attribute_id/{fabric.attribute_id}/")
    question = "Are you sure you want to delete the attribute Fabric? The values that products have of it go with it."
    assert question in browser.text
    assert await stored(services, "fabric") is not None

    await browser.post(f"{HOME}/delete/attribute_id/{fabric.attribute_id}/", {"confirmed": "1"})
    assert browser.messages == ["success: You deleted the product attribute."]
    assert await stored(services, "fabric") is None


async def test_a_system_attribute_cannot_be_deleted(browser, services):
    await browser.get(f"{HOME}/edit/attribute_id/73/")
    assert "Delete Attribute" not in browser.text
    await browser.post(f"{HOME}/delete/attribute_id/73/", {"confirmed": "1"})

    assert browser.messages == ["error: The system attribute can't be deleted."]
    assert await stored(services, "name") is not None


@pytest.mark.parametrize("id", ["999999", "45", "108"])
async def test_what_is_no_visible_product_attribute_is_none(browser, id):
    """45 is a category's, 108 (has_options) the program's own."""
    await browser.get(f"{HOME}/edit/attribute_id/{id}/")

    assert browser.messages == ["error: This attribute no longer exists."]
    assert browser.heading == "Product Attributes"
