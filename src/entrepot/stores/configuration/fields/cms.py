"""The editor of content pages."""

from entrepot.stores.configuration.declare import DW, DWS, D, group, section, select, yes_no
from entrepot.stores.configuration.options import choices

EDITOR_STATES = choices(
    {"enabled": "Enabled by Default", "hidden": "Disabled by Default", "disabled": "Disabled Completely"}
)
TINYMCE = "mage/adminhtml/wysiwyg/tiny_mce/tinymce4Adapter"
EDITORS = choices({TINYMCE: "TinyMCE 4"})

SECTION = section(
    "cms",
    "Content Management",
    group(
        "wysiwyg",
        "WYSIWYG Options",
        select("enabled", "Enable WYSIWYG Editor", DWS, EDITOR_STATES, "enabled"),
        select("editor", "WYSIWYG Editor", DW, EDITORS, TINYMCE),
        yes_no("use_static_urls_in_catalog", "Use Static URLs for Media Content in WYSIWYG", D),
    ),
    tab="general",
    resource="Magento_Cms::config_cms",
    sort_order=1001,
)
