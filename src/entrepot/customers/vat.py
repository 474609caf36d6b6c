"""Puts customers into a group by their VAT number (spec 20-customers, 15.3). Off unless a shop switches it on.

Who can ask the European Union's register plugs in a `VatChecker` as the entry point `entrepot.vat_checkers`. Without
one every check counts as a request that failed.
"""

from __future__ import annotations

from functools import cache
from typing import Protocol

from msgspec import Struct

from entrepot.customers.placement import default_group_id
from entrepot.customers.queries import addresses as address_queries
from entrepot.customers.queries import customers as queries
from entrepot.customers.queries.addresses import AddressRow, VatCheck
from entrepot.customers.rules.vat import (
    VatCase,
    VatResult,
    bare_number,
    case_of,
    country_for_vat,
    needs_check,
    sentences,
)
from entrepot.kit.context import Context
from entrepot.kit.plug_ins import plug_ins

SETTINGS = "customer/create_account/"
EU_COUNTRIES = "general/country/eu_countries"
MERCHANT_COUNTRY = "general/store_information/country_id"
CONTACT = "trans_email/ident_support/email"
MERCHANT_NUMBER = "general/store_information/merchant_vat_number"


class VatAnswer(Struct, frozen=True):
    """What the register answered; the two texts are its receipt, kept with the address."""

    result: VatResult
    request_id: str = ""
    request_date: str = ""


class VatChecker(Protocol):
    """Asks whether a VAT number is valid.

    Numbers come without blanks, dashes and country; countries are the codes of VAT numbers (`EL` for Greece). It
    runs inside a transaction, so it must answer within seconds, and never raises: what fails is a REQUEST_FAILED.
    """

    async def check(self, country: str, number: str, requester_country: str, requester_number: str) -> VatAnswer: ...


class NoRegister:
    """There is no way to the register from here."""

    async def check(self, country: str, number: str, requester_country: str, requester_number: str) -> VatAnswer:
        return VatAnswer(VatResult.REQUEST_FAILED)


@cache
def checker() -> VatChecker:
    """The one that is plugged in."""
    plugged: list[VatChecker] = [*plug_ins("entrepot.vat_checkers").values()]
    return plugged[0] if plugged else NoRegister()


async def assign_group(ctx: Context, customer_id: int, store_id: int) -> VatCase | None:
    """Set the group by the customer's default address, after that was saved. The case tells pages what to say.

    `store_id` is the customer's. None, and nothing done, when the assignment is off there, the customer is exempt from
    it, or has no default address.
    """
    if not ctx.flag(SETTINGS + "auto_group_assign", store_id=store_id):
        return None
    found = await queries.find(ctx.db, [customer_id])
    if not found or found[0].disable_auto_group_change:
        return None
    customer = found[0]
    by_shipping = ctx.config(SETTINGS + "tax_calculation_address_type", store_id=store_id) == "shipping"
    default = customer.default_shipping if by_shipping else customer.default_billing
    address = await address_queries.find(ctx.db, int(default)) if default else None
    if address is None:
        return None
    case = await check_address(ctx, address, store_id)
    group_id = _group_of(ctx, case, store_id)
    if group_id is not None:
        await ctx.db.execute(queries.SET_GROUP, id=customer_id, group_id=group_id, now=ctx.now)
    return case


async def check_address(ctx: Context, address: AddressRow, store_id: int) -> VatCase:
    """Which case an address is; the register's answer is kept with it."""
    country_id = address.country_id or ""
    if not needs_check(address.vat_id, country_id, ctx.config(EU_COUNTRIES, store_id=store_id)):
        return VatCase.DEFAULT
    merchant_country = ctx.config(MERCHANT_COUNTRY, store_id=store_id)
    answer = await checker().check(
        country_for_vat(country_id),
        bare_number(address.vat_id or "", country_id),
        country_for_vat(merchant_country or ""),
        bare_number(ctx.config(MERCHANT_NUMBER, store_id=store_id) or "", merchant_country or ""),
    )
    await ctx.db.execute(
        address_queries.SET_VAT_CHECK,
        id=address.id,
        is_valid=answer.result is VatResult.VALID,
        request_id=answer.request_id,
        request_date=answer.request_date,
        success=answer.result is not VatResult.REQUEST_FAILED,
    )
    return case_of(answer.result, country_id, merchant_country)


async def tell(ctx: Context, address_id: int) -> list[str]:
    """What to say after an address was saved, sentence by sentence, by the answer that was kept with it.

    Empty when the address decides nothing or has no number. Asks nobody.
    """
    store_id = ctx.store.id
    if not ctx.flag(SETTINGS + "auto_group_assign", store_id=store_id):
        return []
    by_shipping = ctx.config(SETTINGS + "tax_calculation_address_type", store_id=store_id) == "shipping"
    found = await ctx.db.one_or_none(VatCheck, address_queries.FIND_VAT_CHECK, id=address_id, by_shipping=by_shipping)
    if found is None or found.is_exempt or found.success is None:
        return []
    answered = VatResult.VALID if found.is_valid else VatResult.INVALID
    result = answered if found.success else VatResult.REQUEST_FAILED
    case = case_of(result, found.country_id, ctx.config(MERCHANT_COUNTRY, store_id=store_id))
    return sentences(case, found.vat_id or "", ctx.config(CONTACT, store_id=store_id) or "")


def _group_of(ctx: Context, case: VatCase, store_id: int) -> int | None:
    """The group of a case; None when the shop has named none, which leaves the customer where it is."""
    if case is VatCase.DEFAULT:
        return default_group_id(ctx, store_id)
    configured = ctx.config(SETTINGS + case.value, store_id=store_id)
    return int(configured) if configured and configured.isdigit() else None
