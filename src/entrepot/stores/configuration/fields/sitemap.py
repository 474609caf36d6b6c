"""What the XML sitemap holds, and when it is written."""

from entrepot.stores.configuration.checks import EMAIL
from entrepot.stores.configuration.declare import (
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
from entrepot.stores.configuration.options import FREQUENCIES, choices

CHANGE_FREQUENCIES = choices(
    {
        "always": "Always",
        "hourly": "Hourly",
        "daily": "Daily",
        "weekly": "Weekly",
        "monthly": "Monthly",
        "yearly": "Yearly",
        "never": "Never",
    }
)
IMAGES = choices({"none": "None", "base": "Base Only", "all": "All"})

SECTION = section(
    "sitemap",
    "XML Sitemap",
    group(
        "category",
        "Categories Options",
        select("changefreq", "Frequency", DWS, CHANGE_FREQUENCIES, "daily"),
        text("priority", "Priority", DWS, "0.5"),
    ),
    group(
        "product",
        "Products Options",
        select("changefreq", "Frequency", DWS, CHANGE_FREQUENCIES, "daily"),
        text("priority", "Priority", DWS, "1"),
        select("image_include", "Add Images into Sitemap", DWS, IMAGES, "all"),
    ),
    group(
        "page",
        "CMS Pages Options",
        select("changefreq", "Frequency", DWS, CHANGE_FREQUENCIES, "daily"),
        text("priority", "Priority", DWS, "0.25"),
    ),
    group(
        "generate",
        "Generation Settings",
        yes_no("enabled", "Enabled", D, "0"),
        special("time", "time", "Start Time", D),
        select("frequency", "Frequency", D, FREQUENCIES),
        text("error_email", "Error Email Recipient", D, "", check=EMAIL),
        sender("error_email_identity", "Error Email Sender", D, "general"),
        email_template("error_email_template", "Error Email Template", D, "sitemap_generate_error_email_template"),
    ),
    group(
        "limit",
        "Sitemap File Limits",
        text("max_lines", "Maximum No of URLs Per File", DWS, "50000"),
        text("max_file_size", "Maximum File Size", DWS, "10485760"),
    ),
    group(
        "search_engines",
        "Search Engine Submission Settings",
        yes_no("submission_robots", "Enable Submission to Robots.txt", DWS, "0"),
    ),
    tab="catalog",
    resource="Magento_Sitemap::config_sitemap",
    sort_order=70,
)
