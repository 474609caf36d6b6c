"""Where an account belongs: its website, store view and group (spec 20-customers, 4.2, steps 3 to 7)."""

from __future__ import annotations

from entrepot.customers.contracts import Customer
from entrepot.customers.errors import GroupUnknown, StoreNotFound, StoreNotInWebsite, WebsiteNotFound
from entrepot.customers.queries import groups as group_queries
from entrepot.customers.sharing import is_global
from entrepot.kit.context import Context
from entrepot.kit.errors import Unauthorized
from entrepot.kit.scope import StoreView

MANAGE = "Magento_Customer::manage"
DEFAULT_GROUP = "customer/create_account/default_group"
GENERAL_GROUP_ID = 1


def place_of(ctx: Context, customer: Customer) -> tuple[StoreView, int]:
    """The store view and the website's id of a new account.

    What the client did not give is taken from the request: the store view in its URL, and only without one the
    default view. Raises WebsiteNotFound, StoreNotFound or StoreNotInWebsite.
    """
    if customer.store_id:
        store = ctx.stores.by_id(customer.store_id)
    elif customer.website_id:
        store = ctx.stores.default_of_website(customer.website_id)
        if store is None:
            raise WebsiteNotFound(customer.website_id)
    else:
        store = ctx.stores.default if ctx.store.is_admin else ctx.store
    if customer.website_id:
        if store is None or (store.website_id != customer.website_id and not is_global(ctx)):
            raise StoreNotInWebsite
        return store, customer.website_id
    if store is None:
        raise StoreNotFound
    return store, store.website_id


def default_group_id(ctx: Context, store_id: int) -> int:
    configured = ctx.config(DEFAULT_GROUP, store_id=store_id)
    return int(configured) if configured and configured.isdigit() else GENERAL_GROUP_ID


async def allowed_group(ctx: Context, given: int | None, own: int) -> int:
    """The group that an account gets when `given` is asked for, and `own` is what it has or would get by default.

    Raises Unauthorized when a caller who does not manage customers asks for another one, and GroupUnknown.
    """
    if given is None or given == own:
        return own
    if not ctx.actor.may(MANAGE):
        raise Unauthorized(resources=MANAGE)
    if not await group_queries.hold(ctx.db, given):
        raise GroupUnknown
    return given
