"""Executing accepted calls: in order, in the store view and by the actor of the request, each on its own.

What keeps an operation from running twice: its row is locked while it is still open, and is written in the transaction
that has its effects. So whenever a worker dies, an operation and its row say the same, and a second execution begins
with the first open one. Two workers at the same bulk take turns, for both go by the order of ids.

An operation with a form for many calls (`kit.rest.in_bulk`) takes a whole chunk in one transaction, or as much of it as
goes together; should that fail, fewer are tried, down to single operations.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import psycopg
import structlog
from msgspec import Struct

from entrepot.asynchronous import queries
from entrepot.asynchronous.errors import NoLongerOffered, StoreViewGone
from entrepot.asynchronous.queries import Accepted, Claimed
from entrepot.asynchronous.rules import CONFLICTS, Failure, failure_of, success_message
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused, WebapiError
from entrepot.kit.jobs import Work
from entrepot.kit.rest import arguments, json_text
from entrepot.kit.rest.attribute_types import ATTRIBUTE_TYPES
from entrepot.kit.rest.in_bulk import BulkForm, bulk_form_of
from entrepot.kit.rest.operation import Operation
from entrepot.kit.rest.writer import write_answer
from entrepot.kit.turns import in_turns

log = structlog.get_logger("entrepot.asynchronous")

CHUNK = 250
"""Calls in one transaction, for operations that take many."""

ATTEMPTS = 3
"""How often an operation is run at once when it conflicts with other transactions."""

TOO_LARGE = (psycopg.errors.NumericValueOutOfRange, psycopg.errors.StringDataRightTruncation)


class Execution(Struct):
    """One bulk under execution."""

    work: Work
    bulk: Accepted
    operation: Operation
    developer_mode: bool

    async def run_all(self, ids: Sequence[int]) -> None:
        """Execute what is still open of these, which are in order.

        After a transaction that could not take all that it was given, the next one is given less; after one that
        could, more again. So operations that do not go together cost little more than they would one by one.
        """
        form = bulk_form_of(self.operation)
        at, size = 0, CHUNK
        while at < len(ids):
            given = ids[at : at + size]
            done = await self._run_some(form, given)
            at += done
            size = min(2 * len(given), CHUNK) if done == len(given) else 2 * done or len(given) // 2

    async def _run_some(self, form: BulkForm | None, ids: Sequence[int]) -> int:
        """How many of these, from the first one on, are through. 0 when they failed as a whole, without effects."""
        if form is None or len(ids) == 1:
            await self._run(ids[0])
            return 1
        return await self._ran_together(form, ids)

    async def _run(self, operation_id: int) -> None:
        """Execute one operation, if it is still open, and write down what became of it."""
        try:
            await self._run_against_conflicts(operation_id)
        except Exception as error:
            async with self.work() as ctx:
                await queries.fail(ctx.db, [(operation_id, self._failure(error))])

    async def _run_against_conflicts(self, operation_id: int) -> None:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                async with self._scope() as ctx:
                    for claimed in await queries.claim(ctx.db, [operation_id]):
                        answer = await self.operation.function(ctx, **self._arguments(ctx, claimed))
                        await self._complete(ctx, [(claimed.id, answer)])
                return
            except CONFLICTS:
                if attempt == ATTEMPTS:
                    raise

    async def _ran_together(self, form: BulkForm, ids: Sequence[int]) -> int:
        """As `_run_some`, in one transaction."""
        try:
            async with self._scope() as ctx:
                return await self._run_form(ctx, form, ids)
        except Exception as error:
            log.warning("operations of a bulk do not go together", bulk_uuid=self.bulk.uuid, exc_info=error)
            return 0

    async def _run_form(self, ctx: Context, form: BulkForm, ids: Sequence[int]) -> int:
        calls: list[tuple[int, dict[str, Any]]] = []
        failures: list[tuple[int, Failure]] = []
        async for claimed in in_turns(await queries.claim(ctx.db, ids)):
            try:
                calls.append((claimed.id, self._arguments(ctx, claimed)))
            except (Refused, WebapiError) as error:
                failures.append((claimed.id, self._failure(error)))
        outcomes = await form(ctx, [call for _, call in calls]) if calls else []
        if calls and not outcomes:
            raise ValueError("the bulk form gave no outcome")
        done = len(ids) if len(outcomes) == len(calls) else ids.index(calls[len(outcomes)][0])
        answers: list[tuple[int, Any]] = []
        for (operation_id, _), outcome in zip(calls, outcomes, strict=False):
            if isinstance(outcome, Exception):
                failures.append((operation_id, self._failure(outcome)))
            else:
                answers.append((operation_id, outcome))
        await self._complete(ctx, answers)
        through = set(ids[:done])
        await queries.fail(ctx.db, [failure for failure in failures if failure[0] in through])
        return done

    @asynccontextmanager
    async def _scope(self) -> AsyncIterator[Context]:
        """A transaction as the request saw the shop."""
        async with self.work(self.bulk.actor, self.bulk.store_id) as ctx:
            ctx.remote_address = self.bulk.remote_address
            ctx.base_url = self.bulk.base_url
            yield ctx

    def _arguments(self, ctx: Context, claimed: Claimed) -> dict[str, Any]:
        given = json_text.loads(claimed.meta_information.encode())
        return arguments.convert(self.operation, given, ctx.shared(ATTRIBUTE_TYPES))

    async def _complete(self, ctx: Context, answers: Sequence[tuple[int, Any]]) -> None:
        results = [
            (operation_id, json_text.dumps(write_answer(self.operation.returns, answer, ctx.actor)).decode())
            async for operation_id, answer in in_turns(answers)
        ]
        await queries.complete(ctx.db, results, success_message(self.operation))

    def _failure(self, error: Exception) -> Failure:
        if isinstance(error, TOO_LARGE):
            error = WebapiError("A value is too large for its field. Verify and try again.")
        return failure_of(error, developer_mode=self.developer_mode)


async def execute(work: Work, bulk_uuid: str) -> None:
    """Execute what is open of a bulk; does nothing for one that is gone."""
    async with work() as ctx:
        bulk = await queries.accepted(ctx.db, bulk_uuid)
        if bulk is None:
            return
        ids = await queries.open_ids(ctx.db, bulk_uuid)
        operation = ctx.services.operations.get(bulk.route)
        if operation is None or ctx.stores.by_id(bulk.store_id) is None:
            refusal = StoreViewGone() if operation else NoLongerOffered(bulk.route)
            failure = failure_of(refusal, developer_mode=False)
            await queries.fail(ctx.db, [(operation_id, failure) for operation_id in ids])
            return
        developer_mode = ctx.settings.developer_mode
    await Execution(work, bulk, operation, developer_mode).run_all(ids)
