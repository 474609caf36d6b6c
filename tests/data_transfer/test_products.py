"""Importing products: what each column does, what is refused, and what becomes of the rest."""

from decimal import Decimal

import pytest

from entrepot import catalog, inventory
from entrepot.kit.db import Db
from entrepot.kit.search_criteria import where
from tests.catalog.products.makers import a_category, a_product, a_view, beside, custom, shown
from tests.data_transfer.makers import a_file, colors, counts, imported, refused


async def test_the_number_of_statements_does_not_grow_with_the_rows(ctx, tmp_path, monkeypatch):
    run = Db._run
    statements = []

    async def counted(self, *arguments):
        statements.append(arguments[0])
        return await run(self, *arguments)

    async def needed(count, prefix):
        lines = "".join(f"{prefix}{n},{prefix} {n},5,Default Category,{n}\n" for n in range(count))
        statements.clear()
        done = await imported(ctx, a_file(tmp_path, f"sku,name,price,categories,qty\n{lines}"))
        assert done.created_count == count
        return len(statements)

    monkeypatch.setattr(Db, "_run", counted)
    assert await needed(3, "few") == await needed(60, "many")


async def skus(ctx):
    return sorted(one.sku for one in (await catalog.products.get_list(ctx, where("sku", "%", "like"))).items)


async def test_a_row_makes_a_product(ctx, tmp_path):
    path = a_file(
        tmp_path,
        "sku,attribute_set_code,product_type,categories,product_websites,name,description,weight,product_online,"
        "tax_class_name,visibility,price,special_price,special_price_from_date,url_key,meta_keywords,"
        "additional_attributes,qty,is_in_stock,min_cart_qty\n"
        '24-MB01,Default,simple,"Default Category/Gear,Default Category/Gear/Bags",base,Joust Duffle Bag,'
        '"A bag, for sports",1.5,2,Taxable Goods,"Catalog, Search",34.00,29.95,2026-01-31,joust,bag,'
        '"gift_message_available=Yes,cost=11.50",100,1,2\n',
    )

    done = await imported(ctx, path)

    assert await refused(ctx, done) == []
    assert counts(done) == {"rows": 1, "created": 1, "updated": 0, "deleted": 0, "refused": 0}
    product = await catalog.products.get(ctx, "24-MB01")
    values = shown(product)
    assert (product.name, product.price, product.weight) == ("Joust Duffle Bag", Decimal(34), Decimal("1.5"))
    assert (product.status, product.visibility, product.type_id) == (2, 4, "simple")
    assert values["description"] == "A bag, for sports"
    assert values["tax_class_id"] == "2"
    assert values["special_price"] == "29.950000"
    assert values["special_from_date"] == "2026-01-31 00:00:00"
    assert (values["url_key"], values["meta_keyword"]) == ("joust", "bag")
    assert (values["gift_message_available"], values["cost"]) == ("1", "11.500000")
    assert beside(product).website_ids == [1]
    categories = {one.name: one for one in (await catalog.categories.get_list(ctx, where("name", "%", "like"))).items}
    assert values["category_ids"] == [str(categories["Gear"].id), str(categories["Bags"].id)]
    assert categories["Bags"].parent_id == categories["Gear"].id
    stock = await inventory.get_stock_item(ctx, "24-MB01")
    assert (stock.qty, stock.is_in_stock) == (Decimal(100), True)
    assert (stock.min_sale_qty, stock.use_config_min_sale_qty) == (Decimal(2), 0)
    items = (await inventory.list_source_items(ctx, where("sku", "24-MB01"))).items
    assert [(one.source_code, one.quantity, one.status) for one in items] == [("default", Decimal(100), 1)]


