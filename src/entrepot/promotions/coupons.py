"""Coupons, one by one and deleted in numbers (spec 51, 7.3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import LiteralString

from msgspec import structs
from psycopg.errors import UniqueViolation

from entrepot.kit.context import Context
from entrepot.kit.errors import InvalidFieldValue
from entrepot.kit.rest.operation import operation
from entrepot.kit.search_criteria import SearchCriteria, where
from entrepot.kit.search_sql import results, search
from entrepot.promotions.contracts import Coupon, CouponMassDeleteResult, CouponSearchResults
from entrepot.promotions.errors import CouponExists, CouponNotSaved, CouponsInvalid, NoSuchCoupon
from entrepot.promotions.queries import coupons as queries
from entrepot.promotions.queries.coupons import CouponRow, PrimaryCode, RuleOfCoupons
from entrepot.promotions.rule import GENERATED, NO_COUPON, TYPED
from entrepot.promotions.rules import MANAGE

SERVICE = "Magento.SalesRule.Api.CouponRepository"
MANAGEMENT = "Magento.SalesRule.Api.CouponManagement"
LARGEST = 2**31 - 1


@operation("POST /V1/coupons", access=MANAGE, service=f"{SERVICE}.save")
@operation("PUT /V1/coupons/{coupon_id}", access=MANAGE, service=f"{SERVICE}.save")
async def save_coupon(ctx: Context, coupon: Coupon) -> Coupon:
    """Make a coupon, or change the one whose id is given: what is not given stays. The limits are always the rule's.

    Raises:
        NoSuchCoupon: no coupon has the id.
        CouponNotSaved: the rule is unknown, or takes no coupons of this kind.
        CouponExists: another coupon has the code.
    """
    known = Coupon(times_used=0, type=TYPED)
    if coupon.coupon_id is not None:
        row = await ctx.db.one_or_none(CouponRow, queries.LOCK, coupon_id=_storable(coupon.coupon_id))
        if row is None:
            raise NoSuchCoupon
        known = Coupon(**structs.asdict(row))
    given = {name: value for name, value in structs.asdict(coupon).items() if value is not None}
    whole = structs.replace(known, **given)
    return await get_coupon(ctx, await _write(ctx, whole, await _rule(ctx, whole)))


async def _rule(ctx: Context, coupon: Coupon) -> RuleOfCoupons:
    """The coupon's rule, held until the transaction ends. Raises CouponNotSaved."""
    rule = await ctx.db.one_or_none(RuleOfCoupons, queries.HOLD_RULE, rule_id=_storable(coupon.rule_id or 0))
    if rule is None:
        shown = "" if coupon.rule_id is None else coupon.rule_id
        raise CouponNotSaved(f"No such entity with rule_id = {shown}")
    if rule.coupon_type == NO_COUPON:
        raise CouponNotSaved("Specified rule does not allow coupons")
    if rule.use_auto_generation and coupon.type == TYPED:
        raise CouponNotSaved("Specified rule only allows auto generated coupons")
    if not rule.use_auto_generation and coupon.type == GENERATED:
        raise CouponNotSaved("Specified rule does not allow auto generated coupons")
    return rule


async def _write(ctx: Context, coupon: Coupon, rule: RuleOfCoupons) -> int:
    if coupon.type not in (TYPED, GENERATED):
        raise InvalidFieldValue(value=coupon.type, field_name="type")
    if not 0 <= (coupon.times_used or 0) <= LARGEST:
        raise InvalidFieldValue(value=coupon.times_used, field_name="times_used")
    values = {
        "rule_id": rule.rule_id,
        "code": coupon.code and coupon.code.strip()[:255],
        "usage_limit": rule.uses_per_coupon,
        "usage_per_customer": rule.uses_per_customer,
        "times_used": coupon.times_used or 0,
        "expiration_date": _moment("expiration_date", coupon.expiration_date),
        "is_primary": coupon.is_primary or None,
        "created_at": _moment("created_at", coupon.created_at) or ctx.now,
        "type": coupon.type,
    }
    try:
        async with ctx.savepoint():
            if coupon.coupon_id is None:
                return int(await ctx.db.value(queries.INSERT, **values))
            await ctx.db.execute(queries.UPDATE, coupon_id=coupon.coupon_id, **values)
            return coupon.coupon_id
    except UniqueViolation as error:
        if error.diag.constraint_name == "salesrule_coupon_primary":
            raise CouponNotSaved("Specified rule already has a primary coupon") from error
        raise CouponExists from error


