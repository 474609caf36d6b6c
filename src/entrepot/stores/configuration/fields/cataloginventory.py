"""Stock rules for all products, bulk operations, and distances for source selection."""

from entrepot.stores.configuration.checks import BY_GROUP, number
from entrepot.stores.configuration.declare import DW, DWS, D, group, section, select, special, text, yes_no
from entrepot.stores.configuration.options import choices

BACKORDERS = choices({"0": "No Backorders", "1": "Allow Qty Below 0", "2": "Allow Qty Below 0 and Notify Customer"})
DISTANCE_PROVIDERS = choices({"google": "Google MAP", "offline": "Offline calculation"})
TRAVEL_MODES = choices({"driving": "Driving", "walking": "Walking", "bicycling": "Bicycling"})
DISTANCE_VALUES = choices({"distance": "Distance", "time": "Time to destination"})

SECTION = section(
    "cataloginventory",
    "Inventory",
    group(
        "options",
        "Stock Options",
        yes_no("can_subtract", "Decrease Stock When Order is Placed", D, "1"),
        yes_no("can_back_in_stock", "Set Items' Status to be In Stock When Order is Cancelled", D, "1"),
        yes_no("show_out_of_stock", "Display Out of Stock Products", D, "0"),
        text("stock_threshold_qty", "Only X left Threshold", DW, "0", check=number()),
        yes_no("display_product_stock_status", "Display Products Availability in Stock on Storefront", DWS, "1"),
    ),
    group(
        "item_options",
        "Product Stock Options",
        yes_no("manage_stock", "Manage Stock", D, "1"),
        select("backorders", "Backorders", D, BACKORDERS, "0"),
        text("max_sale_qty", "Maximum Qty Allowed in Shopping Cart", D, "10000", check=number()),
        text("min_qty", "Out-of-Stock Threshold", D, "0", check=number()),
        text("min_sale_qty", "Minimum Qty Allowed in Shopping Cart", D, "1", check=BY_GROUP),
        text("notify_stock_qty", "Notify for Quantity Below", D, "1", check=number()),
        yes_no("enable_qty_increments", "Enable Qty Increments", D, "0"),
        text(
            "qty_increments", "Qty Increments", D, "1", check=number(above="0"), depends={"enable_qty_increments": "1"}
        ),
        yes_no("auto_return", "Automatically Return Credit Memo Item to Stock", D),
    ),
    group(
        "bulk_operations",
        "Admin bulk operations",
        yes_no("async", "Run asynchronously", D, "0"),
        text("batch_size", "Asynchronous batch size", D, "100", depends={"async": "1"}),
    ),
    group(
        "source_selection_distance_based",
        "Distance Provider for Distance Based SSA",
        select("provider", "Provider", D, DISTANCE_PROVIDERS, "google"),
    ),
    group(
        "source_selection_distance_based_google",
        "Google Distance Provider",
        special("password", "api_key", "Google API key", D, ""),
        select("mode", "Computation mode", D, TRAVEL_MODES, "driving"),
        select("value", "Value", D, DISTANCE_VALUES, "distance"),
    ),
    tab="catalog",
    resource="Magento_CatalogInventory::cataloginventory",
    sort_order=50,
)
