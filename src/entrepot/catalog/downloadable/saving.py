"""Storing links and samples that were checked, of any number of products with the same statements."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct, field

from entrepot.catalog.attributes.shared import PRICE_SCOPE, PRICES_PER_WEBSITE
from entrepot.catalog.downloadable import files, jobs, queries, rules
from entrepot.catalog.downloadable.contracts import FileContent, Link, Sample
from entrepot.catalog.downloadable.files import Upload
from entrepot.catalog.downloadable.kinds import Entry, Given, Kind, Row, stored
from entrepot.kit.context import Context
from entrepot.kit.scope import ADMIN_STORE_ID

DEFAULT_WEBSITE_ID = 0


class _Rows(Struct):
    """What goes into the tables."""

    entries: list[dict[str, Any]] = field(default_factory=list)
    titles: list[dict[str, Any]] = field(default_factory=list)
    prices: list[dict[str, Any]] = field(default_factory=list)
    untitled: list[int] = field(default_factory=list)
    """Entries whose default title holds in the view again."""


async def save(ctx: Context, kind: Kind, given: Sequence[Given], *, complete: bool, everywhere: bool) -> list[int]:
    """The ids of all entries in the order given.

    An entry with the id of one that the product has changes that one, any other is new. `complete` where they are all
    that the products are to have; otherwise their other ones stay. `everywhere`: titles and prices go to the default
    scope. Without, the title goes to the store view of the call, and the price to its website where prices are per
    website; what is new has both in the default scope as well.
    """
    product_ids = [one.product_id for one in given]
    known = await stored(ctx, kind, product_ids)
    listed = [(one.product_id, entry) for one in given for entry in one.entries]
    before = _before(listed, known)
    ids = await _ids(ctx, kind, before)
    claimed = await _claimed(ctx, [entry for _, entry in listed])
    rows = _Rows()
    for (product_id, entry), old, id in zip(listed, before, ids, strict=True):
        rows.entries.append({"id": id, "product_id": product_id, **_columns(entry, old, claimed)})
        _add_title(ctx, rows, id, entry, old, everywhere)
        if isinstance(entry, Link):
            rows.prices += _prices(ctx, id, entry.price or Decimal(0), old, everywhere)
    if complete:
        await ctx.db.execute(kind.delete_others, product_ids=product_ids, kept=ids)
    await _put(ctx, kind, rows)
    return ids


async def mark_links(ctx: Context, product_ids: Sequence[int]) -> None:
    """Bring the attribute `links_exist` of products to what the tables say; no statement for no product."""
    if product_ids:
        await ctx.db.execute(queries.MARK_LINKS_EXIST, product_ids=list(product_ids))


async def _put(ctx: Context, kind: Kind, rows: _Rows) -> None:
    if rows.untitled:
        await ctx.db.execute(kind.delete_titles, ids=rows.untitled, store_id=ctx.store.id)
    statements = ((kind.put, rows.entries), (kind.put_titles, rows.titles), (queries.PUT_PRICES, rows.prices))
    for statement, of_table in statements:
        if of_table:
            await ctx.db.execute(statement, rows=json.dumps(of_table))


def _before(listed: Sequence[tuple[int, Entry]], known: Mapping[int, Mapping[int, Row]]) -> list[Row | None]:
    """What each entry was. An id that is named twice is taken once."""
    seen: set[int] = set()
    found: list[Row | None] = []
    for product_id, entry in listed:
        old = known.get(product_id, {}).get(entry.id or 0)
        found.append(None if entry.id in seen else old)
        seen.add(entry.id or 0)
    return found


async def _ids(ctx: Context, kind: Kind, before: Sequence[Row | None]) -> list[int]:
    count = before.count(None)
    new = iter(await ctx.db.values(kind.new_ids, count=count) if count else ())
    return [next(new) if old is None else old["id"] for old in before]


# ---------------------------------------------------------------- files


async def _claimed(ctx: Context, entries: Sequence[Entry]) -> dict[int, str]:
    """The files that contents become, by the identity of the content."""
    uploads: dict[int, Upload] = {}
    for folder, content in _contents(entries):
        uploads[id(content)] = files.upload(folder, content)
    if not uploads:
        return {}
    names = await files.claim(ctx, list(uploads.values()))
    await jobs.store_downloads.defer(ctx)
    return {key: names[upload] for key, upload in uploads.items()}


def _contents(entries: Sequence[Entry]) -> Iterator[tuple[str, FileContent]]:
    for entry in entries:
        if isinstance(entry, Link) and entry.link_type == rules.FILE and entry.link_file_content:
            yield files.LINKS, entry.link_file_content
        if entry.sample_type == rules.FILE and entry.sample_file_content:
            yield files.LINK_SAMPLES if isinstance(entry, Link) else files.SAMPLES, entry.sample_file_content


# ---------------------------------------------------------------- rows


def _columns(entry: Entry, old: Row | None, claimed: Mapping[int, str]) -> dict[str, Any]:
    columns = {"sort_order": entry.sort_order, **_sample(entry, old, claimed)}
    if isinstance(entry, Link):
        is_file = entry.link_type == rules.FILE
        columns |= {
            "is_shareable": _shareable(entry, old),
            "number_of_downloads": entry.number_of_downloads,
            "link_type": entry.link_type,
            "link_file": claimed.get(id(entry.link_file_content)) or rules.link_file(entry, old) if is_file else None,
            "link_url": None if is_file else entry.link_url,
        }
    return columns


def _sample(entry: Link | Sample, old: Row | None, claimed: Mapping[int, str]) -> dict[str, Any]:
    """Where nothing is said of it the old one stays; an empty type takes it away."""
    if not entry.sample_type:
        kept = old if entry.sample_type is None else None
        return {name: kept[name] if kept else None for name in ("sample_type", "sample_file", "sample_url")}
    is_file = entry.sample_type == rules.FILE
    return {
        "sample_type": entry.sample_type,
        "sample_file": claimed.get(id(entry.sample_file_content)) or rules.sample_file(entry, old) if is_file else None,
        "sample_url": None if is_file else entry.sample_url,
    }


def _shareable(link: Link, old: Row | None) -> int:
    if link.is_shareable in rules.SHAREABLE:
        return link.is_shareable or 0
    return old["is_shareable"] if old else 0


def _add_title(ctx: Context, rows: _Rows, id: int, entry: Entry, old: Row | None, everywhere: bool) -> None:
    title = (rules.text(entry.title) or "").strip()
    in_default = {"id": id, "store_id": ADMIN_STORE_ID, "title": title}
    if everywhere or ctx.store.is_admin:
        rows.titles.append(in_default)
    elif not title:
        rows.untitled.append(id)
    elif old is None:
        rows.titles += [in_default, in_default | {"store_id": ctx.store.id}]
    elif old["title"] != title:
        # A view that says nothing else goes on to inherit.
        rows.titles.append(in_default | {"store_id": ctx.store.id})


def _prices(ctx: Context, id: int, price: Decimal, old: Row | None, everywhere: bool) -> list[dict[str, Any]]:
    in_default = {"id": id, "website_id": DEFAULT_WEBSITE_ID, "price": str(price)}
    per_website = ctx.config_default(PRICE_SCOPE) == PRICES_PER_WEBSITE
    if everywhere or ctx.store.is_admin or not per_website:
        return [in_default]
    in_website = in_default | {"website_id": ctx.store.website_id}
    if old is None:
        return [in_default, in_website]
    return [in_website] if Decimal(old["price"]) != price else []
