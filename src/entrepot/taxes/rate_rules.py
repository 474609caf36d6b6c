"""What a tax rate must be like, and what is kept of what was sent (spec 51, 6.2)."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from entrepot import directory
from entrepot.kit.context import Context
from entrepot.kit.errors import InvalidFieldValue, Refused, RequiredField
from entrepot.taxes.contracts import TaxRateData
from entrepot.taxes.errors import PostcodeTooLong, RangeReversed
from entrepot.taxes.postcodes import MAX_DIGITS

POSTCODE_LENGTH = 10
LARGEST_RATE = Decimal(10) ** 8
"""What the column holds."""


class RateToKeep(Struct, frozen=True):
    """A rate as it is stored."""

    country_id: str
    region_id: int
    postcode: str
    code: str
    rate: Decimal
    zip_from: int | None = None
    zip_to: int | None = None

    @property
    def is_range(self) -> bool:
        return self.zip_from is not None


def errors_of(ctx: Context, rate: TaxRateData) -> list[Refused]:
    """All that is wrong, in the order in which clients expect it."""
    errors: list[Refused] = []
    if not rate.tax_country_id:
        errors.append(RequiredField(field_name="country_id"))
    elif not directory.country_exists(ctx, rate.tax_country_id):
        errors.append(InvalidFieldValue(field_name="country_id", value=rate.tax_country_id))
    if rate.tax_region_id and directory.region_by_id(ctx, rate.tax_region_id) is None:
        errors.append(InvalidFieldValue(field_name="region_id", value=rate.tax_region_id))
    if rate.rate is None or not rate.rate.is_finite() or not 0 <= rate.rate < LARGEST_RATE:
        errors.append(RequiredField(field_name="percentage_rate"))
    if not (rate.code or "").strip():
        errors.append(RequiredField(field_name="code"))
    if rate.zip_is_range:
        errors += _errors_of_range(rate)
    elif not (rate.tax_postcode or "").strip():
        errors.append(RequiredField(field_name="postcode"))
    return errors


def _errors_of_range(rate: TaxRateData) -> list[Refused]:
    ends = {"zip_from": rate.zip_from, "zip_to": rate.zip_to}
    errors: list[Refused] = [
        InvalidFieldValue(field_name=name, value=end) for name, end in ends.items() if end is None or end < 0
    ]
    if (rate.zip_to or 0) < (rate.zip_from or 0):
        errors.append(RangeReversed())
    return errors


def to_keep(ctx: Context, rate: TaxRateData, *, known_region_id: int = 0) -> RateToKeep:
    """What is stored of a rate without errors; `known_region_id` where it names none. Raises PostcodeTooLong."""
    country_id, code, percent = rate.tax_country_id or "", (rate.code or "").strip()[:255], rate.rate or Decimal(0)
    region = directory.region_by_id(ctx, known_region_id if rate.tax_region_id is None else rate.tax_region_id)
    region_id = region.id if region and region.country_id == country_id else 0
    if not rate.zip_is_range:
        postcode = (rate.tax_postcode or "").strip()[:POSTCODE_LENGTH]
        return RateToKeep(country_id, region_id, postcode, code, percent)
    start, end = rate.zip_from or 0, rate.zip_to or 0
    if len(str(end)) > MAX_DIGITS:
        raise PostcodeTooLong
    return RateToKeep(country_id, region_id, f"{start}-{end}", code, percent, start, end)
