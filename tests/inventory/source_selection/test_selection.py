"""Spec 40-inventory, 19.1 and 19.2: what clients are answered about where to ship from."""

from decimal import Decimal

import pytest

from entrepot import access, inventory
from entrepot.inventory.source_selection import (
    InventoryRequest,
    ItemRequest,
    algorithms,
    select_sources,
)
from entrepot.inventory.source_selection.algorithms import algorithm_of
from entrepot.kit.context import ActorType
from entrepot.kit.plug_ins import PlugInBroken
from tests.access.makers import a_role, an_administrator
from tests.inventory.makers import a_source, a_stock, put, reserve, the_shop_of_the_examples
from tests.inventory.source_selection.makers import (
    DALLAS,
    LIST,
    PURCHASE,
    RESULT,
    TUTORIAL,
    a_geoname,
    a_located_source,
    ask,
    the_shop_of_the_tutorial,
    use_provider,
)


async def test_the_algorithms_are_listed_by_code(admin):
    reply = await admin.get(LIST)
    assert (reply.status, reply.body) == (
        200,
        [
            {
                "code": "distance",
                "title": "Distance Priority",
                "description": "Algorithm which provides Source Selections based on shipping address distance from the "
                "source",
            },
            {
                "code": "fewest-shipments",
                "title": "Fewest Shipments",
                "description": "Algorithm which provides Source Selections from as few Sources as possible",
            },
            {
                "code": "priority",
                "title": "Source Priority",
                "description": "Algorithm which provides Source Selections based on predefined priority of Source",
            },
        ],
    )


async def test_the_answer_has_magentos_form(ctx, admin):
    await the_shop_of_the_examples(ctx)
    await put(ctx, "eu-2", "SKU-4", 6)
    request = {"stockId": 10, "items": [{"sku": "SKU-1", "qty": 8}, {"sku": "SKU-4", "qty": 4}]}
    reply = await admin.post(RESULT, {"inventoryRequest": request, "algorithmCode": "priority"})
    assert reply.text == (
        '{"source_selection_items":['
        '{"source_code":"eu-1","sku":"SKU-1","qty_to_deduct":5.5,"qty_available":5.5},'
        '{"source_code":"eu-2","sku":"SKU-1","qty_to_deduct":2.5,"qty_available":3},'
        '{"source_code":"eu-2","sku":"SKU-4","qty_to_deduct":4,"qty_available":6}],"shippable":true}'
    )


async def test_the_request_may_be_written_with_underscores(ctx, admin):
    await the_shop_of_the_examples(ctx)
    request = {"stock_id": 10, "items": [{"sku": "SKU-1", "qty": 1}]}
    reply = await admin.post(RESULT, {"inventory_request": request, "algorithm_code": "priority"})
    assert [row["qty_to_deduct"] for row in reply.body["source_selection_items"]] == [1, 0]


async def test_the_example_of_the_tutorial(ctx, admin):
    await the_shop_of_the_tutorial(ctx)
    assert await ask(admin, 2, [("24-WB01", 20), ("24-WB03", 50)]) == (
        [
            ("baltimore_wh", "24-WB01", 20, 35),
            ("baltimore_wh", "24-WB03", 19, 19),
            ("austin_wh", "24-WB01", 0, 10),
            ("austin_wh", "24-WB03", 0, 0),
            ("reno_wh", "24-WB01", 0, 25),
            ("reno_wh", "24-WB03", 31, 42),
        ],
        True,
    )


async def test_what_is_missing_makes_it_not_shippable(ctx, admin):
    await the_shop_of_the_tutorial(ctx)
    assert await ask(admin, 2, [("24-WB03", 62)]) == (
        [("baltimore_wh", "24-WB03", 19, 19), ("austin_wh", "24-WB03", 0, 0), ("reno_wh", "24-WB03", 42, 42)],
        False,
    )


async def test_lines_of_one_sku_are_added_up_in_any_letter_case_and_answered_as_stored(ctx, admin):
    await the_shop_of_the_tutorial(ctx)
    assert await ask(admin, 2, [("24-wb01", 30), ("24-WB01", 7.5)]) == (
        [("baltimore_wh", "24-WB01", 35, 35), ("austin_wh", "24-WB01", 2.5, 10), ("reno_wh", "24-WB01", 0, 25)],
        True,
    )


