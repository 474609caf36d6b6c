"""Pictures that are sent before the form that names them: one request for each, and none of them in the form.

An administrator's upload waits in the database under a reference that cannot be guessed and that nobody else can use.
Saving the form takes it, in the transaction of the save: the content goes from one table to the other and through no
process, and a refused save leaves the upload where it was. What no form takes is forgotten after a day.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from datetime import timedelta

from msgspec import Struct

from entrepot.catalog.contracts import ImageContent
from entrepot.catalog.media import names, pictures, thumbnails, upload_queries
from entrepot.catalog.media.errors import NoPicture, TooManyUploads, UploadGone
from entrepot.catalog.media.upload_queries import Waiting
from entrepot.kit.context import ActorType, Context

MOST_WAITING = 200
"""Of one administrator."""
KEPT_FOR = timedelta(days=1)
PREVIEW = 192
"""The longer edge of a preview, in pixels: twice what the pages show, for fine screens."""
LONGEST_NAME = 200

_FOLDERS = re.compile(r".*[\\/]")


class Uploaded(ImageContent):
    """A new picture of a product, which waits under this reference. Clients cannot say it: it is in no contract."""

    reference: str = ""


class _Checked(Struct, frozen=True):
    mime_type: str
    preview: bytes
    preview_type: str


async def receive(ctx: Context, name: str, content: bytes) -> Waiting:
    """Let a picture of the calling administrator wait, under a name that can be that of a file.

    Raises NoPicture, PictureTooLarge, PictureDamaged, WrongExtension or TooManyUploads.
    """
    name = _FOLDERS.sub("", name)
    name = names.FORBIDDEN.sub("_", name)[-LONGEST_NAME:]
    checked = await pictures.in_thread(_check, name, content)
    waiting = Waiting(secrets.token_urlsafe(24), name, checked.mime_type, checked.preview, checked.preview_type)
    inserted = await ctx.db.values(
        upload_queries.INSERT,
        reference=waiting.reference,
        user_id=_user_id(ctx),
        name=waiting.name,
        mime_type=waiting.mime_type,
        content=content,
        preview=waiting.preview,
        preview_type=waiting.preview_type,
        now=ctx.now,
        most=MOST_WAITING,
    )
    if not inserted:
        raise TooManyUploads(MOST_WAITING)
    return waiting


def _check(name: str, content: bytes) -> _Checked:
    mime_type = pictures.check_file(name, content)
    preview = thumbnails.scaled(content, PREVIEW)
    if preview is None:
        raise NoPicture
    return _Checked(mime_type, preview, "image/jpeg" if preview.startswith(b"\xff\xd8\xff") else "image/png")


async def waiting(ctx: Context, references: Collection[str]) -> dict[str, Waiting]:
    """Those of the caller that still wait, by reference."""
    if not references:
        return {}
    found = await ctx.db.all(Waiting, upload_queries.LIST_WAITING, references=list(references), user_id=_user_id(ctx))
    return {one.reference: one for one in found}


async def lock(ctx: Context, references: Collection[str]) -> None:
    """Before they are taken. Raises UploadGone where one does not wait any more, or is not the caller's."""
    wanted = set(references)
    found = await ctx.db.values(upload_queries.LOCK, references=sorted(wanted), user_id=_user_id(ctx))
    if len(found) < len(wanted):
        raise UploadGone


async def forget(ctx: Context, references: Collection[str]) -> None:
    """After they were taken."""
    await ctx.db.execute(upload_queries.DELETE, references=list(references))


async def forget_old(ctx: Context) -> None:
    await ctx.db.execute(upload_queries.DELETE_OLD, before=ctx.now - KEPT_FOR)


def _user_id(ctx: Context) -> int:
    """0, which is nobody's, for who is no administrator."""
    return ctx.actor.id if ctx.actor.type is ActorType.ADMIN else 0
