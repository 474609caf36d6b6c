"""Pictures of a product through their own routes."""

from __future__ import annotations

import base64

import pytest

from entrepot.catalog import products
from entrepot.catalog.contracts import MediaGalleryEntry
from entrepot.catalog.media import service as media
from entrepot.kit.errors import Refused
from tests.catalog.media.makers import a_picture, an_entry, an_upload, in_database
from tests.catalog.products.makers import a_product, shown

NO_PRODUCT = "The product that was requested doesn't exist. Verify the product and try again."
NO_PRODUCT_OF_ENTRY = "The product doesn't exist. Verify and try again."
NO_ENTRY = "The image doesn't exist. Verify and try again."
NO_ENTRY_TO_CHANGE = "No image with the provided ID was found. Verify the ID and try again."
NOT_BASE64 = "The image content must be valid base64 encoded data."
NO_CONVERTER = "There is no MediaGalleryEntryConverter for given type"
NOT_SAVED = "The product can't be saved."

ROLES = ("image", "small_image", "thumbnail", "swatch_image")


async def refusal(ctx, call) -> tuple[int, str]:
    """The refusal of a call, after which everything is as before."""
    before = await in_database(ctx)
    with pytest.raises(Refused) as refused:
        await call
    assert await in_database(ctx) == before
    return refused.value.status, refused.value.rendered()


async def roles_of(ctx, sku: str) -> dict[str, str]:
    values = shown(await products.get(ctx, sku))
    return {role: values[role] for role in ROLES if role in values}


async def told(ctx, sku: str) -> list[tuple[str | None, int | None, list[str] | None]]:
    """File, position and roles of each entry."""
    return [(one.file, one.position, one.types) for one in await media.get_entries(ctx, sku)]


async def test_a_picture_is_added_read_changed_and_removed(ctx, admin):
    await a_product(ctx, "MY SKU/1")

    made = await admin.post(
        "/rest/V1/products/MY%20SKU%2F1/media",
        {
            "entry": {
                "media_type": "image",
                "label": "Image",
                "position": 1,
                "disabled": False,
                "types": ["image", "small_image", "thumbnail"],
                "content": {
                    "base64_encoded_data": base64.b64encode(a_picture("PNG")).decode(),
                    "type": "image/png",
                    "name": "Tiny1.png",
                },
            }
        },
    )

    assert made.status == 200
    assert made.text == f'"{int(made.body)}"'
    entry = {
        "id": int(made.body),
        "media_type": "image",
        "label": "Image",
        "position": 1,
        "disabled": False,
        "types": ["image", "small_image", "thumbnail"],
        "file": "/t/i/tiny1.png",
    }
    one = f"/rest/V1/products/MY%20SKU%2F1/media/{made.body}"
    assert (await admin.get("/rest/V1/products/MY%20SKU%2F1/media")).body == [entry]
    assert (await admin.get(one)).body == entry
    assert (await admin.get("/rest/V1/products/MY%20SKU%2F1")).body["media_gallery_entries"] == [entry]

    changed = {**entry, "label": "Other", "types": ["swatch_image"], "disabled": True}
    put = await admin.put(one, {"entry": {name: value for name, value in changed.items() if name != "id"}})
    assert (put.status, put.body) == (200, True)
    assert (await admin.get(one)).body == changed

    assert (await admin.delete(one)).body is True
    assert (await admin.get("/rest/V1/products/MY%20SKU%2F1/media")).body == []
    gone = await admin.get(one)
    assert (gone.status, gone.body) == (404, {"message": NO_ENTRY})


async def test_the_roles_of_a_set_are_its_image_attributes(ctx, admin):
    listed = await admin.get("/rest/V1/products/media/types/Default")

    assert [one["attribute_code"] for one in listed.body] == list(ROLES)
    assert {one["frontend_input"] for one in listed.body} == {"media_image"}
    assert (await admin.get("/rest/V1/products/media/types/nothing")).body == []
    # A set of categories has the same name.
    assert await media.get_types(ctx, "default") == []


