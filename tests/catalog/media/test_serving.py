"""Pictures over HTTP: as uploaded and in the sizes of the pages, with what caches need to know."""

from __future__ import annotations

import os
from io import BytesIO

import pytest
from PIL import Image

from entrepot import app
from entrepot.catalog.media import folder
from entrepot.catalog.media import service as media
from entrepot.kit.jobs import run_due
from tests.catalog.media.makers import a_picture, an_entry, an_upload, ask, on_disk, path_of
from tests.catalog.products.makers import a_product

ORIGINAL = "/media/catalog/product"
A_DAY_S = 24 * 3600


def put(ctx, file: str, content: bytes) -> None:
    """A file as a merchant copies it into the folder."""
    folder.write(path_of(ctx, file), content, modified_ns=1_700_000_000_123_456_789)


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


async def test_a_picture_is_served_as_it_was_uploaded_also_before_the_job_has_written_it(ctx, services):
    await a_product(ctx, "a")
    picture = a_picture("PNG")
    await media.create(ctx, "a", _png_entry(picture))

    before = await ask(services, f"{ORIGINAL}/x/_/x.png")
    assert on_disk(ctx) == {"/x/_/x.png"}
    await run_due(ctx)
    after = await ask(services, f"{ORIGINAL}/x/_/x.png")

    for answer in (before, after):
        assert (answer.status, answer.body) == (200, picture)
        assert answer.headers["content-type"] == "image/png"
        assert answer.headers["content-length"] == str(len(picture))
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == f"public, max-age={30 * A_DAY_S}"


def _png_entry(picture: bytes):
    entry = an_entry("x.png")
    entry.content = an_upload(picture, "x.png", "image/png")
    return entry


async def test_the_shop_serves_pictures(ctx, services):
    put(ctx, "/x/_/x.jpg", a_picture())

    answer = await ask(services, f"{ORIGINAL}/x/_/x.jpg", whole=app.create_app(services))

    assert (answer.status, answer.body) == (200, a_picture())


