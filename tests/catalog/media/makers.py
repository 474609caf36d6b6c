"""Pictures, uploads and a client of /media for the tests."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image

from entrepot.catalog.contracts import ImageContent, MediaGalleryEntry
from entrepot.catalog.media import folder
from entrepot.catalog.media.serving import media_app
from entrepot.kit.context import Context, Services


def a_picture(format: str = "JPEG", size: tuple[int, int] = (8, 6), colour: Any = "navy", **options: Any) -> bytes:
    out = BytesIO()
    Image.new(options.pop("mode", "RGB"), size, colour).save(out, format, **options)
    return out.getvalue()


def noise(format: str = "JPEG", size: tuple[int, int] = (64, 64)) -> bytes:
    """A picture that does not compress well."""
    out = BytesIO()
    Image.effect_noise(size, 90).save(out, format)
    return out.getvalue()


def an_upload(data: bytes | None = None, name: str = "tiny1.jpg", type: str = "image/jpeg") -> ImageContent:
    picture = a_picture() if data is None else data
    return ImageContent(base64_encoded_data=base64.b64encode(picture).decode(), type=type, name=name)


def an_entry(name: str = "tiny1.jpg", data: bytes | None = None, **fields: Any) -> MediaGalleryEntry:
    """A new picture that can be saved."""
    return MediaGalleryEntry(media_type="image", content=an_upload(data, name), **fields)


def on_disk(ctx: Context) -> set[str]:
    """All files in the folder of the pictures, in all sizes."""
    root = folder.products(ctx.settings)
    return {"/" + str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def path_of(ctx: Context, file: str) -> Path:
    return folder.original(folder.products(ctx.settings), file)


async def in_database(ctx: Context) -> tuple[list[Any], ...]:
    """All that is stored of pictures, to see that nothing happened."""
    return (
        await ctx.db.all(tuple, "select * from product_media order by value_id"),
        await ctx.db.all(tuple, "select * from product_media_store order by value_id, store_id"),
        await ctx.db.all(tuple, "select * from product_media_video order by value_id, store_id"),
        await ctx.db.all(tuple, "select file, content is null from product_media_file order by file"),
        await ctx.db.all(tuple, "select product_id, attributes, updated_at from product order by product_id"),
        await ctx.db.all(tuple, "select * from product_store order by product_id, store_id"),
    )


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes


async def ask(services: Services, path: str, method: str = "GET", whole: Any = None, **headers: str) -> Answer:
    """A request to /media, or to a whole application; underscores in names of headers are hyphens."""
    messages: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        messages.append(message)

    scope = {
        "type": "http",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 50000),
    }
    await (whole or media_app(services))(scope, receive, send)
    head, content = messages
    return Answer(head["status"], {name.decode(): value.decode() for name, value in head["headers"]}, content["body"])
