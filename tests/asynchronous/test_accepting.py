from __future__ import annotations

import hashlib
import json
import re
from typing import Any

import pytest

from entrepot.asynchronous import BulkScheduler
from entrepot.kit.context import Context
from entrepot.kit.jobs import run_due
from entrepot.kit.rest.operation import operations_of
from tests.asynchronous import things
from tests.asynchronous.conftest import thing
from tests.rest_client import RestClient

UUID_PATTERN = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"


async def count(ctx: Context, table: str) -> int:
    counts = {
        "bulk": "select count(*) from bulk",
        "bulk_operation": "select count(*) from bulk_operation",
        "thing": "select count(*) from thing",
        "job": "select count(*) from procrastinate_jobs",
    }
    return int(await ctx.db.value(counts[table]))


def serialized(**arguments: Any) -> str:
    meta = json.dumps(arguments, separators=(",", ":"), ensure_ascii=False)
    return json.dumps(
        {"entity_id": None, "entity_link": "", "meta_information": meta}, separators=(",", ":"), ensure_ascii=False
    )


async def test_an_asynchronous_call_is_accepted_with_the_hash_of_its_data_and_nothing_runs_yet(
    ctx: Context, rest: RestClient
):
    reply = await rest.post("/rest/async/V1/things", thing("lamp", "12.50"))
    assert reply.status == 202
    data = serialized(thing={"name": "lamp", "price": 12.5}, note=None, loud=False)
    assert reply.body == {
        "bulk_uuid": reply.body["bulk_uuid"],
        "request_items": [{"id": 0, "data_hash": hashlib.sha256(data.encode()).hexdigest(), "status": "accepted"}],
        "errors": False,
    }
    assert list(reply.body) == ["bulk_uuid", "request_items", "errors"]
    assert list(reply.body["request_items"][0]) == ["id", "data_hash", "status"]
    assert re.fullmatch(UUID_PATTERN, reply.body["bulk_uuid"])
    assert await count(ctx, "thing") == 0
    assert await count(ctx, "job") == 1


async def test_a_bulk_call_numbers_its_elements_from_0(ctx: Context, rest: RestClient):
    reply = await rest.post("/rest/all/async/bulk/V1/things", [thing("a"), thing("b"), thing("c")])
    assert reply.status == 202
    assert [item["id"] for item in reply.body["request_items"]] == [0, 1, 2]
    assert [item["status"] for item in reply.body["request_items"]] == ["accepted"] * 3
    assert len({item["data_hash"] for item in reply.body["request_items"]}) == 3
    assert await count(ctx, "job") == 1


async def test_accepting_costs_the_same_number_of_statements_for_any_number_of_elements(ctx: Context, rest: RestClient):
    scheduler = rest.dispatcher.scheduler
    assert scheduler is not None
    save = next(one for one in operations_of([things]) if one.route == "POST /V1/things")
    costs = []
    for number in (1, 300):
        before = ctx.db.statements
        await scheduler.accept(ctx, save, [thing(f"n{index}") for index in range(number)])
        costs.append(ctx.db.statements - before)
    assert costs == [3, 3]


async def test_an_empty_list_is_accepted_and_makes_no_job(ctx: Context, rest: RestClient):
    reply = await rest.post("/rest/async/bulk/V1/things", [])
    assert reply.status == 202
    assert reply.body == {"bulk_uuid": reply.body["bulk_uuid"], "request_items": [], "errors": False}
    assert await count(ctx, "bulk") == 1
    assert await count(ctx, "job") == 0


async def test_the_first_element_that_fails_a_check_fails_the_request_and_nothing_is_scheduled(
    ctx: Context, rest: RestClient
):
    reply = await rest.post("/rest/async/bulk/V1/things", [thing("a"), {"note": "no thing"}, {"thing": {"prise": 1}}])
    assert reply.status == 400
    assert reply.body["message"] == '"%fieldName" is required. Enter and try again.'
    assert reply.body["parameters"] == {"fieldName": "thing"}
    reply = await rest.post("/rest/async/bulk/V1/things", [thing("a"), 5])
    assert reply.status == 400
    assert (await rest.as_caller(None).post("/rest/async/bulk/V1/things", [thing("a")])).status == 401
    assert [await count(ctx, table) for table in ("bulk", "bulk_operation", "job")] == [0, 0, 0]


@pytest.mark.parametrize("body", [5, "text", True, [[]], {"thing": "no object"}, [None]])
async def test_a_bulk_of_anything_but_objects_is_refused(ctx: Context, rest: RestClient, body: Any):
    reply = await rest.post("/rest/async/bulk/V1/things", body)
    assert reply.status == 400
    assert reply.body == {"message": "Each element of a bulk request must be an object. Verify and try again."}
    assert [await count(ctx, table) for table in ("bulk", "bulk_operation", "job")] == [0, 0, 0]


async def test_a_bulk_comes_in_xml_as_well(ctx: Context, rest: RestClient):
    element = "<item><thing><name>lamp</name></thing></item>"
    for number in (1, 2):
        body = f"<request>{element * number}</request>".encode()
        reply = await rest.post("/rest/async/bulk/V1/things", body, headers={"content-type": "application/xml"})
        assert reply.status == 202
        assert [item["id"] for item in reply.body["request_items"]] == list(range(number))


async def test_get_cannot_be_called_asynchronously(ctx: Context, rest: RestClient):
    reply = await rest.get("/rest/async/V1/things/1")
    assert reply.status == 400
    assert reply.body == {"message": "Specified request cannot be processed."}


async def test_an_element_that_cannot_be_kept_is_rejected_alone(ctx: Context, rest: RestClient):
    scheduler = rest.dispatcher.scheduler
    assert isinstance(scheduler, BulkScheduler)
    save = next(one for one in operations_of([things]) if one.route == "POST /V1/things")
    # Half of a surrogate pair is no text that anything can store; JSON bodies with one are refused before.
    body = await scheduler.accept(ctx, save, [thing("good"), thing("\ud800"), thing("fine")])
    assert [item["status"] for item in body["request_items"]] == ["accepted", "rejected", "accepted"]
    assert body["errors"] is True
    assert body["request_items"][1]["error_message"] == "Error processing 1 element of input data"
    assert body["request_items"][1]["error_code"] == 0
    assert await ctx.db.values("select status from bulk_operation order by id") == [4, 5, 4]
    assert await run_due(ctx) == 1
    assert await ctx.db.values("select status from bulk_operation order by id") == [1, 5, 1]


async def test_path_variables_are_keys_of_each_element(ctx: Context, rest: RestClient):
    await rest.post("/rest/async/bulk/V1/things", [thing("a"), thing("b")])
    await run_due(ctx)
    first, second = await ctx.db.values("select id from thing order by id")
    assert (await rest.delete("/rest/async/bulk/V1/things/byId", body=[{"id": first}])).status == 202
    await run_due(ctx)
    assert await ctx.db.values("select id from thing") == [second]
