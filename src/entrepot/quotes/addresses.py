"""Addresses of carts: what was sent laid over what is stored, and the billing address's routes (spec 50, 4.2, 8.1)."""

from __future__ import annotations

from msgspec import structs

from entrepot import customers, directory
from entrepot.customers import Address as BookAddress
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import ANONYMOUS, CART_ID, SELF, MayUse, operation
from entrepot.quotes import queries
from entrepot.quotes.access import CartKey, Mask
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.contracts import Address
from entrepot.quotes.errors import AddressNotSaved, InvalidCountry, InvalidEmail, NoSuchAddress
from entrepot.quotes.open_cart import open_cart, save
from entrepot.quotes.quote import Address as StoredAddress
from entrepot.quotes.show import show_address

MANAGE = MayUse("Magento_Cart::manage")

PLAIN_FIELDS = (
    "company", "telephone", "fax", "postcode", "city", "firstname", "lastname", "middlename", "prefix", "suffix",
    "vat_id", "country_id", "email", "same_as_billing", "save_in_address_book",
)  # fmt: skip
FROM_BOOK = (
    "company", "telephone", "fax", "postcode", "city", "firstname", "lastname", "middlename", "prefix", "suffix",
    "vat_id", "country_id",
)  # fmt: skip


@operation(
    "GET /V1/carts/mine/billing-address",
    access=SELF,
    service="Magento.Quote.Api.BillingAddressManagement.get",
    force={"cartId": CART_ID},
)
@operation(
    "GET /V1/carts/{cart_id}/billing-address", access=MANAGE, service="Magento.Quote.Api.BillingAddressManagement.get"
)
async def get_billing_address(ctx: Context, cart_id: int) -> Address:
    """Raises NoSuchCart."""
    return show_address(ctx, (await open_cart(ctx, cart_id)).content.billing)


@operation(
    "GET /V1/guest-carts/{cart_id}/billing-address",
    access=ANONYMOUS,
    service="Magento.Quote.Api.GuestBillingAddressManagement.get",
)
async def get_guest_billing_address(ctx: Context, cart_id: str) -> Address:
    """Raises NoSuchCart."""
    return show_address(ctx, (await open_cart(ctx, Mask(cart_id))).content.billing)


@operation(
    "POST /V1/carts/mine/billing-address",
    access=SELF,
    service="Magento.Quote.Api.BillingAddressManagement.assign",
    force={"cartId": CART_ID},
)
@operation(
    "POST /V1/carts/{cart_id}/billing-address",
    access=MANAGE,
    service="Magento.Quote.Api.BillingAddressManagement.assign",
)
async def assign_billing_address(ctx: Context, cart_id: int, address: Address, use_for_shipping: bool = False) -> str:
    """Bill to this address, and ship there too if asked; answers its new id as text.

    Raises NoSuchCart, and AddressNotSaved for an address that cannot be or is not the customer's.
    """
    return await _assign(ctx, cart_id, address, use_for_shipping)


@operation(
    "POST /V1/guest-carts/{cart_id}/billing-address",
    access=ANONYMOUS,
    service="Magento.Quote.Api.GuestBillingAddressManagement.assign",
)
async def assign_guest_billing_address(
    ctx: Context, cart_id: str, address: Address, use_for_shipping: bool = False
) -> str:
    """As `assign_billing_address`."""
    return await _assign(ctx, Mask(cart_id), address, use_for_shipping)


async def _assign(ctx: Context, key: CartKey, sent: Address, use_for_shipping: bool) -> str:
    cart = await open_cart(ctx, key, lock=True)
    content = cart.content
    billing = content.billing = await assigned(ctx, cart, sent)
    billing.address_id = int(await ctx.db.value(queries.NEXT_ADDRESS_ID))
    if use_for_shipping:
        content.shipping = structs.replace(
            _destination(content.shipping, billing), same_as_billing=1, collect_shipping_rates=True
        )
    else:
        content.shipping.same_as_billing = 0
    await save(ctx, cart)
    return str(billing.address_id)