@pytest.mark.parametrize(
    ("method", "path", "resource"),
    [
        ("GET", "a/media", "Magento_Catalog::catalog"),
        ("GET", "a/media/1", "Magento_Catalog::attributes_attributes"),
        ("POST", "a/media", "Magento_Catalog::catalog"),
        ("PUT", "a/media/1", "Magento_Catalog::catalog"),
        ("DELETE", "a/media/1", "Magento_Catalog::catalog"),
        ("GET", "media/types/Default", "Magento_Catalog::attributes_attributes"),
    ],
)
async def test_a_guest_may_do_nothing(rest, method, path, resource):
    reply = await rest.call(method, f"/rest/V1/products/{path}", {"entry": {}} if method in ("POST", "PUT") else None)

    assert reply.status == 401
    assert reply.body["parameters"] == {"resources": resource}


# ---------------------------------------------------------------- refusals


async def test_the_content_of_a_new_entry_is_looked_at_before_the_product_and_this_before_the_type(ctx):
    nonsense = MediaGalleryEntry(media_type="sculpture", content=an_upload(b"nonsense"))
    sculpture = MediaGalleryEntry(media_type="sculpture", content=an_upload())

    assert await refusal(ctx, media.create(ctx, "nothing", nonsense)) == (400, NOT_BASE64)
    assert await refusal(ctx, media.create(ctx, "nothing", sculpture)) == (404, NO_PRODUCT)
    await a_product(ctx, "a")
    assert await refusal(ctx, media.create(ctx, "a", sculpture)) == (400, NO_CONVERTER)


async def test_what_cannot_be_stored_is_refused(ctx):
    await a_product(ctx, "a")

    assert await refusal(ctx, media.create(ctx, "a", an_entry("a.php"))) == (400, NOT_SAVED)
    assert await refusal(ctx, media.create(ctx, "a", an_entry(position=2**31))) == (400, NOT_SAVED)
    without = await refusal(ctx, media.create(ctx, "a", MediaGalleryEntry(media_type="image")))
    assert without == (400, "The image content is invalid. Verify the content and try again.")


async def test_a_change_is_refused_for_an_unknown_product_then_entry_then_type_then_content(ctx):
    await a_product(ctx, "a")
    await a_product(ctx, "b")
    id = int(await media.create(ctx, "a", an_entry()))
    nonsense = MediaGalleryEntry(media_type="sculpture", content=an_upload(b"nonsense"))

    assert await refusal(ctx, media.update(ctx, "nothing", nonsense, id)) == (404, NO_PRODUCT)
    assert await refusal(ctx, media.update(ctx, "a", nonsense, id + 1)) == (404, NO_ENTRY_TO_CHANGE)
    assert await refusal(ctx, media.update(ctx, "b", nonsense, id)) == (404, NO_ENTRY_TO_CHANGE)
    assert await refusal(ctx, media.update(ctx, "a", nonsense, id)) == (400, NO_CONVERTER)
    nonsense.media_type = "image"
    assert await refusal(ctx, media.update(ctx, "a", nonsense, id)) == (400, NOT_BASE64)
    assert await refusal(ctx, media.update(ctx, "a", an_entry("a.exe"), id)) == (400, NOT_SAVED)
    assert (await refusal(ctx, media.update(ctx, "a", MediaGalleryEntry(file="/x/y/xy.jpg"), id)))[0] == 400
    assert await refusal(ctx, media.update(ctx, "a", MediaGalleryEntry(position=-(2**40)), id)) == (400, NOT_SAVED)


