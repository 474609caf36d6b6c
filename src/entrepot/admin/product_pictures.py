"""Images And Videos. The form names what was uploaded until it is saved (`uploads`), so that no error loses it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from entrepot.admin.form import Row, Section, as_int, rows
from entrepot.admin.product_panels import Editing, Panel, PlacedSection, Shown
from entrepot.admin.uploads import largest_bytes, preview_of, said_of, take_in
from entrepot.catalog.contracts import MediaGalleryEntry, Product
from entrepot.catalog.media import errors, image_url, uploads
from entrepot.catalog.media.errors import UploadGone
from entrepot.catalog.media.upload_queries import Waiting
from entrepot.catalog.media.uploads import Uploaded
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.pages.typed import whole

KEY = "pictures"
PLACE = 200
UPLOADED = "uploads"
"""The name of the field for files."""
IMAGE = "image"
UPLOAD = "catalog/product_gallery/upload"

"""Where a script sends them, one by one."""


def thumbnail_url(ctx: Context, attributes: Mapping[str, str]) -> str:
    """The small picture of a product in lists; empty where it has none."""
    return image_url(ctx, attributes.get("thumbnail"), "grid") or ""


def roles_of(editing: Editing) -> dict[str, str]:
    """The labels of the roles by their codes."""
    return {one.attribute_code: one.label() for one in editing.attributes if one.frontend_input == "media_image"}


async def _show(editing: Editing) -> Shown:
    found = _rows(editing)
    section = Section("product-pictures", "Images And Videos", template="product_pictures.html")
    variables = {
        "rows": [Row(row, url=_url(editing, row)) for row in found],
        "empty": NEW_ROW,
        "roles": roles_of(editing),
        "chosen": _chosen(editing, found),
        "address": editing.page.url(UPLOAD),
        "largest_bytes": largest_bytes(editing.ctx),
    }
    return Shown([PlacedSection(PLACE, section)], variables=variables)


def _url(editing: Editing, row: Row) -> str:
    return row["url"] if row["upload"] else image_url(editing.ctx, row["file"], "grid") or ""


NEW_ROW = Row(
    key="__key__",
    upload="__reference__",
    name="__name__",
    url="__preview__",
    position="__position__",
    media_type=IMAGE,
)
"""What the script fills in when a picture has been sent."""


async def _prepare(editing: Editing) -> None:
    """Read the rows, look up the uploads that they name, and take in what came with the form."""
    posted = editing.sent(KEY)
    if posted is None:
        return
    found = [row for row in rows(posted, KEY) if row.get("id") or row.get("upload")]
    kept = await uploads.waiting(editing.ctx, [row["upload"] for row in found if row["upload"]])
    if any(row["upload"] and row["upload"] not in kept for row in found):
        editing.wrong(KEY, UploadGone().rendered())
    found = [_as_waiting(row, kept) for row in found if not row["upload"] or row["upload"] in kept]
    editing.prepared[KEY] = found + await _sent_along(editing, found)


def _as_waiting(row: Row, kept: Mapping[str, Waiting]) -> Row:
    """What the upload itself says is not for the form to say."""
    if not row["upload"]:
        return row
    waiting = kept[row["upload"]]
    return Row(row, name=waiting.name, mime_type=waiting.mime_type, url=preview_of(waiting))


async def _sent_along(editing: Editing, found: list[Row]) -> list[Row]:
    """Of who has no script. What is refused is told, and the others are kept."""
    assert editing.posted is not None
    number = max([as_int(row["key"].removeprefix("new")) or 0 for row in found if not row.get("id")], default=0)
    last = max([as_int(row["position"]) or 0 for row in found], default=0)
    added: list[Row] = []
    for file in editing.posted.files(UPLOADED):
        try:
            async with editing.page.attempt():
                waiting = await take_in(editing.ctx, file)
        except Refused as refusal:
            editing.wrong(KEY, said_of(file, refusal))
            continue
        place = len(added) + 1
        added.append(
            Row(
                key=f"new{number + place}",
                upload=waiting.reference,
                name=waiting.name,
                mime_type=waiting.mime_type,
                url=preview_of(waiting),
                media_type=IMAGE,
                position=str(last + place),
            )
        )
    return added


def _rows(editing: Editing) -> list[Row]:
    if editing.sent(KEY) is None:
        return [_row(entry) for entry in _stored(editing)]
    prepared: list[Row] = editing.prepared[KEY]
    return prepared


def _stored(editing: Editing) -> list[MediaGalleryEntry]:
    return editing.product.media_gallery_entries or [] if editing.product else []


def _row(entry: MediaGalleryEntry) -> Row:
    return Row(
        {
            "key": str(entry.id),
            "id": str(entry.id),
            "file": entry.file or "",
            "media_type": entry.media_type or IMAGE,
            "label": entry.label or "",
            "position": str(entry.position or 0),
            "disabled": str(int(bool(entry.disabled))),
        }
    )


def _chosen(editing: Editing, found: list[Row]) -> dict[str, str]:
    """The key of the picture that each role has. The first picture that a product gets has all of them."""
    posted = editing.sent(KEY)
    keys = [row["key"] for row in found]
    if posted is None:
        return {role: str(entry.id) for entry in _stored(editing) for role in entry.types or ()}
    chosen = {role: posted.get(f"role[{role}]") for role in roles_of(editing)}
    chosen = {role: key for role, key in chosen.items() if key in keys}
    had_pictures = "role_offered" in posted
    if found and not had_pictures:
        return dict.fromkeys(roles_of(editing), keys[0])
    return chosen


def _read(editing: Editing, product: Product) -> None:
    posted = editing.sent(KEY)
    if posted is None:
        return
    found = _rows(editing)
    chosen = _chosen(editing, found)
    entries = [
        _entry(editing, row, place, [role for role, key in chosen.items() if key == row["key"]])
        for place, row in enumerate(found)
    ]
    # Saving them again would give a store view labels and roles of its own.
    if [_told(entry) for entry in entries] != [_told(entry) for entry in _stored(editing)]:
        product.media_gallery_entries = entries


def _told(entry: MediaGalleryEntry) -> tuple[Any, ...]:
    """What the form says of an entry."""
    return (
        entry.id, entry.content is None, entry.label or "", entry.position or 0, bool(entry.disabled),
        sorted(entry.types or ()),
    )  # fmt: skip


def _entry(editing: Editing, row: Row, place: int, types: list[str]) -> MediaGalleryEntry:
    name, label = f"{KEY}[{place}][position]", f"Position of {row['label'] or place + 1}"
    entry = MediaGalleryEntry(
        id=as_int(row["id"]),
        media_type=row.get("media_type") or IMAGE,
        label=row["label"].strip(),
        position=editing.number(name, row["position"], whole, label=label, empty=0),
        disabled=row.get("disabled") == "1",
        types=types,
    )
    if row["upload"]:
        entry.content = Uploaded(type=row["mime_type"], name=row["name"], reference=row["upload"])
    return entry


PICTURES = Panel(
    KEY,
    _show,
    _read,
    prepare=_prepare,
    refusals=(errors.MediaTypeUnknown, errors.GalleryNotSaved, errors.UploadGone),
)
