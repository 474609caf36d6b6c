"""Spec 40-inventory, 6, 20 and 21: what lies in sources, moving it, and when it runs low."""

from decimal import Decimal

import pytest

from entrepot import inventory
from entrepot.inventory.contracts import SourceItemConfiguration
from entrepot.inventory.low_quantity import save_low_quantities
from tests.inventory.makers import a_product, a_source, a_stock, configure, item, journal, put, reserve

URL = "/rest/V1/inventory/source-items"
BULK = "/rest/V1/inventory/bulk-product-source"
PARTIAL = "/rest/V1/inventory/bulk-partial-source-transfer"
LOW = "/rest/V1/inventory/low-quantity-notification"


@pytest.fixture
async def shop(ctx):
    """A stock 2 of the sources a and b."""
    await a_source(ctx, "a")
    await a_source(ctx, "b")
    await a_stock(ctx, 2, "a", "b")


async def threshold(ctx, source_code, sku):
    found = await ctx.db.all(
        tuple,
        "select notify_stock_qty from inventory_low_stock_notification_configuration"
        " where source_code = %(code)s and sku = %(sku)s",
        code=source_code,
        sku=sku,
    )
    return found


async def test_items_are_saved_and_found(shop, admin):
    items = [
        {"sku": "24-WB01", "source_code": "a", "quantity": 35, "status": 1},
        {"sku": "24-WB01", "source_code": "b", "quantity": 10.5, "status": 0},
    ]
    assert (await admin.post(URL, {"sourceItems": items})).body == []
    reply = await admin.get(
        f"{URL}?searchCriteria[filter_groups][0][filters][0][field]=sku"
        "&searchCriteria[filter_groups][0][filters][0][value]=24-wb01"
    )
    assert reply.body["items"] == items
    assert reply.body["total_count"] == 2
    assert '"quantity":35,"status":1' in reply.text


async def test_quantities_replace_and_keep_the_sku_as_it_was_stored(shop, ctx, admin):
    await put(ctx, "a", "Sku", 7)
    await put(ctx, "A", "SKU", "-2.5", status=0)
    reply = await admin.get(f"{URL}?searchCriteria")
    assert reply.body["items"] == [{"sku": "Sku", "source_code": "a", "quantity": -2.5, "status": 0}]


async def test_of_an_item_given_twice_the_last_holds(shop, ctx, admin):
    items = [{"sku": "x", "source_code": "a", "quantity": q, "status": 1} for q in (5, 3)]
    await admin.post(URL, {"sourceItems": items})
    assert await item(ctx, "a", "x") == (3, 1)


async def test_every_fault_of_every_item_is_told_and_nothing_saved(shop, admin):
    body = {
        "sourceItems": [
            {"sku": "x", "source_code": "a", "quantity": 1, "status": 1},
            {},
            {"sku": "x", "source_code": "a b", "quantity": 1, "status": 2},
        ]
    }
    reply = await admin.post(URL, body)
    assert reply.status == 400
    assert reply.body == {
        "message": "Validation Failed",
        "errors": [
            {"message": '"%field" can not be empty.', "parameters": {"field": "sku"}},
            {"message": '"%field" can not be empty.', "parameters": {"field": "source_code"}},
            {"message": '"%field" should be numeric.', "parameters": {"field": "quantity"}},
            {"message": '"%field" should be numeric.', "parameters": {"field": "status"}},
            {"message": '"%field" can not contain whitespaces.', "parameters": {"field": "source_code"}},
            {"message": '"%field" should a known status.', "parameters": {"field": "status"}},
        ],
    }
    assert (await admin.get(f"{URL}?searchCriteria")).body["total_count"] == 0


@pytest.mark.parametrize(
    "bad",
    [
        {"sku": "x", "source_code": "nowhere", "quantity": 1, "status": 1},
        {"sku": "x" * 65, "source_code": "a", "quantity": 1, "status": 1},
        {"sku": "x", "source_code": "a", "quantity": 123456789, "status": 1},
    ],
)
async def test_what_cannot_be_stored_is_refused_with_all_others(shop, admin, bad):
    good = {"sku": "y", "source_code": "a", "quantity": 1, "status": 1}
    reply = await admin.post(URL, {"sourceItems": [good, bad]})
    assert (reply.status, reply.body) == (400, {"message": "Could not save Source Item"})
    assert (await admin.get(f"{URL}?searchCriteria")).body["total_count"] == 0


