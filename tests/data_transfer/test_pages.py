"""System > Data Transfer: what a merchant's people see of imports and exports."""

import pytest

from entrepot import catalog, data_transfer
from entrepot.kit.jobs import run_due
from entrepot.kit.search_criteria import SearchCriteria
from tests.admin.browser import AdminBrowser, an_administrator
from tests.catalog.products.makers import a_product
from tests.data_transfer.makers import rows_of

FILE = b"sku,name,price,image\nA,Bag,5,\nB,<b>Hat</b>,cheap,/hat.jpg\nC,Cap,7,\n"
REFUSAL = ["3", "price", "Value for 'price' attribute contains incorrect value"]


@pytest.fixture
async def browser(services, db, ctx):
    """Ada, signed in."""
    await an_administrator(ctx)
    browser = AdminBrowser(services)
    await browser.enter("ada")
    return browser


async def upload(browser, content=FILE, name="spring.csv", **fields):
    await browser.get("/admin/adminhtml/import/")
    return await browser.post("/admin/adminhtml/import/validate/", fields, files={"import_file": (name, content)})


async def skus(ctx):
    return [one.sku for one in (await catalog.products.get_list(ctx, SearchCriteria())).items]


async def test_a_file_is_checked_and_then_imported(ctx, browser):
    await upload(browser)
    assert browser.where.startswith("/admin/adminhtml/import/result/id/")
    assert "Waiting" in browser.text
    assert 'hx-trigger="load delay:1s"' in browser.page.text

    await run_due(ctx)
    await browser.get(browser.where)
    assert "2 rows can be imported, 1 are refused." in browser.text
    assert "These columns are not imported: image" in browser.text
    assert browser.rows == [REFUSAL]
    assert "hx-get" not in browser.page.text
    assert await skus(ctx) == []

    await browser.post(browser.action("import/start"))
    await run_due(ctx)
    await browser.get(browser.where)

    assert "Import successfully done" in browser.text
    assert browser.rows == [REFUSAL]
    assert await skus(ctx) == ["A", "C"]

    report = await browser.get(f"/admin/adminhtml/import/report/id/{browser.where.rstrip('/').split('/')[-1]}/")
    assert report.headers["content-disposition"] == 'attachment; filename="spring_refused.csv"'
    assert [row["sku"] for row in rows_of(report.text)] == ["B"]


async def test_a_file_with_more_errors_than_are_allowed_cannot_be_imported(ctx, browser):
    await upload(browser, validation_strategy="validation-stop-on-errors", allowed_error_count="0")
    await run_due(ctx)
    await browser.get(browser.where)
    assert "Data validation failed. Please fix the following errors and upload the file again." in browser.text
    assert "import/start" not in browser.page.text

    checked = browser.where.rstrip("/").split("/")[-1]
    await browser.get("/admin/adminhtml/import/")
    await browser.post(f"/admin/adminhtml/import/start/id/{checked}/")
    assert browser.messages == ["error: The file was not checked, or the check found more errors than are allowed."]
    await run_due(ctx)
    assert await skus(ctx) == []


async def test_a_form_that_cannot_be_followed_is_shown_again_with_what_was_typed(ctx, browser):
    await browser.get("/admin/adminhtml/import/")
    await browser.post("/admin/adminhtml/import/validate/", {"behavior": "delete", "allowed_error_count": "some"})
    assert browser.page.status_code == 422
    assert browser.error_at("import_file") == "Select a file to import."
    assert browser.error_at("allowed_error_count") == "Please enter a valid number in this field."
    assert '<option value="delete" selected>' in browser.page.text

    await upload(browser, _import_field_separator=";;")
    assert browser.messages == ["error: A separator is one character, and none of quote, backslash and line break."]
    assert (await data_transfer.list_transfers(ctx, SearchCriteria()))[1] == 0


async def test_a_file_that_is_none_is_refused_in_words(ctx, browser):
    await upload(browser, "sku,name\nA,Grün\n".encode("latin-1"))
    await run_due(ctx)
    await browser.get(browser.where)
    assert "Failed" in browser.text
    assert "The file is not encoded in UTF-8 (line 2). Save it as CSV UTF-8 and try again." in browser.text


