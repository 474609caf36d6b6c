"""The SQL that writes invoices and credit memos: a document, its lines and its comments in one statement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import LiteralString

import msgspec
from msgspec import Struct
from psycopg.sql import SQL, Composable, Identifier, Literal

from entrepot.kit.db import Db
from entrepot.sales.documents import NewComment, NewDocument, NewDocumentItem

# Orders of a store view that is gone are numbered with those of none, 0.
INSERT = SQL("""
    with document as (
        insert into {table} (increment_id, {columns})
        select next_document_number({kind}, coalesce(new.store_id, 0)), {new_columns}
        from json_populate_record(null::{table}, %(document)s::json) as new
        returning entity_id
    ),
    items as (
        insert into {items} (parent_id, {item_columns})
        select document.entity_id, {new_item_columns}
        from document, json_populate_recordset(null::{items}, %(items)s::json) as new
    ),
    comments as (
        insert into {comments} (parent_id, created_at, {comment_columns})
        select document.entity_id, %(now)s, {new_comment_columns}
        from document, json_populate_recordset(null::{comments}, %(comments)s::json) as new
    )
    select entity_id
    from document
""")


def insertion(kind: LiteralString, document: type[NewDocument], item: type[NewDocumentItem]) -> LiteralString:
    """The statement for one kind, as a text: composed parts would be put together again for every document."""
    table = "sales_" + kind
    return INSERT.format(
        kind=Literal(kind),
        table=Identifier(table),
        items=Identifier(table + "_item"),
        comments=Identifier(table + "_comment"),
        columns=columns(document),
        new_columns=columns(document, "new"),
        item_columns=columns(item),
        new_item_columns=columns(item, "new"),
        comment_columns=columns(NewComment),
        new_comment_columns=columns(NewComment, "new"),
    ).as_string()


def columns(rows: type[Struct], *alias: str) -> Composable:
    """The columns of these rows, one after another."""
    return SQL(", ").join(Identifier(*alias, name) for name in rows.__struct_fields__)


async def insert(
    db: Db,
    statement: LiteralString,
    document: NewDocument,
    items: Iterable[NewDocumentItem],
    comments: Iterable[NewComment] = (),
) -> int:
    """Write a document with all that belongs to it, under the next number of its store view; its id."""
    found: int = await db.value(
        statement,
        document=as_json(document),
        items=as_json(list(items)),
        comments=as_json(list(comments)),
        now=document.created_at,
    )
    return found


def as_json(rows: object) -> str:
    return msgspec.json.encode(rows).decode()
