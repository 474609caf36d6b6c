"""Table rates of a website out of a file and into one (spec 50, 10.3)."""

from __future__ import annotations

from typing import Any

import pytest

from entrepot.quotes.carriers.tablerate import PIECES, VALUE, WEIGHT
from entrepot.quotes.carriers.tablerate_csv import FileRefused, FormatIncorrect, export_rates, import_rates

HEADER = "Country,Region/State,Zip/Postal Code,Weight (and above),Shipping Price\n"
TABLE = """
    select dest_country_id, dest_region_id, dest_zip, condition_value, price
    from shipping_tablerate
    where website_id = 1
    and condition_name = %(condition)s
    order by pk
"""
NEW_YORK = 43


async def taken(ctx, text: str, condition: str = WEIGHT) -> int:
    return await import_rates(ctx, 1, condition, text.encode())


async def table(ctx, condition: str = WEIGHT) -> list[Any]:
    rows: list[Any] = await ctx.db.all(tuple, TABLE, condition=condition)
    return rows


async def test_a_file_becomes_the_table(ctx):
    count = await taken(
        ctx, HEADER + "USA,*,*,0,15\nUS,NY,10577,2.5,10\n*,*,*,0,20.00005\n,,,100,0\nDEU,BER,SW-1,0,1e1\n\n"
    )
    assert count == 5
    assert [row[:3] for row in await table(ctx)] == [
        ("US", 0, "*"),
        ("US", NEW_YORK, "10577"),
        ("0", 0, "*"),
        ("0", 0, "*"),
        ("DE", 82, "SW-1"),
    ]
    assert [tuple(map(str, row[3:])) for row in await table(ctx)] == [
        ("0.0000", "15.0000"),
        ("2.5000", "10.0000"),
        ("0.0000", "20.0000"),
        ("100.0000", "0.0000"),
        ("0.0000", "10.0000"),
    ]


async def test_columns_are_found_by_name_and_else_by_place(ctx):
    await taken(ctx, "Shipping Price,Weight (and above),Zip/Postal Code,Region/State,Country\n9,1,10577,NY,US\n")
    await taken(ctx, "Pays,Etat,Code,Nombre,Prix\nUS,NY,10577,3,7\n", PIECES)
    assert await table(ctx) == [("US", NEW_YORK, "10577", 1, 9)]
    assert await table(ctx, PIECES) == [("US", NEW_YORK, "10577", 3, 7)]


async def test_a_file_replaces_its_condition_and_no_other(ctx):
    await taken(ctx, HEADER + "US,*,*,0,15\nCA,*,*,0,25\n")
    await taken(ctx, HEADER.replace("Weight", "Order Subtotal") + "US,*,*,0,1\n", VALUE)
    await taken(ctx, HEADER + "MX,*,*,0,35\n")
    assert [row[0] for row in await table(ctx)] == ["MX"]
    assert [row[0] for row in await table(ctx, VALUE)] == ["US"]


async def test_what_is_exported_can_be_imported(ctx):
    text = HEADER + "US,NY,10577,2.5,10\n*,*,*,0,20\n"
    await taken(ctx, text)
    before = await table(ctx)
    exported = await export_rates(ctx, 1, WEIGHT)
    assert exported.splitlines() == [
        '"Country","Region/State","Zip/Postal Code","Weight (and above)","Shipping Price"',
        '"*","*","*","0.0000","20.0000"',
        '"USA","NY","10577","2.5000","10.0000"',
    ]
    await taken(ctx, exported)
    assert sorted(await table(ctx)) == sorted(before)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "US,NY,10577,2",
            'The Table Rates File Format is incorrect in row number "2". Verify the format and try again.',
        ),
        ("XX,*,*,0,1", 'The "XX" country in row number "2" is incorrect. Verify the country and try again.'),
        ("us,*,*,0,1", 'The "us" country in row number "2" is incorrect. Verify the country and try again.'),
        (
            "US,ZZ,*,0,1",
            'The "ZZ" region or state in row number "2" is incorrect. Verify the region or state and try again.',
        ),
        (
            "*,NY,*,0,1",
            'The "NY" region or state in row number "2" is incorrect. Verify the region or state and try again.',
        ),
        ("US,*,*,heavy,1", 'Please correct Weight vs. Destination "heavy" in the Row #2.'),
        ("US,*,*,-1,1", 'Please correct Weight vs. Destination "-1" in the Row #2.'),
        ("US,*,*,,1", 'Please correct Weight vs. Destination "" in the Row #2.'),
        ("US,*,*,NaN,1", 'Please correct Weight vs. Destination "NaN" in the Row #2.'),
        (
            "US,*,*,0,free",
            'The "free" shipping price in row number "2" is incorrect. Verify the shipping price and try again.',
        ),
        (
            "US,*,*,0,-1",
            'The "-1" shipping price in row number "2" is incorrect. Verify the shipping price and try again.',
        ),
        (
            "US,*,*,0,1e20",
            'The "1e20" shipping price in row number "2" is incorrect. Verify the shipping price and try again.',
        ),
        ("US,*,*,0,1\nUSA,,,0.0,2", "Duplicate Row #3 (duplicates row #2)"),
    ],
)
async def test_a_row_that_is_wrong_is_named(ctx, line, message):
    await taken(ctx, HEADER + "CA,*,*,0,25\n")
    with pytest.raises(FileRefused) as refused:
        await taken(ctx, HEADER + line + "\n")
    assert refused.value.errors == [message]
    assert refused.value.rendered() == f"We couldn't import this file because of these errors: {message}"
    assert [row[0] for row in await table(ctx)] == ["CA"]


async def test_all_that_is_wrong_is_said_at_once_and_the_rest_is_not_taken(ctx):
    with pytest.raises(FileRefused) as refused:
        await taken(ctx, HEADER + "US,*,*,0,1\nXX,*,*,0,1\n\nUS,*,*,x,1\n")
    assert refused.value.rendered() == (
        "We couldn't import this file because of these errors: "
        'The "XX" country in row number "3" is incorrect. Verify the country and try again. \n'
        'Please correct Weight vs. Destination "x" in the Row #5.'
    )
    assert await table(ctx) == []


@pytest.mark.parametrize(
    "content", [b"", b"Country,Region/State,Zip/Postal Code,Price\nUS,*,*,1\n", b"\xff\xfe", b'"a']
)
async def test_what_is_no_table_is_refused(ctx, content):
    with pytest.raises(FormatIncorrect) as refused:
        await import_rates(ctx, 1, WEIGHT, content)
    assert refused.value.rendered() == "The Table Rates File Format is incorrect. Verify the format and try again."


async def test_the_number_of_statements_does_not_grow_with_the_rows(ctx):
    lines = "".join(f"US,*,{postcode},0,1\n" for postcode in range(10000, 11000))
    before = ctx.db.statements
    assert await taken(ctx, HEADER + lines) == 1000
    assert ctx.db.statements - before == 3
