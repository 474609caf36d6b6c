"""What many do at the same moment, with one process and with two: nothing is sold, made or counted twice."""

from __future__ import annotations

from torture.guests import PLENTY, Journal
from torture.invariants import connect, violated
from torture.races import documents, entities, orders
from torture.scene import Scene, Stage
from torture.shop import Shop

DEADLOCKS = "select deadlocks from pg_stat_database where datname = current_database()"
ROUNDS = 2
ROUNDS_NIGHTLY = 20
DOCUMENTS_S = 10
DOCUMENTS_NIGHTLY_S = 120


async def races(stage: Stage) -> None:
    for workers in (1, 2):
        journal = Journal()
        async with stage.shop(workers=workers, products=PLENTY) as shop:
            await race(stage, shop, journal)
            faults = journal.faults() + await violated(shop, journal)
            if deadlocks := await counted_deadlocks(shop):
                faults.append(f"PostgreSQL counted {deadlocks} deadlocks")
        stage.figure(f"{workers} process(es), {len(journal.acknowledged)} orders, {deadlocks} deadlocks", faults)


async def race(stage: Stage, shop: Shop, journal: Journal) -> None:
    """All of them, one after the other."""
    for number in range(ROUNDS_NIGHTLY if stage.nightly else ROUNDS):
        stage.figure(*await orders.oversell(shop, journal, f"scarce-{number}"))
        stage.figure(*await orders.opposite_orders(shop, journal))
    stage.figure(*await orders.coupon(shop, journal, "FIVE"))
    stage.figure(*await orders.one_cart(shop, journal, keyed=False))
    stage.figure(*await orders.one_cart(shop, journal, keyed=True))
    stage.figure(*await entities.one_customer(shop, "one@example.com"))
    stage.figure(*await entities.one_sku(shop, "one"))
    stage.figure(*await entities.one_key(shop))
    stage.figure(*await entities.circles(shop, "Circle"))
    stage.figure(*await entities.saves_beside_bulks(shop, "both"))
    stage.figure(*await entities.configuration_beside_orders(shop, journal, 30))
    await documents.set_up(shop)
    lasting_s = DOCUMENTS_NIGHTLY_S if stage.nightly else DOCUMENTS_S
    stage.figure(*await documents.documents(shop, journal, lasting_s))


async def counted_deadlocks(shop: Shop) -> int:
    async with await connect(shop.database_url) as connection:
        found = await (await connection.execute(DEADLOCKS)).fetchone()
    return int(found[0]) if found else 0


SCENES = (
    Scene("races", races, "many want the same pieces, coupons, names and places", bound_s=240, nightly_bound_s=1800),
)
