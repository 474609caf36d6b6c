"""How a product is sold: its own settings, or the configured ones where it says so (spec 40-inventory, 8)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal, InvalidOperation

import msgspec
from msgspec import Struct

ALL_GROUPS = "32000"
NOT_LOGGED_IN = 0
NOTHING = Decimal(0)


class StockItemRow(Struct, kw_only=True):
    """The stock item of a product as it is stored. With a `use_config_*` on, the value beside it is asleep."""

    item_id: int | None = None
    product_id: int
    qty: Decimal | None = NOTHING
    is_in_stock: bool = False
    is_qty_decimal: bool = False
    use_config_min_qty: bool = True
    min_qty: Decimal = NOTHING
    use_config_min_sale_qty: bool = True
    min_sale_qty: Decimal = Decimal(1)
    use_config_max_sale_qty: bool = True
    max_sale_qty: Decimal = NOTHING
    use_config_backorders: bool = True
    backorders: int = 0
    use_config_notify_stock_qty: bool = True
    notify_stock_qty: Decimal | None = None
    use_config_qty_increments: bool = True
    qty_increments: Decimal = NOTHING
    use_config_enable_qty_inc: bool = True
    enable_qty_increments: bool = False
    use_config_manage_stock: bool = True
    manage_stock: bool = False
    low_stock_date: datetime | None = None
    is_decimal_divided: bool = False
    stock_status_changed_auto: int = 0


class Configured(Struct, frozen=True):
    """What holds for products that have no setting of their own."""

    manage_stock: bool
    backorders: int
    min_qty: Decimal
    min_sale_qty: Decimal | None
    """For the customer group asked for; None when it has no minimum."""
    max_sale_qty: Decimal
    notify_stock_qty: Decimal
    enable_qty_increments: bool
    qty_increments: Decimal


class Settings(Struct, frozen=True):
    """What holds for a product."""

    manage_stock: bool = True
    backorders: int = 0
    """0 no, 1 allow quantities below 0, 2 allow and notify the customer."""
    min_qty: Decimal = NOTHING
    """The out-of-stock threshold; with backorders, a floor when negative."""
    min_sale_qty: Decimal | None = None
    max_sale_qty: Decimal | None = None
    notify_stock_qty: Decimal = NOTHING
    enable_qty_increments: bool = False
    qty_increments: Decimal = NOTHING
    """0 when any quantity may be bought."""
    is_qty_decimal: bool = False

    @property
    def allows_backorders(self) -> bool:
        return self.backorders != 0


UNKNOWN = Settings()
"""Of a sku without product: managed, without limits."""


def configured(value: Callable[[str], str | None], customer_group_id: int = NOT_LOGGED_IN) -> Configured:
    """`value` gives a field of the group `cataloginventory/item_options`."""
    return Configured(
        manage_stock=_flag(value("manage_stock")),
        backorders=int(_number(value("backorders"))),
        min_qty=_number(value("min_qty")),
        min_sale_qty=min_sale_qty(value("min_sale_qty"), customer_group_id),
        max_sale_qty=_number(value("max_sale_qty")),
        notify_stock_qty=_number(value("notify_stock_qty")),
        enable_qty_increments=_flag(value("enable_qty_increments")),
        qty_increments=_number(value("qty_increments")),
    )


def min_sale_qty(value: str | None, customer_group_id: int) -> Decimal | None:
    """The minimum for a group: the value is a number for all, or JSON by group id, where 32000 is all groups.

    The entry of the group itself wins. None when neither is there.
    """
    if value is None or not value.strip():
        return None
    try:
        return Decimal(value.strip())
    except InvalidOperation:
        pass
    try:
        by_group = msgspec.json.decode(value, type=dict[str, str | float | int])
    except msgspec.MsgspecError:
        return None
    for group in (str(customer_group_id), ALL_GROUPS):
        if group in by_group:
            return _number(str(by_group[group]))
    return None


def settings(row: StockItemRow | None, config: Configured) -> Settings:
    """What holds for the product of a stock item, or for a sku that has none."""
    if row is None:
        return UNKNOWN
    backorders = config.backorders if row.use_config_backorders else row.backorders
    return Settings(
        manage_stock=manages_stock(row, config),
        backorders=backorders,
        min_qty=_threshold(config.min_qty if row.use_config_min_qty else row.min_qty, backorders),
        min_sale_qty=config.min_sale_qty if row.use_config_min_sale_qty else row.min_sale_qty,
        max_sale_qty=config.max_sale_qty if row.use_config_max_sale_qty else row.max_sale_qty,
        notify_stock_qty=(
            config.notify_stock_qty
            if row.use_config_notify_stock_qty or row.notify_stock_qty is None
            else row.notify_stock_qty
        ),
        enable_qty_increments=(
            config.enable_qty_increments if row.use_config_enable_qty_inc else row.enable_qty_increments
        ),
        qty_increments=_increments(row, config),
        is_qty_decimal=row.is_qty_decimal,
    )


def manages_stock(row: StockItemRow, config: Configured) -> bool:
    return config.manage_stock if row.use_config_manage_stock else row.manage_stock


def reads_in_stock(row: StockItemRow, config: Configured) -> bool:
    """Whether clients see it in stock: always, when its stock is not managed."""
    return row.is_in_stock or not manages_stock(row, config)


def _threshold(min_qty: Decimal, backorders: int) -> Decimal:
    """A positive threshold has no meaning with backorders, a negative one none without."""
    return min(min_qty, NOTHING) if backorders else max(min_qty, NOTHING)


def _increments(row: StockItemRow, config: Configured) -> Decimal:
    enabled = config.enable_qty_increments if row.use_config_enable_qty_inc else row.enable_qty_increments
    value = config.qty_increments if row.use_config_qty_increments else row.qty_increments
    if not enabled or value <= 0:
        return NOTHING
    return value if row.is_qty_decimal else Decimal(int(value))


def _flag(value: str | None) -> bool:
    return bool(value) and value not in ("0", "false")


def _number(value: str | None) -> Decimal:
    try:
        number = Decimal((value or "0").strip() or "0")
    except InvalidOperation:
        return NOTHING
    return number if number.is_finite() else NOTHING