async def test_disabled_sources_and_items_out_of_stock_are_skipped_and_less_than_nothing_is_nothing(ctx, admin):
    for code in ("a", "b", "d"):
        await a_source(ctx, code)
    await a_source(ctx, "c", enabled=False)
    await a_stock(ctx, 2, "a", "b", "c", "d")
    await put(ctx, "a", "X", 5, status=0)
    await put(ctx, "b", "X", -3)
    await put(ctx, "c", "X", 5)
    await put(ctx, "d", "X", 5)
    assert await ask(admin, 2, [("X", 4)]) == ([("b", "X", 0, -3), ("d", "X", 4, 5)], True)


async def test_claims_play_no_part(ctx, admin):
    await the_shop_of_the_examples(ctx)
    await reserve(ctx, 10, "SKU-1", 8)
    assert await ask(admin, 10, [("SKU-1", 8)]) == (
        [("eu-1", "SKU-1", 5.5, 5.5), ("eu-2", "SKU-1", 2.5, 3)],
        True,
    )


@pytest.mark.parametrize("algorithm", ["priority", "distance", "fewest-shipments"])
@pytest.mark.parametrize(("qty", "shippable"), [(1, False), (0, True), (0.00000001, True), (-1, True)])
async def test_unknown_stocks_and_skus_give_no_items(ctx, admin, algorithm, qty, shippable):
    await the_shop_of_the_examples(ctx)
    assert await ask(admin, 999, [("SKU-1", qty)], algorithm, PURCHASE) == ([], shippable)
    assert await ask(admin, 10, [("nothing", qty)], algorithm, PURCHASE) == ([], shippable)


async def test_nothing_asked_for_is_shippable(admin):
    assert await ask(admin, 1, []) == ([], True)


async def test_an_unknown_algorithm_is_refused(admin):
    reply = await admin.post(RESULT, {"inventoryRequest": {"stockId": 1, "items": []}, "algorithmCode": "magic"})
    assert (reply.status, reply.body) == (
        400,
        {"message": "There is no such Source Selection Algorithm implemented: %1", "parameters": ["magic"]},
    )


def required(*fields):
    errors = [
        {"message": '"%fieldName" is required. Enter and try again.', "parameters": {"fieldName": field}}
        for field in fields
    ]
    if len(errors) == 1:
        return errors[0]
    return {"message": "One or more input exceptions have occurred.", "errors": errors}


ITEM = {"sku": "A", "qty": 1}


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        ({}, ["inventoryRequest", "algorithmCode"]),
        ({"inventoryRequest": {}, "algorithmCode": "priority"}, ["stockId", "items"]),
        ({"inventoryRequest": {"stockId": 1, "items": [{"sku": "A"}]}, "algorithmCode": "priority"}, ["qty"]),
        ({"inventoryRequest": {"stockId": 1, "items": [ITEM]}}, ["algorithmCode"]),
        (
            {
                "inventoryRequest": {
                    "stockId": 1,
                    "items": [ITEM],
                    "extension_attributes": {"destination_address": {"country": "US", "street": ""}},
                },
                "algorithmCode": "distance",
            },
            ["postcode", "region", "city"],
        ),
    ],
)
async def test_what_is_missing_in_the_request_is_named(admin, body, missing):
    reply = await admin.post(RESULT, body)
    assert (reply.status, reply.body) == (400, required(*missing))


async def test_the_distance_algorithm_needs_an_address(admin):
    request = {"stockId": 1, "items": [ITEM]}
    reply = await admin.post(RESULT, {"inventoryRequest": request, "algorithmCode": "distance"})
    assert (reply.status, reply.body) == (400, {"message": "No destination address was provided in the request"})


async def test_the_nearest_sources_come_first(ctx, admin):
    await the_shop_of_the_tutorial(ctx)
    await use_provider(ctx, "offline")
    await a_geoname(ctx, "75201", "Dallas", "Texas", 32.7767, -96.797)
    assert await ask(admin, 2, [("24-WB01", 20)], "distance", DALLAS) == (
        [("austin_wh", "24-WB01", 10, 10), ("baltimore_wh", "24-WB01", 10, 35), ("reno_wh", "24-WB01", 0, 25)],
        True,
    )