async def test_reading_and_removing_what_is_not_there_is_refused(ctx):
    await a_product(ctx, "a")
    await a_product(ctx, "b")
    id = int(await media.create(ctx, "a", an_entry()))

    assert await refusal(ctx, media.get_entries(ctx, "nothing")) == (404, NO_PRODUCT)
    assert await refusal(ctx, media.get_entry(ctx, "nothing", id)) == (404, NO_PRODUCT_OF_ENTRY)
    assert await refusal(ctx, media.get_entry(ctx, "b", id)) == (404, NO_ENTRY)
    assert await refusal(ctx, media.get_entry(ctx, "a", 2**70)) == (404, NO_ENTRY)
    assert await refusal(ctx, media.delete(ctx, "nothing", id)) == (404, NO_PRODUCT)
    assert await refusal(ctx, media.delete(ctx, "b", id)) == (404, NO_ENTRY_TO_CHANGE)


# ---------------------------------------------------------------- order, roles, pictures that change


async def test_entries_stand_by_position_then_id_and_new_ones_come_last(ctx):
    await a_product(ctx, "a")
    await media.create(ctx, "a", an_entry("one.jpg"))
    await media.create(ctx, "a", an_entry("seven.jpg", position=7))
    await media.create(ctx, "a", an_entry("zero.jpg", position=0))
    await media.create(ctx, "a", an_entry("last.jpg"))
    await media.create(ctx, "a", an_entry("first_too.jpg", position=1))

    assert [(file, position) for file, position, _ in await told(ctx, "a")] == [
        ("/z/e/zero.jpg", 0),
        ("/o/n/one.jpg", 1),
        ("/f/i/first_too.jpg", 1),
        ("/s/e/seven.jpg", 7),
        ("/l/a/last.jpg", 8),
    ]


async def test_a_new_entry_is_shown_without_roles_unless_it_says_otherwise(ctx):
    await a_product(ctx, "a")

    await media.create(ctx, "a", an_entry())
    await media.create(ctx, "a", an_entry("b.jpg", disabled=True, label="B", types=["image", "nonsense", "name"]))

    [first, second] = await media.get_entries(ctx, "a")
    assert (first.label, first.disabled, first.types) == (None, False, [])
    assert (second.label, second.disabled, second.types) == ("B", True, ["image"])


async def test_a_role_has_one_picture_and_the_others_say_that_they_have_none(ctx):
    await a_product(ctx, "a")
    assert await roles_of(ctx, "a") == {}

    await media.create(ctx, "a", an_entry("one.jpg", types=["image", "thumbnail"]))
    await media.create(ctx, "a", an_entry("two.jpg", types=["image"]))

    assert await roles_of(ctx, "a") == {
        "image": "/t/w/two.jpg",
        "small_image": "no_selection",
        "thumbnail": "/o/n/one.jpg",
        "swatch_image": "no_selection",
    }


async def test_a_changed_entry_takes_roles_keeps_them_without_a_word_and_lays_down_what_it_does_not_name(ctx):
    await a_product(ctx, "a")
    one = int(await media.create(ctx, "a", an_entry("one.jpg", types=["image", "thumbnail"])))
    two = int(await media.create(ctx, "a", an_entry("two.jpg", types=["small_image"])))

    await media.update(ctx, "a", MediaGalleryEntry(types=["image"]), two)
    assert await told(ctx, "a") == [("/o/n/one.jpg", 1, ["thumbnail"]), ("/t/w/two.jpg", 2, ["image"])]

    await media.update(ctx, "a", MediaGalleryEntry(label="One"), one)
    assert await told(ctx, "a") == [("/o/n/one.jpg", 1, ["thumbnail"]), ("/t/w/two.jpg", 2, ["image"])]

    await media.update(ctx, "a", MediaGalleryEntry(types=[]), one)
    assert await told(ctx, "a") == [("/o/n/one.jpg", 1, []), ("/t/w/two.jpg", 2, ["image"])]


async def test_what_a_change_does_not_name_stays(ctx):
    await a_product(ctx, "a")
    id = int(await media.create(ctx, "a", an_entry(label="L", position=3, disabled=True, types=["image"])))

    await media.update(ctx, "a", MediaGalleryEntry(position=5), id)
    await media.update(ctx, "a", MediaGalleryEntry(disabled=False), id)
    await media.update(ctx, "a", MediaGalleryEntry(label=""), id)

    entry = await media.get_entry(ctx, "a", id)
    assert (entry.id, entry.label, entry.position, entry.disabled, entry.types) == (id, "", 5, False, ["image"])


