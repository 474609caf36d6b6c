"""Table rates of a website as CSV (spec 50, 10.3). A file replaces all rows of one condition, or nothing."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from io import StringIO

from msgspec import Struct

from entrepot import directory
from entrepot.kit.context import Context
from entrepot.kit.errors import PlainRefusal, Refused
from entrepot.quotes.carriers.tablerate import PIECES, VALUE, WEIGHT

CONDITIONS: Mapping[str, str] = {
    WEIGHT: "Weight vs. Destination",
    VALUE: "Price vs. Destination",
    PIECES: "# of Items vs. Destination",
}
LABELS: Mapping[str, str] = {
    WEIGHT: "Weight (and above)",
    VALUE: "Order Subtotal (and above)",
    PIECES: "# of Items (and above)",
}
"""What the column of the condition is called in files."""
COUNTRY, REGION, POSTCODE, PRICE = "Country", "Region/State", "Zip/Postal Code", "Shipping Price"
ANY, ANY_COUNTRY, ANY_REGION = "*", "0", 0
COLUMNS = 5
LARGEST = Decimal(10) ** 15
MOST_ERRORS = 50

LIST = """
    select dest_country_id as country_id, dest_region_id as region_id, dest_zip as postcode,
           condition_value as step, price
    from shipping_tablerate
    where website_id = %(website_id)s
    and condition_name = %(condition)s
    order by dest_country_id, dest_region_id, dest_zip, condition_value
"""

DELETE = """
    delete from shipping_tablerate
    where website_id = %(website_id)s
    and condition_name = %(condition)s
"""

INSERT = """
    insert into shipping_tablerate
        (website_id, condition_name, dest_country_id, dest_region_id, dest_zip, condition_value, price)
    select %(website_id)s, %(condition)s, line.country_id, line.region_id, line.postcode, line.step, line.price
    from unnest(
        %(countries)s::text[], %(regions)s::int[], %(postcodes)s::text[], %(steps)s::numeric[], %(prices)s::numeric[]
    ) as line (country_id, region_id, postcode, step, price)