async def assigned(ctx: Context, cart: OpenCart, sent: Address) -> StoredAddress:
    """A billing address that takes the place of the one that is there, with its number. Raises AddressNotSaved."""
    fresh = StoredAddress(address_id=cart.content.billing.address_id)
    try:
        return await taken(ctx, cart, fresh, sent, drop_unknown=True)
    except (InvalidEmail, InvalidCountry, NoSuchAddress) as error:
        raise AddressNotSaved from error


def _destination(shipping: StoredAddress, billing: StoredAddress) -> StoredAddress:
    """The shipping address with the place of the billing address; its own choices stay."""
    return structs.replace(
        billing,
        address_id=shipping.address_id,
        shipping_method=shipping.shipping_method,
        rates=shipping.rates,
        save_in_address_book=0,
    )


async def taken(
    ctx: Context, cart: OpenCart, stored: StoredAddress, sent: Address, *, drop_unknown: bool = False
) -> StoredAddress:
    """The stored address with what was sent laid over it; an entry of the address book comes before both.

    With `drop_unknown` the number of an entry that exists nowhere is passed over.

    Raises:
        InvalidEmail, InvalidCountry.
        NoSuchAddress: no such entry, or not of this cart's customer. Guests have none.
    """
    address = structs.replace(stored)
    lay_over(ctx, address, sent)
    address.customer_id = cart.quote.customer_id
    if sent.customer_address_id:
        known = await _book_entry(ctx, cart, sent.customer_address_id, drop_unknown=drop_unknown)
        if known is not None:
            copy_from_book(ctx, address, known)
    if cart.quote.customer_id is not None:
        address.email = cart.content.purchaser.email
    check(ctx, address)
    return address


async def _book_entry(ctx: Context, cart: OpenCart, address_id: int, *, drop_unknown: bool) -> BookAddress | None:
    found = await customers.find_address(ctx, address_id)
    if found is None and drop_unknown:
        return None
    if found is None or found.customer_id is None or found.customer_id != cart.quote.customer_id:
        raise NoSuchAddress(address_id)
    return found


def lay_over(ctx: Context, address: StoredAddress, sent: Address) -> None:
    """Every field that was sent; the others stay."""
    for name in PLAIN_FIELDS:
        if (value := getattr(sent, name)) is not None:
            setattr(address, name, value)
    if sent.street is not None:
        address.street = [line for line in sent.street if line]
    if any(part is not None for part in (sent.region, sent.region_id, sent.region_code)):
        address.region, address.region_id, address.region_code = sent.region, sent.region_id, sent.region_code
        complete_region(ctx, address)
    for attribute in sent.custom_attributes or ():
        if attribute.attribute_code and attribute.value is not None:
            address.custom_attributes[attribute.attribute_code] = str(attribute.value)


def complete_region(ctx: Context, address: StoredAddress) -> None:
    """Name and code of a known region."""
    if address.region_id and (region := directory.region_by_id(ctx, address.region_id)):
        address.region, address.region_code = region.name, region.code


def copy_from_book(ctx: Context, address: StoredAddress, known: BookAddress) -> None:
    """What the address book says, over everything that was sent."""
    for name in FROM_BOOK:
        setattr(address, name, getattr(known, name))
    address.street = list(known.street or ())
    address.region_id = known.region_id or None
    address.region = known.region.region if known.region else None
    address.region_code = known.region.region_code if known.region else None
    complete_region(ctx, address)
    address.customer_address_id = known.id
    address.save_in_address_book = 0


def check(ctx: Context, address: StoredAddress) -> None:
    """What is refused at once; all else only when the order is placed. Raises InvalidEmail, InvalidCountry."""
    if address.email and not customers.is_email(address.email):
        raise InvalidEmail
    if address.country_id and not directory.country_exists(ctx, address.country_id):
        raise InvalidCountry
