"""What happens in the shop, told to programs outside: a stream that they read, and webhooks that are sent to them.

The domains know nothing of it: listeners write what they publish into the stream, in the same transaction. It is read
by cursor (`stream`) and sent to whoever subscribed (`dispatching`). docs/webhooks.md says what programs can rely on.
"""

from entrepot.webhooks import deliveries, dispatching, jobs, stream, subscriptions
from entrepot.webhooks.deliveries import list_all_deliveries, list_deliveries, ping, redeliver
from entrepot.webhooks.listening import (
    about_order,
    customer_created,
    products_deleted,
    products_saved,
    stock_ran_low,
)
from entrepot.webhooks.queries.subscriptions import WebhookRow
from entrepot.webhooks.subscriptions import (
    create_webhook,
    delete_webhook,
    list_webhooks,
    rotate_secret,
    update_webhook,
)
from entrepot.webhooks.subscriptions import find as find_webhook
from entrepot.webhooks.types import (
    EVENT_TYPES,
    ORDER_CANCELLED,
    ORDER_PAID,
    ORDER_PLACED,
    ORDER_REFUNDED,
    ORDER_SHIPPED,
    PING,
)

OPERATION_MODULES = (subscriptions, deliveries, stream)
"""The modules whose operations the REST API serves."""

JOB_MODULES = (dispatching, jobs)
"""The modules whose jobs a worker runs."""

__all__ = [
    "EVENT_TYPES",
    "JOB_MODULES",
    "OPERATION_MODULES",
    "ORDER_CANCELLED",
    "ORDER_PAID",
    "ORDER_PLACED",
    "ORDER_REFUNDED",
    "ORDER_SHIPPED",
    "PING",
    "WebhookRow",
    "about_order",
    "create_webhook",
    "customer_created",
    "delete_webhook",
    "find_webhook",
    "list_all_deliveries",
    "list_deliveries",
    "list_webhooks",
    "ping",
    "products_deleted",
    "products_saved",
    "redeliver",
    "rotate_secret",
    "stock_ran_low",
    "update_webhook",
]
