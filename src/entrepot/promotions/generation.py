"""Coupons made in numbers (spec 51, 7.3)."""

from __future__ import annotations

import os
import string

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import operation
from entrepot.promotions.contracts import CouponGenerationSpec
from entrepot.promotions.coupons import MANAGEMENT
from entrepot.promotions.errors import CouponsNotGenerated, SpecIncomplete
from entrepot.promotions.queries import coupons as queries
from entrepot.promotions.queries.coupons import RuleOfCoupons
from entrepot.promotions.rule import AUTO
from entrepot.promotions.rules import MANAGE

CHARACTERS = {
    "alphanum": string.ascii_uppercase + string.digits,
    "alpha": string.ascii_uppercase,
    "num": string.digits,
}
TRIES = 10
FULLEST = 4
"""Of so many possible codes of a length at most one is made, so that none is guessed."""
MOST = 250_000
"""At a time: they are one statement and one answer."""
LONGEST = 255
TOO_MANY = "We cannot create the requested Coupon Qty. Please check your settings and try again."


@operation("POST /V1/coupons/generate", access=MANAGE, service=f"{MANAGEMENT}.generate")
async def generate(ctx: Context, coupon_spec: CouponGenerationSpec) -> list[str]:
    """Make coupons for a rule, and answer their codes.

    Raises:
        SpecIncomplete: without rule, quantity or length.
        CouponsNotGenerated: the rule is unknown or takes no generated coupons, or there are not so many codes.
    """
    spec = coupon_spec
    quantity, length = spec.quantity or 0, spec.length or 0
    if quantity <= 0 or length <= 0 or (spec.rule_id or 0) <= 0:
        raise SpecIncomplete
    rule = await _rule(ctx, spec.rule_id or 0)
    characters = CHARACTERS.get(spec.format or "alphanum", CHARACTERS["alphanum"])
    if quantity > MOST or length > LONGEST:
        raise CouponsNotGenerated(TOO_MANY)
    length = long_enough(length, quantity, len(characters))
    if len(_dressed("x" * length, spec)) > LONGEST:
        raise CouponsNotGenerated(TOO_MANY)
    made: list[str] = []
    for _ in range(TRIES):
        wanted = {_dressed(code, spec) for code in random_codes(quantity - len(made), length, characters)}
        made += await ctx.db.values(
            queries.INSERT_GENERATED,
            rule_id=rule.rule_id,
            codes=sorted(wanted),
            usage_limit=rule.uses_per_coupon,
            usage_per_customer=rule.uses_per_customer,
            created_at=ctx.now,
        )
        if len(made) == quantity:
            return made
    raise CouponsNotGenerated(TOO_MANY)


async def _rule(ctx: Context, rule_id: int) -> RuleOfCoupons:
    rule = None
    if rule_id < 2**31:
        rule = await ctx.db.one_or_none(RuleOfCoupons, queries.HOLD_RULE, rule_id=rule_id)
    if rule is None:
        raise CouponsNotGenerated(f"No such entity with rule_id = {rule_id}")
    if not rule.use_auto_generation and rule.coupon_type != AUTO:
        raise CouponsNotGenerated("Specified rule does not allow automatic coupon generation")
    return rule


def long_enough(length: int, quantity: int, characters: int) -> int:
    """The length, or the least one at which the codes are few among those that there could be."""
    while FULLEST * quantity > characters**length:
        length += 1
    return length


def random_codes(quantity: int, length: int, characters: str) -> list[str]:
    """Codes that nobody can foresee, every one as likely as the others."""
    fair = 256 - 256 % len(characters)
    table = bytes(ord(characters[byte % len(characters)]) for byte in range(256))
    text = b""
    while len(text) < quantity * length:
        missing = quantity * length - len(text)
        text += os.urandom(missing + missing // 4 + 16).translate(table, bytes(range(fair, 256)))
    return [text[place : place + length].decode() for place in range(0, quantity * length, length)]


def _dressed(code: str, spec: CouponGenerationSpec) -> str:
    """With prefix, suffix, and a dash between every so many characters."""
    every = spec.delimiter_at_every or 0
    if every > 0:
        dash = "-" if spec.delimiter is None else spec.delimiter
        code = dash.join(code[place : place + every] for place in range(0, len(code), every))
    return f"{spec.prefix or ''}{code}{spec.suffix or ''}"