async def test_empty_lists_and_wrong_types_are_refused(admin):
    assert (await admin.post(URL, {"sourceItems": []})).body == {"message": "Input data is empty"}
    assert (await admin.post(f"{URL}-delete", {"sourceItems": []})).body == {"message": "Input data is empty"}
    reply = await admin.post(URL, {"sourceItems": [{"quantity": "test"}]})
    assert (reply.status, reply.body) == (
        400,
        {
            "message": 'Error occurred during "quantity" processing. The "test" value\'s type is invalid. '
            'The "float" type was expected. Verify and try again.'
        },
    )


async def test_deleting_passes_over_what_there_is_not_and_takes_the_threshold_along(shop, ctx, admin):
    await put(ctx, "a", "x", 1)
    await put(ctx, "b", "x", 1)
    await admin.post(
        LOW,
        {"sourceItemConfigurations": [{"source_code": code, "sku": "x", "notify_stock_qty": 3} for code in "ab"]},
    )
    gone = [{"sku": "X", "source_code": "a"}, {"sku": "none", "source_code": "a"}, {"sku": "x", "source_code": "zz"}]
    assert (await admin.post(f"{URL}-delete", {"sourceItems": gone})).body == []
    assert await item(ctx, "a", "x") is None
    assert await item(ctx, "b", "x") == (1, 1)
    assert await threshold(ctx, "a", "x") == []
    assert await threshold(ctx, "b", "x") == [(3,)]


async def test_statements_do_not_grow_with_the_items(shop, ctx):
    from entrepot.inventory.contracts import SourceItem

    async def statements(count):
        for number in range(count):
            await a_product(ctx, f"s{count}-{number}")
        items = [
            SourceItem(sku=f"s{count}-{n}", source_code=code, quantity=Decimal(1), status=1)
            for n in range(count)
            for code in ("default", "a", "b")
        ]
        ctx.db.statements = 0
        await inventory.save_source_items(ctx, items)
        return ctx.db.statements

    assert await statements(1) == await statements(40) == 11


# ---------------------------------------------------------------- assigning


async def test_assigning_makes_items_of_nothing_for_goods_only(shop, ctx, admin):
    await a_product(ctx, "x")
    await a_product(ctx, "v", "virtual")
    await a_product(ctx, "c", "configurable")
    await put(ctx, "a", "x", 4)
    reply = await admin.post(f"{BULK}-assign", {"skus": ["X", "v", "c", "nothing"], "sourceCodes": ["a", "b"]})
    assert reply.body == 3
    assert await item(ctx, "a", "x") == (4, 1)
    assert await item(ctx, "b", "x") == (0, 0)
    assert await item(ctx, "a", "v") == (0, 0)
    assert await item(ctx, "a", "c") is None
    assert await threshold(ctx, "b", "x") == [(None,)]


async def test_unassigning_deletes_any_sku(shop, ctx, admin):
    await put(ctx, "a", "uncatalogued", 4)
    await put(ctx, "b", "uncatalogued", 4)
    reply = await admin.post(f"{BULK}-unassign", {"skus": ["Uncatalogued", "nothing"], "sourceCodes": ["a"]})
    assert reply.body == 1
    assert await item(ctx, "b", "uncatalogued") == (4, 1)


@pytest.mark.parametrize("action", ["assign", "unassign"])
async def test_unknown_sources_are_named(shop, admin, action):
    reply = await admin.post(f"{BULK}-{action}", {"skus": ["x"], "sourceCodes": ["a", "q", "r"]})
    assert (reply.status, reply.body) == (
        400,
        {
            "message": "Validation Failed",
            "errors": [
                {"message": "Source %sourceCode does not exist", "parameters": {"sourceCode": code}} for code in "qr"
            ],
        },
    )


# ---------------------------------------------------------------- transfers


