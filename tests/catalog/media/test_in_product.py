"""Pictures as a field of the product itself."""

from __future__ import annotations

import pytest
from msgspec import structs

from entrepot.catalog import products
from entrepot.catalog.contracts import MediaGalleryEntry, Product
from entrepot.catalog.media import service as media
from entrepot.kit.errors import Refused
from tests.catalog.media.makers import an_entry, an_upload, in_database
from tests.catalog.products.makers import a_draft, a_product, custom, shown

CONTENT_INVALID = "The image content is invalid. Verify the content and try again."


def told(product: Product) -> list[tuple[str | None, str | None, int | None, bool | None, list[str] | None]]:
    return [(one.file, one.label, one.position, one.disabled, one.types) for one in product.media_gallery_entries or ()]


async def refused(ctx, product: Product) -> tuple[int, str]:
    before = await in_database(ctx)
    with pytest.raises(Refused) as refusal:
        await products.save(ctx, product)
    assert await in_database(ctx) == before
    return refusal.value.status, refusal.value.rendered()


async def test_a_product_is_made_with_its_pictures(ctx):
    product = await a_product(
        ctx,
        "a",
        media_gallery_entries=[
            an_entry("one.jpg", label="One", position=2, disabled=False, types=["image"]),
            an_entry("two.jpg"),
            an_entry("three.jpg", types=["image", "small_image"]),
        ],
    )

    assert told(product) == [
        ("/o/n/one.jpg", "One", 2, False, []),
        ("/t/w/two.jpg", None, 3, True, []),
        ("/t/h/three.jpg", None, 4, True, ["image", "small_image"]),
    ]
    values = shown(product)
    assert (values["image"], values["thumbnail"]) == ("/t/h/three.jpg", "no_selection")


async def test_a_product_without_pictures_knows_no_roles(ctx):
    product = await a_product(ctx, "a", media_gallery_entries=[])
    again = await a_product(ctx, "a", media_gallery_entries=[])

    assert (product.media_gallery_entries, again.media_gallery_entries) == ([], [])
    assert not {"image", "small_image", "thumbnail", "swatch_image"} & set(shown(again))


async def test_the_list_is_complete(ctx):
    first = await a_product(
        ctx, "a", media_gallery_entries=[an_entry("one.jpg", types=["image"]), an_entry("two.jpg", types=["thumbnail"])]
    )
    [one, two] = first.media_gallery_entries or []

    second = await a_product(
        ctx, "a", media_gallery_entries=[MediaGalleryEntry(id=two.id, label="Two"), an_entry("three.jpg")]
    )

    assert told(second) == [("/t/w/two.jpg", "Two", 2, True, ["thumbnail"]), ("/t/h/three.jpg", None, 3, True, [])]
    assert shown(second)["image"] == "no_selection"
    assert one.id not in [entry.id for entry in second.media_gallery_entries or ()]
    assert next(entry.id for entry in second.media_gallery_entries or ()) == two.id


async def test_a_product_that_does_not_speak_of_pictures_keeps_them_and_an_empty_list_removes_them(ctx):
    made = await a_product(ctx, "a", media_gallery_entries=[an_entry(types=["image"])])

    kept = await a_product(ctx, "a", name="New")
    assert told(kept) == told(made) == [("/t/i/tiny1.jpg", None, 1, True, ["image"])]

    emptied = await a_product(ctx, "a", media_gallery_entries=[])
    assert told(emptied) == []
    assert shown(emptied)["image"] == "no_selection"


async def test_what_was_read_can_be_saved_again(ctx):
    made = await a_product(
        ctx, "a", media_gallery_entries=[an_entry("one.jpg", label="One", types=["image"]), an_entry("two.jpg")]
    )

    again = await products.save(ctx, structs.replace(made))

    assert again.media_gallery_entries == made.media_gallery_entries
    assert shown(again) == shown(made)


async def test_content_in_a_stored_entry_takes_its_place(ctx):
    made = await a_product(ctx, "a", media_gallery_entries=[an_entry("one.jpg", label="One", types=["image"])])
    [one] = made.media_gallery_entries or []

    changed = await a_product(
        ctx, "a", media_gallery_entries=[MediaGalleryEntry(id=one.id, content=an_upload(name="two.jpg"))]
    )

    assert told(changed) == [("/t/w/two.jpg", "One", 1, True, ["image"])]
    assert [entry.id for entry in changed.media_gallery_entries or ()] != [one.id]


async def test_the_gallery_beats_roles_among_the_attributes(ctx):
    product = await a_product(
        ctx,
        "a",
        media_gallery_entries=[an_entry("one.jpg", types=["image"])],
        custom_attributes=custom(image="/x/y/xy.jpg", thumbnail="/x/y/xy.jpg"),
    )

    values = shown(product)
    assert (values["image"], values["thumbnail"]) == ("/o/n/one.jpg", "no_selection")


