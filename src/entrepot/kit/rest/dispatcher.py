"""The REST interface as one ASGI application: a request goes in, an operation runs, its answer comes out.

The order of the checks is that of spec 00-webapi, section 2. A request is read whole before its transaction opens, so
a slow client never holds a connection; the transaction is over before the answer is encoded.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Protocol

from psycopg.errors import NumericValueOutOfRange, StringDataRightTruncation

from entrepot.kit.attempts import in_transaction
from entrepot.kit.context import GUEST, Actor, ActorType, Context, Services
from entrepot.kit.db import Db
from entrepot.kit.errors import WebapiError
from entrepot.kit.intake import RETRY_AFTER_S, ConnectionLost, Sender
from entrepot.kit.rest import accept, answers, arguments, fields, xml
from entrepot.kit.rest.address import Address, Processor, locate
from entrepot.kit.rest.answers import Answer, Renderer
from entrepot.kit.rest.attribute_types import ATTRIBUTE_TYPES
from entrepot.kit.rest.authorisation import check_may_call, check_transport
from entrepot.kit.rest.idempotency import answered_once
from entrepot.kit.rest.operation import CUSTOMER_ID, Forced, Operation
from entrepot.kit.rest.request import Receive, Request, Scope, Send
from entrepot.kit.rest.router import Match, Router, as_bulk
from entrepot.kit.rest.writer import write_answer
from entrepot.kit.turns import in_turns

Identify = Callable[[Context, Request], Awaitable[Actor | None]]
"""One means to find the caller; None when it identifies nobody. OAuth raises for a broken header."""

Resolve = Callable[[Context], Awaitable[Any]]
"""The value of a forced parameter for this call."""

METHODS = ("GET", "POST", "PUT", "DELETE")
NO_ROUTE = "Request does not match any route."


class Scheduler(Protocol):
    """Takes asynchronous calls (spec 00-webapi, 11)."""

    async def accept(self, ctx: Context, operation: Operation, inputs: Sequence[Mapping[str, Any]]) -> Any:
        """Schedule one operation per input; the body of the 202."""


class Describer(Protocol):
    """Writes the API document (spec 00-webapi, 12)."""

    def describe(self, ctx: Context, request: Request, base_path: str, *, asynchronous: bool) -> Any: ...


class Dispatcher:
    """All operations behind `/rest`."""

    def __init__(
        self,
        services: Services,
        operations: Iterable[Operation],
        *,
        callers: Sequence[Identify] = (),
        known_by_head: Sequence[Identify] = (),
        forced: Mapping[Forced, Resolve] | None = None,
        scheduler: Scheduler | None = None,
        describer: Describer | None = None,
    ) -> None:
        self.services = services
        self.operations = tuple(operations)
        self.callers = tuple(callers)
        self.known_by_head = tuple(known_by_head)
        """As `callers`, for a request whose body is still to come."""
        self.forced = {CUSTOMER_ID: _calling_customer, **(forced or {})}
        self.scheduler = scheduler
        self.describer = describer
        self._router = Router(self.operations)
        self._bulk_router = Router((o for o in self.operations if o.method != "GET"), as_bulk)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with self.services.intake.request(scope, receive, partial(self._sender, scope)) as body:
                answer, renderer = await self.answer(Request.of(scope, body))
        except ConnectionLost:
            return
        except Exception as error:
            answer, renderer = self._refusal(Request.of(scope, b""), error)
        content, content_type = answers.encode(answer.body, renderer)
        await send(
            {
                "type": "http.response.start",
                "status": answer.status,
                "headers": [
                    (b"content-type", content_type),
                    (b"content-length", str(len(content)).encode()),
                    (b"x-frame-options", b"SAMEORIGIN"),
                    (b"x-content-type-options", b"nosniff"),
                    (b"cache-control", b"no-store"),
                    *([(b"retry-after", str(RETRY_AFTER_S).encode())] if answer.status == 503 else []),
                ],
            }
        )
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else content})

    async def _sender(self, scope: Scope) -> Sender:
        """Who is about to send a large body."""
        request = Request.of(scope, b"")
        async with self.services.work(GUEST) as ctx:
            ctx.remote_address, ctx.base_url = request.remote_address, request.base_url
            ctx.actor = await _identified(self.known_by_head, ctx, request)
            if ctx.actor.type in (ActorType.ADMIN, ActorType.INTEGRATION):
                return Sender.STAFF
            match = self._match(request.method, locate(request, ctx.stores))
            # Whoever should have signed in learns that, and not that the body is too large.
            check_may_call(ctx, match.operation)
            return Sender.VISITOR_WITH_FILES if match.operation.takes_files else Sender.ANYBODY

    async def answer(self, request: Request) -> tuple[Answer, Renderer]:
        """The answer, and the format in which the client wants it."""
        try:
            renderer = accept.renderer(request.headers.get("accept"))
            answer = await self._in_transaction(request)
            wanted = fields.parse(request.parameters.get("fields"))
            return Answer(answer.status, fields.apply(wanted, answer.body)), renderer
        except Exception as error:
            return self._refusal(request, error)

    def _refusal(self, request: Request, error: Exception) -> tuple[Answer, Renderer]:
        renderer: Renderer = "json"
        with suppress(WebapiError):
            renderer = accept.renderer(request.headers.get("accept"))
        developer_mode = self.services.settings.developer_mode
        call = f"{request.method} {request.path}"
        return answers.refusal(error, developer_mode=developer_mode, call=call), renderer

    async def _in_transaction(self, request: Request) -> Answer:
        try:
            return await in_transaction(self.services, partial(self._process, request))
        except (NumericValueOutOfRange, StringDataRightTruncation) as error:
            raise WebapiError("A value is too large for its field. Verify and try again.") from error

    async def _process(self, request: Request, db: Db) -> Answer:
        ctx = await self.services.context(db, GUEST)
        address = locate(request, ctx.stores)
        ctx.store = address.store
        ctx.remote_address = request.remote_address
        ctx.base_url = request.base_url
        ctx.forwarded_for = request.headers.get("x-forwarded-for")
        if address.processor in (Processor.SCHEMA, Processor.ASYNC_SCHEMA):
            return await self._describe(ctx, request, address)
        if request.method not in METHODS:
            raise WebapiError("Request method is invalid.")
        match = self._match(request.method, address)
        await self._admit(ctx, request, match.operation)
        body = arguments.decode_body(request) if request.method in ("POST", "PUT") or address.is_bulk else {}
        if address.processor is Processor.SYNCHRONOUS:
            call = partial(self._call, ctx, request, match, body)
        else:
            call = partial(self._schedule, ctx, request, match, body, is_bulk=address.is_bulk)
        return await answered_once(ctx, request, match.operation, call)

    def _match(self, method: str, address: Address) -> Match:
        router = self._bulk_router if address.is_bulk else self._router
        if (match := router.find(method, address.path)) is None:
            raise WebapiError(NO_ROUTE, 404)
        return match

    async def _admit(self, ctx: Context, request: Request, operation: Operation) -> None:
        ctx.actor = await _identified(self.callers, ctx, request)
        check_may_call(ctx, operation)
        check_transport(ctx, request, operation)

    async def _call(self, ctx: Context, request: Request, match: Match, body: Any) -> Answer:
        operation = match.operation
        given = arguments.gather(operation, request, body, match.variables)
        await self._force(ctx, operation, given)
        call = arguments.convert(operation, given, ctx.shared(ATTRIBUTE_TYPES))
        answer = await operation.function(ctx, **call)
        return Answer(200, write_answer(operation.returns, answer, ctx.actor))

    async def _schedule(self, ctx: Context, request: Request, match: Match, body: Any, *, is_bulk: bool) -> Answer:
        """Every element passes the checks of a synchronous call before any of them is scheduled (11.1)."""
        if self.scheduler is None:
            raise WebapiError(NO_ROUTE, 404)
        operation = match.operation
        inputs = _elements(body) if is_bulk else [arguments.gather(operation, request, body, match.variables)]
        async for given in in_turns(inputs):
            await self._force(ctx, operation, given)
            arguments.convert(operation, given, ctx.shared(ATTRIBUTE_TYPES))
        return Answer(202, await self.scheduler.accept(ctx, operation, inputs))

    async def _force(self, ctx: Context, operation: Operation, given: dict[str, Any]) -> None:
        for path, forced in operation.forced:
            arguments.force(given, path, await self.forced[forced](ctx))

    async def _describe(self, ctx: Context, request: Request, address: Address) -> Answer:
        if self.describer is None:
            raise WebapiError(NO_ROUTE, 404)
        ctx.actor = await _identified(self.callers, ctx, request)
        is_async = address.processor is Processor.ASYNC_SCHEMA
        return Answer(200, self.describer.describe(ctx, request, address.base_path, asynchronous=is_async))


async def _identified(callers: Iterable[Identify], ctx: Context, request: Request) -> Actor:
    for identify in callers:
        if actor := await identify(ctx, request):
            return actor
    return ctx.actor


def _elements(body: Any) -> list[dict[str, Any]]:
    """The calls of a bulk: a list, in XML a map with the key `item`, or any map; its keys do not matter."""
    body = xml.unwrap_item(body)
    elements = list(body.values()) if isinstance(body, dict) else body
    if not isinstance(elements, list) or not all(isinstance(element, dict) for element in elements):
        raise WebapiError("Each element of a bulk request must be an object. Verify and try again.")
    return [dict(element) for element in elements]


async def _calling_customer(ctx: Context) -> int | None:
    return ctx.actor.customer_id