async def test_a_product_that_is_there_changes_only_where_the_row_says_something(ctx, db, tmp_path):
    await a_category(db, 41)
    await a_product(
        ctx, price=Decimal(34), custom_attributes=custom(description="Old", meta_title="Title", category_ids=["41"])
    )
    path = a_file(
        tmp_path,
        "sku,name,description,meta_title,price,categories\n24-MB01,,New,__EMPTY__VALUE__,,Default Category\n",
    )

    done = await imported(ctx, path)

    assert counts(done) == {"rows": 1, "created": 0, "updated": 1, "deleted": 0, "refused": 0}
    product = await catalog.products.get(ctx, "24-MB01")
    values = shown(product)
    assert (product.name, product.price) == ("24-MB01", Decimal(34))
    assert (values["description"], values.get("meta_title") or "") == ("New", "")
    # Categories are added to those that it is in.
    assert values["category_ids"] == ["2", "41"]


async def test_a_row_that_is_refused_makes_no_category(ctx, tmp_path):
    """Whether the row itself is wrong, the catalog refuses the product, or only the last of its categories is one."""
    await a_product(ctx, "taken", custom_attributes=custom(url_key="taken"))
    path = a_file(
        tmp_path,
        "sku,attribute_set_code,name,price,url_key,categories\n"
        "A,Nope,A,5,a,Default Category/Of A\n"
        'B,,B,5,taken,"Default Category/Of B,Default Category/Shared/Deeper"\n'
        'C,,C,5,c,"Default Category/Of C,/"\n'
        'D,,D,5,d,"Default Category/Shared,Default Category/Of D"\n'
        "E,,E,-5,e,Default Category/Of D\n",
    )

    done = await imported(ctx, path)

    found = await refused(ctx, done)
    assert [(line, column) for line, column, _ in found] == [
        (2, "attribute_set_code"),
        (3, "url_key"),
        (4, "categories"),
        (6, "price"),
    ]
    assert await skus(ctx) == ["D", "taken"]
    categories = (await catalog.categories.get_list(ctx, where("name", "%", "like"))).items
    made = {str(one.name): str(one.id) for one in categories}
    assert sorted(made) == ["Default Category", "Of D", "Root Catalog", "Shared"]
    assert shown(await catalog.products.get(ctx, "D"))["category_ids"] == [made["Shared"], made["Of D"]]


async def test_a_row_of_a_store_view_writes_its_values_there(ctx, tmp_path):
    view = await a_view(ctx, "german")
    path = a_file(tmp_path, "sku,store_view_code,name,price\nA,,Bag,5\nA,german,Tasche,\nB,german,Keiner,\n")

    done = await imported(ctx, path)

    assert await refused(ctx, done) == [(4, "", "Default values row does not exist")]
    assert counts(done) == {"rows": 3, "created": 1, "updated": 0, "deleted": 0, "refused": 1}
    assert (await catalog.products.get(ctx, "A")).name == "Bag"
    assert (await catalog.products.get(ctx.in_store(view), "A")).name == "Tasche"


WRONG = "Value for '%s' attribute contains incorrect value"
NO_CHOICE = WRONG + ", see acceptable values on settings specified for Admin"
NO_VIEW = "Invalid value in Store column (store doesn't exist?)"
NO_WEBSITE = "Invalid value in Website column (website does not exist?)"
NO_SET = "Invalid value for Attribute Set column (set doesn't exist?)"
NO_NAME = 'The "Product Name" attribute value is empty. Set the attribute and try again.'


