"""Images And Videos. A picture that is uploaded is part of the form until it is saved, so that no error loses it."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from entrepot.admin.form import Row, Section, as_int, rows
from entrepot.admin.product_panels import Editing, Panel, PlacedSection, Shown
from entrepot.catalog.contracts import ImageContent, MediaGalleryEntry, Product
from entrepot.catalog.media import errors, image_url
from entrepot.kit.context import Context
from entrepot.kit.pages.typed import whole

KEY = "pictures"
PLACE = 200
UPLOADED = "uploads"
"""The name of the field for files."""
IMAGE = "image"
TOO_MUCH = "The pictures are too large to be kept in the form. Save the product, then add them one by one."


def thumbnail_url(ctx: Context, attributes: Mapping[str, str]) -> str:
    """The small picture of a product in lists; empty where it has none."""
    return image_url(ctx, attributes.get("thumbnail"), "grid") or ""


def roles_of(editing: Editing) -> dict[str, str]:
    """The labels of the roles by their codes."""
    return {one.attribute_code: one.label() for one in editing.attributes if one.frontend_input == "media_image"}


async def _show(editing: Editing) -> Shown:
    found = _that_fit(editing, _rows(editing))
    shown = [Row(row, url=_url(editing, row)) for row in found]
    section = Section("product-pictures", "Images And Videos", template="product_pictures.html")
    variables = {"rows": shown, "roles": roles_of(editing), "chosen": _chosen(editing, found)}
    return Shown([PlacedSection(PLACE, section)], variables=variables)


def _that_fit(editing: Editing, found: list[Row]) -> list[Row]:
    """Without the uploads with which the form would be too large to be sent again: all of it would be lost then."""
    left = editing.ctx.settings.max_body * 3 // 4
    kept = []
    for row in found:
        left -= len(row["content"])
        if left >= 0 or not row["content"]:
            kept.append(row)
        else:
            editing.wrong(KEY, TOO_MUCH)
    return kept


def _url(editing: Editing, row: Row) -> str:
    if row.get("content"):
        return f"data:{row.get('type', '')};base64,{row['content']}"
    return image_url(editing.ctx, row.get("file"), "grid") or ""


def _rows(editing: Editing) -> list[Row]:
    posted = editing.sent(KEY)
    if posted is None:
        return [_row(entry) for entry in _stored(editing)]
    found = [row for row in rows(posted, KEY) if row.get("id") or row.get("content")]
    number = max([as_int(row["key"].removeprefix("new")) or 0 for row in found if not row.get("id")], default=0)
    last = max([as_int(row["position"]) or 0 for row in found], default=0)
    for place, upload in enumerate(posted.files(UPLOADED), start=1):
        found.append(
            Row(
                {
                    "key": f"new{number + place}",
                    "content": base64.b64encode(upload.content).decode(),
                    "type": upload.content_type,
                    "name": upload.name,
                    "media_type": IMAGE,
                    "label": "",
                    "position": str(last + place),
                }
            )
        )
    return found


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
    if row.get("content"):
        entry.content = ImageContent(base64_encoded_data=row["content"], type=row["type"], name=row["name"])
    return entry


PICTURES = Panel(
    KEY,
    _show,
    _read,
    refusals=(
        errors.ContentNotDecoded,
        errors.WrongMimeType,
        errors.NameForbidden,
        errors.WrongExtension,
        errors.ContentMissing,
        errors.PictureTooLarge,
        errors.PictureDamaged,
        errors.MediaTypeUnknown,
        errors.GalleryNotSaved,
    ),
)
