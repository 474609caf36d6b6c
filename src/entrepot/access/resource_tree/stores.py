"""Configuration, stores, inventory, taxes, currencies, attributes."""

from entrepot.access.resource import Resource

STORES = Resource(
    "Magento_Backend::stores",
    "Stores",
    80,
    children=(
        Resource(
            "Magento_Backend::stores_settings",
            "Settings",
            10,
            children=(
                Resource("Magento_Backend::store", "All Stores", 10),
                Resource(
                    "Magento_Config::config",
                    "Configuration",
                    20,
                    children=(
                        Resource(
                            "Magento_Catalog::config_catalog",
                            "Catalog Section",
                            0,
                            children=(Resource("Magento_CatalogSearch::config_catalog_search", "Catalog Search", 10),),
                        ),
                        Resource("Magento_CatalogInventory::cataloginventory", "Inventory Section", 0),
                        Resource("Magento_Cms::config_cms", "Content Management", 0),
                        Resource("Magento_Contact::contact", "Contacts Section", 0),
                        Resource("Magento_Downloadable::downloadable", "Downloadable Product Section", 0),
                        Resource("Magento_GoogleAnalytics::google", "Google API", 0),
                        Resource("Magento_Newsletter::newsletter", "Newsletter Section", 0),
                        Resource("Magento_Payment::payment", "Payment Methods Section", 0),
                        Resource("Magento_Payment::payment_services", "Payment Services", 0),
                        # Magento's own tree lacks these two, so that only full access opens their sections.
                        Resource("Magento_Integration::config_oauth", "OAuth Section", 0),
                        Resource("Magento_Webapi::config_webapi", "Magento Web API Section", 0),
                        # Our own.
                        Resource("Entrepot_Webhooks::config_webhooks", "Webhooks Section", 0),
                        Resource("Magento_Shipping::config_shipping", "Shipping Settings Section", 5),
                        Resource("Magento_Shipping::shipping_policy", "Shipping Policy Parameters Section", 5),
                        Resource("Magento_Shipping::carriers", "Shipping Methods Section", 5),
                        Resource("Magento_Multishipping::config_multishipping", "Multishipping Settings Section", 6),
                        Resource("Magento_Config::config_general", "General Section", 20),
                        Resource("Magento_Config::web", "Web Section", 30),
                        Resource("Magento_Config::config_design", "Design Section", 40),
                        Resource("Magento_Customer::config_customer", "Customers Section", 50),
                        Resource("Magento_Tax::config_tax", "Tax Section", 55),
                        Resource("Magento_Checkout::checkout", "Checkout Section", 57),
                        Resource("Magento_Persistent::persistent", "Persistent Shopping Cart", 60),
                        Resource("Magento_Sales::config_sales", "Sales Section", 60),
                        Resource("Magento_Sales::sales_email", "Sales Emails Section", 65),
                        Resource("Magento_Sales::sales_pdf", "PDF Print-outs", 66),
                        Resource("Magento_Reports::reports", "Reports", 70),
                        Resource("Magento_Sitemap::config_sitemap", "XML Sitemap Section", 70),
                        Resource("Magento_Config::config_system", "System Section", 80),
                        Resource("Magento_Wishlist::config_wishlist", "Wish List Section", 80),
                        Resource("Magento_Config::advanced", "Advanced Section", 90),
                        Resource("Magento_SalesRule::config_promo", "Promotion", 90),
                        Resource("Magento_Config::config_admin", "Advanced Admin Section", 100),
                        Resource("Magento_Config::trans_email", "Store Email Addresses Section", 100),
                        Resource("Magento_Config::dev", "Developer Section", 110),
                        Resource("Magento_Config::currency", "Currency Setup Section", 120),
                        Resource("Magento_Rss::rss", "RSS Feeds Section", 135),
                        Resource("Magento_Config::sendfriend", "Email to a Friend", 140),
                        Resource("Magento_Analytics::analytics_settings", "Analytics", 150),
                        Resource(
                            "Magento_NewRelicReporting::config_newrelicreporting", "New Relic Reporting Section", 1100
                        ),
                    ),
                ),
                Resource("Magento_CheckoutAgreements::checkoutagreement", "Terms & Conditions", 30),
                Resource("Magento_Sales::order_statuses", "Order Status", 40),
            ),
        ),
        Resource(
            "Magento_InventoryApi::inventory",
            "Inventory",
            10,
            children=(
                Resource(
                    "Magento_InventoryApi::source",
                    "Sources",
                    10,
                    children=(Resource("Magento_InventoryApi::source_edit", "Edit Sources", 10),),
                ),
                Resource(
                    "Magento_InventoryApi::stock",
                    "Stocks",
                    20,
                    children=(
                        Resource("Magento_InventoryApi::stock_edit", "Edit Stocks", 10),
                        Resource("Magento_InventoryApi::stock_delete", "Delete Stocks", 20),
                        Resource("Magento_InventoryApi::source_stock_link", "Source to Stock Assigning", 30),
                    ),
                ),
                Resource("Magento_InventorySalesApi::stock", "Sales Stock", 30),
            ),
        ),
        Resource("Magento_Tax::manage_tax", "Taxes", 20),
        Resource(
            "Magento_CurrencySymbol::system_currency",
            "Currency",
            30,
            children=(
                Resource("Magento_CurrencySymbol::currency_rates", "Currency Rates", 10),
                Resource("Magento_CurrencySymbol::symbols", "Currency Symbols", 20),
            ),
        ),
        Resource(
            "Magento_Backend::stores_attributes",
            "Attributes",
            40,
            children=(
                Resource("Magento_Catalog::attributes_attributes", "Product", 30),
                Resource("Magento_Catalog::sets", "Attribute Set", 40),
                Resource("Magento_Review::ratings", "Ratings", 60),
                Resource("Magento_Swatches::iframe", "Swatches", 70),
            ),
        ),
        Resource("Magento_Backend::stores_other_settings", "Other Settings", 50),
    ),
)