@pytest.mark.parametrize(
    ("column", "row", "at", "message"),
    [
        ("", ",Bag,5", "sku", "SKU is empty"),
        ("store_view_code", "A,Bag,5,mars", "store_view_code", NO_VIEW),
        ("product_websites", "A,Bag,5,mars", "product_websites", NO_WEBSITE),
        ("attribute_set_code", "A,Bag,5,Mars", "attribute_set_code", NO_SET),
        ("product_type", "A,Bag,5,mars", "product_type", "Product Type is invalid or not supported"),
        ("", "A,Bag,cheap", "price", WRONG % "price"),
        ("", 'A,Bag,"1,50"', "price", WRONG % "price"),
        ("", "A,Bag,-5", "price", "Please enter a number 0 or greater in this field."),
        ("special_price_to_date", "A,Bag,5,soon", "special_price_to_date", WRONG % "special_to_date"),
        ("tax_class_name", "A,Bag,5,Mars", "tax_class_name", NO_CHOICE % "tax_class_id"),
        ("additional_attributes", "A,Bag,5,color=Ultraviolet", "additional_attributes", NO_CHOICE % "color"),
        ("additional_attributes", "A,Bag,5,colr=Red", "additional_attributes", 'The attribute "colr" does not exist'),
        ("meta_title", f"A,Bag,5,{'x' * 256}", "meta_title", "Attribute meta_title exceeded max length"),
        ("", f"{'x' * 65},Bag,5", "sku", "SKU length should be 64 characters maximum."),
        ("", "A,,5", "name", NO_NAME),
        ("qty", "A,Bag,5,many", "qty", WRONG % "qty"),
        ("qty", "A,Bag,5,100000000", "qty", WRONG % "qty"),
        ("manage_stock", "A,Bag,5,yes", "manage_stock", WRONG % "manage_stock"),
        ("url_key", "A,Bag,5,taken", "url_key", "URL key for specified store already exists."),
        ("", "A,Bag,5,6", "", "The row has more fields than the header has columns"),
        ("", "A,B\0ag,5", "", "The row has a NUL character, which cannot be stored"),
    ],
)
async def test_a_row_is_refused_with_its_line_column_and_reason_and_the_others_are_kept(
    ctx, tmp_path, column, row, at, message
):
    await a_product(ctx, "TAKEN", custom_attributes=custom(url_key="taken"))
    good = [f"GOOD-{number},Good {number},7{',' if column else ''}" for number in (1, 2)]
    header = "sku,name,price" + (column and f",{column}")
    path = a_file(tmp_path, f"{header}\n{good[0]}\n{row}\n{good[1]}\n")

    done = await imported(ctx, path)

    assert await refused(ctx, done) == [(3, at, message)]
    assert counts(done) == {"rows": 3, "created": 2, "updated": 0, "deleted": 0, "refused": 1}
    assert await skus(ctx) == ["GOOD-1", "GOOD-2", "TAKEN"]


async def test_all_that_is_wrong_with_a_row_is_told_at_once(ctx, tmp_path):
    path = a_file(tmp_path, "sku,name,price,qty,product_type\nA,Bag,cheap,many,car\n")
    done = await imported(ctx, path)
    assert [column for _, column, _ in await refused(ctx, done)] == ["price", "product_type", "qty"]
    assert done.rows_refused == 1


async def test_the_type_of_a_product_cannot_be_changed(ctx, tmp_path):
    await a_product(ctx)
    done = await imported(ctx, a_file(tmp_path, "sku,product_type\n24-MB01,virtual\n"))
    assert await refused(ctx, done) == [(2, "product_type", "Trying to change type of existing products")]
    assert (await catalog.products.get(ctx, "24-MB01")).type_id == "simple"


async def test_options_are_named_by_their_labels(ctx, tmp_path):
    ids = await colors(ctx, "Red", "Salt, Pepper | Co")
    path = a_file(
        tmp_path,
        'sku,name,price,color,additional_attributes\nA,A,1,red,\nB,B,1,,"color=Salt\\, Pepper \\| Co,cost=2"\n',
    )

    done = await imported(ctx, path)

    assert await refused(ctx, done) == []
    assert shown(await catalog.products.get(ctx, "A"))["color"] == ids["Red"]
    assert shown(await catalog.products.get(ctx, "B"))["color"] == ids["Salt, Pepper | Co"]


