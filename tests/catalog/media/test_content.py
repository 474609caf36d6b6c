"""What is refused as a picture, in the order of the checks."""

from __future__ import annotations

import base64
import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from entrepot.catalog.contracts import ImageContent
from entrepot.catalog.media import pictures
from entrepot.kit.errors import Refused
from tests.catalog.media.makers import a_picture, an_upload, noise

NOT_BASE64 = "The image content must be valid base64 encoded data."
WRONG_TYPE = "The image MIME type is not valid or not supported."
FORBIDDEN = "Provided image name contains forbidden characters."
MISSING = "The image content is invalid. Verify the content and try again."
TOO_LARGE = "The image is too large. At most 10 MB and 25 million pixels are allowed."
DAMAGED = "The image is incomplete or damaged. Verify the file and try again."


async def refusal(content: ImageContent | None) -> tuple[int, str]:
    with pytest.raises(Refused) as refused:
        await pictures.check(content)
    return refused.value.status, refused.value.rendered()


@pytest.mark.parametrize(
    ("format", "type", "name"),
    [
        ("JPEG", "image/jpeg", "a.jpg"),
        ("JPEG", "image/jpeg", "a.JPEG"),
        ("PNG", "image/png", "a.png"),
        ("GIF", "image/gif", "a.gif"),
        ("PNG", "image/png", "without an ending"),
        ("JPEG", "image/jpeg", "déjà vu & co's [1], 100%.jpg"),
    ],
)
async def test_pictures_of_the_three_kinds_are_taken(format, type, name):
    await pictures.check(an_upload(a_picture(format), name, type))


async def test_white_space_and_missing_padding_do_not_matter():
    text = base64.b64encode(a_picture()).decode()
    broken_up = "\r\n".join(text[at : at + 60] for at in range(0, len(text), 60)).rstrip("=")

    await pictures.check(ImageContent(base64_encoded_data=broken_up, type="image/jpeg", name="a.jpg"))


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "   ",
        "====",
        "not base64!",
        "data:image/jpeg;base64," + base64.b64encode(a_picture()).decode(),
        "äöü",
        "A",
        base64.b64encode(b"no picture at all").decode(),
        base64.b64encode(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n").decode(),
        base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>").decode(),
        base64.b64encode(a_picture()[:10]).decode(),
    ],
)
async def test_what_is_no_base64_or_no_picture_is_refused_before_all_else(text):
    content = ImageContent(base64_encoded_data=text, type="text/plain", name="a/b.exe")

    assert await refusal(content) == (400, NOT_BASE64)


async def test_an_entry_without_content_is_refused():
    assert await refusal(None) == (400, MISSING)


@pytest.mark.parametrize(
    ("format", "declared"),
    [
        ("JPEG", "image/png"),
        ("JPEG", "image/jpg"),
        ("JPEG", "IMAGE/JPEG"),
        ("JPEG", None),
        ("JPEG", ""),
        ("PNG", "image/gif"),
        ("WEBP", "image/webp"),
        ("BMP", "image/bmp"),
        ("TIFF", "image/tiff"),
    ],
)
async def test_the_declared_type_must_be_the_true_one_and_supported(format, declared):
    content = an_upload(a_picture(format), "a/b.jpg")
    content.type = declared

    assert await refusal(content) == (400, WRONG_TYPE)


@pytest.mark.parametrize("character", list('\\/?*:";<>()|{}'))
async def test_forbidden_characters_in_names_are_refused(character):
    assert await refusal(an_upload(name=f"a{character}b.jpg")) == (400, FORBIDDEN)


@pytest.mark.parametrize("name", ["", None])
async def test_a_name_is_needed(name):
    content = an_upload()
    content.name = name

    assert await refusal(content) == (400, FORBIDDEN)


@pytest.mark.parametrize("name", ["a.php", "a.jpg.php", "a.svg", ".htaccess", "a.webp"])
async def test_a_name_may_not_end_as_another_kind_of_file(name):
    message = "The image type for the file is invalid. Enter the correct image type and try again."

    assert await refusal(an_upload(name=name)) == (400, message)


@pytest.mark.parametrize(("format", "type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("GIF", "image/gif")])
async def test_half_a_picture_is_refused(format, type):
    whole = noise(format)

    assert await refusal(an_upload(whole[: len(whole) // 2], "a", type)) == (400, DAMAGED)


async def test_an_animation_that_is_cut_off_is_refused():
    out = BytesIO()
    frames = [Image.effect_noise((64, 64), 90).convert("P") for _ in range(3)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    whole = out.getvalue()
    await pictures.check(an_upload(whole, "a.gif", "image/gif"))

    assert await refusal(an_upload(whole[: len(whole) * 5 // 6], "a.gif", "image/gif")) == (400, DAMAGED)


def a_bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that says it has this size, and has it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(bytes(1 + width // 8) * min(height, 64), 9)
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize(("width", "height"), [(5_001, 5_000), (8_000, 8_000), (60_000, 60_000)])
async def test_a_small_file_that_would_fill_the_memory_is_refused(width, height):
    bomb = a_bomb(width, height)
    assert len(bomb) < 100_000

    assert await refusal(an_upload(bomb, "a.png", "image/png")) == (400, TOO_LARGE)


async def test_the_largest_picture_is_taken():
    await pictures.check(an_upload(a_picture("PNG", (5_000, 5_000), 0, mode="L"), "a.png", "image/png"))


async def test_a_gif_with_a_small_screen_and_a_huge_frame_is_refused():
    gif = bytearray(a_picture("GIF", (8, 8)))
    at = gif.index(b"\x2c")
    gif[at + 5 : at + 9] = struct.pack("<HH", 60_000, 60_000)

    assert await refusal(an_upload(bytes(gif), "a.gif", "image/gif")) in [(400, TOO_LARGE), (400, NOT_BASE64)]


async def test_more_than_ten_megabytes_are_refused():
    padded = a_picture() + bytes(pictures.LARGEST_BYTES)

    assert await refusal(an_upload(padded)) == (400, TOO_LARGE)
