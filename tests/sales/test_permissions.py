"""Who may do what with orders and their documents, route by route (spec 60, 1.1 and 2)."""

from __future__ import annotations

import pytest

from entrepot import access
from entrepot.kit.context import ActorType
from tests.access.makers import a_role, an_administrator
from tests.quotes.conftest import jane  # noqa: F401 -- a fixture

ROUTES = {
    "actions_view": ["GET orders/1", "GET orders", "GET orders/1/statuses", "GET orders/1/comments",
                     "GET orders/items/1", "GET orders/items"],
    "create": ["POST orders", "PUT orders/create", "PUT orders/1"],
    "cancel": ["POST orders/1/cancel"],
    "hold": ["POST orders/1/hold"],
    "unhold": ["POST orders/1/unhold"],
    "emails": ["POST orders/1/emails"],
    "comment": ["POST orders/1/comments"],
    "invoice": ["POST order/1/invoice"],
    "ship": ["POST order/1/ship"],
    "creditmemo": ["POST order/1/refund"],
    "sales_invoice": ["POST invoice/1/refund", "GET invoices/1", "GET invoices", "POST invoices",
                      "POST invoices/1/capture", "POST invoices/1/void", "POST invoices/1/emails",
                      "GET invoices/1/comments", "POST invoices/comments"],
    "shipment": ["GET shipment/1", "GET shipments", "POST shipment", "GET shipment/1/label", "POST shipment/1/emails",
                 "GET shipment/1/comments", "POST shipment/1/comments", "POST shipment/track",
                 "DELETE shipment/track/1"],
    "sales_creditmemo": ["GET creditmemo/1", "GET creditmemos", "POST creditmemo", "POST creditmemo/refund",
                         "PUT creditmemo/1", "POST creditmemo/1/emails", "GET creditmemo/1/comments",
                         "POST creditmemo/1/comments"],
    "transactions_fetch": ["GET transactions/1", "GET transactions"],
}  # fmt: skip
EACH = [(resource, *route.split()) for resource, routes in ROUTES.items() for route in routes]
# Who may not is told so before anybody looks at what was sent.
UNREADABLE = b"{"


def refused(resource):
    return {
        "message": "The consumer isn't authorized to access %resources.",
        "parameters": {"resources": f"Magento_Sales::{resource}"},
    }


@pytest.fixture
async def clerk(ctx, rest):
    """Somebody who may have one resource: `await clerk("hold")`."""

    async def make(resource):
        role = await a_role(ctx, resources=(f"Magento_Sales::{resource}",))
        user = await an_administrator(ctx, role=role)
        return rest.as_caller(await access.issue(ctx, ActorType.ADMIN, user.user_id))

    return make


async def test_neither_guests_nor_customers_do_anything_with_orders(rest, jane):  # noqa: F811
    for resource, method, path in EACH:
        body = None if method in ("GET", "DELETE") else UNREADABLE
        for caller, slash in ((rest, ""), (rest, "/"), (jane, "")):
            reply = await caller.call(method, f"/rest/default/V1/{path}{slash}", body)
            assert (reply.status, reply.body) == (401, refused(resource)), (method, path)


@pytest.mark.parametrize("resource", ROUTES)
async def test_a_resource_opens_its_own_routes_and_no_others(clerk, resource):
    caller = await clerk(resource)
    for of, method, path in EACH:
        reply = await caller.call(method, f"/rest/V1/{path}")
        if of == resource:
            assert reply.status in (200, 400, 404), (method, path, reply.body)
        else:
            assert (reply.status, reply.body) == (401, refused(of))