def whole(*skus, unassign=True, origin="a", destination="b"):
    return {
        "skus": list(skus),
        "originSource": origin,
        "destinationSource": destination,
        "unassignFromOrigin": unassign,
    }


async def test_all_of_a_sku_moves_with_its_status(shop, ctx, admin):
    for sku in ("x", "y", "z"):
        await a_product(ctx, sku)
    await put(ctx, "a", "x", 5)
    await put(ctx, "b", "x", 2, status=0)
    await put(ctx, "a", "y", 3, status=0)
    await put(ctx, "b", "y", 1)
    await put(ctx, "b", "z", 9)
    reply = await admin.post(f"{BULK}-transfer", whole("x", "y", "z", "nothing"))
    assert (reply.status, reply.body) == (200, True)
    assert [await item(ctx, "b", sku) for sku in "xyz"] == [(7, 1), (4, 0), (9, 1)]
    assert [await item(ctx, "a", sku) for sku in "xyz"] == [None, None, None]


async def test_the_origin_may_keep_an_empty_item(shop, ctx, admin):
    await a_product(ctx, "x")
    await put(ctx, "a", "x", 5)
    await reserve(ctx, 2, "x", 3)
    await admin.post(f"{BULK}-transfer", whole("x", unassign=False))
    assert await item(ctx, "a", "x") == (0, 0)
    assert await item(ctx, "b", "x") == (5, 1)
    assert await inventory.get_salable_qty(ctx, "x", 2) == 2
    assert await journal(ctx) == [(2, "x", -3)]


async def test_thresholds_move_along(shop, ctx, admin):
    for sku in ("x", "y"):
        await a_product(ctx, sku)
        await put(ctx, "a", sku, 5)
    thresholds = [("a", "x", 3), ("a", "y", 4), ("b", "y", 8)]
    await admin.post(
        LOW,
        {"sourceItemConfigurations": [{"source_code": c, "sku": s, "notify_stock_qty": q} for c, s, q in thresholds]},
    )
    await admin.post(f"{BULK}-transfer", whole("x", "y"))
    assert await threshold(ctx, "b", "x") == [(3,)]
    assert await threshold(ctx, "b", "y") == [(8,)]
    assert await threshold(ctx, "a", "x") == []


async def test_faults_of_a_transfer_are_told_in_order(admin):
    reply = await admin.post(f"{BULK}-transfer", whole("x", origin="q", destination="q"))
    assert (reply.status, reply.body) == (
        400,
        {
            "message": "Validation Failed",
            "errors": [
                {"message": "Origin source %sourceCode does not exist", "parameters": {"sourceCode": "q"}},
                {"message": "Destination source %sourceCode does not exist", "parameters": {"sourceCode": "q"}},
                {"message": "Cannot transfer a source on itself", "parameters": []},
            ],
        },
    )


def part(*items, origin="a", destination="b"):
    return {
        "originSourceCode": origin,
        "destinationSourceCode": destination,
        "items": [{"sku": sku, "qty": qty} for sku, qty in items],
    }


async def test_part_of_a_sku_moves_and_arrives_in_stock(shop, ctx, admin):
    await a_product(ctx, "x")
    await put(ctx, "a", "x", 5, status=0)
    await put(ctx, "b", "x", 1, status=0)
    reply = await admin.post(PARTIAL, part(("x", 2), ("X", 1.5)))
    assert (reply.status, reply.body) == (200, [])
    assert await item(ctx, "a", "x") == (Decimal("1.5"), 0)
    assert await item(ctx, "b", "x") == (Decimal("4.5"), 1)


async def test_faults_of_a_partial_transfer_are_told_by_item_and_nothing_moves(shop, ctx, admin):
    await put(ctx, "a", "x", 5)
    await put(ctx, "b", "x", 1)
    await put(ctx, "a", "only-a", 5)

    def missing(sku, code):
        text = f"Source item for {sku} and {code} does not exist"
        return {"message": "%message", "parameters": {"message": text}}

    def short(sku):
        return {"message": "Requested transfer amount for sku %sku is not available", "parameters": {"sku": sku}}

    reply = await admin.post(PARTIAL, part(("x", 3), ("x", 3), ("nothing", 1), ("only-a", 9)))
    assert (reply.status, reply.body) == (
        400,
        {
            "message": "Transfer validation failed",
            "errors": [short("x"), short("x"), missing("nothing", "a"), short("only-a"), missing("only-a", "b")],
        },
    )
    assert (await admin.post(PARTIAL, part(("x", -1)))).body["errors"] == [short("x")]
    assert await item(ctx, "a", "x") == (5, 1)
    assert await item(ctx, "b", "x") == (1, 1)


