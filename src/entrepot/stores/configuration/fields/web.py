"""Addresses under which the shop is served, its default pages, cookies and sessions."""

from entrepot.stores.configuration.declare import DW, DWS, D, group, section, select, text, yes_no
from entrepot.stores.configuration.model import OptionSource
from entrepot.stores.configuration.options import choices

REDIRECTS = choices({"0": "No", "1": "Yes (302 Found)", "301": "Yes (301 Moved Permanently)"})

SECTION = section(
    "web",
    "Web",
    group(
        "url",
        "Url Options",
        yes_no("use_store", "Add Store Code to Urls", D, "0"),
        select("redirect_to_base", "Auto-redirect to Base URL", DWS, REDIRECTS, "1"),
    ),
    group(
        "seo",
        "Search Engine Optimization",
        yes_no("use_rewrites", "Use Web Server Rewrites", DWS, "0"),
    ),
    group(
        "unsecure",
        "Base URLs",
        text("base_url", "Base URL", DWS, "{{base_url}}"),
        text("base_link_url", "Base Link URL", DWS, "{{unsecure_base_url}}"),
        text("base_static_url", "Base URL for Static View Files", DWS),
        text("base_media_url", "Base URL for User Media Files", DWS),
    ),
    group(
        "secure",
        "Base URLs (Secure)",
        text("base_url", "Secure Base URL", DWS, "{{unsecure_base_url}}"),
        text("base_link_url", "Secure Base Link URL", DWS, "{{secure_base_url}}"),
        text("base_static_url", "Secure Base URL for Static View Files", DWS),
        text("base_media_url", "Secure Base URL for User Media Files", DWS),
        yes_no("use_in_frontend", "Use Secure URLs on Storefront", DWS, "0"),
        yes_no("use_in_adminhtml", "Use Secure URLs in Admin", D, "0"),
        yes_no(
            "enable_hsts",
            "Enable HTTP Strict Transport Security (HSTS)",
            DWS,
            depends={"use_in_frontend": "1", "use_in_adminhtml": "1"},
        ),
        yes_no(
            "enable_upgrade_insecure",
            "Upgrade Insecure Requests",
            DWS,
            depends={"use_in_frontend": "1", "use_in_adminhtml": "1"},
        ),
        text("offloader_header", "Offloader header", D, "X-Forwarded-Proto"),
    ),
    group(
        "default",
        "Default Pages",
        text("front", "Default Web URL", DWS, "cms"),
        select("cms_home_page", "CMS Home Page", DWS, OptionSource.CMS_PAGES, "home"),
        text("no_route", "Default No-route URL", DWS, "cms/noroute/index"),
        select("cms_no_route", "CMS No Route Page", DWS, OptionSource.CMS_PAGES, "no-route"),
        select("cms_no_cookies", "CMS No Cookies Page", DWS, OptionSource.CMS_PAGES, "enable-cookies"),
        yes_no("show_cms_breadcrumbs", "Show Breadcrumbs for CMS Pages", DWS, "1"),
    ),
    group(
        "default_layouts",
        "Default Layouts",
        select("default_product_layout", "Default Product Layout", D, OptionSource.PAGE_LAYOUTS),
        select("default_category_layout", "Default Category Layout", D, OptionSource.PAGE_LAYOUTS),
        select("default_cms_layout", "Default Page Layout", D, OptionSource.PAGE_LAYOUTS, "1column"),
    ),
    group(
        "cookie",
        "Default Cookie Settings",
        text("cookie_lifetime", "Cookie Lifetime", DWS, "3600"),
        text("cookie_path", "Cookie Path", DWS),
        text("cookie_domain", "Cookie Domain", DWS),
        yes_no("cookie_httponly", "Use HTTP Only", DWS, "1"),
        yes_no("cookie_restriction", "Cookie Restriction Mode", DW, "0"),
    ),
    group(
        "session",
        "Session Validation Settings",
        yes_no("use_remote_addr", "Validate REMOTE_ADDR", D, "0"),
        yes_no("use_http_via", "Validate HTTP_VIA", D, "0"),
        yes_no("use_http_x_forwarded_for", "Validate HTTP_X_FORWARDED_FOR", D, "0"),
        yes_no("use_http_user_agent", "Validate HTTP_USER_AGENT", D, "0"),
    ),
    group(
        "browser_capabilities",
        "Browser Capabilities Detection",
        yes_no("cookies", "Redirect to CMS-page if Cookies are Disabled", DWS, "1"),
        yes_no("javascript", "Show Notice if JavaScript is Disabled", DWS, "1"),
        yes_no("local_storage", "Show Notice if Local Storage is Disabled", DWS, "0"),
    ),
    tab="general",
    resource="Magento_Config::web",
    sort_order=20,
)
