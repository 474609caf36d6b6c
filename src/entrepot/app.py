"""The whole wiring on one page: which domains there are, who listens to what, and what is served where."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.routing import Router

from entrepot import (
    access,
    asynchronous,
    catalog,
    content,
    customers,
    data_transfer,
    directory,
    inventory,
    promotions,
    quotes,
    sales,
    stores,
    taxes,
    webhooks,
)
from entrepot.access.oauth.callers import (
    identify_by_integration_token,
    identify_by_oauth,
    identify_by_oauth_token,
)
from entrepot.access.oauth.handshake import oauth_routes
from entrepot.admin import admin_app
from entrepot.catalog.browsing import register_availability
from entrepot.catalog.categories import changes as categories
from entrepot.catalog.events import ProductsDeleted, ProductSkuChanged
from entrepot.catalog.extensions import register_extension
from entrepot.catalog.media import jobs as media
from entrepot.catalog.media.serving import media_app
from entrepot.catalog.products import changes as products
from entrepot.catalog.products.listing import register_field
from entrepot.catalog.render import register_price_taxes
from entrepot.kit import jobs, mail
from entrepot.kit.context import Services
from entrepot.kit.db import Database
from entrepot.kit.events import Events
from entrepot.kit.jobs import Job, jobs_of
from entrepot.kit.pages import STATIC
from entrepot.kit.plug_ins import plugged_in
from entrepot.kit.rest import idempotency
from entrepot.kit.rest.address import is_rest
from entrepot.kit.rest.dispatcher import Dispatcher
from entrepot.kit.rest.openapi import ApiDocument
from entrepot.kit.rest.operation import CART_ID, Operation, operations_of
from entrepot.kit.swagger import swagger_routes
from entrepot.settings import Settings
from entrepot.storefront import storefront_app

DOMAINS = (
    stores,
    directory,
    access,
    asynchronous,
    content,
    customers,
    catalog,
    inventory,
    taxes,
    promotions,
    quotes,
    sales,
    data_transfer,
    webhooks,
)

CALLERS = (access.by_token, identify_by_integration_token, access.by_session, identify_by_oauth)
"""The means to find a REST caller, in the order in which they are tried; who is found by none is a guest."""

KNOWN_BY_HEAD = (access.by_token, identify_by_integration_token, access.by_session, identify_by_oauth_token)
"""The same for a request of which only the head is there."""

Scope = MutableMapping[str, Any]
Asgi = Callable[[Scope, Any, Any], Awaitable[None]]


def new_services(settings: Settings, database: Database) -> Services:
    """What one process has."""
    services = Services(settings, database, listeners())
    register_extension(inventory.StockItemExtension())
    for extension in catalog.DOWNLOADABLE_EXTENSIONS:
        register_extension(extension)
    register_availability(inventory.Shelves())
    register_price_taxes(taxes.ShownPrices())
    register_field("quantity_in_sources", inventory.QUANTITY_IN_SOURCES)
    quotes.take_up_settings()
    quotes.register_order_desk(sales.OrdersOfCarts())
    inventory.register_orders(sales.BookOfOrders())
    inventory.register_geocoder(inventory.source_selection.locate_source)
    services.operations = {operation.route: operation for operation in all_operations()}
    return services


def listeners() -> Events:
    """Who is told of what. Listeners run in the transaction of whoever publishes, and may refuse."""
    events = Events()
    events.listen(stores.ConfigurationChanged, customers.refuse_to_share_equal_emails)
    events.listen(catalog.attributes.AttributeSaved, products.follow_attribute)
    events.listen(catalog.attributes.AttributeDeleted, products.remove_values)
    events.listen(catalog.attributes.AttributeSaved, promotions.follow_attribute)
    events.listen(catalog.attributes.AttributeDeleted, promotions.forget_attribute)
    events.listen(catalog.attributes.AttributeUnassigned, products.remove_values_of_set)
    events.listen(catalog.attributes.AttributeSetDeleted, products.delete_products_of_set)
    events.listen(stores.StoreGroupCreated, categories.check_root_category)
    events.listen(stores.StoreGroupChanged, categories.check_root_category)
    events.listen(stores.StoreGroupChanged, categories.follow_group)
    events.listen(stores.StoreViewCreated, categories.follow_view)
    events.listen(stores.StoreViewChanged, categories.follow_view)
    events.listen(stores.ConfigurationChanged, categories.follow_configuration)
    events.listen(stores.StoreViewCreated, products.open_view)
    events.listen(stores.StoreViewChanged, products.follow_view)
    events.listen(stores.StoreGroupChanged, products.follow_group)
    events.listen(stores.ConfigurationChanged, products.follow_configuration)
    events.listen(stores.StoreViewCreated, sales.open_view)
    events.listen(stores.StoreViewDeleted, sales.forget_view)
    events.listen(quotes.OrderPlaced, sales.ring)
    events.listen(quotes.OrderPlaced, sales.invoice_what_is_free)
    events.listen(stores.WebsiteCreated, inventory.add_website)
    events.listen(stores.WebsiteChanged, inventory.rename_website)
    events.listen(stores.WebsiteDeleted, inventory.remove_website)
    events.listen(ProductSkuChanged, inventory.follow_sku)
    events.listen(ProductsDeleted, inventory.follow_deletion)
    events.listen(ProductsDeleted, media.follow_deletion)
    events.listen(quotes.OrderPlaced, webhooks.about_order(webhooks.ORDER_PLACED))
    events.listen(sales.OrderPaid, webhooks.about_order(webhooks.ORDER_PAID))
    events.listen(sales.OrderShipped, webhooks.about_order(webhooks.ORDER_SHIPPED))
    events.listen(sales.OrderRefunded, webhooks.about_order(webhooks.ORDER_REFUNDED))
    events.listen(sales.OrderCancelled, webhooks.about_order(webhooks.ORDER_CANCELLED))
    events.listen(inventory.StockRanLow, webhooks.stock_ran_low)
    events.listen(customers.CustomerCreated, webhooks.customer_created)
    events.listen(catalog.ProductsSaved, webhooks.products_saved)
    events.listen(ProductsDeleted, webhooks.products_deleted)
    return events


def all_operations() -> list[Operation]:
    """What the REST interface serves."""
    return operations_of(module for domain in DOMAINS for module in domain.OPERATION_MODULES)


def all_jobs() -> list[Job[Any]]:
    """What a worker runs: also what modules of plug-ins declare (docs/plug-ins.md)."""
    of_domains = (module for domain in DOMAINS for module in getattr(domain, "JOB_MODULES", ()))
    return jobs_of([*of_domains, jobs, mail, idempotency, *plugged_in("entrepot.jobs").values()])


def rest(services: Services) -> Dispatcher:
    """The REST interface over all domains."""
    operations = list(services.operations.values())
    return Dispatcher(
        services,
        operations,
        callers=CALLERS,
        known_by_head=KNOWN_BY_HEAD,
        forced={CART_ID: quotes.callers_cart_id},
        scheduler=asynchronous.BulkScheduler(),
        describer=ApiDocument(operations),
    )


def create_app(services: Services) -> Asgi:
    """Everything that is served over HTTP, by the beginning of the path."""
    api = rest(services)
    mounted: dict[str, Asgi] = {
        "static": STATIC,
        "media": media_app(services),
        "swagger": Router(swagger_routes()),
        "oauth": Router(oauth_routes(services)),
        "admin": admin_app(services),
    }
    storefront = storefront_app(services)

    async def app(scope: Scope, receive: Any, send: Any) -> None:
        path = scope["path"]
        if is_rest(path):
            await api(scope, receive, send)
        else:
            await mounted.get(path.split("/", 2)[1], storefront)(scope, receive, send)

    return app
