"""Listings, reviews, alerts, prices, layered navigation, search, and product URLs."""

from entrepot.stores.configuration.checks import EMAIL, PAGE_SIZE, PAGE_SIZES, digits, number
from entrepot.stores.configuration.declare import (
    DW,
    DWS,
    D,
    email_template,
    group,
    section,
    select,
    sender,
    special,
    text,
    yes_no,
)
from entrepot.stores.configuration.model import OptionSource
from entrepot.stores.configuration.options import ENABLE_DISABLE, FREQUENCIES, choices

LIST_MODES = choices(
    {
        "grid": "Grid Only",
        "list": "List Only",
        "grid-list": "Grid (default) / List",
        "list-grid": "List (default) / Grid",
    }
)
RECENT_SCOPES = choices({"website": "Website", "group": "Store", "store": "Store View"})
PRICE_SCOPES = choices({"0": "Global", "1": "Website"})
PRICE_STEPS = choices(
    {"auto": "Automatic (equalize price ranges)", "improved": "Automatic (equalize product counts)", "manual": "Manual"}
)
ITEM_STATUSES = choices({"1": "Pending", "9": "Invoiced"})
DISPOSITIONS = choices({"attachment": "attachment", "inline": "inline"})
TIME_FORMATS = choices({"12h": "12h AM/PM", "24h": "24h"})