def _moment(field: str, text: str | None) -> datetime | None:
    """An instant in UTC; a day is its beginning. Raises InvalidFieldValue."""
    if not text or not text.strip():
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise InvalidFieldValue(value=text, field_name=field) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@operation("GET /V1/coupons/{coupon_id}", access=MANAGE, service=f"{SERVICE}.getById")
async def get_coupon(ctx: Context, coupon_id: int) -> Coupon:
    """Raises NoSuchCoupon."""
    rows, _ = await search(ctx.db, queries.COUPONS, where("coupon_id", str(coupon_id)))
    if not rows:
        raise NoSuchCoupon
    return Coupon(**structs.asdict(rows[0]))


@operation("GET /V1/coupons/search", access=MANAGE, service=f"{SERVICE}.getList")
async def search_coupons(ctx: Context, search_criteria: SearchCriteria) -> CouponSearchResults:
    """By id unless the criteria say otherwise."""
    rows, total = await search(ctx.db, queries.COUPONS, search_criteria)
    page = results([Coupon(**structs.asdict(row)) for row in rows], search_criteria, total)
    return CouponSearchResults(items=page.items, search_criteria=page.search_criteria, total_count=page.total_count)


async def primary_code(ctx: Context, rule_id: int) -> str | None:
    """The code that a rule's form shows."""
    return (await primary_codes(ctx, [rule_id])).get(rule_id)


async def primary_codes(ctx: Context, rule_ids: Sequence[int]) -> dict[int, str]:
    """By rule; a rule without one is absent."""
    rows = await ctx.db.all(PrimaryCode, queries.LIST_PRIMARY_CODES, rule_ids=list(rule_ids))
    return {row.rule_id: row.code for row in rows}


async def set_primary_code(ctx: Context, rule_id: int, code: str) -> None:
    """Give a rule that takes one typed code this one. Raises CouponExists, CouponNotSaved."""
    rows = await ctx.db.all(PrimaryCode, queries.LIST_PRIMARY_CODES, rule_ids=[rule_id])
    known = rows[0] if rows else None
    if known is None or known.code != code:
        coupon_id = known.coupon_id if known else None
        await save_coupon(ctx, Coupon(coupon_id=coupon_id, rule_id=rule_id, code=code, is_primary=True, type=TYPED))


@operation("DELETE /V1/coupons/{coupon_id}", access=MANAGE, service=f"{SERVICE}.deleteById")
async def delete_coupon(ctx: Context, coupon_id: int) -> bool:
    """Raises NoSuchCoupon."""
    if not await ctx.db.execute(queries.DELETE, coupon_id=_storable(coupon_id)):
        raise NoSuchCoupon
    return True


@operation("POST /V1/coupons/deleteByIds", access=MANAGE, service=f"{MANAGEMENT}.deleteByIds")
async def delete_by_ids(ctx: Context, ids: list[int], ignore_invalid_coupons: bool = True) -> CouponMassDeleteResult:
    """Delete coupons, and say which there were not. Raises CouponsInvalid if those are not to be ignored."""
    storable = [id for id in ids if abs(id) < 2**63]
    deleted = await _delete(ctx, queries.DELETE_BY_IDS, storable)
    return _outcome([str(id) for id in ids], deleted, ignore_invalid_coupons)


@operation("POST /V1/coupons/deleteByCodes", access=MANAGE, service=f"{MANAGEMENT}.deleteByCodes")
async def delete_by_codes(
    ctx: Context, codes: list[str], ignore_invalid_coupons: bool = True
) -> CouponMassDeleteResult:
    """As `delete_by_ids`."""
    deleted = await _delete(ctx, queries.DELETE_BY_CODES, codes)
    return _outcome(codes, deleted, ignore_invalid_coupons)


async def _delete(ctx: Context, query: LiteralString, keys: Sequence[object]) -> set[str]:
    return set(await ctx.db.values(query, keys=list(keys)))


def _outcome(keys: Sequence[str], deleted: set[str], ignore_invalid: bool) -> CouponMassDeleteResult:
    """The refusal undoes what was deleted."""
    missing = [key for key in keys if key not in deleted]
    if missing and not ignore_invalid:
        raise CouponsInvalid
    return CouponMassDeleteResult(failed_items=[], missing_items=missing)


def _storable(id: int) -> int:
    return id if 0 < id <= LARGEST else 0
