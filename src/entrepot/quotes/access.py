"""Which cart a call is about, and whether the caller may use it (spec 50, 2)."""

from __future__ import annotations

import secrets
from typing import NamedTuple

from entrepot.kit.context import ActorType, Context
from entrepot.quotes import queries
from entrepot.quotes.errors import CartNotOwned, NoActiveCart, NoSuchCart
from entrepot.quotes.quote import Quote

MASK_BYTES = 16


class Mask(NamedTuple):
    """The name by which a guest knows a cart: 32 letters and digits."""

    id: str


CartKey = int | Mask
"""A cart's number, or its masked id."""


def new_mask() -> str:
    return secrets.token_hex(MASK_BYTES)


async def find(ctx: Context, key: CartKey, *, lock: bool = False) -> Quote:
    """The cart, active or not, whoever's it is. With `lock` nobody else can change it until the transaction ends.

    Raises NoSuchCart.
    """
    if isinstance(key, Mask):
        found = await queries.find(ctx.db, queries.BY_MASK, lock=lock, masked_id=key.id)
    else:
        found = await queries.find(ctx.db, queries.BY_ID, lock=lock, entity_id=key)
    if found is None:
        raise NoSuchCart(None if isinstance(key, Mask) else key)
    return found


async def find_active(ctx: Context, key: CartKey, *, lock: bool = False) -> Quote:
    """An active cart that the caller may see. Raises NoSuchCart."""
    quote = await find(ctx, key, lock=lock)
    check_readable(ctx, quote)
    if not quote.is_active:
        raise NoSuchCart(quote.entity_id)
    return quote


def check_readable(ctx: Context, quote: Quote) -> None:
    """Raises NoSuchCart when a customer asks for the cart of another one."""
    customer_id = ctx.actor.customer_id
    if customer_id is not None and quote.customer_id not in (None, customer_id):
        raise NoSuchCart(quote.entity_id)


def check_writable(ctx: Context, quote: Quote) -> None:
    """Raises CartNotOwned: customers change their own carts, and nobody else but guests those that are nobody's."""
    actor = ctx.actor
    is_shopper = actor.type is ActorType.GUEST or actor.customer_id is not None
    if is_shopper and quote.customer_id != actor.customer_id:
        raise CartNotOwned


async def active_cart_id(ctx: Context, customer_id: int) -> int | None:
    """The customer's active cart on the website of the request's store; the newest if there are several."""
    found: int | None = await ctx.db.value(queries.ACTIVE_ID, customer_id=customer_id, website_id=ctx.store.website_id)
    return found


async def hold_carts(ctx: Context, customer_id: int) -> None:
    """Let nobody else make or give the customer a cart until the transaction ends, so that it stays one."""
    await ctx.db.execute(queries.HOLD_CARTS, customer_id=str(customer_id))


async def callers_cart_id(ctx: Context) -> int:
    """What `carts/mine` means. Raises NoActiveCart."""
    customer_id = ctx.actor.customer_id
    found = await active_cart_id(ctx, customer_id) if customer_id is not None else None
    if found is None:
        raise NoActiveCart
    return found
