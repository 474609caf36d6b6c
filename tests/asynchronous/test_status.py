from __future__ import annotations

import json
from typing import Any

import pytest

from entrepot.kit.context import Context
from entrepot.kit.jobs import run_due
from tests.asynchronous.conftest import thing
from tests.rest_client import RestClient

TOPIC = "async.magento.test.api.thingrepositoryinterface.save.post"
UNKNOWN = "3c1e7f8e-0000-4000-8000-000000000000"


@pytest.fixture
async def uuid(ctx: Context, rest: RestClient) -> str:
    """A bulk of three, executed: complete, failed, complete."""
    reply = await rest.post("/rest/async/bulk/V1/things", [thing("a"), thing("taken"), thing("b")])
    await run_due(ctx)
    return str(reply.body["bulk_uuid"])


async def ids(ctx: Context) -> list[int]:
    return await ctx.db.values("select id from bulk_operation order by id")


async def test_the_short_status_has_these_keys_in_this_order(ctx: Context, rest: RestClient, uuid: str):
    reply = await rest.get(f"/rest/V1/bulk/{uuid}/status")
    first, second, third = await ids(ctx)
    message = "Service execution success Magento\\Test\\Model\\ThingRepository\\Interceptor::save"
    expected: dict[str, Any] = {
        "operations_list": [
            {"id": first, "status": 1, "result_message": message, "error_code": None},
            {"id": second, "status": 3, "result_message": 'The name "taken" is taken.', "error_code": 7},
            {"id": third, "status": 1, "result_message": message, "error_code": None},
        ],
        "user_type": 2,
        "bulk_id": uuid,
        "description": f"Topic {TOPIC}",
        "start_time": reply.body["start_time"],
        "user_id": 3,
        "operation_count": 3,
    }
    assert reply.status == 200
    assert json.dumps(reply.body) == json.dumps(expected)
    started = await ctx.db.value("select to_char(start_time at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') from bulk")
    assert reply.body["start_time"] == started


async def test_the_detailed_status_has_these_keys_in_this_order(ctx: Context, rest: RestClient, uuid: str):
    reply = await rest.get(f"/rest/V1/bulk/{uuid}/detailed-status")
    assert list(reply.body) == [
        "operations_list",
        "user_type",
        "bulk_id",
        "description",
        "start_time",
        "user_id",
        "operation_count",
    ]
    failed = reply.body["operations_list"][1]
    assert list(failed) == [
        "id",
        "bulk_uuid",
        "topic_name",
        "serialized_data",
        "result_serialized_data",
        "status",
        "result_message",
        "error_code",
    ]
    assert (failed["bulk_uuid"], failed["topic_name"]) == (uuid, TOPIC)


async def test_what_waits_is_open_and_has_no_messages(ctx: Context, rest: RestClient):
    reply = await rest.post("/rest/async/V1/things", thing("a"))
    status = await rest.get(f"/rest/V1/bulk/{reply.body['bulk_uuid']}/status")
    (operation_id,) = await ids(ctx)
    assert status.body["operations_list"] == [
        {"id": operation_id, "status": 4, "result_message": None, "error_code": None}
    ]


async def test_an_empty_bulk_has_an_empty_list(ctx: Context, rest: RestClient):
    reply = await rest.post("/rest/async/bulk/V1/things", [])
    for kind in ("status", "detailed-status"):
        status = await rest.get(f"/rest/V1/bulk/{reply.body['bulk_uuid']}/{kind}")
        assert (status.body["operations_list"], status.body["operation_count"]) == ([], 0)


async def test_a_guests_and_a_customers_calls_tell_who_they_were(ctx: Context, rest: RestClient):
    for caller, user_type, user_id in ((None, 4, 0), ("customer", 3, 12)):
        reply = await rest.as_caller(caller).delete("/rest/async/V1/things/5")
        status = await rest.get(f"/rest/V1/bulk/{reply.body['bulk_uuid']}/status")
        assert (status.body["user_type"], status.body["user_id"]) == (user_type, user_id)