async def test_a_new_picture_takes_the_place_of_the_old_one_with_its_values_and_roles(ctx):
    await a_product(ctx, "a")
    old = int(await media.create(ctx, "a", an_entry("old.jpg", label="L", position=3, types=["image"])))
    await media.create(ctx, "a", an_entry("other.jpg", position=4))

    await media.update(ctx, "a", an_entry("new.jpg", position=2), old)

    [entry, other] = await media.get_entries(ctx, "a")
    assert (entry.file, entry.label, entry.position, entry.disabled, entry.types) == (
        "/n/e/new.jpg",
        "L",
        2,
        False,
        ["image"],
    )
    assert entry.id is not None and entry.id > old
    assert other.file == "/o/t/other.jpg"
    assert await refusal(ctx, media.get_entry(ctx, "a", old)) == (404, NO_ENTRY)


async def test_a_file_that_another_product_has_can_take_the_place_of_a_picture(ctx):
    await a_product(ctx, "a")
    await a_product(ctx, "b")
    await media.create(ctx, "b", an_entry("shared.jpg"))
    old = int(await media.create(ctx, "a", an_entry("old.jpg", types=["image"])))

    await media.update(ctx, "a", MediaGalleryEntry(file="/s/h/shared.jpg"), old)

    assert await told(ctx, "a") == [("/s/h/shared.jpg", 1, ["image"])]
    assert await told(ctx, "b") == [("/s/h/shared.jpg", 1, [])]


async def test_removing_a_picture_leaves_its_roles_without_one(ctx):
    await a_product(ctx, "a")
    one = int(await media.create(ctx, "a", an_entry("one.jpg", types=["image", "thumbnail"])))
    await media.create(ctx, "a", an_entry("two.jpg", types=["small_image"]))

    assert await media.delete(ctx, "A", one) is True

    assert await told(ctx, "a") == [("/t/w/two.jpg", 2, ["small_image"])]
    assert await roles_of(ctx, "a") == {
        "image": "no_selection",
        "small_image": "/t/w/two.jpg",
        "thumbnail": "no_selection",
        "swatch_image": "no_selection",
    }


async def test_a_video_has_its_own_fields(ctx, admin):
    await a_product(ctx, "a")
    video = {
        "media_type": "external-video",
        "video_provider": "youtube",
        "video_url": "https://www.youtube.com/watch?v=1",
        "video_title": "T",
        "video_description": "D",
        "video_metadata": "M",
    }
    content = {
        "base64_encoded_data": base64.b64encode(a_picture()).decode(),
        "type": "image/jpeg",
        "name": "preview.jpg",
    }
    entry = {
        "media_type": "external-video",
        "label": "V",
        "disabled": False,
        "types": [],
        "position": 1,
        "content": content,
        "extension_attributes": {"video_content": video},
    }

    made = await admin.post("/rest/V1/products/a/media", {"entry": entry})

    path = f"/rest/V1/products/a/media/{made.body}"
    assert (await admin.get(path)).body == {
        "id": int(made.body),
        "media_type": "external-video",
        "label": "V",
        "position": 1,
        "disabled": False,
        "types": [],
        "file": "/p/r/preview.jpg",
        "extension_attributes": {"video_content": video},
    }
    change = {"media_type": "external-video", "extension_attributes": {"video_content": {"video_title": "New"}}}
    assert (await admin.put(path, {"entry": change})).body is True
    assert (await admin.get(path)).body["extension_attributes"]["video_content"] == {**video, "video_title": "New"}


async def test_nul_is_left_out_of_texts(ctx):
    await a_product(ctx, "a")

    id = int(await media.create(ctx, "a", an_entry(label="a\0b")))

    assert (await media.get_entry(ctx, "a", id)).label == "ab"
    assert (await refusal(ctx, media.update(ctx, "a", MediaGalleryEntry(file="/a\0"), id)))[0] == 400
