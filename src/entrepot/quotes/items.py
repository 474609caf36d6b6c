"""The routes of a cart's lines (spec 50, 6.1)."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.kit.errors import RequiredField
from entrepot.kit.rest.operation import ANONYMOUS, CART_ID, SELF, MayUse, operation
from entrepot.quotes import adding, buying
from entrepot.quotes.access import CartKey, Mask
from entrepot.quotes.contracts import CartItem
from entrepot.quotes.errors import NoSuchCart
from entrepot.quotes.open_cart import open_cart, save
from entrepot.quotes.show import show_item

MANAGE = MayUse("Magento_Cart::manage")
SERVICE = "Magento.Quote.Api.CartItemRepository"
GUEST_SERVICE = "Magento.Quote.Api.GuestCartItemRepository"


@operation("GET /V1/carts/mine/items", access=SELF, service=f"{SERVICE}.getList", force={"cartId": CART_ID})
@operation("GET /V1/carts/{cart_id}/items", access=MANAGE, service=f"{SERVICE}.getList")
async def list_items(ctx: Context, cart_id: int) -> list[CartItem]:
    """The lines, with what was chosen. Raises NoSuchCart."""
    return await _list(ctx, cart_id)


@operation("GET /V1/guest-carts/{cart_id}/items", access=ANONYMOUS, service=f"{GUEST_SERVICE}.getList")
async def list_guest_items(ctx: Context, cart_id: str) -> list[CartItem]:
    """As `list_items`; the cart is named by its masked id."""
    items = await _list(ctx, Mask(cart_id))
    for item in items:
        item.quote_id = cart_id
    return items


async def _list(ctx: Context, key: CartKey) -> list[CartItem]:
    quote = (await open_cart(ctx, key)).quote
    return [show_item(quote, item, with_option=True) for item in quote.visible_items]


@operation(
    "POST /V1/carts/mine/items", access=SELF, service=f"{SERVICE}.save", takes_files=True, force={"cartId": CART_ID}
)
@operation(
    "PUT /V1/carts/mine/items/{item_id}",
    access=SELF,
    service=f"{SERVICE}.save",
    takes_files=True,
    force={"cartId": CART_ID},
)
@operation(
    "POST /V1/carts/{cart_id}/items", access=MANAGE, service=f"{SERVICE}.save", bulk_names={"cart_id": "quoteId"}
)
@operation("PUT /V1/carts/{cart_id}/items/{item_id}", access=MANAGE, service=f"{SERVICE}.save")
async def save_item(ctx: Context, cart_item: CartItem, cart_id: int | None = None) -> CartItem:
    """Put a product into the cart, or change the line of that id. The totals are those of the new cart.

    The cart is that of the path; a `quote_id` that names another is refused. In a bulk `quote_id` is enough.

    Raises:
        RequiredField: neither names a cart.
        NoSuchCart, InvalidQty.
        NoSuchItem: no such line in this cart.
        NoSuchProduct, NotAvailable: the product cannot be bought here.
        OptionsRefused: what was chosen does not fit.
        QtyRefused: the stock or the shop does not allow the quantity.
    """
    named = cart_item.quote_id or ""
    if cart_id is None:
        if not named:
            raise RequiredField(field_name="cartId")
        if not named.isdecimal():
            raise NoSuchCart(None)
        cart_id = int(named)
    if named and named != str(cart_id):
        raise NoSuchCart(None)
    return await _save(ctx, cart_id, cart_item)


@operation("POST /V1/guest-carts/{cart_id}/items", access=ANONYMOUS, service=f"{GUEST_SERVICE}.save", takes_files=True)
@operation(
    "PUT /V1/guest-carts/{cart_id}/items/{item_id}", access=ANONYMOUS, service=f"{GUEST_SERVICE}.save", takes_files=True
)
async def save_guest_item(ctx: Context, cart_item: CartItem, cart_id: str) -> CartItem:
    """As `save_item`; the answer has the number of the cart."""
    if cart_item.quote_id and cart_item.quote_id != cart_id:
        raise NoSuchCart(None)
    return await _save(ctx, Mask(cart_id), cart_item)


async def _save(ctx: Context, key: CartKey, sent: CartItem) -> CartItem:
    cart = await open_cart(ctx, key, lock=True)
    qty = adding.check_qty(sent.qty)
    request, files = buying.from_contract(qty, sent.product_option)
    if sent.item_id:
        item = await adding.change(ctx, cart, sent.item_id, qty, request if sent.product_option else None, files)
    else:
        item = await adding.add(ctx, cart, sent.sku or "", request, files)
    await save(ctx, cart)
    return show_item(cart.quote, item, with_option=True)


@operation(
    "DELETE /V1/carts/mine/items/{item_id}", access=SELF, service=f"{SERVICE}.deleteById", force={"cartId": CART_ID}
)
@operation("DELETE /V1/carts/{cart_id}/items/{item_id}", access=MANAGE, service=f"{SERVICE}.deleteById")
async def delete_item(ctx: Context, cart_id: int, item_id: int) -> bool:
    """Raises NoSuchCart, NoSuchItem."""
    return await _delete(ctx, cart_id, item_id)


@operation("DELETE /V1/guest-carts/{cart_id}/items/{item_id}", access=ANONYMOUS, service=f"{GUEST_SERVICE}.deleteById")
async def delete_guest_item(ctx: Context, cart_id: str, item_id: int) -> bool:
    """Raises NoSuchCart, NoSuchItem."""
    return await _delete(ctx, Mask(cart_id), item_id)


async def _delete(ctx: Context, key: CartKey, item_id: int) -> bool:
    cart = await open_cart(ctx, key, lock=True)
    adding.remove(cart, item_id)
    await save(ctx, cart)
    return True
