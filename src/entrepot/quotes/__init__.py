"""Carts: what is in them, where it goes, how it is paid, what it comes to; and how they become orders.

A cart is one document under one lock. Pages work on it as the API does: `open_cart`, something from `adding`,
`addresses`, `shipping` or `payments`, and `save`. Product types, carriers, payment methods and totals are plugged in;
orders are made by who registers as `OrderDesk`.
"""

from entrepot.quotes import (
    addresses,
    buying,
    carts,
    coupons,
    custom_options,
    downloadable,
    gift_messages,
    items,
    jobs,
    option_files,
    payment_information,
    payments,
    placing,
    saving,
    shipping,
    totals_service,
)
from entrepot.quotes.access import Mask, active_cart_id, callers_cart_id
from entrepot.quotes.cart import Freed, OpenCart
from entrepot.quotes.cart_types import CartType, cart_type, register_cart_type
from entrepot.quotes.contracts import BundleOption, ConfigurableOption, CustomOption, DownloadableOption
from entrepot.quotes.contracts import ProductOption as CartProductOption
from entrepot.quotes.contracts import ProductOptionExtension as CartProductOptionExtension
from entrepot.quotes.events import OrderPlaced
from entrepot.quotes.gift_message_contracts import GiftMessage
from entrepot.quotes.gift_messages import messages_by_id as gift_messages_by_id
from entrepot.quotes.open_cart import open_cart, save
from entrepot.quotes.order_desk import OrderDesk, PlacedOrder, register_order_desk
from entrepot.quotes.plugged_settings import Configured, take_up_settings
from entrepot.quotes.quantities import pieces
from entrepot.quotes.quote import Address as CartAddress
from entrepot.quotes.quote import Item as CartItem
from entrepot.quotes.quote import LineAmounts
from entrepot.quotes.quote import Origin as CartOrigin
from entrepot.quotes.quote import Payment as CartPayment

OPERATION_MODULES = (
    carts,
    saving,
    items,
    coupons,
    addresses,
    shipping,
    payments,
    payment_information,
    totals_service,
    gift_messages,
    placing,
)
"""The modules whose operations the REST API serves."""

JOB_MODULES = (jobs, option_files)
"""The modules whose jobs a worker runs."""

__all__ = [
    "JOB_MODULES",
    "OPERATION_MODULES",
    "BundleOption",
    "CartAddress",
    "CartItem",
    "CartOrigin",
    "CartPayment",
    "CartProductOption",
    "CartProductOptionExtension",
    "CartType",
    "ConfigurableOption",
    "Configured",
    "CustomOption",
    "DownloadableOption",
    "Freed",
    "GiftMessage",
    "LineAmounts",
    "Mask",
    "OpenCart",
    "OrderDesk",
    "OrderPlaced",
    "PlacedOrder",
    "active_cart_id",
    "buying",
    "callers_cart_id",
    "cart_type",
    "custom_options",
    "downloadable",
    "gift_messages",
    "gift_messages_by_id",
    "open_cart",
    "option_files",
    "pieces",
    "register_cart_type",
    "register_order_desk",
    "save",
    "take_up_settings",
]
