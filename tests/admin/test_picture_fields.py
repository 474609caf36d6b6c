"""Fields for one picture: the image of a category, and the logos of print-outs."""

import pytest

from entrepot.catalog import categories
from entrepot.catalog.categories.contracts import AttributeValue, Category
from entrepot.catalog.media.jobs import store_files
from entrepot.kit.scope import CONFIGURATION
from entrepot.sales.pdf.documents import printed_invoice
from entrepot.sales.pdf.service import _bring_logos
from tests.admin.browser import AdminBrowser, an_administrator
from tests.admin.product_pages import fields_of, send_fields
from tests.admin.test_uploads import GONE, NO_PICTURE, upload
from tests.catalog.categories.makers import a_category
from tests.catalog.media.makers import a_picture, ask, noise
from tests.sales.pdf.test_documents import an_invoice, an_order
from tests.storefront.browser import Browser
from tests.storefront.makers import a_website

CATEGORY = "/admin/catalog/category"
IMAGE = "/admin/catalog/category_image/upload/"
CONFIG = "/admin/adminhtml/system_config"
LOGO = "groups[identity][fields][logo][value]"
LOGO_INHERIT = "groups[identity][fields][logo][inherit]"
LOGO_HTML = "groups[identity][fields][logo_html][value]"
SALES = f"{CONFIG}/upload/section/sales/"


@pytest.fixture
async def us(ctx):
    return await a_website(ctx)


@pytest.fixture
async def women(ctx):
    return await a_category(ctx, "Women")


async def image_of(ctx, category, view=None):
    [document] = await categories.documents.read(ctx, [category.id], view or ctx.stores.admin)
    return document.attributes.get("image")


async def configured(services, path="sales/identity/logo"):
    """In the default scope: the value, and whether it is set."""
    async with services.work() as ctx:
        values = ctx.shared(CONFIGURATION)
        return values.in_default(path), values.has_row(path, "default", 0)


async def clerk(services, ctx, *resources):
    await an_administrator(ctx, "clerk", ["Magento_Catalog::products", *resources])
    browser = AdminBrowser(services)
    await browser.enter("clerk")
    await browser.get("/admin/catalog/product/")
    return browser


# ---------------------------------------------------------------- categories


async def test_the_image_of_a_category_is_uploaded_shown_and_deleted(browser, services, ctx, women):
    picture = noise("PNG")
    await browser.get(f"{CATEGORY}/edit/id/{women.id}/")
    reference = (await upload(browser, picture, "Women 2024.png", address=IMAGE)).json()["reference"]
    await send_fields(browser, {"image[upload]": reference})

    assert browser.messages == ["success: You saved the category."]
    assert await image_of(ctx, women) == "women_2024.png"
    assert fields_of(browser)["image"] == ["women_2024.png"]
    assert 'src="/media/catalog/category/women_2024.png"' in browser.page.text
    answer = await ask(services, "/media/catalog/category/women_2024.png")
    assert (answer.status, answer.body, answer.headers["content-type"]) == (200, picture, "image/png")
    assert await ctx.db.values("select reference from media_upload") == []

    shop = Browser(services)
    await shop.get(f"/catalog/category/view/id/{women.id}")
    assert '<img src="/media/catalog/category/women_2024.png" alt="">' in shop.page.text

    # Another save leaves it, the box takes it away.
    await send_fields(browser, {"name": "Ladies"})
    assert await image_of(ctx, women) == "women_2024.png"
    await send_fields(browser, {"image[delete]": "1"})
    assert browser.messages == ["success: You saved the category."]
    assert await image_of(ctx, women) is None


async def test_a_name_that_is_taken_gets_a_number(browser, services, ctx, women):
    by_hand = ctx.settings.home / "media/catalog/category/by_hand.png"
    by_hand.parent.mkdir(parents=True, exist_ok=True)
    by_hand.write_bytes(b"of somebody else")
    for name, kept in (("sale.png", "sale.png"), ("sale.png", "sale_1.png"), ("by hand.png", "by_hand_1.png")):
        await browser.get(f"{CATEGORY}/edit/id/{women.id}/")
        reference = (await upload(browser, name=name, address=IMAGE)).json()["reference"]
        await send_fields(browser, {"image[upload]": reference})
        assert await image_of(ctx, women) == kept
    assert by_hand.read_bytes() == b"of somebody else"


async def test_the_job_writes_the_image_into_the_folder(browser, services, ctx, women):
    picture = noise("PNG")
    await browser.get(f"{CATEGORY}/edit/id/{women.id}/")
    reference = (await upload(browser, picture, "written.png", address=IMAGE)).json()["reference"]
    await send_fields(browser, {"image[upload]": reference})
    await store_files(services.work)

    assert (ctx.settings.home / "media/catalog/category/written.png").read_bytes() == picture
    assert await ctx.db.values("select content from media_file") == [None]
    assert (await ask(services, "/media/catalog/category/written.png")).body == picture


async def test_without_a_script_the_image_comes_with_the_form(browser, ctx, women):
    await browser.get(f"{CATEGORY}/edit/id/{women.id}/")
    await send_fields(browser, {"name": ""}, files={"image[file]": ("plain.png", a_picture("PNG"), "image/png")})
    assert browser.page.status_code == 422
    assert "data:image/png;base64," in browser.page.text
    await send_fields(browser, {"name": "Women"})

    assert browser.messages == ["success: You saved the category."]
    assert await image_of(ctx, women) == "plain.png"


