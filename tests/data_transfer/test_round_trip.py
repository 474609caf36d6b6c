"""What is exported is imported as the same products."""

from decimal import Decimal

from msgspec import structs

from entrepot import catalog
from entrepot.catalog.contracts import ProductExtension, ProductLink, ProductLinkExtension, StockItem
from entrepot.data_transfer import Bounds
from entrepot.kit.search_criteria import SearchCriteria
from tests.catalog.products.makers import a_category, a_product, a_view, custom, id_of
from tests.data_transfer.makers import a_file, colors, counts, exported, imported, refused, rows_of


async def everything(ctx, *views):
    """All products in all scopes, with their stock items; without ids, and the times of changes and of running low."""
    seen = []
    for scope in (ctx, *map(ctx.in_store, views)):
        for one in (await catalog.products.get_list(scope, SearchCriteria())).items:
            product = await catalog.products.get_by_id(scope, id_of(one))
            extension = product.extension_attributes
            assert extension is not None
            assert extension.stock_item is not None
            stock = structs.replace(extension.stock_item, item_id=None, product_id=None, low_stock_date=None)
            seen.append(
                structs.replace(
                    product,
                    id=None,
                    updated_at=None,
                    extension_attributes=structs.replace(extension, stock_item=stock),
                )
            )
    return sorted(seen, key=lambda product: product.sku)


async def fill(ctx, db):
    """Products with all that a file can hold. Texts have all the characters that separate something."""
    view, other = await a_view(ctx, "german"), await a_view(ctx, "outlet", website="outlet")
    await a_category(db, 41, name="Salt, Pepper / Spices")
    await a_category(db, 42, name="50% \\ off | now")
    ids = await colors(ctx, "Red", "Black, White", "50/50")
    await a_product(
        ctx,
        "A,1",
        name='A "quoted", long\nname',
        price=Decimal("34.123456"),
        weight=Decimal("0.5"),
        status=2,
        visibility=3,
        created_at="2020-02-03 04:05:06",
        extension_attributes=ProductExtension(
            website_ids=[1],
            stock_item=StockItem(
                qty=Decimal("12.5"),
                is_in_stock=True,
                is_qty_decimal=True,
                min_sale_qty=Decimal(2),
                use_config_min_sale_qty=0,
            ),
        ),
        custom_attributes=custom(
            category_ids=["41", "42"],
            color=ids["Black, White"],
            cost="3.5",
            description="=SUM(A1:A9)\\n, color=Red | \\",
            special_price="30",
            special_from_date="2026-01-01",
            tax_class_id="0",
            country_of_manufacture="AT",
            url_key="a-one",
        ),
    )
    await a_product(ctx, "B", price=Decimal(0), type_id="virtual", custom_attributes=custom(color=ids["50/50"]))
    await a_product(
        ctx,
        "G",
        type_id="grouped",
        product_links=[
            ProductLink(
                linked_product_sku="A,1",
                link_type="associated",
                position=1,
                extension_attributes=ProductLinkExtension(qty=Decimal("2.5")),
            ),
            ProductLink(linked_product_sku="B", link_type="related", position=3),
        ],
    )
    german = ctx.in_store(view)
    await a_product(german, "B", name="Auf Deutsch", price=None, custom_attributes=custom(description=""))
    await a_product(ctx.in_store(other), "B", name="Outlet", price=None)
    return view, other


async def test_an_export_is_imported_into_an_empty_shop_as_the_same_products(ctx, db, tmp_path):
    views = await fill(ctx, db)
    before = await everything(ctx, *views)
    text = await exported(ctx)
    assert len(before) == 9
    assert '" =SUM(A1:A9)' in text

    # Links lead forward in the file: the first product was made first.
    ids = [id_of(one) for one in (await catalog.products.get_list(ctx, SearchCriteria())).items]
    assert await catalog.products.delete_many(ctx, ids) == 3
    done = await imported(ctx, a_file(tmp_path, text))

    assert await refused(ctx, done) == []
    assert counts(done)["created"] == 3
    assert await everything(ctx, *views) == before
    assert without_times(await exported(ctx)) == without_times(text)


def without_times(text):
    """The rows without `updated_at`, the only thing that an import does not set."""
    return [{column: value for column, value in row.items() if column != "updated_at"} for row in rows_of(text)]


async def test_importing_an_export_where_it_comes_from_changes_nothing(ctx, db, tmp_path):
    views = await fill(ctx, db)
    before = await everything(ctx, *views)

    done = await imported(ctx, a_file(tmp_path, await exported(ctx)))

    assert counts(done) == {"rows": 5, "created": 0, "updated": 3, "deleted": 0, "refused": 0}
    assert await everything(ctx, *views) == before


async def test_missing_categories_are_made_by_an_import_into_another_shop(ctx, db, tmp_path):
    await fill(ctx, db)
    text = await exported(ctx)
    products = (await catalog.products.get_list(ctx, SearchCriteria())).items
    await catalog.products.delete_many(ctx, [id_of(one) for one in products])
    for category_id in (41, 42):
        await catalog.categories.delete(ctx, category_id)

    await imported(ctx, a_file(tmp_path, text))

    assert rows_of(await exported(ctx))[0]["categories"] == rows_of(text)[0]["categories"]


async def test_an_export_has_only_the_products_that_fit(ctx, db):
    for number, sku in enumerate(("24-MB01", "24_MB02", "x")):
        await a_product(ctx, sku, price=Decimal(10 * number))

    async def skus(**filters):
        return [row["sku"] for row in rows_of(await exported(ctx, filters=filters))]

    assert await skus() == ["24-MB01", "24_MB02", "x"]
    assert await skus(sku=Bounds("mb")) == ["24-MB01", "24_MB02"]
    assert await skus(sku=Bounds("_")) == ["24_MB02"]
    assert await skus(price=Bounds(at_least="5", at_most="10")) == ["24_MB02"]
    assert await skus(price=Bounds("20"), sku=Bounds("x")) == ["x"]
    header = (await exported(ctx, skipped=frozenset({"description", "price"}))).partition("\n")[0].split(",")
    assert "price" not in header
    assert "sku" in header