async def test_a_role_can_be_set_as_an_attribute(ctx):
    await a_product(ctx, "a", media_gallery_entries=[an_entry("one.jpg", types=["image"])])

    product = await a_product(ctx, "a", custom_attributes=custom(thumbnail="/o/n/one.jpg"))

    assert [entry.types for entry in product.media_gallery_entries or ()] == [["image", "thumbnail"]]


async def test_pictures_are_checked_before_the_attribute_set(ctx):
    entries = [MediaGalleryEntry(media_type="image", label="nothing to see")]

    assert await refused(ctx, a_draft("a", attribute_set_id=99, media_gallery_entries=entries)) == (
        400,
        CONTENT_INVALID,
    )


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (MediaGalleryEntry(media_type="sculpture"), "There is no MediaGalleryEntryConverter for given type"),
        (MediaGalleryEntry(media_type="image", id=999_999), CONTENT_INVALID),
        (MediaGalleryEntry(media_type="image", file="/t/i/tiny1.jpg"), CONTENT_INVALID),
        (
            MediaGalleryEntry(media_type="image", content=an_upload(b"nonsense")),
            "The image content must be valid base64 encoded data.",
        ),
        (
            MediaGalleryEntry(media_type="image", content=an_upload(type="image/png")),
            "The image MIME type is not valid or not supported.",
        ),
        (
            MediaGalleryEntry(media_type="image", content=an_upload(name="a/b.jpg")),
            "Provided image name contains forbidden characters.",
        ),
        (
            an_entry("a.php"),
            "The image type for the file is invalid. Enter the correct image type and try again.",
        ),
        (an_entry(position=2**31), "The product was unable to be saved. Please try again."),
    ],
)
async def test_a_product_with_a_picture_that_cannot_be_saved_is_not_saved(ctx, entry, message):
    assert await refused(ctx, a_draft("a", media_gallery_entries=[an_entry("good.jpg"), entry])) == (400, message)
    made = await a_product(ctx, "a", media_gallery_entries=[an_entry()])
    kept = made.media_gallery_entries or []
    assert await refused(ctx, a_draft("a", name="New", media_gallery_entries=[*kept, entry])) == (400, message)


async def test_an_id_of_another_product_is_unknown(ctx):
    other = await a_product(ctx, "b", media_gallery_entries=[an_entry()])
    [entry] = other.media_gallery_entries or []

    assert await refused(ctx, a_draft("a", media_gallery_entries=[entry])) == (400, CONTENT_INVALID)


async def test_products_whose_pictures_have_one_name_have_files_of_their_own(ctx):
    drafts = await products.save_many(
        ctx,
        [
            a_draft("a", media_gallery_entries=[an_entry("x.jpg"), an_entry("X.jpg"), an_entry("x_1.jpg")]),
            a_draft("b", media_gallery_entries=[an_entry("x.jpg")]),
        ],
    )

    assert [draft.refusal for draft in drafts] == [None, None]
    files = {
        one.file
        for product in await products.get_many(ctx, [draft.product_id for draft in drafts])
        for one in product.media_gallery_entries or ()
    }
    assert files == {"/x/_/x.jpg", "/x/_/x_1.jpg", "/x/_/x_2.jpg", "/x/_/x_1_1.jpg"}
    await a_product(ctx, "c")
    await media.create(ctx, "c", an_entry("x.png"))
    assert [one.file for one in await media.get_entries(ctx, "c")] == ["/x/_/x.png"]


async def test_a_product_refused_beside_others_leaves_no_picture_behind(ctx):
    drafts = await products.save_many(
        ctx,
        [
            a_draft("a", media_gallery_entries=[an_entry("a.jpg")]),
            a_draft("b", name="a", media_gallery_entries=[an_entry("b.jpg")]),
            a_draft("c", attribute_set_id=99, media_gallery_entries=[an_entry("c.jpg")]),
        ],
    )

    assert [draft.refusal is None for draft in drafts] == [True, False, False]
    assert await ctx.db.values("select file from product_media_file order by file") == ["/a/_/a.jpg"]


async def test_many_products_need_as_many_statements_as_one(ctx):
    async def statements(skus: list[str], entries: int) -> int:
        before = ctx.db.statements
        await products.save_many(
            ctx,
            [
                a_draft(sku, media_gallery_entries=[an_entry(f"{sku}.jpg", types=["image"]) for _ in range(entries)])
                for sku in skus
            ],
        )
        ran: int = ctx.db.statements - before
        return ran

    one = await statements(["one"], 1)
    many = await statements([f"many-{number}" for number in range(20)], 3)

    assert many == one
