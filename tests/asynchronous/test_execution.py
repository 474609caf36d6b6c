from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from structlog.testing import capture_logs

from entrepot.asynchronous import BulkState, jobs, list_bulks, retry_failed
from entrepot.asynchronous.errors import BulkNotFound
from entrepot.asynchronous.rules import bulk_state, is_retriable
from entrepot.kit.context import Context
from entrepot.kit.jobs import run_due
from entrepot.kit.search_criteria import SearchCriteria
from tests.asynchronous import things
from tests.asynchronous.conftest import thing
from tests.rest_client import RestClient

SUCCESS = "Service execution success Magento\\Test\\Model\\ThingRepository\\Interceptor::save"


async def bulk(rest: RestClient, *names: str, path: str = "things", store: str = "all/") -> str:
    reply = await rest.post(f"/rest/{store}async/bulk/V1/{path}", [thing(name) for name in names])
    assert reply.status == 202
    return str(reply.body["bulk_uuid"])


async def operations(rest: RestClient, uuid: str) -> list[dict[str, Any]]:
    reply = await rest.as_caller("admin").get(f"/rest/V1/bulk/{uuid}/detailed-status")
    assert reply.status == 200
    return list(reply.body["operations_list"])


async def names(ctx: Context) -> list[str]:
    return await ctx.db.values("select name from thing order by id")


async def test_an_executed_operation_tells_what_the_synchronous_call_would_have_answered(
    ctx: Context, rest: RestClient
):
    reply = await rest.post("/rest/async/V1/things", thing("lamp", "12.50", tags=["x"]))
    await run_due(ctx)
    (done,) = await operations(rest, reply.body["bulk_uuid"])
    thing_id = await ctx.db.value("select id from thing")
    assert done["status"] == 1
    assert done["result_message"] == SUCCESS
    assert done["error_code"] is None
    assert done["serialized_data"] is None
    expected = {"id": thing_id, "name": "lamp", "price": 12.5, "tags": ["x"]}
    assert done["result_serialized_data"] == json.dumps(expected, separators=(",", ":"))


async def test_an_operation_without_answer_tells_an_empty_list(ctx: Context, rest: RestClient):
    reply = await rest.delete("/rest/async/V1/things/5")
    await run_due(ctx)
    (done,) = await operations(rest, reply.body["bulk_uuid"])
    assert (done["status"], done["result_serialized_data"]) == (1, "[]")


async def test_one_failure_does_not_affect_the_others_and_leaves_no_effects(ctx: Context, rest: RestClient):
    uuid = await bulk(rest, "first", "taken", "missing", "last")
    await run_due(ctx)
    assert await names(ctx) == ["first", "last"]
    found = await operations(rest, uuid)
    assert [one["status"] for one in found] == [1, 3, 3, 1]
    assert found[1]["result_message"] == 'The name "taken" is taken.'
    assert found[1]["error_code"] == 7
    assert found[1]["result_serialized_data"] is None
    data = json.loads(found[1]["serialized_data"])
    assert list(data) == ["entity_id", "entity_link", "meta_information"]
    assert (data["entity_id"], data["entity_link"]) == (None, "")
    assert json.loads(data["meta_information"]) == {"thing": {"name": "taken", "price": 1}, "note": None, "loud": False}
    assert found[2]["result_message"] == "No such entity with id = 5"
    assert found[2]["error_code"] == 0


async def test_operations_run_in_order(ctx: Context, rest: RestClient):
    wanted = [f"thing {number}" for number in range(30)]
    await bulk(rest, *wanted)
    await run_due(ctx)
    assert await names(ctx) == wanted


async def test_a_refusal_that_keeps_its_effects_keeps_them(ctx: Context, rest: RestClient):
    uuid = await bulk(rest, "counted")
    await run_due(ctx)
    assert await names(ctx) == ["counted"]
    assert [one["status"] for one in await operations(rest, uuid)] == [3]