"""

# Two imports at once must not mix; they take turns by the website.
LOCK = "select website_id from website where website_id = %(website_id)s for update"


class FormatIncorrect(Refused):
    message = "The Table Rates File Format is incorrect. Verify the format and try again."


class FileRefused(PlainRefusal):
    """What is wrong with the rows. Nothing of the file was taken."""

    def __init__(self, errors: Sequence[str]) -> None:
        self.errors = list(errors)
        super().__init__("We couldn't import this file because of these errors: %1", " \n".join(errors))


class RateRow(Struct, frozen=True):
    """One row of a table."""

    country_id: str
    region_id: int
    postcode: str
    step: Decimal
    price: Decimal

    @property
    def place(self) -> tuple[str, int, str, Decimal]:
        """What may stand in a table once."""
        return self.country_id, self.region_id, self.postcode, self.step


class Wrong(Exception):
    """One thing that is wrong with a row."""


async def export_rates(ctx: Context, website_id: int, condition: str) -> str:
    """All rows of a website and condition, with countries by three letters and regions by code. One statement."""
    rows = await ctx.db.all(RateRow, LIST, website_id=website_id, condition=condition)
    countries = ctx.shared(directory.REGIONS).countries
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(header(condition))
    for row in rows:
        country = countries.get(row.country_id)
        region = directory.region_by_id(ctx, row.region_id)
        writer.writerow(
            [
                country.iso3 if country else ANY,
                region.code if region else ANY,
                row.postcode or ANY,
                f"{row.step:.4f}",
                f"{row.price:.4f}",
            ]
        )
    return text.getvalue()


def header(condition: str) -> list[str]:
    """The names of the columns of a file."""
    return [COUNTRY, REGION, POSTCODE, LABELS[condition], PRICE]


async def import_rates(ctx: Context, website_id: int, condition: str, content: bytes) -> int:
    """Put the rows of a file in UTF-8 in the place of those of the website and condition; how many they are.

    Three statements. Raises FormatIncorrect, FileRefused.
    """
    rows = _read(ctx, condition, content)
    await ctx.db.value(LOCK, website_id=website_id)
    await ctx.db.execute(DELETE, website_id=website_id, condition=condition)
    return await ctx.db.execute(
        INSERT,
        website_id=website_id,
        condition=condition,
        countries=[row.country_id for row in rows],
        regions=[row.region_id for row in rows],
        postcodes=[row.postcode for row in rows],
        steps=[row.step for row in rows],
        prices=[row.price for row in rows],
    )


def _read(ctx: Context, condition: str, content: bytes) -> list[RateRow]:
    first, *lines = _lines(content)
    if len(first) < COLUMNS:
        raise FormatIncorrect
    places = _places([name.strip() for name in first], condition)
    rows: list[RateRow] = []
    errors: list[str] = []
    seen: dict[tuple[str, int, str, Decimal], int] = {}
    for number, line in enumerate(lines, start=2):
        if not any(cell.strip() for cell in line):
            continue
        try:
            row = _row(ctx, condition, line, places, number)
            if (other := seen.setdefault(row.place, number)) != number:
                raise Wrong(f"Duplicate Row #{number} (duplicates row #{other})")
        except Wrong as wrong:
            errors.append(str(wrong))
        else:
            rows.append(row)
    if len(errors) > MOST_ERRORS:
        errors[MOST_ERRORS:] = [f"There are {len(errors) - MOST_ERRORS} more errors."]
    if errors:
        raise FileRefused(errors)
    return rows


def _lines(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig").replace("\0", "")
        return list(csv.reader(StringIO(text, newline=""), strict=True)) or [[]]
    except (UnicodeDecodeError, csv.Error):
        raise FormatIncorrect from None


def _places(names: Sequence[str], condition: str) -> list[int]:
    """Where each column stands: where its name does or, without one, where it stands usually."""
    return [names.index(name) if name in names else usual for usual, name in enumerate(header(condition))]


def _row(ctx: Context, condition: str, line: Sequence[str], places: Sequence[int], number: int) -> RateRow:
    if len(line) < COLUMNS or max(places) >= len(line):
        raise Wrong(
            f'The Table Rates File Format is incorrect in row number "{number}". Verify the format and try again.'
        )
    country, region, postcode, step, price = (line[place].strip() for place in places)
    country_id = _country(ctx, country, number)
    return RateRow(
        country_id,
        _region(ctx, country_id, region, number),
        postcode or ANY,
        _step(condition, step, number),
        _price(price, number),
    )


def _country(ctx: Context, given: str, number: int) -> str:
    if given in ("", ANY):
        return ANY_COUNTRY
    countries = ctx.shared(directory.REGIONS).countries
    if given in countries:
        return given
    for country in countries.values():
        if country.iso3 == given:
            return country.id
    raise Wrong(f'The "{given}" country in row number "{number}" is incorrect. Verify the country and try again.')


def _region(ctx: Context, country_id: str, given: str, number: int) -> int:
    if given in ("", ANY):
        return ANY_REGION
    region = directory.region_by_code(ctx, country_id, given) if country_id != ANY_COUNTRY else None
    if region is None:
        raise Wrong(
            f'The "{given}" region or state in row number "{number}" is incorrect. '
            "Verify the region or state and try again."
        )
    return region.id


def _step(condition: str, given: str, number: int) -> Decimal:
    amount = _amount(given)
    if amount is None:
        raise Wrong(f'Please correct {CONDITIONS[condition]} "{given}" in the Row #{number}.')
    return amount


def _price(given: str, number: int) -> Decimal:
    amount = _amount(given)
    if amount is None:
        raise Wrong(
            f'The "{given}" shipping price in row number "{number}" is incorrect. '
            "Verify the shipping price and try again."
        )
    return amount


def _amount(given: str) -> Decimal | None:
    """With four places; None for what is no number, less than nothing, or too large for the table."""
    try:
        amount = Decimal(given)
    except InvalidOperation:
        return None
    if not amount.is_finite() or amount < 0 or amount >= LARGEST:
        return None
    return amount.quantize(Decimal("0.0001"))
