"""Invoices, shipments and credit memos as those see them who placed the order (spec 60, 16)."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import LiteralString

from msgspec import Struct

from entrepot.kit.context import Context
from entrepot.sales.queries import shown_documents as queries
from entrepot.sales.queries.shown_documents import DocumentComment, DocumentLine, DocumentRow, TrackRow

__all__ = ["DocumentComment", "DocumentLine", "DocumentRow", "TrackRow"]


class Kind(Enum):
    INVOICE = "invoice"
    SHIPMENT = "shipment"
    CREDITMEMO = "creditmemo"


class _Sql(Struct, frozen=True):
    documents: LiteralString
    lines: LiteralString
    comments: LiteralString
    order: LiteralString


_SQL = {
    Kind.INVOICE: _Sql(queries.INVOICES, queries.INVOICE_LINES, queries.INVOICE_COMMENTS, queries.ORDER_OF_INVOICE),
    Kind.SHIPMENT: _Sql(
        queries.SHIPMENTS, queries.SHIPMENT_LINES, queries.SHIPMENT_COMMENTS, queries.ORDER_OF_SHIPMENT
    ),
    Kind.CREDITMEMO: _Sql(
        queries.CREDITMEMOS, queries.CREDITMEMO_LINES, queries.CREDITMEMO_COMMENTS, queries.ORDER_OF_CREDITMEMO
    ),
}


class WhatThereIs(Struct, frozen=True):
    """Which kinds of documents an order has."""

    has_invoices: bool
    has_shipments: bool
    has_creditmemos: bool
    has_tracks: bool

    def has(self, kind: Kind) -> bool:
        return bool(getattr(self, f"has_{kind.value}s"))


class ShownDocument(Struct, frozen=True):
    document: DocumentRow
    lines: Sequence[DocumentLine]
    comments: Sequence[DocumentComment]
    tracks: Sequence[TrackRow]


async def what_there_is(ctx: Context, order_id: int) -> WhatThereIs:
    """One statement."""
    return await ctx.db.one(WhatThereIs, queries.KINDS, order_id=order_id)


async def documents_of(ctx: Context, order_id: int, kind: Kind) -> list[ShownDocument]:
    """All of a kind, oldest first, with the comments that are meant for the customer. Three statements, for shipments
    four."""
    sql = _SQL[kind]
    found = await ctx.db.all(DocumentRow, sql.documents, order_id=order_id)
    ids = [one.entity_id for one in found]
    lines = await ctx.db.all(DocumentLine, sql.lines, ids=ids)
    comments = await ctx.db.all(DocumentComment, sql.comments, ids=ids)
    tracks = await tracks_of(ctx, order_id) if kind is Kind.SHIPMENT else ()
    return [
        ShownDocument(
            document,
            [one for one in lines if one.parent_id == document.entity_id],
            [one for one in comments if one.parent_id == document.entity_id],
            [one for one in tracks if one.parent_id == document.entity_id],
        )
        for document in found
    ]


async def tracks_of(ctx: Context, order_id: int) -> Sequence[TrackRow]:
    """Those of all shipments of an order. One statement."""
    return await ctx.db.all(TrackRow, queries.TRACKS, order_id=order_id)


async def order_id_of(ctx: Context, kind: Kind, document_id: int) -> int | None:
    """The order that a document belongs to. One statement."""
    found: tuple[int] | None = await ctx.db.one_or_none(tuple, _SQL[kind].order, id=document_id)
    return found[0] if found else None


async def order_id_of_track(ctx: Context, track_id: int) -> int | None:
    found: tuple[int] | None = await ctx.db.one_or_none(tuple, queries.ORDER_OF_TRACK, id=track_id)
    return found[0] if found else None
