"""Entries as they travel, and what a save comes to. No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from entrepot.catalog.attributes import ATTRIBUTES, Attribute
from entrepot.catalog.contracts import MediaGalleryEntry, MediaGalleryEntryExtension, VideoContent
from entrepot.catalog.media.addresses import NO_SELECTION
from entrepot.catalog.media.queries import Stored
from entrepot.kit.context import Context

IMAGE, VIDEO = "image", "external-video"
MEDIA_TYPES = (IMAGE, VIDEO)

LARGEST_POSITION = 2**31 - 1

VIDEO_FIELDS = {
    "provider": "video_provider",
    "url": "video_url",
    "title": "video_title",
    "description": "video_description",
    "metadata": "video_metadata",
}
"""From columns to fields of the contract."""


def image_attributes(of_set: Mapping[str, Attribute]) -> list[Attribute]:
    """The roles that products of a set have, in the order of the set."""
    return [attribute for attribute in of_set.values() if attribute.frontend_input == "media_image"]


def roles_of(ctx: Context, attribute_set_id: int, type_id: str) -> list[str]:
    """The codes of a product's roles."""
    of_set = ctx.shared(ATTRIBUTES).attributes_of_set(attribute_set_id)
    return [one.attribute_code for one in image_attributes(of_set) if one.applies_to(type_id)]


def shown(row: Mapping[str, Any], roles: Iterable[str]) -> MediaGalleryEntry:
    """A stored entry; `roles` are those of its file."""
    return MediaGalleryEntry(
        id=row["id"],
        media_type=row["media_type"],
        label=row["label"],
        position=row["position"],
        disabled=row["disabled"],
        types=list(roles),
        file=row["file"],
        extension_attributes=_video(row) if row["media_type"] == VIDEO else None,
    )


def _video(row: Mapping[str, Any]) -> MediaGalleryEntryExtension:
    fields = {field: row[field] for field in VIDEO_FIELDS.values()}
    return MediaGalleryEntryExtension(video_content=VideoContent(media_type=VIDEO, **fields))


class Entry(Struct, eq=False):
    """An entry as it is to be after a save."""

    stored: Stored | None
    """What it was; None for a new one."""
    given: MediaGalleryEntry | None
    """What the request says of it; None where it stays as it is."""
    file: str = ""
    """Known once the name of an upload is claimed."""
    value_id: int = 0

    def __post_init__(self) -> None:
        if self.stored and not self.is_new:
            self.file, self.value_id = self.stored.file, self.stored.value_id

    @property
    def is_new(self) -> bool:
        """Also where another picture takes the place of a stored one."""
        return self.stored is None or self.brings_picture

    @property
    def brings_picture(self) -> bool:
        if self.given is None:
            return False
        if self.given.content is not None:
            return True
        # Entries that were read come back with their file.
        return self.stored is not None and self.given.file not in (None, self.stored.file)

    @property
    def media_type(self) -> str:
        given = self.given.media_type if self.given else None
        return given or (self.stored.media_type if self.stored else IMAGE)


def merged(stored: Sequence[Stored], given: Sequence[MediaGalleryEntry]) -> list[Entry]:
    """The complete new list: who has the id of a stored entry changes it, the others are new."""
    by_id = {one.value_id: one for one in stored}
    return [Entry(stored=by_id.pop(one.id or 0, None), given=one) for one in given]


def assigned_roles(roles: Sequence[str], current: Mapping[str, str | None], entries: Sequence[Entry]) -> dict[str, str]:
    """The file of each role. Of entries that claim one the last has it; without a claim its picture keeps it."""
    assigned = dict.fromkeys(roles, NO_SELECTION)
    for entry in entries:
        if entry.given is None or entry.given.types is None:
            former = entry.stored.file if entry.stored else None
            assigned.update({role: entry.file for role in roles if former and current.get(role) == former})
    for entry in entries:
        if entry.given is not None and entry.given.types is not None:
            assigned.update({role: entry.file for role in entry.given.types if role in assigned})
    return assigned


def positions(entries: Sequence[Entry]) -> dict[Entry, int]:
    """Those of new entries that were given none: behind all others, in their order."""
    last = max((_position(entry) for entry in entries), default=0)
    found: dict[Entry, int] = {}
    for entry in entries:
        if entry.stored is None and entry.given is not None and entry.given.position is None:
            last = min(max(last, 0) + 1, LARGEST_POSITION)
            found[entry] = last
    return found


def _position(entry: Entry) -> int:
    if entry.given is not None and entry.given.position is not None:
        return entry.given.position
    return entry.stored.position if entry.stored else 0


def fits(entry: MediaGalleryEntry) -> bool:
    """Whether the table can hold it."""
    return abs(entry.position or 0) <= LARGEST_POSITION


def text(value: str | None) -> str | None:
    """Without NUL, which the database cannot hold."""
    return None if value is None else value.replace("\0", "")