async def test_equally_near_sources_keep_their_priority_and_unknown_ones_come_last(ctx, admin):
    await use_provider(ctx, "offline")
    await a_geoname(ctx, "75201", "Dallas", "Texas", 32.7767, -96.797)
    await a_located_source(ctx, "nowhere", country_id="ZZ", postcode="1")
    await a_located_source(ctx, "far", 10, 10)
    await a_located_source(ctx, "twin-2", 30, -97)
    await a_located_source(ctx, "elsewhere", country_id="ZZ", postcode="2")
    await a_located_source(ctx, "twin-1", 30, -97)
    # Without coordinates of its own, a source lies where its address does.
    await a_located_source(ctx, "by-address", postcode="75201")
    await ctx.db.execute("update inventory_source set latitude = 0, longitude = 0 where source_code = 'by-address'")
    order = ["nowhere", "far", "twin-2", "elsewhere", "twin-1", "by-address"]
    await a_stock(ctx, 2, *order)
    for code in order:
        await put(ctx, code, "X", 1)
    rows, _ = await ask(admin, 2, [("X", 1)], "distance", DALLAS)
    assert [row[0] for row in rows] == ["by-address", "twin-2", "twin-1", "far", "nowhere", "elsewhere"]


@pytest.mark.parametrize("provider", ["google", "offline", "pigeon"])
async def test_where_no_distance_can_be_had_the_priority_decides(ctx, admin, provider):
    await the_shop_of_the_tutorial(ctx)
    await use_provider(ctx, provider)
    rows, shippable = await ask(admin, 2, [("24-WB01", 20)], "distance", DALLAS)
    assert ([row[0] for row in rows], shippable) == (["baltimore_wh", "austin_wh", "reno_wh"], True)


async def test_few_shipments_beat_priority(ctx, admin):
    """docs/algorithms/source-selection.md, the first table."""
    await the_shop_of_the_tutorial(ctx)
    assert await ask(admin, 2, [("24-WB01", 20), ("24-WB03", 40)], "fewest-shipments") == (
        [
            ("reno_wh", "24-WB01", 20, 25),
            ("reno_wh", "24-WB03", 40, 42),
            ("baltimore_wh", "24-WB01", 0, 35),
            ("baltimore_wh", "24-WB03", 0, 19),
            ("austin_wh", "24-WB01", 0, 10),
            ("austin_wh", "24-WB03", 0, 0),
        ],
        True,
    )


@pytest.mark.parametrize(
    ("wants", "algorithm", "taken"),
    [
        ((20, 40), "priority", [(20, 0, 0), (19, 0, 21)]),
        ((20, 40), "distance", [(10, 10, 0), (19, 0, 21)]),
        ((20, 40), "fewest-shipments", [(0, 0, 20), (0, 0, 40)]),
        ((20, 50), "priority", [(20, 0, 0), (19, 0, 31)]),
        ((20, 50), "distance", [(10, 10, 0), (19, 0, 31)]),
        ((20, 50), "fewest-shipments", [(20, 0, 0), (19, 0, 31)]),
        ((0, 62), "distance", [(0, 0, 0), (19, 0, 42)]),
        ((0, 62), "fewest-shipments", [(0, 0, 0), (19, 0, 42)]),
    ],
)
async def test_the_table_of_the_page(ctx, admin, wants, algorithm, taken):
    """docs/algorithms/source-selection.md; the sources of the fewest shipments are put in order by priority there."""
    await the_shop_of_the_tutorial(ctx)
    await use_provider(ctx, "offline")
    await a_geoname(ctx, "75201", "Dallas", "Texas", 32.7767, -96.797)
    address = DALLAS if algorithm == "distance" else None
    rows, _ = await ask(admin, 2, list(zip(("24-WB01", "24-WB03"), wants, strict=True)), algorithm, address)
    qty = {(row[0], row[1]): row[2] for row in rows}
    found = [tuple(qty[code, sku] for code in list(TUTORIAL)[:3]) for sku in ("24-WB01", "24-WB03")]
    assert found == taken


