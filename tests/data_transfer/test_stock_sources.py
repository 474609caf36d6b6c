"""Spec 40-inventory, 28: source quantities as CSV."""

from decimal import Decimal

import pytest

from entrepot import inventory
from entrepot.data_transfer import Bounds
from entrepot.data_transfer.errors import NothingToExport
from entrepot.inventory import SourceItem
from entrepot.kit.search_criteria import SearchCriteria
from tests.data_transfer.makers import a_file, counts, exported, imported, refused
from tests.inventory.makers import a_product, a_source


async def shelves(ctx):
    """Quantity and status by source and SKU."""
    found = (await inventory.list_source_items(ctx, SearchCriteria())).items
    return {(one.source_code, one.sku): (one.quantity, one.status) for one in found}


async def stock(ctx, path, **more):
    return await imported(ctx, path, "stock-sources", **more)


@pytest.fixture
async def filled(ctx):
    await a_source(ctx, "berlin")
    await inventory.save_source_items(
        ctx,
        [
            SourceItem(sku="A", source_code="berlin", quantity=Decimal(5), status=1),
            SourceItem(sku="B", source_code="berlin", quantity=Decimal("2.5"), status=0),
        ],
    )


async def test_rows_are_added_and_change_what_is_there(ctx, filled, tmp_path):
    path = a_file(
        tmp_path,
        "source_code,sku,status,quantity\nberlin,A,0,7\ndefault,A,,3\ndefault,C,,0\nBerlin,b,1,2.5\n",
    )
    done = await stock(ctx, path)
    assert await refused(ctx, done) == []
    assert counts(done) == {"rows": 4, "created": 2, "updated": 2, "deleted": 0, "refused": 0}
    assert await shelves(ctx) == {
        ("berlin", "A"): (Decimal(7), 0),
        ("berlin", "B"): (Decimal("2.5"), 1),
        ("default", "A"): (Decimal(3), 1),
        ("default", "C"): (Decimal(0), 0),
    }


async def test_the_stock_item_of_a_product_follows_the_default_source(ctx, tmp_path):
    await a_product(ctx, "SKU-1")
    await stock(ctx, a_file(tmp_path, "source_code,sku,quantity\ndefault,SKU-1,9\n"))
    item = await inventory.get_stock_item(ctx, "SKU-1")
    assert (item.qty, item.is_in_stock) == (Decimal(9), True)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",X,1,1", ("source_code", 'Missing required column "source_code"')),
        ("berlin,,1,1", ("sku", 'Missing required column "sku"')),
        ("berlin,X,1,", ("quantity", 'Missing required column "quantity"')),
        ("paris,X,1,1", ("source_code", 'Source code "paris" does not exists')),
        ("berlin,X,1,many", ("quantity", '"quantity" should be numeric.')),
        ("berlin,X,1,100000000", ("quantity", '"quantity" should be numeric.')),
        ("berlin,X,2,1", ("status", '"status" should a known status.')),
        (f"berlin,{'x' * 65},1,1", ("sku", "SKU length should be 64 characters maximum.")),
    ],
)
async def test_a_row_is_refused_with_its_reason_and_the_others_are_kept(ctx, filled, tmp_path, row, problem):
    before = await shelves(ctx)
    path = a_file(tmp_path, f"source_code,sku,status,quantity\ndefault,1,1,1\n{row}\ndefault,2,1,1\n")
    done = await stock(ctx, path)
    assert await refused(ctx, done) == [(3, *problem)]
    assert await shelves(ctx) == before | {("default", "1"): (Decimal(1), 1), ("default", "2"): (Decimal(1), 1)}


async def test_replacing_deletes_the_pairs_and_saves_them_anew(ctx, filled, tmp_path):
    done = await stock(ctx, a_file(tmp_path, "source_code,sku,quantity\nberlin,A,7\n"), behavior="replace")
    assert counts(done) == {"rows": 1, "created": 1, "updated": 0, "deleted": 1, "refused": 0}
    assert await shelves(ctx) == {("berlin", "A"): (Decimal(7), 1), ("berlin", "B"): (Decimal("2.5"), 0)}


async def test_deleting_needs_no_quantity(ctx, filled, tmp_path):
    done = await stock(ctx, a_file(tmp_path, "source_code,sku\nberlin,a\nberlin,nosuch\n"), behavior="delete")
    assert counts(done) == {"rows": 2, "created": 0, "updated": 0, "deleted": 1, "refused": 0}
    assert await shelves(ctx) == {("berlin", "B"): (Decimal("2.5"), 0)}


async def test_files_of_other_columns_are_refused(ctx, filled, tmp_path):
    missing = await stock(ctx, a_file(tmp_path, "source_code,sku\nberlin,A\n"))
    assert missing.message == "We can't find required columns: quantity."
    unknown = await stock(ctx, a_file(tmp_path, "source_code,sku,quantity,qty\nberlin,A,1,1\n"))
    assert unknown.message == 'Column names: "qty" are invalid'


async def test_an_export_is_what_an_import_takes(ctx, filled, tmp_path):
    text = await exported(ctx, "stock-sources")
    assert text == "source_code,sku,status,quantity\nberlin,A,1,5\nberlin,B,0,2.5\n"
    before = await shelves(ctx)
    await stock(ctx, a_file(tmp_path, text), behavior="delete")
    assert await shelves(ctx) == {}
    await stock(ctx, a_file(tmp_path, text))
    assert await shelves(ctx) == before


async def test_exports_are_filtered_by_part_by_number_and_by_range(ctx, filled):
    async def lines(**filters):
        return (await exported(ctx, "stock-sources", filters=filters)).splitlines()[1:]

    assert await lines(source_code=Bounds("ERL"), sku=Bounds("b")) == ["berlin,B,0,2.5"]
    assert await lines(quantity=Bounds("5")) == ["berlin,A,1,5"]
    assert await lines(quantity=Bounds(at_least="1", at_most="3")) == ["berlin,B,0,2.5"]
    assert await lines(status=Bounds("1")) == ["berlin,A,1,5"]


async def test_without_columns_there_is_nothing_to_export(ctx):
    with pytest.raises(NothingToExport):
        await exported(ctx, "stock-sources", skipped=frozenset({"source_code", "sku", "status", "quantity"}))
