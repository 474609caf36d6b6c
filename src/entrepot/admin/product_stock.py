"""Quantity and Stock Status where there is one source, and the settings of Advanced Inventory.

With several sources the quantities are those of the panel Sources; the settings here hold for all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from msgspec import Struct

from entrepot import inventory
from entrepot.admin.form import Field, Inheritance, Section
from entrepot.admin.form.declare import Kind
from entrepot.admin.options import YES_NO, Option, Options
from entrepot.admin.product_fields import amount
from entrepot.admin.product_panels import Editing, Panel, PlacedSection, Shown
from entrepot.catalog.contracts import Product, StockItem
from entrepot.inventory.rules.products import TYPES_WITH_SOURCE_ITEMS
from entrepot.kit.pages.typed import Mistyped, signed_quantity

KEY = "stock"
QUANTITY_PLACE = 105
SETTINGS_PLACE = 115

BACKORDERS = (
    Option("0", "No Backorders"),
    Option("1", "Allow Qty Below 0"),
    Option("2", "Allow Qty Below 0 and Notify Customer"),
)
STATUS = (Option("1", "In Stock"), Option("0", "Out of Stock"))


class Setting(Struct, frozen=True):
    """A field of the stock item; `use_config` is the flag beside it, if it can follow the configuration."""

    name: str
    label: str
    kind: Kind
    use_config: str = ""
    options: Options = ()
    depends: tuple[tuple[str, str], ...] = ()


SETTINGS = (
    Setting("manage_stock", "Manage Stock", "select", "use_config_manage_stock", YES_NO),
    Setting("min_qty", "Out-of-Stock Threshold", "decimal", "use_config_min_qty"),
    Setting("min_sale_qty", "Minimum Qty Allowed in Shopping Cart", "decimal", "use_config_min_sale_qty"),
    Setting("max_sale_qty", "Maximum Qty Allowed in Shopping Cart", "decimal", "use_config_max_sale_qty"),
    Setting("is_qty_decimal", "Qty Uses Decimals", "select", options=YES_NO),
    Setting(
        "is_decimal_divided", "Allow Multiple Boxes for Shipping", "select", options=YES_NO,
        depends=(("stock_is_qty_decimal", "1"),),
    ),
    Setting("backorders", "Backorders", "select", "use_config_backorders", BACKORDERS),
    Setting("notify_stock_qty", "Notify for Quantity Below", "decimal", "use_config_notify_stock_qty"),
    Setting("enable_qty_increments", "Enable Qty Increments", "select", "use_config_enable_qty_inc", YES_NO),
    Setting(
        "qty_increments", "Qty Increments", "decimal", "use_config_qty_increments",
        depends=(("stock_enable_qty_increments", "1"),),
    ),
)  # fmt: skip


def field_name(name: str) -> str:
    return f"stock[{name}]"


async def _show(editing: Editing) -> Shown:
    item = _stored(editing)
    single = await inventory.is_single_source_mode(editing.ctx)
    configured = configured_values(editing)
    values: dict[str, Any] = {}
    fields = []
    for setting in SETTINGS:
        inherits = _follows(editing, item, setting)
        wider = configured.get(setting.name, "")
        values[field_name(setting.name)] = wider if inherits else _value(editing, item, setting)
        fields.append(setting_field(setting, inherits=inherits, wider=wider))
    sections = []
    if single and editing.type_id in TYPES_WITH_SOURCE_ITEMS:
        values[field_name("qty")] = _typed(editing, "qty", amount(item.qty))
        values[field_name("is_in_stock")] = _typed(editing, "is_in_stock", str(int(bool(item.is_in_stock))))
        quantity = (
            Field(field_name("qty"), "Quantity", "decimal", id="stock_qty"),
            Field(field_name("is_in_stock"), "Stock Status", "select", options=STATUS, id="stock_is_in_stock"),
        )
        sections.append(PlacedSection(QUANTITY_PLACE, Section("product-quantity", "Quantity", quantity)))
    elif editing.type_id not in TYPES_WITH_SOURCE_ITEMS:
        values[field_name("is_in_stock")] = _typed(editing, "is_in_stock", str(int(bool(item.is_in_stock))))
        fields.append(
            Field(field_name("is_in_stock"), "Stock Status", "select", options=STATUS, id="stock_is_in_stock")
        )
    advanced = Section(
        "product-advanced-inventory", "Advanced Inventory", tuple(fields), template="product_stock.html", is_open=False
    )
    return Shown([*sections, PlacedSection(SETTINGS_PLACE, advanced)], values)


def setting_field(setting: Setting, *, inherits: bool, wider: str) -> Field:
    flag = field_name(setting.use_config)
    return Field(
        field_name(setting.name),
        setting.label,
        setting.kind,
        options=setting.options,
        depends=setting.depends,
        inheritance=Inheritance(flag, "Use Config Settings", inherits, value=wider) if setting.use_config else None,
        id=f"stock_{setting.name}",
    )


def configured_values(editing: Editing) -> dict[str, str]:
    """What the configuration says, as the fields show it."""
    configured = inventory.configuration(editing.ctx)
    return {name: shown_value(getattr(configured, name)) for name in configured.__struct_fields__}


def shown_value(value: Any) -> str:
    if isinstance(value, bool):
        return str(int(value))
    return amount(value) if isinstance(value, Decimal) else str(value if value is not None else "")


def _stored(editing: Editing) -> StockItem:
    extension = editing.product.extension_attributes if editing.product else None
    return extension.stock_item or StockItem() if extension else StockItem()


def _follows(editing: Editing, item: StockItem, setting: Setting) -> bool:
    if not setting.use_config:
        return False
    if (posted := editing.sent(KEY)) is not None:
        return posted.is_ticked(field_name(setting.use_config))
    stored = getattr(item, setting.use_config)
    return True if stored is None else bool(stored)


def _value(editing: Editing, item: StockItem, setting: Setting) -> str:
    stored = getattr(item, setting.name)
    return _typed(editing, setting.name, shown_value(stored) or ("0" if setting.kind == "select" else ""))


def _typed(editing: Editing, name: str, otherwise: str) -> str:
    posted = editing.sent(KEY)
    if posted is not None and field_name(name) in posted:
        return posted.get(field_name(name))
    return otherwise


def _read(editing: Editing, product: Product) -> None:
    posted = editing.sent(KEY)
    if posted is None or product.extension_attributes is None:
        return
    item = StockItem()
    read_settings(posted.get, posted.is_ticked, item, editing.wrong)
    if field_name("qty") in posted:
        item.qty = _number(posted.get, "qty", editing.wrong)
    if field_name("is_in_stock") in posted:
        item.is_in_stock = posted.is_ticked(field_name("is_in_stock"))
    product.extension_attributes.stock_item = item


def read_settings(
    get: Callable[[str], str],
    is_ticked: Callable[[str], bool],
    item: StockItem,
    wrong: Callable[[str, str], None],
    names: frozenset[str] | None = None,
) -> None:
    """Put the settings (all, or those named) into a stock item; `wrong` is told of what is no number."""
    for setting in SETTINGS:
        if names is not None and setting.name not in names:
            continue
        if setting.use_config:
            follows = is_ticked(field_name(setting.use_config))
            setattr(item, setting.use_config, int(follows) if setting.name == "min_sale_qty" else follows)
            if follows:
                continue
        if setting.name == "backorders":
            item.backorders = int(text) if (text := get(field_name("backorders"))) in ("0", "1", "2") else 0
        elif setting.kind == "select":
            setattr(item, setting.name, is_ticked(field_name(setting.name)))
        else:
            setattr(item, setting.name, _number(get, setting.name, wrong))


def _number(get: Callable[[str], str], name: str, wrong: Callable[[str, str], None]) -> Decimal:
    text = get(field_name(name))
    try:
        return signed_quantity(text) if text.strip() else Decimal(0)
    except Mistyped as fault:
        wrong(field_name(name), fault.rendered())
        return Decimal(0)


STOCK = Panel(KEY, _show, _read)
