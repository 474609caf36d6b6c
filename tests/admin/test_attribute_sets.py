"""Stores > Attributes > Attribute Set: made from another, arranged, and deleted."""

from __future__ import annotations

import re

import pytest

from entrepot.catalog import attributes
from entrepot.catalog.attributes import ATTRIBUTES, PRODUCT
from entrepot.catalog.attributes.contracts import AttributeSet, ProductAttribute
from tests.catalog.products.makers import a_product, custom, id_of

HOME = "/admin/catalog/product_set"


@pytest.fixture
async def clothes(ctx):
    """The id of a set like the default one."""
    made = await attributes.sets.create_product_set(ctx, AttributeSet(attribute_set_name="Clothes"), 4)
    return made.attribute_set_id


@pytest.fixture
async def fabric(ctx):
    given = ProductAttribute(attribute_code="fabric", frontend_input="text", default_frontend_label="Fabric")
    return await attributes.product_attributes.save(ctx, given)


async def the_set(services, set_id):
    async with services.work() as ctx:
        return ctx.shared(ATTRIBUTES).sets.get(set_id)


async def arranged(services, set_id):
    """The codes of the set by the names of its groups, in their order."""
    found = await the_set(services, set_id)
    return {group.attribute_group_name: [one.attribute_code for one in group.attributes] for group in found.groups}


def form_of(page):
    """All fields of the set's page as a browser would send them."""
    page = page[page.index('<form id="form"') :]
    fields = {}
    for name, value in re.findall(r'<input [^>]*?name="([^"]+)"[^>]*? value="([^"]*)"', page):
        fields[name] = value
    for name, inner in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', page, re.DOTALL):
        fields[name] = re.search(r'value="([^"]*)" selected', inner)[1]
    return fields | {"new_group": ""}


def group_id(page, name):
    return re.search(rf'name="group_name\[(\d+)\]" value="{re.escape(name)}"', page)[1]


async def test_the_grid_lists_the_sets_of_products_with_the_number_of_their_attributes(browser, services, clothes):
    await browser.get(f"{HOME}/")
    default = len((await the_set(services, 4)).attributes)

    assert [row[1:3] for row in browser.rows] == [["Clothes", str(default)], ["Default", str(default)]]


async def test_a_set_is_made_with_the_groups_and_attributes_of_another(browser, services):
    await browser.get(f"{HOME}/add/")
    await browser.post(f"{HOME}/create/", {"attribute_set_name": " Shoes ", "skeleton_set": "4"})

    assert browser.messages == ["success: You saved the attribute set."]
    assert browser.heading == "Shoes"
    set_id = int(re.search(r"/edit/id/(\d+)/", browser.where)[1])
    assert await arranged(services, set_id) == await arranged(services, 4)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("", "The attribute set name is empty. Enter the name and try again."),
        ("default", 'A "default" attribute set name already exists. Create a new name and try again.'),
    ],
)
async def test_a_name_that_cannot_be_is_refused_at_its_field(browser, ctx, name, text):
    await browser.get(f"{HOME}/add/")
    answer = await browser.post(f"{HOME}/create/", {"attribute_set_name": name, "skeleton_set": "4"})

    assert answer.status_code == 422
    assert browser.error_at("attribute_set_name") == text
    assert len(ctx.shared(ATTRIBUTES).sets_of(PRODUCT)) == 1


async def test_saving_the_page_as_it_is_changes_nothing(browser, services, clothes):
    before = await the_set(services, clothes)
    await browser.get(f"{HOME}/edit/id/{clothes}/")
    await browser.post(f"{HOME}/save/id/{clothes}/", form_of(browser.page.text))

    assert browser.messages == ["success: You saved the attribute set."]
    assert await the_set(services, clothes) == before


async def test_attributes_come_into_the_set_move_between_groups_and_change_places(browser, services, clothes, fabric):
    await browser.get(f"{HOME}/edit/id/{clothes}/")
    page = browser.page.text
    content, details = group_id(page, "Content"), group_id(page, "Product Details")
    fields = form_of(page) | {
        "group_of[fabric]": content,
        "order_of[fabric]": "1",
        "order_of[description]": "3",
        "order_of[short_description]": "2",
        "group_of[country_of_manufacture]": content,
        "order_of[country_of_manufacture]": "9",
    }
    before = await arranged(services, clothes)
    await browser.post(f"{HOME}/save/id/{clothes}/", fields)

    assert browser.messages == ["success: You saved the attribute set."]
    after = await arranged(services, clothes)
    assert after["Content"] == ["fabric", "short_description", "description", "country_of_manufacture"]
    assert after["Product Details"] == [code for code in before["Product Details"] if code != "country_of_manufacture"]
    assert int(details)


async def test_arranging_takes_as_many_statements_for_all_as_for_one(ctx, clothes, fabric):
    groups = ctx.shared(ATTRIBUTES).sets[clothes].groups
    codes = {group.attribute_group_id: [one.attribute_code for one in group.attributes] for group in groups}
    first = groups[0].attribute_group_id

    async def statements(wanted):
        before = ctx.db.statements
        await attributes.arrange(ctx, clothes, wanted)
        return ctx.db.statements - before

    few = await statements(codes | {first: [*codes[first], "fabric"]})
    many = await statements(
        {id: [*reversed(those)] for id, those in codes.items()} | {first: ["fabric", *codes[first]]}
    )

    assert many == few
    assert next(iter(ctx.shared(ATTRIBUTES).sets[clothes].groups[0].attributes)).attribute_code == "fabric"


