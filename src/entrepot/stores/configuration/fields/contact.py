"""The contact form."""

from entrepot.stores.configuration.checks import EMAIL
from entrepot.stores.configuration.declare import DWS, email_template, group, section, sender, text, yes_no

SECTION = section(
    "contact",
    "Contacts",
    group(
        "contact",
        "Contact Us",
        yes_no("enabled", "Enable Contact Us", DWS, "1"),
    ),
    group(
        "email",
        "Email Options",
        text("recipient_email", "Send Emails To", DWS, "hello@example.com", check=EMAIL),
        sender("sender_email_identity", "Email Sender", DWS, "custom2"),
        email_template("email_template", "Email Template", DWS, "contact_email_email_template"),
    ),
    tab="general",
    resource="Magento_Contact::contact",
    sort_order=100,
)
