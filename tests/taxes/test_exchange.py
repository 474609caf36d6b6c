"""Tax rates as CSV (spec 51, 11)."""

from __future__ import annotations

import pytest

from entrepot.kit.context import Context
from entrepot.taxes.exchange import FileRefused, export_rates, import_rates
from tests.taxes.makers import a_rate

HEADER = "Code,Country,State,Zip/Post Code,Rate,Zip/Post is Range,Range From,Range To"
INSTALLED = ["US-CA-*-Rate 1,US,CA,*,8.25,,,", "US-NY-*-Rate 1,US,NY,*,8.375,,,"]


async def test_all_rates_go_out_with_their_titles(ctx: Context):
    await a_rate(ctx, "PL 1, reduced", country="PL", rate="8", ends=(100, 200), titles={1: "PTU"})
    assert (await export_rates(ctx)).splitlines() == [
        f"{HEADER},default",
        *(f"{line}," for line in INSTALLED),
        '"PL 1, reduced",PL,*,100-200,8,1,100,200,PTU',
    ]


async def test_what_went_out_comes_in_again_and_changes_nothing(ctx: Context):
    await a_rate(ctx, "range", country="PL", ends=(100, 200), titles={1: "PTU"})
    before = await export_rates(ctx)
    assert await import_rates(ctx, before.encode()) == 3
    assert await export_rates(ctx) == before


async def test_known_codes_are_changed_and_others_made(ctx: Context):
    await a_rate(ctx, "own", titles={1: "Old"})
    lines = [
        f"{HEADER},default,elsewhere",
        "us-ca-*-rate 1,US,CA,*,9,,,,State tax,x",
        "DE 19,DE,,,19,,,,MwSt,x",
        "own,US,*,9*,10.5,0,,,,x",
        "",
        "DE 19,DE,BER,10115,7,,,,Reduced,x",
        "Range,US,TX,,6.25,1,75000,79999,,x",
    ]
    assert await import_rates(ctx, ("﻿" + "\r\n".join(lines)).encode()) == 4
    assert (await export_rates(ctx)).splitlines() == [
        f"{HEADER},default",
        "US-CA-*-Rate 1,US,CA,*,9,,,,State tax",
        "US-NY-*-Rate 1,US,NY,*,8.375,,,,",
        "own,US,*,9*,10.5,,,,",
        "DE 19,DE,BER,10115,7,,,,Reduced",
        "Range,US,TX,75000-79999,6.25,1,75000,79999,",
    ]


async def test_a_file_of_many_rates_costs_as_many_statements_as_one_of_few(ctx: Context):
    spent = []
    for count in (2, 3000):
        lines = [f"{HEADER},default", *(f"zip {n},US,CA,{n:05},7,,,,Tax" for n in range(count))]
        before = ctx.db.statements
        assert await import_rates(ctx, "\n".join(lines).encode()) == count
        spent.append(ctx.db.statements - before)
    assert spent[0] == spent[1]


@pytest.mark.parametrize(
    ("lines", "errors"),
    [
        (["Code,Country"], ["Invalid file format."]),
        ([], ["Invalid file format."]),
        ([HEADER, '"open,US,CA,*,1,,,'], ["Invalid file format."]),
        ([HEADER, "a,XX,,*,1,,,"], ['Line 2: Invalid value of "XX" provided for the country_id field.']),
        ([HEADER, "a,US,XX,*,1,,,"], ['Line 2: The country "US" has no state "XX".']),
        ([HEADER, "", "a,US,CA,*,abc,,,"], ['Line 3: "percentage_rate" is required. Enter and try again.']),
        ([HEADER, "a,US,CA,*,nan,,,"], ['Line 2: "percentage_rate" is required. Enter and try again.']),
        (
            [HEADER, ",US,CA,*,1,,,", "b,US,CA,*,1,1,9,8"],
            [
                'Line 2: "code" is required. Enter and try again.',
                "Line 3: Range To should be equal or greater than Range From.",
            ],
        ),
        (
            [HEADER, "b,US,CA,*,1,1,9,1234567890"],
            [
                "Line 2: The ZIP Code length is invalid. "
                "Verify that the length is nine characters or fewer and try again."
            ],
        ),
        (
            [HEADER, *[",US,CA,*,1,,,"] * 25],
            [
                *(f'Line {number}: "code" is required. Enter and try again.' for number in range(2, 22)),
                "There are 5 more errors.",
            ],
        ),
    ],
)
async def test_a_file_with_mistakes_changes_nothing(ctx: Context, lines: list[str], errors: list[str]):
    before = await export_rates(ctx)
    good = ["good,US,CA,*,1,,,"] if lines[:1] == [HEADER] and "open" not in lines[1] else []
    with pytest.raises(FileRefused) as refused:
        await import_rates(ctx, "\n".join([*lines, *good]).encode())
    assert refused.value.lines == errors
    assert await export_rates(ctx) == before


async def test_a_file_in_another_encoding_is_refused(ctx: Context):
    with pytest.raises(FileRefused):
        await import_rates(ctx, f"{HEADER}\nä,US,CA,*,1,,,".encode("latin-1"))
