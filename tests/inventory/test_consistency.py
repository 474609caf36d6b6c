"""Spec 40-inventory, 13 and 25: claims that do not agree with the orders, and the nightly clean-up."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal

import psycopg
import pytest

from entrepot import inventory
from entrepot.app import all_jobs
from entrepot.catalog.contracts import StockItem
from entrepot.inventory import Claim, OrderRef, Reservation, ReservationRequest, SalesEvent, commands, consistency
from entrepot.inventory.consistency import NoCompensations, Unreadable
from entrepot.inventory.jobs import inventory_cleanup_reservations
from entrepot.inventory.orders import NoOrders
from tests.inventory.makers import a_product, a_source, a_stock, journal, put


class Book:
    """Order 1 still has to get 3 X, order 2 is complete."""

    refs: Mapping[str, OrderRef] = {
        "1": OrderRef("1", "000000001", False),
        "2": OrderRef("2", "000000002", True),
    }

    async def open_claims(self, ctx) -> Sequence[Claim]:
        return [Claim("1", 10, "X", Decimal(3))]

    async def by_id(self, ctx, ids):
        return {id: ref for id, ref in self.refs.items() if id in ids}

    async def by_increment_id(self, ctx, increment_ids):
        return {ref.increment_id: ref for ref in self.refs.values() if ref.increment_id in increment_ids}


@pytest.fixture
async def shop(ctx):
    inventory.register_orders(Book())
    await a_source(ctx, "eu-1")
    await a_stock(ctx, 10, "eu-1")
    await a_product(ctx, "X")
    await put(ctx, "eu-1", "X", 20)
    yield
    inventory.register_orders(NoOrders())


async def claim(ctx, order_id, qty):
    event = SalesEvent("order_placed", "order", order_id)
    await inventory.reserve(ctx, 10, [ReservationRequest("X", Decimal(qty))], event)


async def test_orders_that_claim_what_they_have_to_get_are_consistent(shop, ctx):
    await claim(ctx, "1", 5)
    event = SalesEvent("shipment_created", "order", "1")
    await inventory.append(ctx, [Reservation(10, "x", Decimal(2), event)])
    assert await consistency.list_inconsistencies(ctx) == []


async def test_too_much_and_too_little_are_found_with_what_sets_them_right(shop, ctx):
    await claim(ctx, "1", 1)
    await claim(ctx, "2", 4)
    await claim(ctx, "77", 2)
    found = await consistency.list_inconsistencies(ctx)
    assert [(one.order.increment_id, one.sku, one.quantity, one.stock_id) for one in found] == [
        ("000000001", "X", Decimal(-2), 10),
        ("000000002", "X", Decimal(4), 10),
        ("77", "X", Decimal(2), 10),
    ]
    assert [one.order.order_id for one in consistency.of_state(found, finished=True, unfinished=False)] == ["2", "77"]
    assert [one.order.order_id for one in consistency.of_state(found, finished=False, unfinished=True)] == ["1"]
    assert consistency.of_state(found, finished=True, unfinished=True) == found

    lines = [f"{one.order.increment_id}:{one.sku}:{one.quantity:.6f}:{one.stock_id}" for one in found[:2]]
    await consistency.create_compensations(ctx, lines)
    assert [one.order.order_id for one in await consistency.list_inconsistencies(ctx)] == ["77"]
    assert (await journal(ctx))[-2:] == [(10, "X", -2), (10, "X", 4)]
    assert (await ctx.db.values("select metadata from inventory_reservation order by reservation_id"))[-1] == (
        '{"event_type":"manual_compensation","object_type":"order","object_id":"2","object_increment_id":"000000002"}'
    )


async def test_what_is_not_managed_is_passed_over(shop, ctx):
    await claim(ctx, "2", 4)
    await inventory.update_stock_item(ctx, "X", StockItem(use_config_manage_stock=False, manage_stock=False))
    assert await consistency.list_inconsistencies(ctx) == []


async def test_reservations_with_the_first_three_keys_alone_are_read(shop, ctx):
    await claim(ctx, "2", 4)
    old = '{"event_type":"order_placed","object_type":"order","object_id":"2"}'
    await ctx.db.execute("update inventory_reservation set metadata = %(old)s", old=old)
    assert [one.quantity for one in await consistency.list_inconsistencies(ctx) if one.order.order_id == "2"] == [4]


@pytest.mark.parametrize("argument", ["", "x", "1:X:2", "000000002:X:two:10", "000000002:X:1:ten", ":X:1:10"])
async def test_an_argument_that_cannot_be_read_refuses_all(shop, ctx, argument):
    with pytest.raises(Unreadable) as refused:
        await consistency.create_compensations(ctx, ["000000002:X:1:10", argument])
    assert refused.value.rendered().startswith(f'  - Error while parsing argument "{argument}". ')
    assert await journal(ctx) == []


async def test_an_order_that_there_is_not_refuses_all(shop, ctx):
    with pytest.raises(Unreadable):
        await consistency.create_compensations(ctx, ["000000009:X:1:10"])
    with pytest.raises(NoCompensations) as refused:
        await consistency.create_compensations(ctx, [])
    assert refused.value.message == "A list of compensations needs to be defined as argument or STDIN."


def test_the_list_is_printed_in_magentos_words(capsys):
    order = OrderRef("2", "000000002", True)
    one = consistency.Inconsistency(order, 10, "X", Decimal(4))
    other = consistency.Inconsistency(order, 10, "Y", Decimal("-0.5"))
    commands.print_inconsistencies([one, other], raw=False)
    assert capsys.readouterr().out == (
        "Inconsistencies found on following entries:\n"
        "Order 000000002:\n"
        "  - Product X should be compensated by +4.000000 for stock 10\n"
        "  - Product Y should be compensated by -0.500000 for stock 10\n"
    )
    commands.print_inconsistencies([one, other], raw=True)
    assert capsys.readouterr().out == "000000002:X:4.000000:10\n000000002:Y:-0.500000:10\n"
    commands.print_inconsistencies([], raw=True)
    assert capsys.readouterr().out == "No order inconsistencies were found\n"


def test_compensations_are_printed_in_magentos_words(capsys):
    commands.print_compensations([Reservation(10, "X", Decimal(4), SalesEvent("manual_compensation"))])
    assert capsys.readouterr().out == (
        "Following reservations were created:\n  - Product X was compensated by +4.000000 for stock 10\n"
    )


async def test_the_journal_is_cleaned_every_night(shop, ctx):
    await claim(ctx, "1", 5)
    await inventory.append(ctx, [Reservation(10, "X", Decimal(5), SalesEvent("order_canceled", "order", "1"))])
    await inventory_cleanup_reservations(ctx)
    assert await journal(ctx) == []
    assert inventory_cleanup_reservations in all_jobs()
    assert inventory_cleanup_reservations.at == "0 0 * * *"


def run_cli(url, *arguments, stdin=""):
    return subprocess.run(
        [sys.executable, "-m", "entrepot", *arguments],
        env={**os.environ, "DATABASE_URL": url},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


async def test_the_commands_end_with_magentos_exit_codes(committed_url):
    listing = "inventory:reservation:list-inconsistencies"
    compensating = "inventory:reservation:create-compensations"
    clean = run_cli(committed_url, listing)
    assert (clean.returncode, clean.stdout) == (0, "No order inconsistencies were found\n")

    event = '{"event_type":"order_placed","object_type":"order","object_id":"2","object_increment_id":"000000002"}'
    with psycopg.connect(committed_url) as connection:
        connection.execute(
            "insert into inventory_reservation (stock_id, sku, quantity, metadata) values (1, 'X', -4, %s)", [event]
        )
    found = run_cli(committed_url, listing, "-r")
    assert (found.returncode, found.stdout) == (255, "000000002:X:4.000000:1\n")

    unknown = run_cli(committed_url, compensating, stdin=found.stdout)
    assert (unknown.returncode, unknown.stderr) == (
        1,
        '- Error while parsing argument "000000002:X:4.000000:1". There is no order "000000002".\n',
    )
    nothing = run_cli(committed_url, compensating)
    assert (nothing.returncode, nothing.stderr) == (
        1,
        "A list of compensations needs to be defined as argument or STDIN.\n",
    )
