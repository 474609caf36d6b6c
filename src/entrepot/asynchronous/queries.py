"""Every SQL statement of the domain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from entrepot.asynchronous.rules import Failure
from entrepot.kit.context import Actor, ActorType, Context
from entrepot.kit.db import Db
from entrepot.kit.search_conditions import Field
from entrepot.kit.search_sql import Fields, Listing

# ---------------------------------------------------------------- accepting

INSERT_BULK = """
    insert into bulk (
        uuid, route, topic_name, description, operation_count, start_time,
        user_type, user_id, user_resources, store_id, remote_address, base_url
    )
    values (
        %(uuid)s, %(route)s, %(topic_name)s, %(description)s, %(operation_count)s, %(start_time)s,
        %(user_type)s, %(user_id)s, %(user_resources)s, %(store_id)s, %(remote_address)s, %(base_url)s
    )
"""

# JSON is sent as it is (`b`): as part of an array in text form, each of its many quotation marks would be escaped.
INSERT_OPERATIONS = """
    insert into bulk_operation (bulk_uuid, meta_information, status, result_message, error_code)
    select %(uuid)s, meta_information, status, result_message, error_code
    from unnest(%(metas)b::text[], %(statuses)s::smallint[], %(messages)s::text[], %(codes)s::integer[])
        with ordinality as element (meta_information, status, result_message, error_code, place)
    order by place
"""


async def insert_bulk(ctx: Context, uuid: str, route: str, topic: str, operation_count: int) -> None:
    """The caller, the store view and the time are those of the context."""
    await ctx.db.execute(
        INSERT_BULK,
        uuid=uuid,
        route=route,
        topic_name=topic,
        description=f"Topic {topic}",
        operation_count=operation_count,
        start_time=ctx.now,
        user_type=ctx.actor.type,
        user_id=ctx.actor.id,
        user_resources=sorted(ctx.actor.resources),
        store_id=ctx.store.id,
        remote_address=ctx.remote_address,
        base_url=ctx.base_url,
    )


async def insert_operations(db: Db, uuid: str, elements: Sequence[str | Failure]) -> None:
    """One row per element, ids in their order: open with its meta information, or rejected with the reason."""
    failures = [element if isinstance(element, Failure) else None for element in elements]
    await db.execute(
        INSERT_OPERATIONS,
        uuid=uuid,
        metas=[element if isinstance(element, str) else None for element in elements],
        statuses=[failure.status if failure else 4 for failure in failures],
        messages=[failure.message if failure else None for failure in failures],
        codes=[failure.code if failure else None for failure in failures],
    )


# ---------------------------------------------------------------- executing

SELECT_ACCEPTED = """
    select uuid::text, route, user_type, user_id, user_resources, store_id, remote_address, base_url
    from bulk
    where uuid = %(uuid)s
"""

SELECT_OPEN_IDS = """
    select id
    from bulk_operation
    where bulk_uuid = %(uuid)s
    and status = 4
    order by id
"""

CLAIM = """
    select id, meta_information
    from bulk_operation
    where id = any(%(ids)s)
    and status = 4
    order by id
    for update
"""

COMPLETE = """
    update bulk_operation
    set status = 1,
        result_message = %(message)s,
        error_code = null,
        meta_information = null,
        result_serialized_data = result
    from unnest(%(ids)s::bigint[], %(results)b::text[]) as done (done_id, result)
    where id = done_id
"""

FAIL = """
    update bulk_operation
    set status = failed_status,
        result_message = message,
        error_code = code
    from unnest(%(ids)s::bigint[], %(statuses)s::smallint[], %(messages)s::text[], %(codes)s::integer[])
        as failed (failed_id, failed_status, message, code)
    where id = failed_id
    and status = 4
"""

REOPEN = """
    update bulk_operation
    set status = 4,
        result_message = null,
        error_code = null
    where bulk_uuid = %(uuid)s
    and status = 2
    and (%(ids)s::bigint[] is null or id = any(%(ids)s))
"""

DELETE_STARTED_BEFORE = """
    delete from bulk
    where start_time < %(time)s
    and not exists (
        select
        from bulk_operation
        where bulk_uuid = uuid
        and status = 4
    )
"""


class Accepted(Struct, frozen=True):
    """What a bulk's execution has to know of its acceptance."""

    uuid: str
    route: str
    user_type: int
    user_id: int
    user_resources: list[str]
    store_id: int
    remote_address: str
    base_url: str

    @property
    def actor(self) -> Actor:
        return Actor(ActorType(self.user_type), self.user_id, frozenset(self.user_resources))


class Claimed(Struct, frozen=True):
    """An operation that nobody else executes as long as our transaction lasts."""

    id: int
    meta_information: str


async def accepted(db: Db, uuid: str) -> Accepted | None:
    return await db.one_or_none(Accepted, SELECT_ACCEPTED, uuid=uuid)


async def open_ids(db: Db, uuid: str) -> list[int]:
    return await db.values(SELECT_OPEN_IDS, uuid=uuid)


async def claim(db: Db, ids: Sequence[int]) -> list[Claimed]:
    """Those that are still open, by id, once whoever else has claimed one of them is through with it."""
    return await db.all(Claimed, CLAIM, ids=list(ids))