async def test_a_header_without_sku_or_with_unknown_columns_refuses_the_file(ctx, tmp_path):
    missing = await imported(ctx, a_file(tmp_path, "name\nBag\n"))
    assert (missing.state, missing.message) == ("failed", "We can't find required columns: sku.")
    unknown = await imported(ctx, a_file(tmp_path, "sku,name,colour,prize\nA,Bag,,\n"))
    assert (unknown.state, unknown.message) == ("failed", 'Column names: "colour, prize" are invalid')
    assert await skus(ctx) == []


async def test_columns_of_other_exports_are_passed_over_and_named(ctx, tmp_path):
    path = a_file(tmp_path, "sku,name,price,updated_at,bundle_values,image\nA,Bag,5,x,y,/z.jpg\n")
    done = await imported(ctx, path)
    assert done.passed_over == ["bundle_values", "image"]
    assert counts(done)["created"] == 1


async def test_replacing_makes_products_anew_and_leaves_those_alone_that_are_refused(ctx, tmp_path):
    for sku in ("A", "B", "C"):
        await a_product(ctx, sku, custom_attributes=custom(description="Old", url_key=f"old-{sku}"))
    before = {sku: (await catalog.products.get(ctx, sku)).id for sku in ("A", "B", "C")}
    path = a_file(tmp_path, "sku,name,price\nA,New,1\nB,New,cheap\nD,Newer,1\n")

    done = await imported(ctx, path, behavior="replace")

    assert await refused(ctx, done) == [(3, "price", "Value for 'price' attribute contains incorrect value")]
    assert counts(done) == {"rows": 3, "created": 2, "updated": 0, "deleted": 1, "refused": 1}
    a, b, c = [await catalog.products.get(ctx, sku) for sku in ("A", "B", "C")]
    assert (a.name, shown(a).get("description")) == ("New", None)
    assert a.id != before["A"]
    assert (b.id, b.name, shown(b)["description"]) == (before["B"], "B", "Old")
    assert c.id == before["C"]
    assert await skus(ctx) == ["A", "B", "C", "D"]


async def test_deleting_needs_nothing_but_the_sku(ctx, tmp_path):
    for sku in ("A", "B"):
        await a_product(ctx, sku)
    done = await imported(ctx, a_file(tmp_path, "sku\na\nnosuch\n"), behavior="delete")
    assert await refused(ctx, done) == [(3, "sku", "Product with specified SKU not found")]
    assert counts(done) == {"rows": 2, "created": 0, "updated": 0, "deleted": 1, "refused": 1}
    assert await skus(ctx) == ["B"]


async def test_links_lead_to_products_that_come_later_in_the_file(ctx, tmp_path):
    path = a_file(
        tmp_path,
        "sku,name,price,related_skus,upsell_skus,upsell_position\n"
        'A,A,1,"B,C",C,7\nB,B,1,A,,\nC,C,1,,,\nD,D,1,nosuch,,\n',
    )

    done = await imported(ctx, path)

    assert await refused(ctx, done) == [(5, "related_skus", 'The Product with the "nosuch" SKU doesn\'t exist.')]
    assert counts(done) == {"rows": 4, "created": 4, "updated": 0, "deleted": 0, "refused": 1}
    links = (await catalog.products.get(ctx, "A")).product_links
    assert [(one.link_type, one.linked_product_sku, one.position) for one in links] == [
        ("related", "B", 1),
        ("related", "C", 2),
        ("upsell", "C", 7),
    ]


async def test_a_quantity_says_by_itself_whether_it_is_in_stock(ctx, tmp_path):
    await imported(ctx, a_file(tmp_path, "sku,name,price,qty\nA,A,1,5\nB,B,1,0\nC,C,1,\n"))
    found = {sku: await inventory.get_stock_item(ctx, sku) for sku in "ABC"}
    assert {sku: (item.qty, item.is_in_stock) for sku, item in found.items()} == {
        "A": (Decimal(5), True),
        "B": (Decimal(0), False),
        "C": (Decimal(0), False),
    }