async def test_too_little_is_shipped_whole_from_the_fewest_sources(ctx, admin):
    for code in ("a", "b", "c"):
        await a_source(ctx, code)
    await a_stock(ctx, 2, "a", "b", "c")
    for code, sku, quantity in [("a", "X", 2), ("b", "X", 3), ("b", "Y", 5), ("c", "Y", 4), ("c", "X", 0.5)]:
        await put(ctx, code, sku, quantity)
    assert await ask(admin, 2, [("X", 9), ("Y", 5)], "fewest-shipments") == (
        [
            ("a", "X", 2, 2),
            ("b", "X", 3, 3),
            ("b", "Y", 5, 5),
            ("c", "Y", 0, 4),
            ("c", "X", 0.5, 0.5),
        ],
        False,
    )
    await put(ctx, "c", "X", 0)
    assert await ask(admin, 2, [("X", 9), ("Y", 5)], "fewest-shipments") == (
        [("a", "X", 2, 2), ("b", "X", 3, 3), ("b", "Y", 5, 5), ("c", "Y", 0, 4), ("c", "X", 0, 0)],
        False,
    )


async def test_of_equally_few_sources_the_nearest_ship(ctx, admin):
    await use_provider(ctx, "offline")
    await a_geoname(ctx, "75201", "Dallas", "Texas", 32.7767, -96.797)
    for code, (latitude, longitude) in TUTORIAL.items():
        await a_located_source(ctx, code, latitude, longitude)
    await a_stock(ctx, 2, *TUTORIAL)
    for code in TUTORIAL:
        await put(ctx, code, "X", 5)
    by_priority, _ = await ask(admin, 2, [("X", 7)], "fewest-shipments")
    assert [(row[0], row[2]) for row in by_priority] == [
        ("baltimore_wh", 5),
        ("austin_wh", 2),
        ("reno_wh", 0),
        ("hq", 0),
    ]
    by_distance, _ = await ask(admin, 2, [("X", 7)], "fewest-shipments", DALLAS)
    assert [(row[0], row[2]) for row in by_distance] == [
        ("austin_wh", 5),
        ("baltimore_wh", 2),
        ("reno_wh", 0),
        ("hq", 0),
    ]


async def test_the_same_statements_serve_any_number_of_lines_and_sources(ctx):
    codes = [f"s{number}" for number in range(12)]
    for code in codes:
        await a_source(ctx, code)
    await a_stock(ctx, 2, *codes)
    for code in codes:
        for line in range(3):
            await put(ctx, code, f"SKU-{line}", 2)
    for lines in (1, 3):
        request = InventoryRequest(2, [ItemRequest(f"SKU-{line}", Decimal(5)) for line in range(lines)])
        # Before it computes, the latter looks whether the connection may serve others meanwhile.
        for algorithm, statements in (("priority", 1), ("fewest-shipments", 2)):
            before = ctx.db.statements
            found = await select_sources(ctx, request, algorithm)
            assert len(found.source_selection_items or ()) == 12 * lines
            assert ctx.db.statements - before == statements


async def test_the_caller_needs_the_resource_of_sources(ctx, rest):
    role = await a_role(ctx, "Stocks only", ("Magento_InventoryApi::stock",))
    user = await an_administrator(ctx, role=role)
    caller = rest.as_caller(await access.issue(ctx, ActorType.ADMIN, user.user_id))
    refused = {
        "message": "The consumer isn't authorized to access %resources.",
        "parameters": {"resources": "Magento_InventoryApi::source"},
    }
    for reply in (await caller.get(LIST), await caller.post(RESULT, {}), await rest.get(LIST)):
        assert (reply.status, reply.body) == (401, refused)


def test_two_algorithms_of_one_code_are_a_fault_of_the_installation(monkeypatch):
    ours = algorithm_of("priority")

    monkeypatch.setattr(algorithms, "plug_ins", lambda group: {"priority": ours, "another": ours})
    algorithms.algorithms.cache_clear()
    try:
        with pytest.raises(PlugInBroken):
            algorithms.algorithms()
    finally:
        algorithms.algorithms.cache_clear()


def test_the_domain_serves_the_operations():
    assert inventory.source_selection.OPERATION_MODULES[0] in inventory.OPERATION_MODULES