async def test_an_unforeseen_error_is_logged_and_not_told(ctx: Context, rest: RestClient):
    uuid = await bulk(rest, "broken")
    with capture_logs() as logged:
        await run_due(ctx)
    (failed,) = await operations(rest, uuid)
    assert failed["status"] == 3
    assert failed["result_message"].startswith("Internal Error. Details are available in Magento log file. Report ID:")
    assert "secret detail" not in json.dumps(failed)
    assert [entry["event"] for entry in logged] == ["unforeseen error"]


@pytest.mark.parametrize(
    ("caller", "store", "scope"),
    [
        ("admin", "all/", "admin 2 3 True http://shop.test/"),
        ("clerk", "default/", "default 1 4 True http://shop.test/"),
        ("clerk", "", "default 1 4 True http://shop.test/"),
    ],
)
async def test_it_runs_in_the_store_view_and_by_the_caller_of_the_request(
    ctx: Context, rest: RestClient, caller: str, store: str, scope: str
):
    await bulk(rest.as_caller(caller), "lamp", store=store)
    await run_due(ctx)
    assert await ctx.db.value("select scope from thing") == scope


async def test_forced_values_are_fixed_at_acceptance_for_every_element(ctx: Context, rest: RestClient):
    elements = [{"customerId": 99, "name": "a"}, {"customer_id": 98, "name": "b"}, {"name": "c"}]
    reply = await rest.as_caller("customer").put("/rest/async/bulk/V1/things/mine", elements)
    assert reply.status == 202
    await run_due(ctx)
    assert await ctx.db.values("select price from thing order by id") == [Decimal(12)] * 3


async def test_custom_attributes_and_texts_survive_the_wait(ctx: Context, rest: RestClient):
    attributes = [{"attribute_code": "colour", "value": ["1", "2"]}, {"attribute_code": "text", "value": 'ü "/" \\'}]
    reply = await rest.post("/rest/async/V1/things", thing("lamp", "0.1", customAttributes=attributes))
    await run_due(ctx)
    (done,) = await operations(rest, reply.body["bulk_uuid"])
    assert json.loads(done["result_serialized_data"])["custom_attributes"] == attributes
    assert await ctx.db.value("select price from thing") == Decimal("0.1")


async def test_a_bulk_that_runs_twice_executes_nothing_twice(ctx: Context, rest: RestClient):
    uuid = await bulk(rest, "a", "taken", "b")
    await run_due(ctx)
    before = await operations(rest, uuid)
    await jobs.execute_bulk.defer(ctx, bulk_uuid=uuid)
    await run_due(ctx)
    assert await names(ctx) == ["a", "b"]
    assert await operations(rest, uuid) == before


async def test_a_conflict_that_does_not_pass_may_be_retried_in_the_admin(
    ctx: Context, rest: RestClient, monkeypatch: pytest.MonkeyPatch
):
    uuid = await bulk(rest, "a", "deadlock", "taken")
    await run_due(ctx)
    found = await operations(rest, uuid)
    assert [one["status"] for one in found] == [1, 2, 3]
    assert found[1]["result_message"] == "The database could not execute the operation. Try again."

    monkeypatch.setattr(things, "fail_as_named", lambda name: None)
    assert await retry_failed(ctx, uuid) == 1
    assert [one["status"] for one in await operations(rest, uuid)] == [1, 4, 3]
    await run_due(ctx)
    assert [one["status"] for one in await operations(rest, uuid)] == [1, 1, 3]
    assert await names(ctx) == ["a", "deadlock"]
    assert await retry_failed(ctx, uuid) == 0


async def test_a_conflict_that_passes_is_not_noticed(ctx: Context, rest: RestClient, monkeypatch: pytest.MonkeyPatch):
    tries: list[str | None] = []

    def conflict_twice(name: str | None) -> None:
        tries.append(name)
        if len(tries) < 3:
            raise psycopg.errors.SerializationFailure

    monkeypatch.setattr(things, "fail_as_named", conflict_twice)
    uuid = await bulk(rest, "a")
    await run_due(ctx)
    assert [one["status"] for one in await operations(rest, uuid)] == [1]
    assert await names(ctx) == ["a"]


