"""What other modules add to the page of an order: things to do with it, and tabs.

    register_action(OrderAction("Ship", "sales/order_shipment/start", "Magento_Sales::ship", can_ship, kind="primary"))
    register_tab(OrderTab("invoices", "Invoices", "Magento_Sales::sales_invoice", show_invoices))

A tab is a page at `sales/order/view/order_id/<id>/tab/<key>`; its function renders a template that extends
`order_tab.html`, with what `order_view.frame_of` gives.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from msgspec import Struct
from starlette.responses import Response

from entrepot.admin.page import AdminPage, Button
from entrepot.kit.context import Context
from entrepot.sales.contracts import Order
from entrepot.sales.open_order import OpenOrder


class OrderAction(Struct, frozen=True):
    """A button. `path` gets the id of the order; it is a page to open, or with `is_sent` the target of a form."""

    label: str
    path: str
    resource: str
    is_offered: Callable[[OpenOrder], bool]
    """As the predicates of `sales.states` say."""
    kind: str = ""
    is_sent: bool = False
    confirm: str = ""
    yes: str = ""
    place: int = 100
    """Buttons stand in this order; the thing to do next is the last one."""
    allows: Callable[[Context, OpenOrder], Awaitable[bool]] | None = None
    """What has to be looked up. Asked only where it is offered."""


class OrderTab(Struct, frozen=True):
    key: str
    label: str
    resource: str
    show: Callable[[AdminPage, Order], Awaitable[Response]]
    place: int = 100


_actions: dict[str, OrderAction] = {}
_tabs: dict[str, OrderTab] = {}


def register_action(action: OrderAction) -> None:
    """A second one of the same label takes the place of the first."""
    _actions[action.label] = action


def register_tab(tab: OrderTab) -> None:
    """A second one of the same key takes the place of the first."""
    _tabs[tab.key] = tab


async def buttons_of(page: AdminPage, order: OpenOrder) -> list[Button]:
    """What may be done with the order now, by who looks at it."""
    offered = [one for one in _actions.values() if page.may(one.resource) and one.is_offered(order)]
    allowed = [one for one in offered if one.allows is None or await one.allows(page.ctx, order)]
    return [_button(page, one, order) for one in sorted(allowed, key=lambda one: one.place)]


def _button(page: AdminPage, action: OrderAction, order: OpenOrder) -> Button:
    href = page.url(action.path, order_id=order.entity_id)
    if action.is_sent:
        return Button(action.label, post=href, confirm=action.confirm, yes=action.yes, kind=action.kind)
    return Button(action.label, href=href, kind=action.kind)


def tabs_of(page: AdminPage) -> list[OrderTab]:
    return sorted((tab for tab in _tabs.values() if page.may(tab.resource)), key=lambda tab: tab.place)
