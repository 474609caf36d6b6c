"""The address book: the two defaults, then all others, and deleting one (spec 20-customers, 16.6)."""

from __future__ import annotations

from starlette.responses import Response

from entrepot import customers
from entrepot.customers import Address
from entrepot.directory import country_name
from entrepot.kit.errors import Refused
from entrepot.kit.pages import page
from entrepot.storefront.access import Visitor
from entrepot.storefront.paging import Paging
from entrepot.storefront.printed_address import printed, printed_defaults
from entrepot.storefront.shop_page import ShopPage

BOOK = "customer/address"
CANNOT_DELETE = "We can't delete the address right now."


@page(BOOK, access=Visitor.SIGNED_IN)
async def address_book(page: ShopPage) -> Response:
    addresses = page.customer.addresses or []
    if not addresses:
        return page.redirect("customer/address/new")
    others = [a for a in reversed(addresses) if not a.default_billing and not a.default_shipping]
    paging = Paging.of(page, len(others))
    return page.render(
        "address/book.html",
        defaults=printed_defaults(page),
        others=others[paging.first : paging.end],
        paging=paging,
        country=lambda address: country_name(address.country_id or "", page.locale),
    )


@page("customer/address/delete", access=Visitor.SIGNED_IN)
async def ask_to_delete(page: ShopPage) -> Response:
    """The question as a page, for those whose browser runs no script."""
    address = own_address(page)
    if address is None:
        page.error(CANNOT_DELETE)
        return page.redirect(BOOK)
    return page.render("address/delete.html", address=address, printed=printed(page, address))


@page("customer/address/delete", methods=["POST"], access=Visitor.SIGNED_IN)
async def delete(page: ShopPage) -> Response:
    address = own_address(page)
    if address is None or address.id is None:
        page.error(CANNOT_DELETE)
        return page.redirect(BOOK)
    try:
        async with page.attempt():
            await customers.delete_address_of(page.ctx, page.customer_id, address.id)
    except Refused:
        page.error(CANNOT_DELETE)
    else:
        page.success("You deleted the address.")
    return page.redirect(BOOK)


def own_address(page: ShopPage) -> Address | None:
    """The customer's address with the id in the path; None for another customer's."""
    address_id = page.number("id")
    return next((address for address in page.customer.addresses or [] if address.id == address_id), None)
