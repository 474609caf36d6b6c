"""Settings for those who develop the shop."""

from entrepot.stores.configuration.declare import DWS, D, group, section, select, text, yes_no
from entrepot.stores.configuration.model import OptionSource
from entrepot.stores.configuration.options import ENABLE_DISABLE, choices

LESS_COMPILERS = choices(
    {
        "client_side_compilation": "Client side less compilation",
        "server_side_compilation": "Server side less compilation",
    }
)
TRANSLATION_STRATEGIES = choices(
    {"dictionary": "Dictionary (Translation on Storefront side)", "embedded": "Embedded (Translation on Admin side)"}
)

SECTION = section(
    "dev",
    "Developer",
    group(
        "front_end_development_workflow",
        "Frontend Development Workflow",
        select("type", "Workflow type", D, LESS_COMPILERS, "server_side_compilation"),
    ),
    group(
        "restrict",
        "Developer Client Restrictions",
        text("allow_ips", "Allowed IPs (comma separated)", DWS, ""),
    ),
    group(
        "debug",
        "Debug",
        yes_no("template_hints_storefront", "Enable Template Path Hints for Storefront", DWS),
        yes_no(
            "template_hints_storefront_show_with_parameter",
            "Enable Hints for Storefront with URL Parameter",
            DWS,
            "0",
            depends={"template_hints_storefront": "1"},
        ),
        text(
            "template_hints_parameter_value",
            "Parameter Value",
            DWS,
            "magento",
            depends={"template_hints_storefront": "1", "template_hints_storefront_show_with_parameter": "1"},
        ),
        yes_no("template_hints_admin", "Enable Template Path Hints for Admin", D),
        yes_no("template_hints_blocks", "Add Block Class Type to Hints", DWS),
    ),
    group(
        "template",
        "Template Settings",
        yes_no("allow_symlink", "Allow Symlinks", DWS),
        yes_no("minify_html", "Minify Html", DWS, "0"),
    ),
    group(
        "translate_inline",
        "Translate Inline",
        yes_no("active", "Enabled for Storefront", DWS, "0"),
        yes_no("active_admin", "Enabled for Admin", D, "0"),
    ),
    group(
        "js",
        "JavaScript Settings",
        yes_no("merge_files", "Merge JavaScript Files", DWS, "0"),
        yes_no("enable_js_bundling", "Enable JavaScript Bundling", DWS),
        yes_no("minify_files", "Minify JavaScript Files", DWS, "0"),
        yes_no("move_script_to_bottom", "Move JS code to the bottom of the page", DWS, "0"),
        select("translate_strategy", "Translation Strategy", D, TRANSLATION_STRATEGIES, "dictionary"),
        yes_no("session_storage_logging", "Log JS Errors to Session Storage", D, "0"),
        text("session_storage_key", "Log JS Errors to Session Storage Key", D, "collected_errors"),
    ),
    group(
        "css",
        "CSS Settings",
        yes_no("merge_css_files", "Merge CSS Files", DWS),
        yes_no("minify_files", "Minify CSS Files", DWS, "0"),
        yes_no("use_css_critical_path", "Use CSS critical path", DWS, "0"),
    ),
    group(
        "image",
        "Image Processing Settings",
        select("default_adapter", "Image Adapter", D, OptionSource.IMAGE_ADAPTERS, "GD2"),
    ),
    group(
        "static",
        "Static Files Settings",
        yes_no("sign", "Sign Static Files", D, "1"),
    ),
    group(
        "grid",
        "Grid Settings",
        select("async_indexing", "Asynchronous indexing", D, ENABLE_DISABLE, "0"),
    ),
    tab="advanced",
    resource="Magento_Config::dev",
    sort_order=920,
)
