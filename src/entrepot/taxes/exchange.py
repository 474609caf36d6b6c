"""Tax rates as CSV: all of them out, and many of them in (spec 51, 11).

The columns are those of HEADER and then one for each store view, by its code, with the rates' titles. A file is taken
whole or not at all; a rate whose code is known is changed, others are made.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from io import StringIO

from entrepot import directory
from entrepot.kit.context import Context
from entrepot.kit.errors import PlainRefusal, Refused
from entrepot.taxes.contracts import TaxRateData
from entrepot.taxes.queries import rates as queries
from entrepot.taxes.queries.rates import RateName, RateRow
from entrepot.taxes.rate_rules import RateToKeep, errors_of, to_keep
from entrepot.taxes.rate_service import replace_titles, with_titles

HEADER = ("Code", "Country", "State", "Zip/Post Code", "Rate", "Zip/Post is Range", "Range From", "Range To")
CODE, COUNTRY, STATE, POSTCODE, RATE, IS_RANGE, FROM, TO = HEADER
ANY = "*"
PAGE = 5_000
MOST_ERRORS = 20


class FileRefused(PlainRefusal):
    """What is wrong with a file of rates, one a line. Nothing of it was taken."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = list(lines)
        super().__init__("\n".join(lines))


class Line(dict[str, str]):
    """A line of the file by column; what it does not have is empty."""

    number = 0

    def __missing__(self, column: str) -> str:
        return ""


async def export_rates(ctx: Context) -> str:
    """All rates by id, with their titles."""
    views = {str(view.id): view.code for view in ctx.stores.views if not view.is_admin}
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*HEADER, *views.values()])
    last = 0
    while rows := await ctx.db.all(RateRow, queries.LIST_AFTER, id=last, count=PAGE):
        last = rows[-1].id
        for rate in await with_titles(ctx, rows):
            titles = {title.store_id: title.value for title in rate.titles or []}
            writer.writerow([*_cells(rate), *(titles.get(store_id, "") for store_id in views)])
    return text.getvalue()


def _cells(rate: TaxRateData) -> list[object]:
    return [
        rate.code,
        rate.tax_country_id,
        rate.region_name or ANY,
        rate.tax_postcode,
        f"{rate.rate:f}",
        rate.zip_is_range or "",
        "" if rate.zip_from is None else rate.zip_from,
        "" if rate.zip_to is None else rate.zip_to,
    ]


async def import_rates(ctx: Context, content: bytes) -> int:
    """Take a file of rates in UTF-8; how many rates it has. Of two lines with one code the later one holds.

    Constant in statements. Titles in columns of store views that there are not are passed over; in the others an empty
    one takes the title away. Raises FileRefused.
    """
    lines, columns = _read(content)
    rates = _check(ctx, lines)
    saved = await ctx.db.all(
        RateName,
        queries.UPSERT_MANY,
        countries=[rate.country_id for rate in rates],
        regions=[rate.region_id for rate in rates],
        postcodes=[rate.postcode for rate in rates],
        codes=[rate.code for rate in rates],
        rates=[rate.rate for rate in rates],
        starts=[rate.zip_from for rate in rates],
        ends=[rate.zip_to for rate in rates],
    )
    views = {view.code: view.id for view in ctx.stores.views if view.code in columns and not view.is_admin}
    if views:
        await _keep_titles(ctx, lines, views, {one.code.casefold(): one.id for one in saved})
    await ctx.changed()
    return len(saved)


async def _keep_titles(ctx: Context, lines: Iterable[Line], views: Mapping[str, int], ids: Mapping[str, int]) -> None:
    titles = {}
    for line in lines:
        if rate_id := ids.get(line[CODE][:255].casefold()):
            titles[rate_id] = {store_id: line[code] for code, store_id in views.items()}
    await replace_titles(ctx, titles, list(views.values()))


def _read(content: bytes) -> tuple[list[Line], list[str]]:
    """The lines that are not empty, and the names of the columns."""
    try:
        text = content.decode("utf-8-sig").replace("\0", "")
        header, *rows = list(csv.reader(StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error, ValueError):
        raise FileRefused(["Invalid file format."]) from None
    columns = [name.strip() for name in header]
    if tuple(columns[: len(HEADER)]) != HEADER:
        raise FileRefused(["Invalid file format."])
    lines = []
    for number, row in enumerate(rows, start=2):
        line = Line((name, cell.strip()) for name, cell in zip(columns, row, strict=False))
        line.number = number
        if any(line.values()):
            lines.append(line)
    return lines, columns


def _check(ctx: Context, lines: Iterable[Line]) -> list[RateToKeep]:
    rates, errors = [], []
    for line in lines:
        rate, wrong = _rate_of(ctx, line)
        wrong += [error.rendered() for error in errors_of(ctx, rate)]
        try:
            rates += [] if wrong else [to_keep(ctx, rate)]
        except Refused as refusal:
            wrong.append(refusal.rendered())
        errors += [f"Line {line.number}: {sentence}" for sentence in wrong]
    if len(errors) > MOST_ERRORS:
        errors[MOST_ERRORS:] = [f"There are {len(errors) - MOST_ERRORS} more errors."]
    if errors:
        raise FileRefused(errors)
    return rates


def _rate_of(ctx: Context, line: Line) -> tuple[TaxRateData, list[str]]:
    """The rate that a line describes, and what of it cannot be read."""
    errors = []
    region_id = 0
    if line[STATE] not in ("", ANY):
        region = directory.region_by_code(ctx, line[COUNTRY], line[STATE])
        if region is None:
            errors.append(f'The country "{line[COUNTRY]}" has no state "{line[STATE]}".')
        else:
            region_id = region.id
    is_range = line[IS_RANGE] not in ("", "0")
    return TaxRateData(
        tax_country_id=line[COUNTRY],
        tax_region_id=region_id,
        tax_postcode=line[POSTCODE] or ANY,
        zip_is_range=1 if is_range else None,
        zip_from=_whole(line[FROM]) if is_range else None,
        zip_to=_whole(line[TO]) if is_range else None,
        rate=_decimal(line[RATE]),
        code=line[CODE],
    ), errors


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else None


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
