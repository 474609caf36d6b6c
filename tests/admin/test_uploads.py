"""Pictures that are sent one by one, before the form that names them is saved."""

import base64
import re
from datetime import timedelta

import pytest

from entrepot.catalog.media import uploads
from entrepot.catalog.media.jobs import forget_uploads
from entrepot.catalog.media.pictures import LARGEST_BYTES
from tests.admin.browser import AdminBrowser, an_administrator
from tests.admin.product_pages import HOME, fields_of, found, send, send_fields
from tests.catalog.media.makers import a_picture, noise
from tests.catalog.products.makers import a_product

UPLOAD = "/admin/catalog/product_gallery/upload/"
GONE = (
    "A picture that was uploaded is not there any more: it was saved already, or waited for more than a day. "
    "Remove it, or upload it again."
)
NO_PICTURE = "The file is no picture of the kinds GIF, JPEG or PNG."


@pytest.fixture
async def bag(ctx):
    return await a_product(ctx, "24-WB01", name="Voyage Yoga Bag")


async def upload(browser, content=None, name="bag.png", kind="image/png", address=UPLOAD, **fields):
    """As the script sends a file from the page that is open."""
    sent = {"form_key": browser.form_key, **fields}
    file = (name, a_picture("PNG") if content is None else content, kind)
    return await browser.client.post(address, data=sent, files={"file": file}, headers={"accept": "application/json"})


async def waiting(ctx):
    return await ctx.db.values("select name from media_upload order by name")


def naming(reference, number=0, **more):
    """The fields with which the script adds a picture to the form."""
    fields = {"key": f"new{number + 1}", "upload": reference, "position": number + 1, "media_type": "image", **more}
    return {f"pictures[{number}][{name}]": str(value) for name, value in fields.items()}


async def test_a_picture_waits_until_the_form_that_names_it_is_saved(browser, ctx, bag):
    picture = noise("PNG")
    await browser.get(f"{HOME}/edit/id/{bag.id}/")
    answer = await upload(browser, picture, "My Bag (1).png")

    assert answer.status_code == 200
    told = answer.json()
    assert sorted(told) == ["name", "preview", "reference"]
    assert told["name"] == "My Bag _1_.png"
    assert told["preview"].startswith("data:image/png;base64,")
    assert len(told["reference"]) == 32
    assert await waiting(ctx) == ["My Bag _1_.png"]
    assert (await found(ctx, "24-WB01")).media_gallery_entries == []

    await send_fields(browser, naming(told["reference"], label="A bag"))

    assert browser.messages == ["success: You saved the product."]
    [entry] = (await found(ctx, "24-WB01")).media_gallery_entries or []
    assert (entry.label, entry.file, entry.disabled) == ("A bag", "/m/y/my_bag__1_.png", False)
    assert sorted(entry.types or ()) == ["image", "small_image", "swatch_image", "thumbnail"]
    assert await waiting(ctx) == []
    assert await ctx.db.value("select content from product_media_file") == picture


async def test_several_pictures_of_one_name_are_saved_together(browser, ctx, bag):
    await browser.get(f"{HOME}/edit/id/{bag.id}/")
    first = (await upload(browser)).json()["reference"]
    second = (await upload(browser)).json()["reference"]
    await send_fields(browser, naming(first) | naming(second, 1))

    entries = (await found(ctx, "24-WB01")).media_gallery_entries or []
    assert [entry.file for entry in entries] == ["/b/a/bag.png", "/b/a/bag_1.png"]


async def test_the_form_names_uploads_and_never_sends_them_again(browser, ctx, bag):
    await browser.get(f"{HOME}/edit/id/{bag.id}/")
    content = noise("PNG", (200, 200))
    reference = (await upload(browser, content)).json()["reference"]
    await send_fields(browser, {"do": "add tier_prices", **naming(reference)})

    assert fields_of(browser)["pictures[0][upload]"] == [reference]
    assert base64.b64encode(content).decode()[:200] not in browser.page.text
    assert "data:image/png;base64," in browser.page.text
    await send_fields(browser, {"do": "remove pictures.0"})
    assert "pictures[0][upload]" not in fields_of(browser)