@pytest.mark.parametrize(("size", "edge"), [("grid", 75), ("card", 300), ("product", 700)])
async def test_a_size_is_made_once_and_keeps_the_shape(ctx, services, size, edge):
    put(ctx, "/x/_/x.jpg", a_picture(size=(1500, 500)))

    first = await ask(services, f"{ORIGINAL}/cache/{size}/x/_/x.jpg")
    made = folder.in_size(folder.products(ctx.settings), "/x/_/x.jpg", size)
    inode = made.stat().st_ino
    second = await ask(services, f"{ORIGINAL}/cache/{size}/x/_/x.jpg")

    assert (first.status, first.headers["content-type"]) == (200, "image/jpeg")
    assert opened(first.body).size == (edge, edge // 3)
    assert (second.body, second.headers["etag"]) == (first.body, first.headers["etag"])
    assert made.stat().st_ino == inode
    assert on_disk(ctx) == {"/x/_/x.jpg", f"/cache/{size}/x/_/x.jpg"}


async def test_a_size_is_made_of_a_picture_that_only_the_database_has(ctx, services):
    await a_product(ctx, "a")
    await media.create(ctx, "a", an_entry("x.jpg", a_picture(size=(600, 600))))

    answer = await ask(services, f"{ORIGINAL}/cache/card/x/_/x.jpg")

    assert (answer.status, opened(answer.body).size) == (200, (300, 300))


async def test_small_pictures_are_not_blown_up_and_transparency_stays(ctx, services):
    put(ctx, "/x/_/x.png", a_picture("PNG", (20, 10), (255, 0, 0, 128), mode="RGBA"))

    answer = await ask(services, f"{ORIGINAL}/cache/card/x/_/x.png")

    picture = opened(answer.body)
    assert (picture.format, picture.size, picture.mode) == ("PNG", (20, 10), "RGBA")
    assert picture.getpixel((0, 0)) == (255, 0, 0, 128)


async def test_photos_stand_upright_and_say_nothing_of_their_maker(ctx, services):
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Camera"
    put(ctx, "/x/_/x.jpg", a_picture(size=(400, 200), exif=exif))

    answer = await ask(services, f"{ORIGINAL}/cache/card/x/_/x.jpg")

    assert opened(answer.body).size == (150, 300)
    assert dict(opened(answer.body).getexif()) == {}


@pytest.mark.parametrize(("format", "mode", "colour"), [("JPEG", "CMYK", 0), ("JPEG", "L", 9), ("PNG", "P", 1)])
async def test_pictures_of_all_modes_have_sizes(ctx, services, format, mode, colour):
    put(ctx, "/x/_/x.jpg", a_picture(format, (900, 900), colour, mode=mode))

    answer = await ask(services, f"{ORIGINAL}/cache/card/x/_/x.jpg")

    assert (answer.status, opened(answer.body).size) == (200, (300, 300))
    # The content counts, not the name.
    assert answer.headers["content-type"] == f"image/{format.lower()}"


async def test_an_animation_shows_its_first_frame(ctx, services):
    out = BytesIO()
    frames = [Image.new("RGB", (400, 400), colour) for colour in ("red", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    put(ctx, "/x/_/x.gif", out.getvalue())

    answer = await ask(services, f"{ORIGINAL}/cache/grid/x/_/x.gif")

    picture = opened(answer.body)
    assert (answer.headers["content-type"], picture.size) == ("image/png", (75, 75))
    assert picture.convert("RGB").getpixel((40, 40)) == (255, 0, 0)


async def test_a_size_of_an_earlier_file_of_the_name_is_made_anew(ctx, services):
    put(ctx, "/x/_/x.jpg", a_picture(size=(600, 600)))
    first = await ask(services, f"{ORIGINAL}/cache/card/x/_/x.jpg")
    path_of(ctx, "/x/_/x.jpg").write_bytes(a_picture(size=(600, 300)))
    os.utime(path_of(ctx, "/x/_/x.jpg"), (1_800_000_000, 1_800_000_000))

    second = await ask(services, f"{ORIGINAL}/cache/card/x/_/x.jpg")

    assert (opened(first.body).size, opened(second.body).size) == ((300, 300), (300, 150))
    assert second.headers["etag"] != first.headers["etag"]
    assert second.headers["last-modified"] == "Fri, 15 Jan 2027 08:00:00 GMT"


# ---------------------------------------------------------------- caches


@pytest.mark.parametrize("path", ["/x/_/x.jpg", "/cache/card/x/_/x.jpg"])
async def test_who_has_a_picture_is_told_so(ctx, services, path):
    put(ctx, "/x/_/x.jpg", a_picture())
    first = await ask(services, ORIGINAL + path)
    assert first.headers["last-modified"] == "Tue, 14 Nov 2023 22:13:20 GMT"
    etag = first.headers["etag"]

    for headers in (
        {"if_none_match": etag},
        {"if_none_match": f'"other", W/{etag}'},
        {"if_none_match": "*"},
        {"if_modified_since": "Tue, 14 Nov 2023 22:13:20 GMT"},
        {"if_modified_since": "Wed, 15 Nov 2023 00:00:00 GMT"},
    ):
        answer = await ask(services, ORIGINAL + path, **headers)
        assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", etag)
    for headers in (
        {"if_none_match": '"other"'},
        {"if_modified_since": "Tue, 14 Nov 2023 22:13:19 GMT"},
        {"if_modified_since": "yesterday"},
        # The tag counts.
        {"if_none_match": '"other"', "if_modified_since": "Wed, 15 Nov 2023 00:00:00 GMT"},
    ):
        answer = await ask(services, ORIGINAL + path, **headers)
        assert (answer.status, answer.body) == (200, first.body)


async def test_head_says_what_get_would_and_nothing_else_is_allowed(ctx, services):
    put(ctx, "/x/_/x.jpg", a_picture())
    get = await ask(services, f"{ORIGINAL}/x/_/x.jpg")

    head = await ask(services, f"{ORIGINAL}/x/_/x.jpg", "HEAD")
    post = await ask(services, f"{ORIGINAL}/x/_/x.jpg", "POST")

    assert (head.status, head.body, head.headers) == (200, b"", get.headers)
    assert (post.status, post.headers["allow"]) == (405, "GET, HEAD")


# ---------------------------------------------------------------- what is not served


@pytest.mark.parametrize(
    "path",
    [
        "/media",
        "/media/",
        "/media/catalog/product/",
        "/media/catalog/product/x/_/other.jpg",
        "/media/catalog/product/cache/card/x/_/other.jpg",
        "/media/catalog/product/cache/huge/x/_/x.jpg",
        "/media/catalog/product/cache/full/x/_/x.jpg",
        "/media/catalog/product/cache/CARD/x/_/x.jpg",
        "/media/catalog/product/cache/../x/_/x.jpg",
        "/media/catalog/product/x/../../../../key.jpg",
        "/media/catalog/product/../product/x/_/x.jpg",
        "/media/catalog/product//x/_/x.jpg",
        "/media/catalog/product/x/_/x.jpg/",
        "/media/catalog/product/x/_/x.jpg\n",
        "/media/catalog/product/x/_/x.jpg\0",
        "/media/catalog/product/x/_",
        "/media/catalog/product/x\\_\\x.jpg",
        "/media/catalog/product/x/_/.hidden.jpg",
        "/media/catalog/product/x/_/page.html",
        "/media/catalog/category/x/_/x.jpg",
    ],
)
async def test_nothing_else_is_served(ctx, services, path):
    put(ctx, "/x/_/x.jpg", a_picture())
    for name in ("/x/_/.hidden.jpg", "/x/_/page.html"):
        put(ctx, name, b"secret")
    (ctx.settings.home / "key.jpg").write_bytes(b"secret")

    answer = await ask(services, path)

    assert (answer.status, answer.body) == (404, b"Not Found")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"


async def test_what_cannot_be_decoded_has_no_sizes(ctx, services):
    put(ctx, "/x/_/x.jpg", b"<script>alert(1)</script>")

    assert (await ask(services, f"{ORIGINAL}/cache/card/x/_/x.jpg")).status == 404
    original = await ask(services, f"{ORIGINAL}/x/_/x.jpg")
    assert (original.status, original.headers["content-type"]) == (200, "application/octet-stream")
    assert on_disk(ctx) == {"/x/_/x.jpg"}
