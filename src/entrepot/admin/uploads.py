"""Pictures that a script sends one by one, outside of the form that will name them by their references.

Each place that has pictures declares a page of its own, so that it takes the resources of the form:

    @admin_page("catalog/product_gallery/upload", PRODUCTS, post=True)
    async def upload(page: AdminPage) -> Response:
        return await received(page)

The answer is JSON: what the script shows of the picture, or `message`. Without a script the files come with the form.
"""

from __future__ import annotations

import base64

from starlette.responses import JSONResponse, Response

from entrepot.admin.page import AdminPage
from entrepot.catalog.media import pictures, uploads
from entrepot.catalog.media.errors import ContentMissing
from entrepot.catalog.media.upload_queries import Waiting
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.pages.form import Upload

FILE = "file"
ENVELOPE_BYTES = 4096
"""What a request has beside the file."""


async def received(page: AdminPage) -> Response:
    """Let the picture of the request wait for its form. One that is refused is a 422."""
    file = page.form.file(FILE)
    if file is None:
        return page.told(422, ContentMissing.message)
    found: list[Waiting] = []

    async def receive() -> None:
        found.append(await take_in(page.ctx, file))

    if refusals := await page.attempted(receive()):
        return page.told(422, " ".join(one.rendered() for one in refusals))
    return JSONResponse({"reference": found[0].reference, "name": found[0].name, "preview": preview_of(found[0])})


async def take_in(ctx: Context, file: Upload) -> Waiting:
    return await uploads.receive(ctx, file.name, file.content)


def preview_of(upload: Waiting) -> str:
    """An address that is the picture itself, small."""
    return f"data:{upload.preview_type};base64,{base64.b64encode(upload.preview).decode()}"


def largest_bytes(ctx: Context) -> int:
    """Of one file: what a picture may have, and a request of this server can bring."""
    return min(pictures.LARGEST_BYTES, ctx.settings.max_body - ENVELOPE_BYTES)


def said_of(file: Upload, refusal: Refused) -> str:
    """For who sent several at once."""
    return f"{file.name}: {refusal.rendered()}"
