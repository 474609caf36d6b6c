"""`entrepot inventory:reservation:...`: claims that do not agree with the orders, listed and set right."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import Annotated

from typer import Argument, Option

from entrepot.inventory import consistency
from entrepot.inventory.consistency import Inconsistency
from entrepot.inventory.contracts import Reservation
from entrepot.kit.command import run

INCONSISTENT = 255


def list_inconsistencies(
    complete_orders: Annotated[
        bool, Option("--complete-orders", "-c", help="Only orders that are complete, closed or cancelled.")
    ] = False,
    incomplete_orders: Annotated[
        bool, Option("--incomplete-orders", "-i", help="Only orders that are not finished.")
    ] = False,
    bunch_size: Annotated[
        int, Option("--bunch-size", "-b", help="Taken for compatibility: all orders are compared at once.")
    ] = 50,
    raw: Annotated[
        bool, Option("--raw", "-r", help="Lines that inventory:reservation:create-compensations takes.")
    ] = False,
) -> None:
    """List the orders whose reservations are not what they should be. Exits with 255 when there are any."""
    found = consistency.of_state(
        run(consistency.list_inconsistencies), finished=complete_orders, unfinished=incomplete_orders
    )
    print_inconsistencies(found, raw=raw)
    if found:
        raise SystemExit(INCONSISTENT)


def create_compensations(
    compensations: Annotated[
        list[str] | None,
        Argument(help="<increment id>:<sku>:<quantity>:<stock id>; without any, lines on standard input."),
    ] = None,
    raw: Annotated[bool, Option("--raw", "-r", help="Print what was given, line by line.")] = False,
) -> None:
    """Append reservations that set claims right, all of them or none."""
    arguments = compensations or _lines()
    created = run(consistency.create_compensations, arguments)
    if raw:
        print("\n".join(arguments))
    else:
        print_compensations(created)


def print_inconsistencies(found: Sequence[Inconsistency], *, raw: bool) -> None:
    """In Magento's words; raw, in the form that `create_compensations` takes."""
    if not found:
        print("No order inconsistencies were found")
    elif raw:
        for one in found:
            print(f"{one.order.increment_id}:{one.sku}:{one.quantity:.6f}:{one.stock_id}")
    else:
        print("Inconsistencies found on following entries:")
        for increment_id, entries in groupby(found, key=lambda one: one.order.increment_id):
            print(f"Order {increment_id}:")
            for one in entries:
                print(
                    f"  - Product {one.sku} should be compensated by {_signed(one.quantity)} for stock {one.stock_id}"
                )


def print_compensations(created: Sequence[Reservation]) -> None:
    print("Following reservations were created:")
    for row in created:
        print(f"  - Product {row.sku} was compensated by {_signed(row.quantity)} for stock {row.stock_id}")


def _lines() -> list[str]:
    if sys.stdin.isatty():
        return []
    return [line.strip() for line in sys.stdin if line.strip()]


def _signed(quantity: Decimal) -> str:
    return f"{quantity:+.6f}"