async def test_an_attribute_that_leaves_asks_first_and_takes_its_values_along(browser, ctx, services, clothes, fabric):
    details = ctx.shared(ATTRIBUTES).sets[clothes].groups[0].attribute_group_id
    await attributes.set_attributes.assign(ctx, clothes, details, "fabric", 0)
    shirt = await a_product(ctx, "S-1", attribute_set_id=clothes, custom_attributes=custom(fabric="Wool"))
    await browser.get(f"{HOME}/edit/id/{clothes}/")
    fields = form_of(browser.page.text) | {"group_of[fabric]": "0"}
    await browser.post(f"{HOME}/save/id/{clothes}/", fields)
    assert "Attributes leave the set: fabric. Its products lose their values of them. Are you sure?" in browser.text
    assert "fabric" in (await the_set(services, clothes)).attributes

    await browser.post(f"{HOME}/save/id/{clothes}/", {**fields, "confirmed": "1"})
    assert browser.messages == ["success: You saved the attribute set."]
    assert "fabric" not in (await the_set(services, clothes)).attributes
    stored = await ctx.db.value("select attributes from product where product_id = %(id)s", id=id_of(shirt))
    assert "fabric" not in stored


async def test_a_system_attribute_cannot_leave(browser, services, clothes):
    before = await arranged(services, clothes)
    await browser.get(f"{HOME}/edit/id/{clothes}/")
    fields = form_of(browser.page.text) | {"group_of[price]": "0", "confirmed": "1", "attribute_set_name": "Renamed"}
    answer = await browser.post(f"{HOME}/save/id/{clothes}/", fields)

    assert answer.status_code == 422
    assert browser.messages == ["error: The system attribute can't be deleted."]
    assert await arranged(services, clothes) == before
    assert (await the_set(services, clothes)).attribute_set_name == "Clothes"


async def test_what_came_into_the_set_meanwhile_stays(browser, ctx, services, clothes, fabric):
    await browser.get(f"{HOME}/edit/id/{clothes}/")
    fields = form_of(browser.page.text)
    del fields["group_of[fabric]"]
    details = ctx.shared(ATTRIBUTES).sets[clothes].groups[0].attribute_group_id
    await attributes.set_attributes.assign(ctx, clothes, details, "fabric", 0)
    await browser.post(f"{HOME}/save/id/{clothes}/", fields)

    assert browser.messages == ["success: You saved the attribute set."]
    assert "fabric" in (await the_set(services, clothes)).attributes


async def test_groups_are_added_renamed_ordered_and_deleted(browser, services, clothes, fabric):
    names = list(await arranged(services, clothes))
    await browser.get(f"{HOME}/edit/id/{clothes}/")
    await browser.post(f"{HOME}/save/id/{clothes}/", form_of(browser.page.text) | {"new_group": "Care"})
    assert list(await arranged(services, clothes)) == [*names, "Care"]

    page = browser.page.text
    care = group_id(page, "Care")
    fields = form_of(page) | {f"group_name[{care}]": "Washing", f"group_order[{care}]": "0", "group_of[fabric]": care}
    await browser.post(f"{HOME}/save/id/{clothes}/", fields)
    after = await arranged(services, clothes)
    assert list(after) == ["Washing", *names]
    assert after["Washing"] == ["fabric"]

    fields = form_of(browser.page.text) | {"delete_group": care}
    await browser.post(f"{HOME}/save/id/{clothes}/", fields)
    assert "Attributes leave the set: fabric." in browser.text
    await browser.post(f"{HOME}/save/id/{clothes}/", fields | {"confirmed": "1"})
    assert list(await arranged(services, clothes)) == names


async def test_a_group_with_system_attributes_cannot_be_deleted(browser, services, clothes):
    await browser.get(f"{HOME}/edit/id/{clothes}/")
    page = browser.page.text
    content = group_id(page, "Content")
    before = await arranged(services, clothes)
    fields = form_of(page) | {"delete_group": content, "confirmed": "1"}
    answer = await browser.post(f"{HOME}/save/id/{clothes}/", fields)

    assert answer.status_code == 422
    text = "The attribute group can't be deleted because it contains system attributes."
    assert browser.messages == [f"error: {text}"]
    assert await arranged(services, clothes) == before


async def test_two_groups_cannot_have_one_name(browser, services, clothes):
    await browser.get(f"{HOME}/edit/id/{clothes}/")
    page = browser.page.text
    fields = form_of(page) | {f"group_name[{group_id(page, 'Content')}]": "images"}
    answer = await browser.post(f"{HOME}/save/id/{clothes}/", fields)

    assert answer.status_code == 422
    assert browser.messages == ["error: The attributeGroup can't be saved."]
    assert "Content" in await arranged(services, clothes)


async def test_deleting_a_set_asks_first(browser, services, clothes):
    await browser.get(f"{HOME}/edit/id/{clothes}/")
    await browser.post(f"{HOME}/delete/id/{clothes}/")
    assert "You are about to delete all products in this set. Are you sure you want to do that?" in browser.text
    assert await the_set(services, clothes) is not None

    await browser.post(f"{HOME}/delete/id/{clothes}/", {"confirmed": "1"})
    assert browser.messages == ["success: The attribute set has been removed."]
    assert await the_set(services, clothes) is None


async def test_the_default_set_cannot_be_deleted(browser, services):
    await browser.get(f"{HOME}/edit/id/4/")
    assert 'formaction="/admin/catalog/product_set/delete' not in browser.page.text
    await browser.post(f"{HOME}/delete/id/4/", {"confirmed": "1"})

    assert browser.messages == ["error: The default attribute set can't be deleted."]
    assert await the_set(services, 4) is not None


@pytest.mark.parametrize("set_id", ["3", "999"])
async def test_a_set_of_no_product_is_none(browser, set_id):
    await browser.get(f"{HOME}/edit/id/{set_id}/")

    assert browser.messages == ["error: This attribute set no longer exists."]
    assert browser.heading == "Attribute Sets"