async def test_what_a_file_is_says_its_content(browser, ctx, bag):
    await browser.get(f"{HOME}/edit/id/{bag.id}/")
    answer = await upload(browser, a_picture("JPEG"), "bag.png", "application/octet-stream")

    assert await ctx.db.value("select mime_type from media_upload") == "image/jpeg"
    await send_fields(browser, naming(answer.json()["reference"]))
    assert browser.messages == ["success: You saved the product."]


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"no picture", "bag.png", NO_PICTURE),
        (b"", "bag.png", NO_PICTURE),
        (a_picture("BMP"), "bag.png", NO_PICTURE),
        (noise()[:900], "bag.jpg", "The image is incomplete or damaged. Verify the file and try again."),
        (
            a_picture("PNG"),
            "bag.svg",
            "The image type for the file is invalid. Enter the correct image type and try again.",
        ),
        (
            a_picture("PNG", (6000, 5000)),
            "bag.png",
            "The image is too large. At most 10 MB and 25 million pixels are allowed.",
        ),
    ],
)
async def test_what_cannot_be_shown_is_refused_by_itself(browser, ctx, bag, content, name, message):
    await browser.get(f"{HOME}/edit/id/{bag.id}/")
    answer = await upload(browser, content, name)

    assert (answer.status_code, answer.json()) == (422, {"message": message})
    assert await waiting(ctx) == []


async def test_a_request_without_a_file_is_refused(browser, ctx, bag):
    await browser.get(f"{HOME}/edit/id/{bag.id}/")
    answer = await browser.client.post(UPLOAD, data={"form_key": browser.form_key})

    assert answer.status_code == 422


async def test_the_key_of_the_form_is_needed(browser, ctx, bag):
    await browser.get(f"{HOME}/edit/id/{bag.id}/")
    answer = await upload(browser, form_key="wrong")

    assert (answer.status_code, answer.json()) == (401, {"message": "Invalid Form Key. Please refresh the page."})
    assert await waiting(ctx) == []


async def test_who_is_not_signed_in_is_told_so(visitor, ctx):
    await visitor.get("/admin/")
    answer = await upload(visitor)

    assert (answer.status_code, answer.json()) == (401, {"message": "Your session has ended. Sign in to go on."})
    assert await waiting(ctx) == []


async def test_the_resource_of_the_form_is_needed(services, ctx):
    await an_administrator(ctx, "clerk", ["Magento_Customer::customer"])
    clerk = AdminBrowser(services)
    await clerk.enter("clerk")
    await clerk.get("/admin/customer/index/")
    answer = await upload(clerk)

    assert answer.status_code == 403
    assert await waiting(ctx) == []


async def test_nobody_takes_what_another_has_uploaded(services, browser, ctx, bag):
    await an_administrator(ctx, "bob")
    bob = AdminBrowser(services)
    await bob.enter("bob")
    await bob.get(f"{HOME}/edit/id/{bag.id}/")
    reference = (await upload(bob)).json()["reference"]

    await browser.get(f"{HOME}/edit/id/{bag.id}/")
    await send_fields(browser, naming(reference))

    assert browser.page.status_code == 422
    assert browser.messages == [f"error: {GONE}"]
    assert (await found(ctx, "24-WB01")).media_gallery_entries == []
    await send_fields(bob, naming(reference))
    assert bob.messages == ["success: You saved the product."]


async def test_an_upload_is_taken_once(browser, ctx, bag):
    await browser.get(f"{HOME}/edit/id/{bag.id}/")
    reference = (await upload(browser)).json()["reference"]
    await send_fields(browser, naming(reference))
    await browser.get(f"{HOME}/new/type/simple/")
    await send_fields(browser, {"product[name]": "Other", "product[price]": "3", **naming(reference)})

    assert browser.messages == [f"error: {GONE}"]
    assert fields_of(browser)["product[name]"] == ["Other"]


