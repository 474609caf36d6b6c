"""Fields for one picture, of kind `picture`: a stored name, an upload that takes its place with the save, or none.

What the form says of it is `<name>` (what is stored), `<name>[upload]` (a reference), `<name>[delete]`, and without a
script `<name>[file]`.
"""

from __future__ import annotations

from msgspec import Struct

from entrepot.admin.page import AdminPage
from entrepot.admin.uploads import largest_bytes, preview_of, take_in
from entrepot.catalog.media import single_picture_url, uploads
from entrepot.catalog.media.errors import (
    NoPicture,
    PictureDamaged,
    PictureTooLarge,
    TooManyUploads,
    UploadGone,
    WrongExtension,
)
from entrepot.catalog.media.keeping import keep
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused

PROBLEMS = (NoPicture, PictureTooLarge, PictureDamaged, WrongExtension, TooManyUploads, UploadGone)
"""What can be wrong with what was sent."""


class PicturePlace(Struct, frozen=True):
    """Where the pictures of a field are kept."""

    folder: str
    """Below media: `catalog/category`."""
    upload: str
    """The address that a script sends them to."""
    scope: str = ""
    """A folder in that one for new pictures, which is part of the stored name: `stores/1`."""


class Picture(Struct, frozen=True):
    """What a field of this kind shows, and what was sent of it."""

    place: PicturePlace
    largest_bytes: int
    stored: str
    """The name of the file in its folder; empty without a picture."""
    reference: str = ""
    name: str = ""
    """Of the picture that is shown."""
    url: str = ""
    is_deleted: bool = False

    @property
    def address(self) -> str:
        return self.place.upload

    async def saved(self, ctx: Context) -> str:
        """The name to be stored. An upload is then kept in the folder. Raises UploadGone."""
        if self.reference:
            below = f"{self.place.folder}/{self.place.scope}" if self.place.scope else self.place.folder
            name = await keep(ctx, self.reference, below)
            return f"{self.place.scope}/{name}" if self.place.scope else name
        return "" if self.is_deleted else self.stored


def stored_picture(ctx: Context, place: PicturePlace, stored: str, *, is_deleted: bool = False) -> Picture:
    name = stored.rpartition("/")[2]
    url = single_picture_url(ctx, place.folder, stored) or ""
    return Picture(place, largest_bytes(ctx), stored, name=name, url=url, is_deleted=is_deleted)


async def sent_picture(page: AdminPage, place: PicturePlace, field: str) -> tuple[Picture, list[Refused]]:
    """What the form says, and what is wrong with it. A file that came with it waits from now on, as one of a script."""
    ctx, form = page.ctx, page.form
    stored = stored_picture(ctx, place, form.get(field), is_deleted=form.is_ticked(f"{field}[delete]"))
    if (file := form.file(f"{field}[file]")) is not None:
        try:
            async with page.attempt():
                upload = await take_in(ctx, file)
        except Refused as refusal:
            return stored, [refusal]
    elif reference := form.get(f"{field}[upload]"):
        found = (await uploads.waiting(ctx, [reference])).get(reference)
        if found is None:
            return stored, [UploadGone()]
        upload = found
    else:
        return stored, []
    if stored.is_deleted:
        return stored, []
    return Picture(place, stored.largest_bytes, stored.stored, upload.reference, upload.name, preview_of(upload)), []