async def test_a_file_that_is_no_picture_is_refused_at_the_field(browser, ctx, women):
    await browser.get(f"{CATEGORY}/edit/id/{women.id}/")
    await send_fields(browser, {"name": "Typed"}, files={"image[file]": ("a.png", b"no picture", "image/png")})

    assert browser.page.status_code == 422
    assert browser.error_at("image") == NO_PICTURE
    assert fields_of(browser)["name"] == ["Typed"]
    await send_fields(browser, {"image[upload]": "gone"})
    assert browser.error_at("image") == GONE
    assert await image_of(ctx, women) is None


async def test_a_new_category_gets_its_image_with_the_first_save(browser, ctx, women):
    await browser.get(f"{CATEGORY}/add/parent/{women.id}/")
    reference = (await upload(browser, name="tops.png", address=IMAGE)).json()["reference"]
    await send_fields(browser, {"name": "Tops", "image[upload]": reference})

    assert browser.messages == ["success: You saved the category."]
    assert fields_of(browser)["image"] == ["tops.png"]


async def test_a_store_view_has_an_image_of_its_own_until_the_box_is_ticked(browser, ctx, us, women):
    view = ctx.stores.default
    changed = Category(id=women.id, custom_attributes=[AttributeValue("image", "all.png")])
    await categories.update_category(ctx, changed)
    await browser.get(f"{CATEGORY}/edit/id/{women.id}/store/{view.id}/")
    reference = (await upload(browser, name="own.png", address=IMAGE)).json()["reference"]
    await send_fields(browser, {"image[upload]": reference, "use_default[image]": None})
    assert (await image_of(ctx, women), await image_of(ctx, women, view)) == ("all.png", "own.png")

    await send_fields(browser, {"use_default[image]": "1"})
    assert await image_of(ctx, women, view) == "all.png"


async def test_the_image_of_a_category_needs_the_resource_of_categories(services, ctx):
    browser = await clerk(services, ctx)

    assert (await upload(browser, address=IMAGE)).status_code == 403
    assert (await upload(browser, address=SALES)).status_code == 403


# ---------------------------------------------------------------- logos


async def test_a_logo_is_uploaded_for_each_scope(browser, services, us):
    await browser.get(f"{CONFIG}/edit/section/sales/")
    reference = (await upload(browser, noise("PNG", (400, 100)), "Logo.png", address=SALES)).json()["reference"]
    await send_fields(browser, {f"{LOGO}[upload]": reference, LOGO_INHERIT: None})
    assert browser.messages == ["success: You saved the configuration."]
    assert 'src="/media/sales/store/logo/default/logo.png"' in browser.page.text

    await browser.get(f"{CONFIG}/edit/section/sales/website/{us.website_id}/")
    reference = (await upload(browser, name="us.png", address=SALES)).json()["reference"]
    await send_fields(browser, {f"{LOGO}[upload]": reference, LOGO_INHERIT: None})

    assert await configured(services) == ("default/logo.png", True)
    async with services.work(store=us.id) as ctx:
        assert ctx.config("sales/identity/logo") == f"websites/{us.website_id}/us.png"


async def test_print_outs_have_the_logo_at_once(browser, services, ctx):
    picture = noise("PNG", (400, 100))
    await browser.get(f"{CONFIG}/edit/section/sales/")
    reference = (await upload(browser, picture, "at-once.png", address=SALES)).json()["reference"]
    await send_fields(browser, {f"{LOGO}[upload]": reference, LOGO_INHERIT: None})
    async with services.work() as later:
        printed = printed_invoice(later, an_order(), an_invoice())
        logo = printed.letterhead.logo
        assert logo == (ctx.settings.home / "media/sales/store/logo/default/at-once.png").resolve()
        assert not logo.exists()
        await _bring_logos(later, [printed])

    assert logo.read_bytes() == picture


async def test_the_box_and_delete_take_a_logo_away(browser, services, us):
    for taken, left in (
        ({LOGO_INHERIT: "1"}, (None, False)),
        ({f"{LOGO}[delete]": "1", LOGO_INHERIT: None}, ("", True)),
    ):
        await browser.get(f"{CONFIG}/edit/section/sales/")
        reference = (await upload(browser, address=SALES)).json()["reference"]
        await send_fields(browser, {f"{LOGO}[upload]": reference, LOGO_INHERIT: None})
        assert (await configured(services))[1]
        await send_fields(browser, taken)
        assert await configured(services) == left


async def test_a_logo_that_is_no_picture_is_refused_and_nothing_is_saved(browser, services):
    await browser.get(f"{CONFIG}/edit/section/sales/")
    address = "groups[identity][fields][address]"
    fields = {f"{address}[value]": "1 Harbour Street", f"{address}[inherit]": None, LOGO_INHERIT: None}
    await send_fields(browser, fields, files={f"{LOGO}[file]": ("logo.png", b"no picture", "image/png")})

    assert browser.page.status_code == 422
    assert browser.error_at("sales_identity_logo") == NO_PICTURE
    assert fields_of(browser)[f"{address}[value]"] == ["1 Harbour Street"]
    assert await configured(services, "sales/identity/address") == (None, False)


async def test_pages_that_are_printed_have_a_logo_of_their_own(browser, services):
    await browser.get(f"{CONFIG}/edit/section/sales/")
    files = {f"{LOGO_HTML}[file]": ("page.png", a_picture("PNG"), "image/png")}
    await send_fields(browser, {"groups[identity][fields][logo_html][inherit]": None}, files=files)

    assert await configured(services, "sales/identity/logo_html") == ("default/page.png", True)
    assert (await ask(services, "/media/sales/store/logo_html/default/page.png")).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/media/catalog/category/nothing.png",
        "/media/catalog/category/../../key.png",
        "/media/catalog/category/.hidden.png",
        "/media/customer/a.png",
        "/media/sales/store/logo/default/secret.txt",
    ],
)
async def test_nothing_else_of_the_folder_is_served(services, ctx, path):
    assert (await ask(services, path)).status == 404
