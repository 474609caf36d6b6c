"""The mechanism: checks that write nothing, chunks that are kept, imports that are gone on with, reports."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import pytest
from psycopg import OperationalError

from entrepot import catalog, data_transfer
from entrepot.data_transfer import Behavior, Request, importing, jobs, reading, types
from entrepot.data_transfer.entity import Filter, Saved
from entrepot.data_transfer.errors import ImportNotReady, InvalidSeparator, UnknownEntityType
from entrepot.kit.context import Actor, ActorType
from entrepot.kit.jobs import run_due
from entrepot.kit.search_criteria import SearchCriteria, where
from tests.catalog.products.makers import a_product, shown
from tests.data_transfer.makers import a_file, counts, exported, imported, refused

HEAD = "sku,name,price\n"


def lines(count, first=0):
    return "".join(f"P{number},Name {number},5\n" for number in range(first, first + count))


async def skus(ctx):
    return [one.sku for one in (await catalog.products.get_list(ctx, SearchCriteria())).items]


async def categories(ctx):
    return (await catalog.categories.get_list(ctx, where("entity_id", "0", "gt"))).total_count


@pytest.fixture
def small_chunks(monkeypatch):
    monkeypatch.setattr(reading, "ROWS_AT_ONCE", 2)


@pytest.mark.parametrize("behavior", ["append", "replace", "delete"])
async def test_a_check_finds_the_same_errors_and_writes_nothing(ctx, tmp_path, behavior):
    await a_product(ctx, "P0")
    before, tree = await exported(ctx), await categories(ctx)
    path = a_file(tmp_path, "sku,name,price,categories\nP0,New,7,Default Category/New\nP1,B,cheap,\nP2,C,5,\n")

    checked = await imported(ctx, path, behavior=behavior, is_dry_run=True)
    problems = await refused(ctx, checked)

    assert (await exported(ctx), await categories(ctx)) == (before, tree)
    done = await imported(ctx, path, behavior=behavior)
    assert (counts(done), await refused(ctx, done)) == (counts(checked), problems)
    assert (await exported(ctx)) != before


async def test_an_import_that_tolerates_no_errors_keeps_the_chunks_before_and_tells_where_it_stopped(
    ctx, tmp_path, small_chunks
):
    path = a_file(tmp_path, HEAD + lines(3) + "P3,Bad,cheap\n" + lines(2, first=4))

    done = await imported(ctx, path, allowed_errors=0)

    assert (done.state, done.message) == (
        "stopped",
        "Maximum error count has been reached or system error is occurred!",
    )
    assert done.last_line == 3
    assert await refused(ctx, done) == [(5, "price", "Value for 'price' attribute contains incorrect value")]
    assert await skus(ctx) == ["P0", "P1"]
    assert counts(done) == {"rows": 3, "created": 2, "updated": 0, "deleted": 0, "refused": 1}


async def test_so_many_errors_as_are_allowed_stop_nothing(ctx, tmp_path, small_chunks):
    done = await imported(ctx, a_file(tmp_path, HEAD + "P0,Bad,cheap\n" + lines(3, first=1)), allowed_errors=1)
    assert done.state == "finished"
    assert await skus(ctx) == ["P1", "P2", "P3"]


async def test_an_import_that_died_goes_on_behind_what_it_saved(ctx, tmp_path, small_chunks, monkeypatch):
    path = a_file(tmp_path, HEAD + "P,Bad,cheap\n" + lines(7))
    work = ctx.services.work
    transfer_id = await data_transfer.record(ctx, Request("products"), path.name, path.stat().st_size)
    save = importing.save_apart
    saved: list[Any] = []

    async def dies(ctx, entity, groups, current):
        if len(saved) == 2:
            raise OperationalError("the server went away")
        saved.append(groups)
        return await save(ctx, entity, groups, current)

    with monkeypatch.context() as patched, pytest.raises(OperationalError):
        patched.setattr(importing, "save_apart", dies)
        await data_transfer.run_import(work, transfer_id, path)
    stopped = await data_transfer.get(ctx, transfer_id)
    assert (stopped.state, stopped.last_line, counts(stopped)["created"]) == ("running", 5, 3)

    # Whatever came in at the top of the file meanwhile, and was saved already, is not looked at again.
    await a_product(ctx, "P0", name="Changed since")
    await data_transfer.run_import(work, transfer_id, path)

    done = await data_transfer.get(ctx, transfer_id)
    assert (done.state, done.percent) == ("finished", 100)
    assert counts(done) == {"rows": 8, "created": 7, "updated": 0, "deleted": 0, "refused": 1}
    assert len(await refused(ctx, done)) == 1
    assert await skus(ctx) == [f"P{number}" for number in range(7)]
    assert (await catalog.products.get(ctx, "P0")).name == "Changed since"


async def test_an_import_that_another_process_goes_on_with_is_left_to_it(ctx, tmp_path, small_chunks):
    path = a_file(tmp_path, HEAD + lines(5))
    transfer_id = await data_transfer.record(ctx, Request("products"), path.name, 100)

    def overtake(current):
        current.last_line += 2

    # As if the record had moved on: what this process holds of it is not what the record says any more.
    with pytest.raises(importing.Overtaken):
        await data_transfer.run_import(ctx.services.work, transfer_id, path, overtake)

    assert await skus(ctx) == ["P0", "P1"]
    assert (await data_transfer.get(ctx, transfer_id)).state == "running"


async def test_an_import_that_is_over_is_not_done_again(ctx, tmp_path):
    path = a_file(tmp_path, HEAD + lines(1))
    done = await imported(ctx, path)
    await catalog.products.delete(ctx, "P0")
    await data_transfer.run_import(ctx.services.work, done.transfer_id, path)
    assert await skus(ctx) == []


async def test_what_only_the_database_refuses_is_found_among_good_rows(ctx, tmp_path):
    class Stubborn:
        code, label, together, passes = "stubborn", "Stubborn", "sku", 1
        columns: Sequence[str] = ("sku",)
        filters: Sequence[Filter] = ()

        def read_header(self, ctx, header, behavior):
            return ()

        async def save(self, ctx, rows, options, number):
            for row in rows:
                await ctx.db.execute("select 1 / %(divisor)s::int", divisor=int(row.values["sku"]))
            return Saved(created=len(rows))

        def export(self, work, wanted):
            raise AssertionError

    data_transfer.register_entity_type(Stubborn())
    try:
        numbers = [1] * 20
        numbers[13] = 0
        path = a_file(tmp_path, "sku\n" + "".join(f"{number}\n" for number in numbers))
        done = await imported(ctx, path, "stubborn")
        assert await refused(ctx, done) == [(15, "", "The row cannot be stored: division by zero")]
        assert counts(done)["created"] == 19
    finally:
        types._types.pop("stubborn")


async def test_the_report_is_corrected_and_imported_again(ctx, tmp_path):
    text = 'sku;name;price;description\nA;Good;5;\nB;"Bad; really";cheap;"two\nlines"\n;No sku;5;\nC;Short\n'
    done = await imported(ctx, a_file(tmp_path, text), field_separator=";")
    report = "".join([part async for part in data_transfer.report(ctx.services.work, done)])

    assert list(csv.reader(io.StringIO(report), delimiter=";")) == [
        ["sku", "name", "price", "description", "import_error"],
        ["B", "Bad; really", "cheap", "two\nlines", "price: Value for 'price' attribute contains incorrect value"],
        ["", "No sku", "5", "", "sku: SKU is empty"],
        ["C", "Short", "", "", 'price: The "Price" attribute value is empty. Set the attribute and try again.'],
    ]

    corrected = report.replace("cheap", "7").replace("\n;No sku", "\nD;No sku").replace("Short;;", "Short;9;")
    again = await imported(ctx, a_file(tmp_path, corrected), field_separator=";")
    assert await refused(ctx, again) == []
    assert (counts(again)["created"], again.passed_over) == (3, [])
    assert shown(await catalog.products.get(ctx, "B"))["description"] == "two\nlines"


async def test_who_may_not_change_designs_cannot_do_it_by_a_file(ctx, tmp_path):
    path = a_file(tmp_path, "sku,name,price,page_layout\nA,A,1,1 column\n")
    clerk = ctx.in_store(ctx.stores.admin, actor=Actor(ActorType.ADMIN, 7, frozenset({"Magento_ImportExport::import"})))
    transfer_id = await data_transfer.record(clerk, Request("products"), path.name, 1)
    await data_transfer.run_import(ctx.services.work, transfer_id, path)
    assert "page_layout" not in shown(await catalog.products.get(ctx, "A"))

    await imported(ctx, path)
    assert shown(await catalog.products.get(ctx, "A"))["page_layout"] == "1column"


async def test_an_uploaded_file_is_checked_and_then_imported_by_the_worker(ctx, tmp_path):
    text = (HEAD + lines(2) + "P9,Bad,cheap\n").encode()
    check = await data_transfer.check_upload(ctx, Request("products"), "spring.csv", text)
    await run_due(ctx)
    checked = await data_transfer.get(ctx, check)
    assert (checked.state, checked.is_dry_run, checked.may_be_imported, checked.rows_saved) == (
        "finished",
        True,
        True,
        2,
    )
    assert await skus(ctx) == []

    transfer_id = await data_transfer.import_checked(ctx, check)
    await run_due(ctx)

    assert counts(await data_transfer.get(ctx, transfer_id))["created"] == 2
    assert await skus(ctx) == ["P0", "P1"]


async def test_a_check_that_found_too_much_is_not_imported(ctx):
    request = Request("products", allowed_errors=0)
    check = await data_transfer.check_upload(ctx, request, "spring.csv", (HEAD + lines(1) + "P,B,cheap\n").encode())
    with pytest.raises(ImportNotReady):
        await data_transfer.import_checked(ctx, check)
    await run_due(ctx)
    with pytest.raises(ImportNotReady):
        await data_transfer.import_checked(ctx, check)
    await run_due(ctx)
    assert await skus(ctx) == []


async def test_an_upload_that_the_worker_cannot_find_fails_in_words(ctx, services):
    check = await data_transfer.check_upload(ctx, Request("products"), "spring.csv", (HEAD + lines(1)).encode())
    for file in (services.settings.home / "import").iterdir():
        file.unlink()
    await run_due(ctx)
    failed = await data_transfer.get(ctx, check)
    assert (failed.state, failed.message) == (
        "failed",
        "The file spring.csv is not in the data folder any more. Upload it again.",
    )


async def test_files_and_refused_rows_are_forgotten_after_a_month(ctx, db, services):
    check = await data_transfer.check_upload(ctx, Request("products"), "spring.csv", (HEAD + "P,B,cheap\n").encode())
    await run_due(ctx)
    await jobs.forget_old_imports(ctx)
    kept = await data_transfer.get(ctx, check)
    file = services.settings.home / "import" / kept.stored_as
    assert file.exists()

    await db.execute("update data_transfer set updated_at = updated_at - interval '31 days'")
    await jobs.forget_old_imports(ctx)

    assert not file.exists()
    old = await data_transfer.get(ctx, check)
    assert (old.stored_as, old.rows_refused) == (None, 1)
    assert await refused(ctx, old) == []


@pytest.mark.parametrize("separator", ["", ",,", '"', "\\", "\n"])
async def test_a_separator_is_one_character_that_means_nothing_else(ctx, separator):
    with pytest.raises(InvalidSeparator):
        await data_transfer.record(ctx, Request("products", field_separator=separator), "a.csv", 1)


async def test_an_entity_type_that_there_is_not_is_refused_with_those_that_there_are(ctx):
    with pytest.raises(UnknownEntityType) as unknown:
        await data_transfer.record(ctx, Request("orders", Behavior.APPEND), "a.csv", 1)
    assert unknown.value.rendered() == "There is no entity type orders. Known are: products, stock-sources."
