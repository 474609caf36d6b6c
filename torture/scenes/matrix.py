"""Every route and every kind of caller, in each of the three ways of calling: what must be shut is shut.

The routes are those that the program declares. Whether a cell must be open is decided here, from the route's resources
and what the caller was given, and not by what decides it in the shop.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from entrepot.access import UserDraft, issue, save_role, save_user
from entrepot.access.integrations import deactivate_integration
from entrepot.access.resources import ALL, ROOT, descendants
from entrepot.app import all_operations
from entrepot.customers import Customer, create_account
from entrepot.kit.context import ActorType, Context, Services
from entrepot.kit.rest.operation import Operation
from entrepot.kit.rest.router import as_bulk
from tests.access.integration_makers import an_active_signer
from torture.client import Answer
from torture.crowd import Call, one_by_one
from torture.inside import inside
from torture.scene import Scene, Stage
from torture.shop import Shop

EVERYTHING = frozenset({ROOT, *descendants(ROOT)})
SPELT_OTHERWISE = {"Magento_InventoryApi::stock_source_link": "Magento_InventoryApi::source_stock_link"}
"""One route names a resource that the tree, and so every role, spells the other way round."""
NOBODY = "1000000000"
"""An id, a code and a SKU that nothing has, so that what is open does nothing either."""
WAYS = {"synchronous": "/rest/all", "asynchronous": "/rest/all/async", "bulk": "/rest/all/async/bulk"}
EXPIRE = """
    update access_token
    set created_at = created_at - interval '2 days'
    where token_hash = %(hash)s
"""
SHUT = "The consumer isn't authorized to access %resources."


class Caller(Struct, frozen=True):
    kind: str
    token: str | None = None
    resources: frozenset[str] = frozenset()
    """What the caller was given."""
    is_customer: bool = False

    def may(self, operation: Operation) -> bool:
        """Whether the shop has to let this caller in."""
        needed = operation.access.resources
        if needed == ("anonymous",) or ALL in self.resources:
            return True
        if needed == ("self",):
            return self.is_customer
        return {SPELT_OTHERWISE.get(resource, resource) for resource in needed} <= self.resources


class Cell(Struct, frozen=True):
    operation: Operation
    way: str
    caller: Caller

    @property
    def call(self) -> Call:
        """It has nothing in it that could be done: the caller is looked at before the body."""
        written = as_bulk(self.operation) if self.way == "bulk" else self.operation.path
        path = WAYS[self.way] + "/".join(NOBODY if part.startswith("{") else part for part in written.split("/"))
        body: object = [{}] if self.way == "bulk" else {} if self.operation.method in ("POST", "PUT") else None
        headers = {"Authorization": f"Bearer {self.caller.token}"} if self.caller.token else None
        return Call(self.operation.method, path, body, headers)

    def __str__(self) -> str:
        return f"{self.caller.kind}, {self.way}, {self.operation.route}"


async def matrix(stage: Stage) -> None:
    async with stage.shop() as shop:
        async with inside(shop) as services:
            callers = await Callers.make(services)
        operations = all_operations()
        cells = [cell for operation in operations for cell in cells_of(operation, callers)]
        seen, faults = await look_behind(shop, cells)
    ways = Counter(cell.way for cell in cells)
    stage.figure(
        f"{len(operations)} routes, {len(cells)} cells {dict(ways)}, {seen['open']} open, {seen['shut']} shut",
        faults,
    )


def cells_of(operation: Operation, callers: Callers) -> Iterator[Cell]:
    ways = ("synchronous",) if operation.method == "GET" else tuple(WAYS)
    return (Cell(operation, way, caller) for way in ways for caller in callers.of(operation))


async def look_behind(shop: Shop, cells: Sequence[Cell]) -> tuple[Counter[str], list[str]]:
    """How many cells were open and shut, and which of them must not be, or broke."""
    seen: Counter[str] = Counter()

    def judge(cell: Cell, answer: Answer) -> str | None:
        is_shut = answer.status == 401 and SHUT in str(answer)
        seen["shut" if is_shut else "open"] += 1
        return str(answer) if is_shut == cell.caller.may(cell.operation) else None

    _, faults = await one_by_one(shop, ((cell, cell.call) for cell in cells), judge)
    return seen, faults


class Callers(Struct, frozen=True):
    always: Sequence[Caller]
    """Those of whom each route is tried."""
    without: dict[str, Caller]
    """By a resource: who has all others."""
    only: dict[frozenset[str], Caller]
    """By a route's resources: who has these alone."""

    @staticmethod
    async def make(services: Services) -> Callers:
        routes = {
            frozenset(SPELT_OTHERWISE.get(resource, resource) for resource in operation.access.resources)
            for operation in all_operations()
        }
        routes -= {frozenset({"anonymous"}), frozenset({"self"})}
        async with services.work() as ctx:
            always = [*await _customers(ctx), *await _administrators(ctx), *await _integrations(ctx)]
            without = {
                resource: await _granted(ctx, f"all but {resource}", EVERYTHING - {resource})
                for resource in sorted({resource for route in routes for resource in route})
            }
            only = {route: await _granted(ctx, f"only {', '.join(sorted(route))}", route) for route in routes}
        return Callers([Caller("guest"), Caller("unknown token", "0" * 32), *always], without, only)

    def of(self, operation: Operation) -> list[Caller]:
        needed = frozenset(SPELT_OTHERWISE.get(one, one) for one in operation.access.resources)
        missing = [self.without[resource] for resource in sorted(needed) if resource in self.without]
        return [*self.always, *missing, *([self.only[needed]] if needed in self.only else [])]


