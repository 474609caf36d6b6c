"""A small domain for asynchronous calls: things that are kept in a table, with all the ways in which it can fail."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import takewhile
from typing import Any

import psycopg

from entrepot.kit.context import Context
from entrepot.kit.errors import NoSuchEntity, Refused
from entrepot.kit.rest.contract import Always, Contract, CustomAttributes, contract
from entrepot.kit.rest.in_bulk import Call, in_bulk
from entrepot.kit.rest.operation import ANONYMOUS, CUSTOMER_ID, SELF, MayUse, operation

TABLE = "create table thing (id serial, name text, price numeric, scope text)"

INSERT = """
    insert into thing (name, price, scope)
    values (%(name)s, %(price)s, %(scope)s)
    returning id
"""

INSERT_ALL = """
    insert into thing (name, price, scope)
    select name, price, %(scope)s
    from unnest(%(names)s::text[], %(prices)s::numeric[]) as given (name, price)
    returning id
"""


class Taken(Refused):
    message = 'The name "%1" is taken.'
    code = 7


class Counted(Refused):
    message = "Refused, but counted."
    keeps_effects = True


@contract("Magento.Test.Api.Data.ThingInterface")
class Thing(Contract):
    id: int | None = None
    name: Always[str] = None
    price: Always[Decimal] = None
    tags: list[str] | None = None
    custom_attributes: CustomAttributes = None


@operation("POST /V1/things", access=MayUse("Magento_Test::things"), service="Magento.Test.Api.ThingRepository.save")
@operation(
    "PUT /V1/things/{id}", access=MayUse("Magento_Test::things"), service="Magento.Test.Api.ThingRepository.save"
)
async def save(ctx: Context, thing: Thing, note: str | None = None, loud: bool = False) -> Thing:
    """Names are words with a meaning of their own here."""
    thing.id = await ctx.db.value(INSERT, name=thing.name, price=thing.price, scope=scope_of(ctx))
    fail_as_named(thing.name)
    return thing


def fail_as_named(name: str | None) -> None:
    match name:
        case "taken":
            raise Taken(name)
        case "missing":
            raise NoSuchEntity(field_name="id", field_value=5)
        case "deadlock":
            raise psycopg.errors.DeadlockDetected
        case "counted":
            raise Counted
        case "broken":
            raise RuntimeError("secret detail")


def scope_of(ctx: Context) -> str:
    return f"{ctx.store.code} {ctx.actor.type} {ctx.actor.id} {ctx.actor.may('Magento_Test::things')} {ctx.base_url}"


@operation("PUT /V1/things/mine", access=SELF, service="Magento.Test.Api.Mine.save", force={"customerId": CUSTOMER_ID})
async def save_mine(ctx: Context, customer_id: int, name: str) -> bool:
    await ctx.db.execute(INSERT, name=name, price=customer_id, scope=scope_of(ctx))
    return True


@operation("DELETE /V1/things/{id}", access=ANONYMOUS, service="Magento.Test.Api.ThingRepository.deleteById")
async def delete_by_id(ctx: Context, id: int) -> None:
    await ctx.db.execute("delete from thing where id = %(id)s", id=id)


@operation("GET /V1/things/{id}", access=ANONYMOUS, service="Magento.Test.Api.ThingRepository.get")
async def get(ctx: Context, id: int) -> Thing:
    return Thing(id=id)


@operation("POST /V1/crates", access=ANONYMOUS, service="Magento.Test.Api.CrateRepository.save")
async def save_crate(ctx: Context, thing: Thing) -> Thing:
    """One by one; its bulk form is below."""
    thing.id = await ctx.db.value(INSERT, name=thing.name, price=thing.price, scope="alone")
    fail_as_named(thing.name)
    return thing


transactions: list[list[str]] = []
"""The names in each transaction of crates."""


@in_bulk(save_crate)
async def save_crates(ctx: Context, calls: Sequence[Call]) -> list[Any]:
    """Up to the first crate, but the first one of all, that is named `stop`."""
    first, *others = calls
    together = [first, *takewhile(lambda call: call["thing"].name != "stop", others)]
    transactions.append([call["thing"].name for call in together])
    outcomes: list[Any] = []
    for call in together:
        try:
            fail_as_named(call["thing"].name)
        except Refused as error:
            outcomes.append(error)
        else:
            outcomes.append(call["thing"])
    good = [outcome for outcome in outcomes if isinstance(outcome, Thing)]
    ids = await ctx.db.values(
        INSERT_ALL, names=[t.name for t in good], prices=[t.price for t in good], scope="together"
    )
    for thing, thing_id in zip(good, ids, strict=True):
        thing.id = thing_id
    return outcomes