async def test_a_save_that_is_refused_leaves_the_upload_waiting(browser, ctx, bag):
    await a_product(ctx, "24-WB02", name="Taken")
    await browser.get(f"{HOME}/edit/id/{bag.id}/")
    reference = (await upload(browser)).json()["reference"]
    await send_fields(browser, {"product[url_key]": "taken", **naming(reference)})
    assert browser.page.status_code == 422
    assert await waiting(ctx) == ["bag.png"]

    await send_fields(browser, {"product[url_key]": "free"})

    assert browser.messages == ["success: You saved the product."]
    assert len((await found(ctx, "24-WB01")).media_gallery_entries or ()) == 1


async def test_uploads_that_no_form_takes_are_forgotten_after_a_day(browser, ctx, bag):
    await browser.get(f"{HOME}/edit/id/{bag.id}/")
    await upload(browser, name="old.png")
    await ctx.db.execute(
        "update media_upload set uploaded_at = %(then)s", then=ctx.now - timedelta(hours=24, minutes=1)
    )
    await upload(browser, name="new.png")
    await forget_uploads(ctx)

    assert await waiting(ctx) == ["new.png"]


async def test_not_any_number_of_pictures_can_wait(browser, ctx, bag):
    await browser.get(f"{HOME}/edit/id/{bag.id}/")
    await upload(browser)
    await ctx.db.execute(
        """
        insert into media_upload
        select n::text, user_id, 'x', mime_type, '', '', '', uploaded_at
        from media_upload, generate_series(1, %(others)s) n
        """,
        others=uploads.MOST_WAITING - 1,
    )
    answer = await upload(browser)

    assert answer.status_code == 422
    assert answer.json()["message"].startswith("200 pictures that were uploaded are not saved yet.")


async def test_without_a_script_the_files_come_with_the_form(browser, ctx, bag):
    await browser.get(f"{HOME}/edit/id/{bag.id}/")
    files = [
        ("uploads", ("one.png", a_picture("PNG"), "image/png")),
        ("uploads", ("two.png", b"no picture", "image/png")),
        ("uploads", ("three.png", a_picture("PNG"), "image/png")),
    ]
    await send_fields(browser, {"do": "add uploads", "product[name]": "Typed"}, files=files)

    assert browser.page.status_code == 200
    assert browser.messages == [f"error: two.png: {NO_PICTURE}"]
    shown = fields_of(browser)
    assert [shown[f"pictures[{number}][name]"] for number in (0, 1)] == [["one.png"], ["three.png"]]
    assert shown["product[name]"] == ["Typed"]
    await send(browser)

    assert browser.messages == ["success: You saved the product."]
    entries = (await found(ctx, "24-WB01")).media_gallery_entries or []
    assert [(entry.file, entry.position) for entry in entries] == [("/o/n/one.png", 1), ("/t/h/three.png", 2)]


async def test_a_file_that_is_no_picture_is_refused_in_its_section(browser, ctx, bag):
    await browser.get(f"{HOME}/edit/id/{bag.id}/")
    await send_fields(browser, {}, files={"uploads": ("bag.png", b"no picture", "image/png")})

    assert browser.page.status_code == 422
    assert browser.messages == [f"error: bag.png: {NO_PICTURE}"]
    assert (await found(ctx, "24-WB01")).media_gallery_entries == []


async def test_the_page_says_how_large_a_picture_may_be(browser, ctx, bag):
    await browser.get(f"{HOME}/edit/id/{bag.id}/")

    largest = re.search(r'data-upload-largest="(\d+)"', browser.page.text)
    assert largest and int(largest[1]) == min(LARGEST_BYTES, ctx.settings.max_body - 4096)
    assert f'data-upload="{UPLOAD}"' in browser.page.text