async def complete(db: Db, results: Sequence[tuple[int, str]], message: str) -> None:
    """`results` are pairs of id and JSON text."""
    await db.execute(COMPLETE, ids=[i for i, _ in results], results=[text for _, text in results], message=message)


async def fail(db: Db, failures: Sequence[tuple[int, Failure]]) -> None:
    """Operations that are no longer open stay as they are."""
    await db.execute(
        FAIL,
        ids=[i for i, _ in failures],
        statuses=[failure.status for _, failure in failures],
        messages=[failure.message for _, failure in failures],
        codes=[failure.code for _, failure in failures],
    )


async def reopen(db: Db, uuid: str, ids: Sequence[int] | None) -> int:
    """How many operations, of those that may be retried, are open again."""
    return await db.execute(REOPEN, uuid=uuid, ids=None if ids is None else list(ids))


async def delete_started_before(db: Db, time: datetime) -> int:
    """Bulks with operations that are still to be executed stay."""
    return await db.execute(DELETE_STARTED_BEFORE, time=time)


# ---------------------------------------------------------------- the log

SELECT_BULK = """
    select uuid::text,
           topic_name,
           description,
           to_char(start_time at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') as start_time,
           user_type,
           user_id,
           operation_count
    from bulk
    where uuid = %(uuid)s
"""

SELECT_OPERATIONS = """
    select id, bulk_uuid::text, meta_information, result_serialized_data, status, result_message, error_code
    from bulk_operation
    where bulk_uuid = %(uuid)s
    order by id
"""

SELECT_SUMMARIES = """
    select id, status, result_message, error_code
    from bulk_operation
    where bulk_uuid = %(uuid)s
    order by id
"""

COUNT_IN_STATUS = """
    select count(*)
    from bulk_operation
    where bulk_uuid = %(uuid)s
    and status = %(status)s
"""


class Bulk(Struct, frozen=True):
    uuid: str
    topic_name: str
    description: str
    start_time: str
    user_type: int
    user_id: int
    operation_count: int


class Summary(Struct, frozen=True):
    id: int
    status: int
    result_message: str | None
    error_code: int | None


class Details(Struct, frozen=True):
    id: int
    bulk_uuid: str
    meta_information: str | None
    result_serialized_data: str | None
    status: int
    result_message: str | None
    error_code: int | None


class DetailsOfBulk(Struct, frozen=True):
    """An operation with what its bulk has to add."""

    id: int
    bulk_uuid: str
    topic_name: str
    start_time: str
    meta_information: str | None
    result_serialized_data: str | None
    status: int
    result_message: str | None
    error_code: int | None


class BulkRow(Struct, frozen=True):
    """A bulk with the number of its operations by status, as JSON has it: `{"1": 3}`."""

    uuid: str
    description: str
    start_time: str
    user_type: int
    user_id: int
    operation_count: int
    counts: dict[str, int]


OPERATIONS = Listing(
    row=DetailsOfBulk,
    columns="""
        id, bulk_uuid::text, topic_name,
        to_char(start_time at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') as start_time,
        meta_information, result_serialized_data, status, result_message, error_code
    """,
    source="bulk_operation join bulk on bulk.uuid = bulk_operation.bulk_uuid",
    fields=Fields(
        {
            "id": Field("id", "number"),
            "bulk_uuid": Field("bulk_uuid::text"),
            "topic_name": Field("topic_name"),
            "status": Field("status", "number"),
            "error_code": Field("error_code", "number"),
            "result_message": Field("result_message"),
            "start_time": Field("start_time", "datetime"),
            "user_id": Field("user_id", "number"),
            "description": Field("description"),
        }
    ),
    default_order="id",
)

BULKS = Listing(
    row=BulkRow,
    columns="""
        uuid::text, description,
        to_char(start_time at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') as start_time,
        user_type, user_id, operation_count,
        (
            select coalesce(jsonb_object_agg(status, number), '{}')
            from (
                select status, count(*) as number
                from bulk_operation
                where bulk_uuid = uuid
                group by status
            ) as by_status
        ) as counts
    """,
    source="bulk",
    fields=Fields(
        {
            "bulk_uuid": Field("uuid::text"),
            "description": Field("description"),
            "start_time": Field("start_time", "datetime"),
            "user_type": Field("user_type", "number"),
            "user_id": Field("user_id", "number"),
            "operation_count": Field("operation_count", "number"),
        }
    ),
    default_order="start_time desc, uuid",
)


async def find_bulk(db: Db, uuid: str) -> Bulk | None:
    return await db.one_or_none(Bulk, SELECT_BULK, uuid=uuid)


async def summaries(db: Db, uuid: str) -> list[Summary]:
    """By id, which is the order of the request."""
    return await db.all(Summary, SELECT_SUMMARIES, uuid=uuid)


async def details(db: Db, uuid: str) -> list[Details]:
    return await db.all(Details, SELECT_OPERATIONS, uuid=uuid)


async def count_in_status(db: Db, uuid: str, status: int) -> int:
    return int(await db.value(COUNT_IN_STATUS, uuid=uuid, status=status))