SECTION = section(
    "catalog",
    "Catalog",
    group(
        "fields_masks",
        "Product Fields Auto-Generation",
        text("sku", "Mask for SKU", D, "{{name}}"),
        text("meta_title", "Mask for Meta Title", D, "{{name}}"),
        text("meta_keyword", "Mask for Meta Keywords", D, "{{name}}"),
        text("meta_description", "Mask for Meta Description", D, "{{name}} {{description}}"),
    ),
    group(
        "frontend",
        "Storefront",
        select("list_mode", "List Mode", DWS, LIST_MODES, "grid-list"),
        text("grid_per_page_values", "Products per Page on Grid Allowed Values", DWS, "9,15,30", check=PAGE_SIZES),
        text("grid_per_page", "Products per Page on Grid Default Value", DWS, "9", check=PAGE_SIZE),
        text(
            "list_per_page_values", "Products per Page on List Allowed Values", DWS, "5,10,15,20,25", check=PAGE_SIZES
        ),
        text("list_per_page", "Products per Page on List Default Value", DWS, "10", check=PAGE_SIZE),
        select("default_sort_by", "Product Listing Sort by", DWS, OptionSource.PRODUCT_SORT_ORDERS, "position"),
        yes_no("list_allow_all", "Allow All Products per Page", DWS),
        yes_no("remember_pagination", "Remember Category Pagination", D, "0"),
        yes_no("flat_catalog_category", "Use Flat Catalog Category", D, "0"),
        yes_no("flat_catalog_product", "Use Flat Catalog Product", D),
        text("swatches_per_product", "Swatches per Product", DWS, "16"),
        yes_no("show_swatches_in_product_list", "Show Swatches in Product List", DWS, "1"),
    ),
    group(
        "review",
        "Product Reviews",
        yes_no("active", "Enabled", DW, "1"),
        yes_no("allow_guest", "Allow Guests to Write Reviews", DW, "1"),
    ),
    group(
        "productalert",
        "Product Alerts",
        yes_no("allow_price", "Allow Alert When Product Price Changes", DWS, "0"),
        email_template(
            "email_price_template", "Price Alert Email Template", DWS, "catalog_productalert_email_price_template"
        ),
        yes_no("allow_stock", "Allow Alert When Product Comes Back in Stock", DW, "0"),
        email_template(
            "email_stock_template", "Stock Alert Email Template", DWS, "catalog_productalert_email_stock_template"
        ),
        sender("email_identity", "Alert Email Sender", DWS, "general"),
    ),
    group(
        "productalert_cron",
        "Product Alerts Run Settings",
        select("frequency", "Frequency", D, FREQUENCIES),
        special("time", "time", "Start Time", D),
        text("error_email", "Error Email Recipient", D, "", check=EMAIL),
        sender("error_email_identity", "Error Email Sender", D, "general"),
        email_template(
            "error_email_template", "Error Email Template", D, "catalog_productalert_cron_error_email_template"
        ),
    ),
    group(
        "placeholder",
        "Product Image Placeholders",
        special("image", "placeholder", "", DWS),
    ),
    group(
        "recently_products",
        "Recently Viewed/Compared Products",
        yes_no("synchronize_with_backend", "Synchronize widget products with backend storage", D),
        select("scope", "Show for Current", DW, RECENT_SCOPES, "website"),
        text("viewed_count", "Default Recently Viewed Products Count", DW, "5"),
        text("compared_count", "Default Recently Compared Products Count", DW, "5"),
        text("recently_viewed_lifetime", "Lifetime of products in Recently Viewed Widget", D, "1000"),
        text("recently_compared_lifetime", "Lifetime of products in Recently Compared Widget", D, "1000"),
    ),
    group(
        "product_video",
        "Product Video",
        text("youtube_api_key", "YouTube API Key", DW),
        yes_no("play_if_base", "Autostart base video", DW, "0"),
        yes_no("show_related", "Show related video", DW, "0"),
        yes_no("video_auto_restart", "Auto restart video", DW, "0"),
    ),
    group(
        "price",
        "Price",
        select("scope", "Catalog Price Scope", D, PRICE_SCOPES),
    ),
    group(
        "layered_navigation",
        "Layered Navigation",
        yes_no("display_product_count", "Display Product Count", DWS, "1"),
        select("price_range_calculation", "Price Navigation Step Calculation", DWS, PRICE_STEPS, "auto"),
        text(
            "price_range_step",
            "Default Price Navigation Step",
            DWS,
            "100",
            check=number("0.01", "9999999999999999"),
            depends={"price_range_calculation": "manual"},
        ),
        yes_no(
            "one_price_interval",
            "Display Price Interval as One Price",
            DWS,
            "0",
            depends={"price_range_calculation": "improved"},
        ),
        text(
            "price_range_max_intervals",
            "Maximum Number of Price Intervals",
            DWS,
            "10",
            check=digits(2, 100),
            depends={"price_range_calculation": "manual"},
        ),
        text(
            "interval_division_limit",
            "Interval Division Limit",
            DWS,
            "9",
            check=digits(1, 10000),
            depends={"price_range_calculation": "improved"},
        ),
    ),
    group(
        "search",
        "Catalog Search",
        text("min_query_length", "Minimal Query Length", DWS, "3", check=digits()),
        text("max_query_length", "Maximum Query Length", DWS, "128", check=digits()),
        text("max_count_cacheable_search_terms", "Number of top search results to cache", DWS, "100", check=digits()),
        yes_no("enable_eav_indexer", "Enable EAV Indexer", D, "1", depends={"engine": "mysql"}),
        select("engine", "Search Engine", D, OptionSource.SEARCH_ENGINES, "mysql"),
        text("autocomplete_limit", "Autocomplete Limit", DWS, "8", check=digits()),
        text(
            "elasticsearch_server_hostname",
            "Elasticsearch Server Hostname",
            D,
            "localhost",
            depends={"engine": "elasticsearch"},
        ),
        text(
            "elasticsearch5_server_hostname",
            "Elasticsearch Server Hostname",
            D,
            "localhost",
            depends={"engine": "elasticsearch5"},
        ),
        text("elasticsearch_server_port", "Elasticsearch Server Port", D, "9200", depends={"engine": "elasticsearch"}),
        text(
            "elasticsearch5_server_port", "Elasticsearch Server Port", D, "9200", depends={"engine": "elasticsearch5"}
        ),
        text(
            "elasticsearch_index_prefix",
            "Elasticsearch Index Prefix",
            D,
            "magento2",
            depends={"engine": "elasticsearch"},
        ),
        text(
            "elasticsearch5_index_prefix",
            "Elasticsearch Index Prefix",
            D,
            "magento2",
            depends={"engine": "elasticsearch5"},
        ),
        yes_no(
            "elasticsearch_enable_auth", "Enable Elasticsearch HTTP Auth", D, "0", depends={"engine": "elasticsearch"}
        ),
        yes_no(
            "elasticsearch5_enable_auth", "Enable Elasticsearch HTTP Auth", D, "0", depends={"engine": "elasticsearch5"}
        ),
        text(
            "elasticsearch_username",
            "Elasticsearch HTTP Username",
            D,
            depends={"engine": "elasticsearch", "elasticsearch_enable_auth": "1"},
        ),
        text(
            "elasticsearch5_username",
            "Elasticsearch HTTP Username",
            D,
            depends={"engine": "elasticsearch5", "elasticsearch5_enable_auth": "1"},
        ),
        text(
            "elasticsearch_password",
            "Elasticsearch HTTP Password",
            D,
            depends={"engine": "elasticsearch", "elasticsearch_enable_auth": "1"},
        ),
        text(
            "elasticsearch5_password",
            "Elasticsearch HTTP Password",
            D,
            depends={"engine": "elasticsearch5", "elasticsearch5_enable_auth": "1"},
        ),
        text(
            "elasticsearch_server_timeout", "Elasticsearch Server Timeout", D, "15", depends={"engine": "elasticsearch"}
        ),
        text(
            "elasticsearch5_server_timeout",
            "Elasticsearch Server Timeout",
            D,
            "15",
            depends={"engine": "elasticsearch5"},
        ),
        special("button", "elasticsearch_test_connect_wizard", "", D, depends={"engine": "elasticsearch"}),
        special("button", "elasticsearch5_test_connect_wizard", "", D, depends={"engine": "elasticsearch5"}),
        text(
            "elasticsearch6_server_hostname",
            "Elasticsearch Server Hostname",
            D,
            "localhost",
            depends={"engine": "elasticsearch6"},
        ),
        text(
            "elasticsearch6_server_port", "Elasticsearch Server Port", D, "9200", depends={"engine": "elasticsearch6"}
        ),
        text(
            "elasticsearch6_index_prefix",
            "Elasticsearch Index Prefix",
            D,
            "magento2",
            depends={"engine": "elasticsearch6"},
        ),
        yes_no(
            "elasticsearch6_enable_auth", "Enable Elasticsearch HTTP Auth", D, "0", depends={"engine": "elasticsearch6"}
        ),
        text(
            "elasticsearch6_username",
            "Elasticsearch HTTP Username",
            D,
            depends={"engine": "elasticsearch6", "elasticsearch6_enable_auth": "1"},
        ),
        text(
            "elasticsearch6_password",
            "Elasticsearch HTTP Password",
            D,
            depends={"engine": "elasticsearch6", "elasticsearch6_enable_auth": "1"},
        ),
        text(
            "elasticsearch6_server_timeout",
            "Elasticsearch Server Timeout",
            D,
            "15",
            depends={"engine": "elasticsearch6"},
        ),
        special("button", "elasticsearch6_test_connect_wizard", "", D, depends={"engine": "elasticsearch6"}),
        yes_no("search_recommendations_enabled", "Enable Search Recommendations", DWS, "1"),
        text(
            "search_recommendations_count",
            "Search Recommendations Count",
            DWS,
            "5",
            check=digits(),
            depends={"search_recommendations_enabled": "1"},
        ),
        yes_no(
            "search_recommendations_count_results_enabled",
            "Show Results Count for Each Recommendation",
            DWS,
            "0",
            depends={"search_recommendations_enabled": "1"},
        ),
        yes_no("search_suggestion_enabled", "Enable Search Suggestions", DWS, "1"),
        text(
            "search_suggestion_count", "Search Suggestions Count", DWS, "2", depends={"search_suggestion_enabled": "1"}
        ),
        yes_no(
            "search_suggestion_count_results_enabled",
            "Show Results Count for Each Suggestion",
            DWS,
            "0",
            depends={"search_suggestion_enabled": "1"},
        ),
    ),
    group(
        "seo",
        "Search Engine Optimization",
        select("search_terms", "Popular Search Terms", DWS, ENABLE_DISABLE, "1"),
        text("product_url_suffix", "Product URL Suffix", DWS, ".html"),
        text("category_url_suffix", "Category URL Suffix", DWS, ".html"),
        yes_no("product_use_categories", "Use Categories Path for Product URLs", DWS, "0"),
        yes_no("save_rewrites_history", "Create Permanent Redirect for URLs if URL Key Changed", DWS, "1"),
        yes_no("generate_category_product_rewrites", 'Generate "category/product" URL Rewrites', D, "1"),
        text("title_separator", "Page Title Separator", DWS, "-"),
        yes_no("category_canonical_tag", "Use Canonical Link Meta Tag For Categories", DWS, "0"),
        yes_no("product_canonical_tag", "Use Canonical Link Meta Tag For Products", DWS, "0"),
    ),
    group(
        "navigation",
        "Category Top Navigation",
        text("max_depth", "Maximal Depth", D, "0"),
    ),
    group(
        "downloadable",
        "Downloadable Product Options",
        select("order_item_status", "Order Item Status to Enable Downloads", DW, ITEM_STATUSES, "9"),
        text("downloads_number", "Default Maximum Number of Downloads", DW, "0"),
        yes_no("shareable", "Shareable", DW),
        text("samples_title", "Default Sample Title", DWS, "Samples"),
        text("links_title", "Default Link Title", DWS, "Links"),
        yes_no("links_target_new_window", "Open Links in New Window", DW, "1"),
        select("content_disposition", "Use Content-Disposition", DWS, DISPOSITIONS, "inline"),
        yes_no("disable_guest_checkout", "Disable Guest Checkout if Cart Contains Downloadable Items", DW, "1"),
    ),
    group(
        "custom_options",
        "Date & Time Custom Options",
        yes_no("use_calendar", "Use JavaScript Calendar", DWS),
        special("date_order", "date_fields_order", "Date Fields Order", DWS, "m,d,y"),
        select("time_format", "Time Format", DWS, TIME_FORMATS, "12h"),
        text("year_range", "Year Range", DWS),
    ),
    tab="catalog",
    resource="Magento_Catalog::config_catalog",
    sort_order=40,
)