# ---------------------------------------------------------------- the tutorial


WB01 = {"baltimore_wh": 35, "austin_wh": 10, "reno_wh": 25, "berlin_wh": 15, "frankfurt_wh": 15}
WB03 = {"baltimore_wh": 19, "austin_wh": 0, "reno_wh": 42, "berlin_wh": 32, "frankfurt_wh": 7}


async def test_the_ledger_of_the_tutorial(ctx, admin):
    for code in (*WB01, "hq"):
        await a_source(ctx, code)
    await a_stock(ctx, 2, "baltimore_wh", "austin_wh", "reno_wh", "hq")
    await a_stock(ctx, 3, "berlin_wh", "frankfurt_wh", "hq")
    for sku, type_id in (("24-WB01", "simple"), ("24-WB03", "simple"), ("240-LV06", "downloadable")):
        await a_product(ctx, sku, type_id, qty=Decimal(100), is_in_stock=True)

    gone = [{"sku": sku, "source_code": "default"} for sku in ("24-WB01", "24-WB03", "240-LV06")]
    assert (await admin.post(f"{URL}-delete", {"sourceItems": gone})).body == []
    items = [
        {"sku": sku, "source_code": code, "quantity": quantity, "status": 1}
        for sku, lying in (("24-WB01", WB01), ("24-WB03", WB03), ("240-LV06", {"hq": 9999}))
        for code, quantity in lying.items()
    ]
    assert (await admin.post(URL, {"sourceItems": items})).body == []

    async def salable(stock_id):
        return [
            (await admin.get(f"/rest/V1/inventory/get-product-salable-quantity/{sku}/{stock_id}")).body
            for sku in ("24-WB01", "24-WB03", "240-LV06")
        ]

    assert await salable(1) == [0, 0, 0]
    assert await salable(2) == [70, 61, 9999]
    assert await salable(3) == [30, 39, 9999]

    ordered = [("24-WB01", 20), ("24-WB03", 50), ("240-LV06", 1)]
    requests = [inventory.ReservationRequest(sku, Decimal(qty)) for sku, qty in ordered]
    await inventory.reserve(ctx, 2, requests, inventory.SalesEvent("order_placed", "order", "1"))
    assert await salable(2) == [50, 11, 9998]
    assert await salable(3) == [30, 39, 9999]

    invoiced = inventory.SalesEvent("invoice_created", "invoice", "1")
    await inventory.deduct(ctx, "hq", {"240-LV06": Decimal(1)}, stock_id=2, event=invoiced)
    shipped = inventory.SalesEvent("shipment_created", "order", "1")
    await inventory.deduct(
        ctx, "baltimore_wh", {"24-WB01": Decimal(20), "24-WB03": Decimal(19)}, stock_id=2, event=shipped
    )
    await inventory.deduct(ctx, "reno_wh", {"24-WB03": Decimal(31)}, stock_id=2, event=shipped)
    assert await salable(2) == [50, 11, 9998]
    assert await salable(3) == [30, 39, 9998]
    assert await item(ctx, "baltimore_wh", "24-WB03") == (0, 1)

    for origin, destination in (("berlin_wh", "baltimore_wh"), ("frankfurt_wh", "austin_wh")):
        reply = await admin.post(f"{BULK}-transfer", whole("24-WB03", origin=origin, destination=destination))
        assert reply.body is True
    assert await salable(2) == [50, 50, 9998]
    assert await salable(3) == [30, 0, 9998]
    assert [await item(ctx, code, "24-WB03") for code in WB03] == [(32, 1), (7, 1), (11, 1), None, None]
    assert (await admin.get("/rest/V1/inventory/is-product-salable/24-WB03/3")).body is False
    reply = await admin.get("/rest/V1/inventory/is-product-salable-for-requested-qty/24-WB03/3/1")
    assert reply.body == {
        "salable": False,
        "errors": [
            {
                "code": "requested-sku-is-not-assigned-to-given-stock",
                "message": "The requested sku is not assigned to given stock.",
            }
        ],
    }
    assert await inventory.differences(ctx.db) == []