async def test_only_the_chosen_operations_are_retried(ctx: Context, rest: RestClient):
    uuid = await bulk(rest, "deadlock", "deadlock")
    await run_due(ctx)
    first, _ = await operations(rest, uuid)
    assert await retry_failed(ctx, uuid, [first["id"]]) == 1
    assert [one["status"] for one in await operations(rest, uuid)] == [4, 2]


async def test_a_bulk_that_does_not_exist_cannot_be_retried(ctx: Context, rest: RestClient):
    for uuid in ("3c1e7f8e-0000-4000-8000-000000000000", "nonsense"):
        with pytest.raises(BulkNotFound):
            await retry_failed(ctx, uuid)


async def test_a_route_or_store_view_that_is_gone_fails_what_is_open(ctx: Context, rest: RestClient):
    uuid = await bulk(rest, "a", "b")
    await ctx.db.execute("update bulk set route = 'POST /V1/gone'")
    await run_due(ctx)
    found = await operations(rest, uuid)
    assert [(one["status"], one["result_message"]) for one in found] == [
        (3, "The operation POST /V1/gone is no longer offered.")
    ] * 2
    uuid = await bulk(rest, "c")
    await ctx.db.execute("update bulk set store_id = 77 where uuid = %(uuid)s", uuid=uuid)
    await run_due(ctx)
    assert [(one["status"], one["result_message"]) for one in await operations(rest, uuid)] == [
        (3, "The store view of the request no longer exists.")
    ]
    assert await names(ctx) == []


async def test_an_operation_with_a_bulk_form_runs_together_and_fails_alone(ctx: Context, rest: RestClient):
    uuid = await bulk(rest, "a", "taken", "b", path="crates")
    await run_due(ctx)
    found = await operations(rest, uuid)
    assert [one["status"] for one in found] == [1, 3, 1]
    assert found[1]["result_message"] == 'The name "taken" is taken.'
    assert json.loads(found[2]["result_serialized_data"])["name"] == "b"
    assert await ctx.db.all(tuple, "select name, scope from thing order by id") == [
        ("a", "together"),
        ("b", "together"),
    ]


async def test_a_bulk_form_costs_the_same_number_of_statements_for_any_number_of_calls(ctx: Context, rest: RestClient):
    costs = []
    for number in (2, 200):
        await bulk(rest, *(f"{number} {index}" for index in range(number)), path="crates")
        before = ctx.db.statements
        await run_due(ctx)
        costs.append(ctx.db.statements - before)
    assert costs[0] == costs[1]


async def test_when_a_bulk_form_fails_fewer_calls_are_tried(ctx: Context, rest: RestClient):
    uuid = await bulk(rest, "a", "b", "c", "broken", "d", "e", "f", "g", path="crates")
    with capture_logs() as logged:
        await run_due(ctx)
    assert [one["status"] for one in await operations(rest, uuid)] == [1, 1, 1, 3, 1, 1, 1, 1]
    # Eight fail, then four; two go together, and so would four if the broken one were not among them.
    assert await ctx.db.all(tuple, "select name, scope from thing order by id") == [
        ("a", "together"),
        ("b", "together"),
        ("c", "alone"),
        ("d", "together"),
        ("e", "together"),
        ("f", "together"),
        ("g", "together"),
    ]
    assert {entry["event"] for entry in logged} == {"operations of a bulk do not go together", "unforeseen error"}


