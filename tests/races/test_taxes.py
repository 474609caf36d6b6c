"""What must hold when several processes change taxes at the same moment."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from entrepot.app import new_services
from entrepot.customers import Group, create_group
from entrepot.kit.context import Context, Services
from entrepot.kit.db import Database
from entrepot.kit.errors import InvalidFieldValue
from entrepot.settings import Settings
from entrepot.taxes import Place, rates_for
from entrepot.taxes.classes import delete_class, save_class
from entrepot.taxes.contracts import TaxClass, TaxRateData, TaxRule
from entrepot.taxes.errors import ClassExists, ClassInRules, ClassInUse, CodeExists, RateInRule, RuleInvalid
from entrepot.taxes.rate_service import delete_rate, get_rate, save_rate
from entrepot.taxes.rules import get_rule, save_rule

GOODS, RETAIL = 2, 3
ROUNDS = 5


@pytest.fixture
async def processes(committed_url: str, tmp_path: Path) -> AsyncIterator[list[Services]]:
    """Two processes over one database that commits."""
    settings = Settings(home=tmp_path, database_url=committed_url)
    databases = [Database(committed_url, max_size=4) for _ in range(2)]
    for database in databases:
        await database.open()
    yield [new_services(settings, database) for database in databases]
    for database in databases:
        await database.close()


async def at_once(processes: list[Services], *work: Callable[[Context], Awaitable[object]]) -> list[object]:
    """What came of each, refusals among them."""

    async def one(services: Services, do: Callable[[Context], Awaitable[object]]) -> object:
        async with services.work() as ctx:
            return await do(ctx)

    pairs = [(processes[number % len(processes)], do) for number, do in enumerate(work)]
    return await asyncio.gather(*(one(*pair) for pair in pairs), return_exceptions=True)


def a_rule(code: str, *, rate_id: int = 1, class_id: int = GOODS) -> TaxRule:
    return TaxRule(
        code=code,
        priority=0,
        customer_tax_class_ids=[RETAIL],
        product_tax_class_ids=[class_id],
        tax_rate_ids=[rate_id],
    )


async def test_no_rule_is_left_with_a_class_or_a_rate_that_is_gone(processes: list[Services]):
    for number in range(ROUNDS):
        async with processes[0].work() as ctx:
            class_id = int(await save_class(ctx, TaxClass(class_name=f"Class {number}", class_type="PRODUCT")))
            rate = TaxRateData(tax_country_id="DE", tax_postcode="*", rate=(await get_rate(ctx, 1)).rate)
            rate.code = f"Rate {number}"
            rate_id = (await save_rate(ctx, rate)).id or 0
        rule = a_rule(f"Rule {number}", rate_id=rate_id, class_id=class_id)
        saved, *deleted = await at_once(
            processes,
            lambda ctx, rule=rule: save_rule(ctx, rule),  # type: ignore[misc]
            lambda ctx, id=class_id: delete_class(ctx, id),  # type: ignore[misc]
            lambda ctx, id=rate_id: delete_rate(ctx, id),  # type: ignore[misc]
        )
        if isinstance(saved, TaxRule):
            assert [type(one) for one in deleted] == [ClassInRules, RateInRule]
            async with processes[1].work() as ctx:
                kept = await get_rule(ctx, saved.id or 0)
            assert (kept.product_tax_class_ids, kept.tax_rate_ids) == ([class_id], [rate_id])
        else:
            assert isinstance(saved, RuleInvalid)
            assert True in deleted


async def test_no_group_is_left_with_a_class_that_is_gone(processes: list[Services]):
    for number in range(ROUNDS):
        async with processes[0].work() as ctx:
            class_id = int(await save_class(ctx, TaxClass(class_name=f"Class {number}", class_type="CUSTOMER")))
        group = Group(code=f"Group {number}", tax_class_id=class_id)
        saved, deleted = await at_once(
            processes,
            lambda ctx, group=group: create_group(ctx, group),  # type: ignore[misc]
            lambda ctx, id=class_id: delete_class(ctx, id),  # type: ignore[misc]
        )
        assert (type(saved), type(deleted)) in [(Group, ClassInUse), (InvalidFieldValue, bool)]


async def test_of_two_with_one_name_one_is_made(processes: list[Services]):
    classes = await at_once(
        processes,
        *[lambda ctx: save_class(ctx, TaxClass(class_name="Books", class_type="PRODUCT"))] * 4,
    )
    assert sorted(type(one).__name__ for one in classes) == [ClassExists.__name__] * 3 + ["str"]
    rules = await at_once(processes, *[lambda ctx: save_rule(ctx, a_rule("Retail"))] * 4)
    assert sorted(type(one).__name__ for one in rules) == [CodeExists.__name__] * 3 + [TaxRule.__name__]


async def test_what_one_process_remembers_of_a_place_goes_when_another_changes_a_rate(processes: list[Services]):
    async def percent(services: Services) -> str:
        async with services.work() as ctx:
            place = Place("US", 12, "90210")
            found = await rates_for(ctx, customer_class_id=RETAIL, product_class_ids=[GOODS], place=place, store_id=1)
            return str(found[GOODS].percent)

    async with processes[0].work() as ctx:
        await save_rule(ctx, a_rule("Retail"))
    assert [await percent(services) for services in processes] == ["8.25", "8.25"]
    async with processes[0].work() as ctx:
        rate = await get_rate(ctx, 1)
        assert rate.rate is not None
        rate.rate += 1
        await save_rate(ctx, rate)
    assert [await percent(services) for services in processes] == ["9.25", "9.25"]