async def _customers(ctx: Context) -> list[Caller]:
    account = Customer(email="cleo@example.com", firstname="Cleo", lastname="Curious", website_id=1)
    made = await create_account(ctx, account, "Password1")
    assert made.id is not None
    token = await issue(ctx, ActorType.CUSTOMER, made.id)
    expired = await issue(ctx, ActorType.CUSTOMER, made.id)
    await _expire(ctx, expired)
    return [Caller("customer", token, is_customer=True), Caller("customer's expired token", expired)]


async def _administrators(ctx: Context) -> list[Caller]:
    """Those with full access, and who has lost it."""
    full, expired, revoked, disabled = [
        await _granted(ctx, kind, frozenset({ALL}))
        for kind in ("full access", "expired token", "revoked token", "disabled")
    ]
    await _expire(ctx, expired.token)
    await ctx.db.execute("delete from access_token where token_hash = %(hash)s", hash=_hashed(revoked.token))
    # Behind the shop's back: saved inactive by the shop he would have lost his token, too.
    await ctx.db.execute("update admin_user set is_active = false where username = %(name)s", name=_name("disabled"))
    without_role = await _granted(ctx, "no role", frozenset({ALL}))
    await ctx.db.execute("update admin_user set role_id = null where username = %(name)s", name=_name("no role"))
    return [
        full,
        *(Caller(caller.kind, caller.token) for caller in (expired, revoked, disabled, without_role)),
        await _granted(ctx, "empty role", frozenset()),
    ]


async def _integrations(ctx: Context) -> list[Caller]:
    full = await an_active_signer(ctx, "Full", resources=(ALL,))
    empty = await an_active_signer(ctx, "Empty", resources=())
    off = await an_active_signer(ctx, "Off", resources=(ALL,))
    off_id = await ctx.db.value("select integration_id from integration where name = 'Off'")
    await deactivate_integration(ctx, off_id)
    return [
        Caller("integration with full access", full.token, frozenset({ALL})),
        Caller("integration with nothing", empty.token),
        Caller("integration that is off", off.token),
    ]


async def _granted(ctx: Context, kind: str, resources: frozenset[str]) -> Caller:
    """An administrator whose role has these resources."""
    role_id = await save_role(ctx, _name(kind), resources)
    draft = UserDraft(
        username=_name(kind),
        firstname="Ada",
        lastname="Lovelace",
        email=f"{_name(kind)}@example.com",
        password="correct horse 1",
        role_id=role_id,
    )
    token = await issue(ctx, ActorType.ADMIN, await save_user(ctx, draft))
    return Caller(kind, token, resources | {ROOT} if resources and ALL not in resources else resources)


def _name(kind: str) -> str:
    return f"ada{hashlib.sha256(kind.encode()).hexdigest()[:16]}"


async def _expire(ctx: Context, token: str | None) -> None:
    await ctx.db.execute(EXPIRE, hash=_hashed(token))


def _hashed(token: str | None) -> bytes:
    return hashlib.sha256((token or "").encode()).digest()


SCENES = (Scene("matrix", matrix, "every route is called by everybody who must not", bound_s=300),)
