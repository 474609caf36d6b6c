"""Lifetimes of tokens, integrations, and lockout after failed logins."""

from entrepot.stores.configuration.declare import D, group, section, text

SECTION = section(
    "oauth",
    "OAuth",
    group(
        "access_token_lifetime",
        "Access Token Expiration",
        text("customer", "Customer Token Lifetime (hours)", D, "1"),
        text("admin", "Admin Token Lifetime (hours)", D, "4"),
    ),
    group(
        "cleanup",
        "Cleanup Settings",
        text("cleanup_probability", "Cleanup Probability", D, "100"),
        text("expiration_period", "Expiration Period", D, "120"),
    ),
    group(
        "consumer",
        "Consumer Settings",
        text("expiration_period", "Expiration Period", D, "300"),
        text("post_maxredirects", "OAuth consumer credentials HTTP Post maxredirects", D, "0"),
        text("post_timeout", "OAuth consumer credentials HTTP Post timeout", D, "5"),
    ),
    group(
        "authentication_lock",
        "Authentication Locks",
        text("max_failures_count", "Maximum Login Failures to Lock Out Account", D, "6"),
        text("timeout", "Lockout Time (seconds)", D, "1800"),
    ),
    tab="service",
    resource="Magento_Integration::config_oauth",
    sort_order=300,
)