async def test_a_bulk_form_may_leave_calls_to_the_next_transaction(ctx: Context, rest: RestClient):
    things.transactions.clear()
    uuid = await bulk(rest, "a", "taken", "stop", "b", "stop", "c", "taken", path="crates")
    await run_due(ctx)
    found = await operations(rest, uuid)
    assert [one["status"] for one in found] == [1, 3, 1, 1, 1, 1, 3]
    assert [json.loads(one["result_serialized_data"] or "{}").get("name") for one in found] == [
        "a",
        None,
        "stop",
        "b",
        "stop",
        "c",
        None,
    ]
    assert await names(ctx) == ["a", "stop", "b", "stop", "c"]
    assert things.transactions == [["a", "taken"], ["stop", "b"], ["stop", "c", "taken"]]


@pytest.mark.parametrize(
    ("days", "kept"), [(None, ["59", "60"]), ("59", ["59"]), ("", ["59", "60"]), ("soon", ["59", "60"]), ("0", [])]
)
async def test_bulks_are_forgotten_after_their_lifetime(
    ctx: Context, rest: RestClient, monkeypatch: pytest.MonkeyPatch, days: str | None, kept: list[str]
):
    for age in (59, 60, 61):
        uuid = await bulk(rest, f"of {age} days")
        started = ctx.now - timedelta(days=age)
        await ctx.db.execute(
            "update bulk set start_time = %(time)s, description = %(age)s where uuid = %(uuid)s",
            time=started,
            age=str(age),
            uuid=uuid,
        )
    await run_due(ctx)
    monkeypatch.setattr(Context, "config_default", lambda self, path: days)
    await jobs.forget_old_bulks(ctx)
    assert await ctx.db.values("select description from bulk order by start_time desc") == kept
    assert await ctx.db.value("select count(*) from bulk_operation") == len(kept)


async def test_a_bulk_with_open_operations_is_not_forgotten(ctx: Context, rest: RestClient):
    await bulk(rest, "a")
    await ctx.db.execute("update bulk set start_time = start_time - interval '100 days'")
    await jobs.forget_old_bulks(ctx)
    assert await ctx.db.value("select count(*) from bulk") == 1


@pytest.mark.parametrize(
    ("counts", "state"),
    [
        ({4: 2}, BulkState.NOT_STARTED),
        ({4: 1, 1: 1}, BulkState.IN_PROGRESS),
        ({4: 1, 3: 1}, BulkState.IN_PROGRESS),
        ({1: 2}, BulkState.FINISHED),
        ({}, BulkState.FINISHED),
        ({1: 2, 3: 1}, BulkState.FINISHED_WITH_FAILURE),
        ({2: 1}, BulkState.FINISHED_WITH_FAILURE),
        ({1: 1, 5: 1}, BulkState.FINISHED_WITH_FAILURE),
    ],
)
def test_the_state_of_a_bulk_follows_from_its_operations(counts: dict[int, int], state: BulkState):
    assert bulk_state(counts) == state


async def test_the_admin_sees_every_bulk_with_its_state(ctx: Context, rest: RestClient):
    done = await bulk(rest, "a", "taken")
    await run_due(ctx)
    await ctx.db.execute("update bulk set start_time = start_time - interval '1 hour'")
    waiting = await bulk(rest, "b")
    found, total = await list_bulks(ctx, SearchCriteria())
    assert total == 2
    assert [(one.uuid, one.state, one.operation_count) for one in found] == [
        (waiting, BulkState.NOT_STARTED, 1),
        (done, BulkState.FINISHED_WITH_FAILURE, 2),
    ]


@pytest.mark.parametrize(
    ("error", "retriable"),
    [
        (psycopg.errors.DeadlockDetected(), True),
        (psycopg.errors.SerializationFailure(), True),
        (psycopg.errors.LockNotAvailable(), True),
        (psycopg.errors.AdminShutdown(), True),
        (psycopg.errors.ConnectionFailure(), True),
        (psycopg.OperationalError("the connection is lost"), True),
        (psycopg.errors.DiskFull(), False),
        (psycopg.errors.UniqueViolation(), False),
        (RuntimeError(), False),
    ],
)
def test_what_may_be_retried_is_a_deadlock_a_lock_wait_or_a_lost_connection(error: Exception, retriable: bool):
    assert is_retriable(error) == retriable
