"""Mails about orders, invoices, shipments and credit memos."""

from entrepot.stores.configuration.checks import number
from entrepot.stores.configuration.declare import DWS, D, email_template, group, section, select, sender, text, yes_no
from entrepot.stores.configuration.options import COPY_METHODS, ENABLE_DISABLE

SECTION = section(
    "sales_email",
    "Sales Emails",
    group(
        "general",
        "General Settings",
        select("async_sending", "Asynchronous sending", D, ENABLE_DISABLE, "0"),
        text(
            "sending_limit",
            "Limit per cron run",
            D,
            "50",
            check=number(above="0", required=True),
            depends={"async_sending": "1"},
        ),
    ),
    group(
        "order",
        "Order",
        yes_no("enabled", "Enabled", DWS, "1"),
        sender("identity", "New Order Confirmation Email Sender", DWS, "sales"),
        email_template("template", "New Order Confirmation Template", DWS, "sales_email_order_template"),
        email_template(
            "guest_template", "New Order Confirmation Template for Guest", DWS, "sales_email_order_guest_template"
        ),
        text("copy_to", "Send Order Email Copy To", DWS),
        select("copy_method", "Send Order Email Copy Method", DWS, COPY_METHODS, "bcc"),
    ),
    group(
        "order_comment",
        "Order Comments",
        yes_no("enabled", "Enabled", DWS, "1"),
        sender("identity", "Order Comment Email Sender", DWS, "sales"),
        email_template("template", "Order Comment Email Template", DWS, "sales_email_order_comment_template"),
        email_template(
            "guest_template", "Order Comment Email Template for Guest", DWS, "sales_email_order_comment_guest_template"
        ),
        text("copy_to", "Send Order Comment Email Copy To", DWS),
        select("copy_method", "Send Order Comments Email Copy Method", DWS, COPY_METHODS, "bcc"),
    ),
    group(
        "invoice",
        "Invoice",
        yes_no("enabled", "Enabled", DWS, "1"),
        sender("identity", "Invoice Email Sender", DWS, "sales"),
        email_template("template", "Invoice Email Template", DWS, "sales_email_invoice_template"),
        email_template("guest_template", "Invoice Email Template for Guest", DWS, "sales_email_invoice_guest_template"),
        text("copy_to", "Send Invoice Email Copy To", DWS),
        select("copy_method", "Send Invoice Email Copy Method", DWS, COPY_METHODS, "bcc"),
    ),
    group(
        "invoice_comment",
        "Invoice Comments",
        yes_no("enabled", "Enabled", DWS, "1"),
        sender("identity", "Invoice Comment Email Sender", DWS, "sales"),
        email_template("template", "Invoice Comment Email Template", DWS, "sales_email_invoice_comment_template"),
        email_template(
            "guest_template",
            "Invoice Comment Email Template for Guest",
            DWS,
            "sales_email_invoice_comment_guest_template",
        ),
        text("copy_to", "Send Invoice Comment Email Copy To", DWS),
        select("copy_method", "Send Invoice Comments Email Copy Method", DWS, COPY_METHODS, "bcc"),
    ),
    group(
        "shipment",
        "Shipment",
        yes_no("enabled", "Enabled", DWS, "1"),
        sender("identity", "Shipment Email Sender", DWS, "sales"),
        email_template("template", "Shipment Email Template", DWS, "sales_email_shipment_template"),
        email_template(
            "guest_template", "Shipment Email Template for Guest", DWS, "sales_email_shipment_guest_template"
        ),
        text("copy_to", "Send Shipment Email Copy To", DWS),
        select("copy_method", "Send Shipment Email Copy Method", DWS, COPY_METHODS, "bcc"),
    ),
    group(
        "shipment_comment",
        "Shipment Comments",
        yes_no("enabled", "Enabled", DWS, "1"),
        sender("identity", "Shipment Comment Email Sender", DWS, "sales"),
        email_template("template", "Shipment Comment Email Template", DWS, "sales_email_shipment_comment_template"),
        email_template(
            "guest_template",
            "Shipment Comment Email Template for Guest",
            DWS,
            "sales_email_shipment_comment_guest_template",
        ),
        text("copy_to", "Send Shipment Comment Email Copy To", DWS),
        select("copy_method", "Send Shipment Comments Email Copy Method", DWS, COPY_METHODS, "bcc"),
    ),
    group(
        "creditmemo",
        "Credit Memo",
        yes_no("enabled", "Enabled", DWS, "1"),
        sender("identity", "Credit Memo Email Sender", DWS, "sales"),
        email_template("template", "Credit Memo Email Template", DWS, "sales_email_creditmemo_template"),
        email_template(
            "guest_template", "Credit Memo Email Template for Guest", DWS, "sales_email_creditmemo_guest_template"
        ),
        text("copy_to", "Send Credit Memo Email Copy To", DWS),
        select("copy_method", "Send Credit Memo Email Copy Method", DWS, COPY_METHODS, "bcc"),
    ),
    group(
        "creditmemo_comment",
        "Credit Memo Comments",
        yes_no("enabled", "Enabled", DWS, "1"),
        sender("identity", "Credit Memo Comment Email Sender", DWS, "sales"),
        email_template(
            "template", "Credit Memo Comment Email Template", DWS, "sales_email_creditmemo_comment_template"
        ),
        email_template(
            "guest_template",
            "Credit Memo Comment Email Template for Guest",
            DWS,
            "sales_email_creditmemo_comment_guest_template",
        ),
        text("copy_to", "Send Credit Memo Comment Email Copy To", DWS),
        select("copy_method", "Send Credit Memo Comments Email Copy Method", DWS, COPY_METHODS, "bcc"),
    ),
    tab="sales",
    resource="Magento_Sales::sales_email",
    sort_order=301,
)
