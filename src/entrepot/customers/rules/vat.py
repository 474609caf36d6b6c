"""Which group a VAT number puts a customer into (spec 20-customers, 15.3). Source: `Customer/Model/Vat`."""

from __future__ import annotations

import re
from enum import Enum

GREECE = "GR"
GREECE_FOR_VAT = "EL"


class VatResult(Enum):
    """What the tax authority said about a number."""

    VALID = "valid"
    INVALID = "invalid"
    REQUEST_FAILED = "request failed"


class VatCase(Enum):
    """Which of the groups in the configuration applies; the value is the path below `customer/create_account/`."""

    DEFAULT = "default_group"
    DOMESTIC = "viv_domestic_group"
    INTRA_UNION = "viv_intra_union_group"
    INVALID = "viv_invalid_group"
    ERROR = "viv_error_group"


def country_for_vat(country_id: str) -> str:
    """The member state's code in VAT numbers, which differs from ISO's for Greece."""
    return GREECE_FOR_VAT if country_id == GREECE else country_id


def bare_number(vat_id: str, country_id: str) -> str:
    """The number as the EU service takes it: no blanks, no dashes, no country in front."""
    number = re.sub(r"[\s-]", "", vat_id)
    prefix = country_for_vat(country_id)
    for code in (prefix, country_id):
        if number.upper().startswith(code):
            return number[len(code) :]
    return number


def needs_check(vat_id: str | None, country_id: str, eu_countries: str | None) -> bool:
    """Whether there is a number to ask about: without one, or outside the EU, the default group applies."""
    return bool(vat_id and vat_id.strip()) and country_id in (eu_countries or "").split(",")


def sentences(case: VatCase, number: str, contact: str) -> list[str]:
    """What a page tells the customer whose number was checked; nothing when none was."""
    charged, not_charged = "You will be charged tax.", "You will not be charged tax."
    if case is VatCase.DOMESTIC:
        return ["Your VAT ID was successfully validated.", charged]
    if case is VatCase.INTRA_UNION:
        return ["Your VAT ID was successfully validated.", not_charged]
    if case is VatCase.INVALID:
        return [f"The VAT ID entered ({number}) is not a valid VAT ID.", charged]
    if case is VatCase.ERROR:
        return [
            "Your Tax ID cannot be validated.",
            charged,
            f"If you believe this is an error, please contact us at {contact}",
        ]
    return []


def case_of(result: VatResult, country_id: str, merchant_country_id: str | None) -> VatCase:
    if result is VatResult.REQUEST_FAILED:
        return VatCase.ERROR
    if result is VatResult.INVALID:
        return VatCase.INVALID
    return VatCase.DOMESTIC if country_id == merchant_country_id else VatCase.INTRA_UNION