# ---------------------------------------------------------------- low quantities


async def test_a_threshold_reads_the_default_until_it_is_set(ctx, admin):
    await configure(ctx, "notify_stock_qty", "4")
    url = f"{LOW}/nowhere/nothing"
    assert (await admin.get(url)).text == '{"source_code":"nowhere","notify_stock_qty":4,"sku":"nothing"}'

    pair = {"source_code": "nowhere", "sku": "nothing"}
    body = {"sourceItemConfigurations": [{**pair, "notify_stock_qty": 2.5}]}
    assert (await admin.post(LOW, body)).body == []
    assert (await admin.get(url)).body["notify_stock_qty"] == 2.5

    await admin.post(LOW, {"sourceItemConfigurations": [pair]})
    assert (await admin.get(url)).body == pair

    assert (await admin.post(f"{LOW}s-delete", {"sourceItems": [pair]})).body == []
    assert (await admin.post(f"{LOW}s-delete", {"sourceItems": []})).body == []
    assert (await admin.get(url)).body["notify_stock_qty"] == 4
    assert (await admin.post(LOW, {"sourceItemConfigurations": []})).body == {"message": "Input data is empty"}


@pytest.mark.parametrize(("value", "stored"), [(7, (7, False)), (0, (0, True)), (None, (1, True))])
async def test_with_several_sources_the_default_one_sets_the_product_too(ctx, admin, value, stored):
    await a_source(ctx, "a")
    product = await a_product(ctx, "x")
    body = {"sourceItemConfigurations": [{"source_code": "default", "sku": "X", "notify_stock_qty": value}]}
    assert (await admin.post(LOW, body)).body == []
    row = await ctx.db.one(
        tuple,
        "select notify_stock_qty, use_config_notify_stock_qty from stock_item where product_id = %(id)s",
        id=product.product_id,
    )
    assert row == stored


async def test_a_threshold_of_the_default_source_for_no_product_is_refused_unless_it_is_alone(ctx, admin):
    body = {"sourceItemConfigurations": [{"source_code": "default", "sku": "none", "notify_stock_qty": 1}]}
    assert (await admin.post(LOW, body)).body == []
    await a_source(ctx, "a")
    reply = await admin.post(LOW, body)
    assert (reply.status, reply.body) == (
        404,
        {"message": "Following products with requested skus were not found: %1", "parameters": ["none"]},
    )


async def test_what_runs_low_is_listed_with_its_threshold(shop, ctx):
    for sku, type_id in (("x", "simple"), ("y", "virtual"), ("c", "configurable")):
        await a_product(ctx, sku, type_id)
        await put(ctx, "a", sku, 3)
    await a_product(ctx, "free", use_config_manage_stock=False, manage_stock=False)
    await put(ctx, "a", "free", 0)
    await put(ctx, "b", "x", 1, status=0)
    await put(ctx, "a", "no row", 0)
    thresholds = {("a", "x"): 4, ("b", "x"): 4, ("a", "y"): 3, ("a", "c"): 9, ("a", "free"): None, ("a", "none"): 9}
    await save_low_quantities(
        ctx,
        [
            SourceItemConfiguration(source_code=c, sku=s, notify_stock_qty=None if q is None else Decimal(q))
            for (c, s), q in thresholds.items()
        ],
    )
    found = await inventory.list_running_low(ctx)
    assert [(one.source_name, one.sku, int(one.quantity), int(one.threshold)) for one in found] == [
        ("a", "free", 0, 1),
        ("a", "x", 3, 4),
    ]
    assert [one.sku for one in await inventory.list_running_low(ctx, managed_only=True)] == ["x"]
