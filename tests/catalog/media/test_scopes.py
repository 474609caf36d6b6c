"""What pictures are called, where they stand and what they are used for in each store view."""

from __future__ import annotations

from entrepot.catalog import products
from entrepot.catalog.contracts import MediaGalleryEntry
from entrepot.catalog.media import service as media
from tests.catalog.media.makers import an_entry
from tests.catalog.products.makers import a_draft, a_product, a_view, shown


async def told(ctx, sku: str = "a") -> list[tuple[str | None, str | None, int | None, bool | None, list[str] | None]]:
    return [(one.file, one.label, one.position, one.disabled, one.types) for one in await media.get_entries(ctx, sku)]


async def test_a_view_has_values_of_its_own_and_else_the_default_ones(ctx):
    german = ctx.in_store(await a_view(ctx, "de"))
    french = ctx.in_store(await a_view(ctx, "fr"))
    await a_product(ctx, "a")
    id = int(await media.create(ctx, "a", an_entry("x.jpg", label="Front")))

    await media.update(german, "a", MediaGalleryEntry(label="Vorne"), id)
    await media.update(french, "a", MediaGalleryEntry(position=5, disabled=True), id)
    await media.update(ctx, "a", MediaGalleryEntry(label="Face", position=2), id)

    assert await told(ctx) == [("/x/_/x.jpg", "Face", 2, False, [])]
    assert await told(german) == [("/x/_/x.jpg", "Vorne", 2, False, [])]
    assert await told(french) == [("/x/_/x.jpg", "Face", 5, True, [])]


async def test_roles_are_set_in_the_view_of_the_call(ctx):
    german = ctx.in_store(await a_view(ctx, "de"))
    await a_product(ctx, "a")
    await media.create(ctx, "a", an_entry("one.jpg", types=["image"]))
    two = int(await media.create(ctx, "a", an_entry("two.jpg")))

    await media.update(german, "a", MediaGalleryEntry(types=["image"]), two)

    assert [types for *_, types in await told(ctx)] == [["image"], []]
    assert [types for *_, types in await told(german)] == [[], ["image"]]


async def test_a_picture_added_in_a_view_has_its_values_everywhere_and_its_roles_there(ctx):
    german = ctx.in_store(await a_view(ctx, "de"))
    await a_product(ctx, "a")

    await media.create(german, "a", an_entry("x.jpg", label="Vorne", types=["image"]))

    assert await told(german) == [("/x/_/x.jpg", "Vorne", 1, False, ["image"])]
    assert await told(ctx) == [("/x/_/x.jpg", "Vorne", 1, False, [])]


async def test_a_product_made_in_a_view_has_its_roles_everywhere(ctx):
    german = ctx.in_store(await a_view(ctx, "de"))

    await products.save(german, a_draft("a", media_gallery_entries=[an_entry("x.jpg", types=["image"])]))

    assert shown(await products.get(ctx, "a"))["image"] == "/x/_/x.jpg"
    assert shown(await products.get(german, "a"))["image"] == "/x/_/x.jpg"


async def test_a_removed_picture_has_no_role_in_any_view(ctx):
    german = ctx.in_store(await a_view(ctx, "de"))
    await a_product(ctx, "a")
    await media.create(ctx, "a", an_entry("one.jpg", types=["image"]))
    two = int(await media.create(german, "a", an_entry("two.jpg", types=["image", "thumbnail"])))

    await media.delete(ctx, "a", two)

    # The view sees the default picture again.
    assert shown(await products.get(german, "a"))["image"] == "/o/n/one.jpg"
    assert shown(await products.get(german, "a"))["thumbnail"] == "no_selection"
    await media.delete(german, "a", int((await media.get_entries(ctx, "a"))[0].id or 0))
    assert shown(await products.get(ctx, "a"))["image"] == "no_selection"


async def test_a_picture_that_takes_the_place_of_another_does_so_in_every_view(ctx):
    german = ctx.in_store(await a_view(ctx, "de"))
    await a_product(ctx, "a")
    id = int(await media.create(ctx, "a", an_entry("one.jpg", label="Front", types=["image"])))
    await media.update(german, "a", MediaGalleryEntry(label="Vorne", types=["thumbnail"]), id)

    await media.update(ctx, "a", an_entry("two.jpg"), id)

    assert await told(ctx) == [("/t/w/two.jpg", "Front", 1, False, ["image"])]
    assert await told(german) == [("/t/w/two.jpg", "Vorne", 1, False, ["thumbnail"])]


async def test_videos_have_texts_by_view(ctx):
    from entrepot.catalog.contracts import MediaGalleryEntryExtension, VideoContent

    def a_video(**fields) -> MediaGalleryEntryExtension:
        return MediaGalleryEntryExtension(video_content=VideoContent(**fields))

    german = ctx.in_store(await a_view(ctx, "de"))
    await a_product(ctx, "a")
    entry = an_entry("x.jpg", extension_attributes=a_video(video_url="https://video.test/1", video_title="Title"))
    entry.media_type = "external-video"
    id = int(await media.create(ctx, "a", entry))

    await media.update(german, "a", MediaGalleryEntry(extension_attributes=a_video(video_title="Titel")), id)

    video = ((await media.get_entry(german, "a", id)).extension_attributes or a_video()).video_content
    assert video is not None
    assert (video.media_type, video.video_url, video.video_title) == ("external-video", "https://video.test/1", "Titel")
    video = ((await media.get_entry(ctx, "a", id)).extension_attributes or a_video()).video_content
    assert video is not None and video.video_title == "Title"
