"""The REST layer."""

from entrepot.stores.configuration.declare import DWS, D, group, section, text, yes_no

SECTION = section(
    "webapi",
    "Magento Web API",
    group(
        "soap",
        "SOAP Settings",
        text("charset", "Default Response Charset", DWS),
    ),
    group(
        "webapisecurity",
        "Web API Security",
        yes_no("allow_insecure", "Allow Anonymous Guest Access", D, "0"),
    ),
    tab="service",
    resource="Magento_Webapi::config_webapi",
    sort_order=102,
)
