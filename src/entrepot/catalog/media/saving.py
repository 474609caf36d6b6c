"""Saving galleries, of any number of products with the same statements.

The steps: claim the names of uploads, insert the new entries, give entries their values, let go of those that are
gone, and write the roles, in the scope of the call. Whoever calls it has locked the products and refreshes them after.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from msgspec import Struct

from entrepot.catalog.attributes import ATTRIBUTES
from entrepot.catalog.media import files, jobs, names, pictures, queries, rules, uploads
from entrepot.catalog.media.queries import Stored
from entrepot.catalog.media.rules import VIDEO, Entry
from entrepot.catalog.products import documents
from entrepot.kit.context import Context
from entrepot.kit.scope import ADMIN_STORE_ID


class Gallery(Struct, eq=False):
    """The pictures of one product."""

    product_id: int
    is_new_product: bool
    roles: Sequence[str]
    """The codes of the roles that it has."""
    current: Mapping[str, str | None]
    """The files of the roles, in the scope of the call."""
    stored: Sequence[Stored]
    entries: Sequence[Entry]
    """The complete new list."""
    hides_new: bool
    """Whether a new picture of which the request does not say so is hidden."""

    @property
    def is_touched(self) -> bool:
        return bool(self.stored or self.entries)

    @property
    def gone(self) -> list[Stored]:
        """Entries that were left out, and those whose place another picture takes."""
        kept = {entry.value_id for entry in self.entries}
        return [one for one in self.stored if one.value_id not in kept]


async def stored_entries(ctx: Context, product_ids: Sequence[int]) -> dict[int, list[Stored]]:
    """By product, each by position in the scope of the call. One statement."""
    found: dict[int, list[Stored]] = {id: [] for id in product_ids}
    if product_ids:
        rows = await ctx.db.all(Stored, queries.STORED, product_ids=list(product_ids), store_id=ctx.store.id)
        for row in rows:
            found[row.product_id].append(row)
    return found


async def save(ctx: Context, galleries: Sequence[Gallery]) -> None:
    """Store them. After that each entry has its `value_id` and `file`."""
    touched = [gallery for gallery in galleries if gallery.is_touched]
    if not touched:
        return
    await _insert(ctx, touched)
    await _put_values(ctx, touched)
    await _let_go(ctx, touched)
    await _write_roles(ctx, touched)


# ---------------------------------------------------------------- new entries


async def _insert(ctx: Context, galleries: Sequence[Gallery]) -> None:
    new = [(gallery, entry) for gallery in galleries for entry in gallery.entries if entry.is_new]
    if not new:
        return
    await _find_files(ctx, [entry for _, entry in new])
    rows = [
        {"number": number, "product_id": gallery.product_id, "media_type": entry.media_type, "file": entry.file}
        for number, (gallery, entry) in enumerate(new)
    ]
    inserted = await ctx.db.all(tuple, queries.INSERT, rows=json.dumps(rows))
    ids = {(product_id, file): value_id for product_id, file, value_id in inserted}
    for gallery, entry in new:
        entry.value_id = ids[gallery.product_id, entry.file]
    heirs = [{"value_id": one.value_id, "former_id": one.stored.value_id} for _, one in new if one.stored]
    if heirs:
        await ctx.db.execute(queries.TAKE_OVER_VALUES, rows=json.dumps(heirs))


async def _find_files(ctx: Context, entries: Sequence[Entry]) -> None:
    """Claim names for what is uploaded. An entry without content names a file that there is already."""
    wanted: dict[Entry, files.Upload] = {}
    for entry in entries:
        assert entry.given is not None
        if content := entry.given.content:
            name = names.file_name(content.name or "", content.type or "")
            if isinstance(content, uploads.Uploaded):
                wanted[entry] = files.Upload(name, None, content.reference)
            else:
                wanted[entry] = files.Upload(name, pictures.decoded(content))
        else:
            entry.file = entry.given.file or ""
    if wanted:
        waiting = [upload.reference for upload in wanted.values() if upload.reference]
        if waiting:
            await uploads.lock(ctx, waiting)
        claimed = await files.claim(ctx, list(wanted.values()))
        for entry, upload in wanted.items():
            entry.file = claimed[upload]
        if waiting:
            await uploads.forget(ctx, waiting)
        await jobs.store_files.defer(ctx)


# ---------------------------------------------------------------- values


async def _put_values(ctx: Context, galleries: Sequence[Gallery]) -> None:
    values: list[dict[str, object]] = []
    videos: list[dict[str, object]] = []
    types: list[dict[str, object]] = []
    for gallery in galleries:
        behind = rules.positions(gallery.entries)
        for entry in gallery.entries:
            if entry.given is None:
                continue
            of_entry = _values(gallery, entry, behind.get(entry))
            of_video = _video(entry)
            for store_id in _scopes(ctx, entry):
                where = {"value_id": entry.value_id, "store_id": store_id}
                if any(value is not None for value in of_entry.values()):
                    values.append(where | of_entry)
                if any(value is not None for value in of_video.values()):
                    videos.append(where | of_video)
            if entry.stored and entry.media_type != entry.stored.media_type and not entry.is_new:
                types.append({"value_id": entry.value_id, "media_type": entry.media_type})
    for statement, rows in (
        (queries.PUT_VALUES, values),
        (queries.PUT_VIDEOS, videos),
        (queries.SET_MEDIA_TYPES, types),
    ):
        if rows:
            await ctx.db.execute(statement, rows=json.dumps(rows))


def _scopes(ctx: Context, entry: Entry) -> list[int]:
    """A new entry of a store view has its values in the others too."""
    if entry.stored is None and not ctx.store.is_admin:
        return [ctx.store.id, ADMIN_STORE_ID]
    return [ctx.store.id]


def _values(gallery: Gallery, entry: Entry, behind: int | None) -> dict[str, object]:
    given = entry.given
    assert given is not None
    disabled = given.disabled
    if disabled is None and entry.stored is None:
        disabled = gallery.hides_new
    position = behind if given.position is None else given.position
    return {"label": rules.text(given.label), "position": position, "disabled": disabled}


def _video(entry: Entry) -> dict[str, object]:
    extension = entry.given.extension_attributes if entry.given else None
    video = extension.video_content if extension else None
    if video is None or entry.media_type != VIDEO:
        return {}
    return {column: rules.text(getattr(video, field)) for column, field in rules.VIDEO_FIELDS.items()}


# ---------------------------------------------------------------- entries that go, and roles


async def _let_go(ctx: Context, galleries: Sequence[Gallery]) -> None:
    """Their files are removed by a job, after the commit. In other scopes too no role is left with such a file."""
    released: list[int] = []
    gone: list[dict[str, object]] = []
    for gallery in galleries:
        successors = {entry.stored.value_id: entry.file for entry in gallery.entries if entry.stored and entry.is_new}
        for one in gallery.gone:
            released.append(one.value_id)
            gone.append({"product_id": gallery.product_id, "file": one.file, "successor": successors.get(one.value_id)})
    if not released:
        return
    await ctx.db.execute(queries.RELEASE, value_ids=released)
    roles = [one.attribute_code for one in rules.image_attributes(ctx.shared(ATTRIBUTES).products)]
    await ctx.db.execute(queries.ROLES_OF_GONE, rows=json.dumps(gone), roles=roles)
    await ctx.db.execute(queries.ROLES_OF_GONE_IN_VIEWS, rows=json.dumps(gone), roles=roles)
    await jobs.remove_files.defer(ctx)


async def _write_roles(ctx: Context, galleries: Sequence[Gallery]) -> None:
    attributes = ctx.shared(ATTRIBUTES).products
    written: list[documents.Values] = []
    for gallery in galleries:
        roles = rules.assigned_roles(gallery.roles, gallery.current, gallery.entries)
        if gallery.is_new_product:
            # A new product has all its values in the default scope.
            written.append(documents.Values(gallery.product_id, ADMIN_STORE_ID, dict(roles)))
        else:
            written.extend(documents.spread(ctx, attributes, gallery.product_id, dict(roles)))
    await documents.write(ctx, written)