@pytest.mark.parametrize("kind", ["status", "detailed-status"])
@pytest.mark.parametrize("unknown", [UNKNOWN, "nonsense"])
async def test_an_unknown_bulk_is_not_found(rest: RestClient, uuid: str, kind: str, unknown: str):
    reply = await rest.get(f"/rest/V1/bulk/{unknown}/{kind}")
    assert reply.status == 404
    assert reply.body == {"message": "Bulk uuid %bulkUuid not exist", "parameters": {"bulkUuid": unknown}}


async def test_operations_are_counted_by_status_open_ones_too(ctx: Context, rest: RestClient, uuid: str):
    async def count(bulk: str, status: object) -> Any:
        return (await rest.get(f"/rest/V1/bulk/{bulk}/operation-status/{status}")).body

    assert [await count(uuid, status) for status in (1, 2, 3, 4, 5)] == [2, 0, 1, 0, 0]
    waiting = await rest.post("/rest/async/bulk/V1/things", [thing("c"), thing("d")])
    assert await count(waiting.body["bulk_uuid"], 4) == 2
    assert await count(UNKNOWN, 1) == 0
    assert await count("nonsense", 1) == 0


async def test_a_status_that_is_no_number_is_refused(rest: RestClient, uuid: str):
    reply = await rest.get(f"/rest/V1/bulk/{uuid}/operation-status/open")
    assert reply.status == 400
    assert reply.body == {
        "message": ('The "open" value\'s type is invalid. The "int" type was expected. Verify and try again.')
    }


@pytest.mark.parametrize(
    "path", ["bulk/{}/status", "bulk/{}/detailed-status", "bulk/{}/operation-status/1", "bulk?searchCriteria"]
)
async def test_the_log_is_for_those_who_hold_its_resource(rest: RestClient, uuid: str, path: str):
    for caller in ("clerk", "customer", None):
        reply = await rest.as_caller(caller).get(f"/rest/V1/{path.format(uuid)}")
        assert reply.status == 401
        assert reply.body["parameters"] == {"resources": "Magento_Logging::system_magento_logging_bulk_operations"}


async def test_the_list_has_operations_with_the_start_time_first(ctx: Context, rest: RestClient, uuid: str):
    reply = await rest.get("/rest/V1/bulk?searchCriteria[pageSize]=2")
    assert list(reply.body) == ["items", "search_criteria", "total_count"]
    assert reply.body["total_count"] == 3
    assert [item["id"] for item in reply.body["items"]] == (await ids(ctx))[:2]
    first = reply.body["items"][0]
    started = await ctx.db.value("select to_char(start_time at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') from bulk")
    assert list(first)[:2] == ["extension_attributes", "id"]
    assert first["extension_attributes"] == {"start_time": started}
    assert first["topic_name"] == TOPIC
    assert reply.body["search_criteria"] == {"filter_groups": [], "page_size": 2}


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [
        ("bulk_uuid", "{uuid}", 3),
        ("topic_name", TOPIC, 3),
        ("description", f"Topic {TOPIC}", 3),
        ("status", "3", 1),
        ("error_code", "7", 1),
        ("result_message", 'The name "taken" is taken.', 1),
        ("user_id", "3", 3),
        ("user_id", "4", 0),
        ("start_time", "{start}", 3),
        ("id", "0", 0),
    ],
)
async def test_the_list_is_filtered_by_any_of_its_fields(
    ctx: Context, rest: RestClient, uuid: str, field: str, value: str, found: int
):
    started = await ctx.db.value("select to_char(start_time at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') from bulk")
    value = value.format(uuid=uuid, start=started) if value.startswith("{") else value
    reply = await rest.get(
        f"/rest/V1/bulk?searchCriteria[filterGroups][0][filters][0][field]={field}"
        f"&searchCriteria[filterGroups][0][filters][0][value]={value}"
    )
    assert reply.status == 200
    assert reply.body["total_count"] == found


async def test_the_list_is_not_filtered_by_other_fields(rest: RestClient, uuid: str):
    reply = await rest.get("/rest/V1/bulk?searchCriteria[filterGroups][0][filters][0][field]=secret")
    assert reply.status == 400