async def test_the_history_has_checks_and_imports_with_their_refused_rows(ctx, browser):
    await upload(browser)
    await run_due(ctx)
    await browser.get(browser.where)
    await browser.post(browser.action("import/start"))
    await run_due(ctx)

    await browser.get("/admin/adminhtml/history/")
    assert [row[1:7] for row in browser.rows] == [
        ["Products", "Import", "spring.csv", "3", "1", "Finished"],
        ["Products", "Check Data", "spring.csv", "3", "1", "Finished"],
    ]
    newest = (await data_transfer.list_transfers(ctx, SearchCriteria()))[0][0].transfer_id
    await browser.get(f"/admin/adminhtml/history/view/id/{newest}/")
    assert browser.rows == [REFUSAL]
    report = await browser.get(f"/admin/adminhtml/history/download/id/{newest}/")
    assert [row["sku"] for row in rows_of(report.text)] == ["B"]

    await browser.get("/admin/adminhtml/history/view/id/999/")
    assert browser.messages == ["error: The import with id 999 does not exist."]


async def test_an_export_is_chosen_filtered_and_downloaded(ctx, browser):
    for sku in ("24-MB01", "x"):
        await a_product(ctx, sku)
    await browser.get("/admin/adminhtml/export/")
    await browser.get("/admin/adminhtml/export/?entity=products")
    assert browser.value("filter.sku") is not None or 'name="filter.sku"' in browser.page.text

    file = await browser.get("/admin/adminhtml/export/export/?entity=products&filter.sku=mb&skip=description")
    assert file.headers["content-type"] == "text/csv; charset=utf-8"
    assert [row["sku"] for row in rows_of(file.text)] == ["24-MB01"]
    assert "description" not in file.text.partition("\n")[0].split(",")

    everything = "&".join(f"skip={column}" for column in ("source_code", "sku", "status", "quantity"))
    await browser.get(f"/admin/adminhtml/export/export/?entity=stock-sources&{everything}")
    assert browser.messages == ["error: There is no data for the export."]


async def test_an_empty_file_has_the_columns_of_its_entity_type(browser):
    file = await browser.get("/admin/adminhtml/import/download/entity/stock-sources/")
    assert file.text == "source_code,sku,status,quantity\n"


@pytest.mark.parametrize(
    ("resource", "pages"),
    [
        ("Magento_ImportExport::import", ["import", "import/result/id/1", "import/download/entity/products"]),
        ("Magento_ImportExport::export", ["export", "export/export/?entity=products"]),
        ("Magento_ImportExport::history", ["history"]),
    ],
)
async def test_each_page_takes_its_own_permission(ctx, services, resource, pages):
    await an_administrator(ctx, "clerk", [resource])
    clerk = AdminBrowser(services)
    await clerk.enter("clerk")
    for path in ("import", "import/result/id/1", "import/download/entity/products", "export", "history",
                 "export/export/?entity=products"):  # fmt: skip
        reply = await clerk.get(f"/admin/adminhtml/{path}")
        assert (reply.status_code == 403) == (path not in pages), path


async def test_a_command_that_died_is_told_from_one_that_runs(ctx, db, browser):
    for name in ("dead.csv", "alive.csv"):
        await data_transfer.record(ctx, data_transfer.Request("products"), name, 100)
    await db.execute(
        """
        update data_transfer
        set state = 'running',
            last_line = 501,
            updated_at = case file_name when 'dead.csv' then now() - interval '3 minutes' else now() end
        """
    )

    await browser.get("/admin/adminhtml/history/")
    assert [(row[3], row[6]) for row in browser.rows] == [("alive.csv", "In Progress"), ("dead.csv", "Interrupted")]
    await browser.get("/admin/adminhtml/history/?f.state=interrupted")
    assert [row[3] for row in browser.rows] == ["dead.csv"]
    dead = (await data_transfer.list_transfers(ctx, SearchCriteria()))[0][1].transfer_id
    await browser.get(f"/admin/adminhtml/history/view/id/{dead}/")
    assert "Ended after line 501" in browser.text
