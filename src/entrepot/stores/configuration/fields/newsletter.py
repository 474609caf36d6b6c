"""Newsletter subscription and its mails."""

from entrepot.stores.configuration.declare import DWS, email_template, group, section, sender, yes_no

SECTION = section(
    "newsletter",
    "Newsletter",
    group(
        "general",
        "General Options",
        yes_no("active", "Enabled", DWS, "1"),
    ),
    group(
        "subscription",
        "Subscription Options",
        yes_no("allow_guest_subscribe", "Allow Guest Subscription", DWS, "1"),
        yes_no("confirm", "Need to Confirm", DWS, "0"),
        sender("confirm_email_identity", "Confirmation Email Sender", DWS, "support"),
        email_template(
            "confirm_email_template",
            "Confirmation Email Template",
            DWS,
            "newsletter_subscription_confirm_email_template",
        ),
        sender("success_email_identity", "Success Email Sender", DWS, "general"),
        email_template(
            "success_email_template", "Success Email Template", DWS, "newsletter_subscription_success_email_template"
        ),
        sender("un_email_identity", "Unsubscription Email Sender", DWS, "support"),
        email_template(
            "un_email_template", "Unsubscription Email Template", DWS, "newsletter_subscription_un_email_template"
        ),
    ),
    tab="customer",
    resource="Magento_Newsletter::newsletter",
    sort_order=110,
)
