"""Accounts, passwords, names and addresses, and captchas."""

from entrepot.stores.configuration import address_templates
from entrepot.stores.configuration.checks import digits
from entrepot.stores.configuration.declare import (
    DW,
    DWS,
    D,
    email_template,
    group,
    multiselect,
    section,
    select,
    sender,
    text,
    textarea,
    yes_no,
)
from entrepot.stores.configuration.model import OptionSource
from entrepot.stores.configuration.options import CAPTCHA_MODES, RESET_PROTECTION, choices

SHARING = choices({"0": "Global", "1": "Per Website"})
TAX_ADDRESSES = choices({"billing": "Billing Address", "shipping": "Shipping Address"})
NO_OPTIONAL_REQUIRED = choices({"": "No", "opt": "Optional", "req": "Required"})
CAPTCHA_FORMS = choices(
    {
        "user_create": "Create user",
        "user_login": "Login",
        "user_forgotpassword": "Forgot password",
        "guest_checkout": "Check Out as Guest",
        "register_during_checkout": "Register during Checkout",
        "contact_us": "Contact Us",
        "user_edit": "Change password",
    }
)

SECTION = section(
    "customer",
    "Customer Configuration",
    group(
        "account_share",
        "Account Sharing Options",
        select("scope", "Share Customer Accounts", D, SHARING, "1"),
    ),
    group(
        "online_customers",
        "Online Customers Options",
        text("online_minutes_interval", "Online Minutes Interval", D),
        text("section_data_lifetime", "Customer Data Lifetime", D, "60"),
    ),
    group(
        "create_account",
        "Create New Account Options",
        yes_no("auto_group_assign", "Enable Automatic Assignment to Customer Group", DWS),
        select(
            "tax_calculation_address_type",
            "Tax Calculation Based On",
            DWS,
            TAX_ADDRESSES,
            "billing",
            depends={"auto_group_assign": "1"},
        ),
        select("default_group", "Default Group", DWS, OptionSource.CUSTOMER_GROUPS, "1"),
        select(
            "viv_domestic_group",
            "Group for Valid VAT ID - Domestic",
            DWS,
            OptionSource.CUSTOMER_GROUPS,
            depends={"auto_group_assign": "1"},
        ),
        select(
            "viv_intra_union_group",
            "Group for Valid VAT ID - Intra-Union",
            DWS,
            OptionSource.CUSTOMER_GROUPS,
            depends={"auto_group_assign": "1"},
        ),
        select(
            "viv_invalid_group",
            "Group for Invalid VAT ID",
            DWS,
            OptionSource.CUSTOMER_GROUPS,
            depends={"auto_group_assign": "1"},
        ),
        select(
            "viv_error_group",
            "Validation Error Group",
            DWS,
            OptionSource.CUSTOMER_GROUPS,
            depends={"auto_group_assign": "1"},
        ),
        yes_no("viv_on_each_transaction", "Validate on Each Transaction", DWS, depends={"auto_group_assign": "1"}),
        yes_no(
            "viv_disable_auto_group_assign_default",
            "Default Value for Disable Automatic Group Changes Based on VAT ID",
            D,
        ),
        yes_no("vat_frontend_visibility", "Show VAT Number on Storefront", DW, "0"),
        text("email_domain", "Default Email Domain", DWS, "example.com"),
        email_template("email_template", "Default Welcome Email", DWS, "customer_create_account_email_template"),
        email_template(
            "email_no_password_template",
            "Default Welcome Email Without Password",
            DWS,
            "customer_create_account_email_no_password_template",
        ),
        sender("email_identity", "Email Sender", DWS, "general"),
        yes_no("confirm", "Require Emails Confirmation", DW, "0"),
        email_template(
            "email_confirmation_template",
            "Confirmation Link Email",
            DWS,
            "customer_create_account_email_confirmation_template",
        ),
        email_template(
            "email_confirmed_template", "Welcome Email", DWS, "customer_create_account_email_confirmed_template"
        ),
        yes_no("generate_human_friendly_id", "Generate Human-Friendly Customer ID", D),
    ),
    group(
        "password",
        "Password Options",
        select("password_reset_protection_type", "Password Reset Protection Type", DWS, RESET_PROTECTION, "1"),
        text(
            "max_number_password_reset_requests",
            "Max Number of Password Reset Requests",
            DWS,
            "5",
            check=digits(0, required=True),
            depends={"password_reset_protection_type": "0"},
        ),
        text(
            "min_time_between_password_reset_requests",
            "Min Time Between Password Reset Requests",
            DWS,
            "10",
            check=digits(0, required=True),
            depends={"password_reset_protection_type": "0"},
        ),
        email_template(
            "forgot_email_template", "Forgot Email Template", DWS, "customer_password_forgot_email_template"
        ),
        email_template(
            "remind_email_template", "Remind Email Template", DWS, "customer_password_remind_email_template"
        ),
        email_template(
            "reset_password_template", "Reset Password Template", DWS, "customer_password_reset_password_template"
        ),
        sender("forgot_email_identity", "Password Template Email Sender", DWS, "support"),
        text(
            "reset_link_expiration_period",
            "Recovery Link Expiration Period (hours)",
            D,
            "2",
            check=digits(1, required=True),
        ),
        yes_no("autocomplete_on_storefront", "Enable Autocomplete on login/forgot password forms", DW, "0"),
        text(
            "required_character_classes_number",
            "Number of Required Character Classes",
            D,
            "3",
            check=digits(1, 4, required=True),
        ),
        text("lockout_failures", "Maximum Login Failures to Lockout Account", D, "10"),
        text("minimum_password_length", "Minimum Password Length", D, "8", check=digits(1, required=True)),
        text("lockout_threshold", "Lockout Time (minutes)", D, "10"),
    ),
    group(
        "account_information",
        "Account Information Options",
        email_template(
            "change_email_template", "Change Email Template", DWS, "customer_account_information_change_email_template"
        ),
        email_template(
            "change_email_and_password_template",
            "Change Email and Password Template",
            DWS,
            "customer_account_information_change_email_and_password_template",
        ),
    ),
    group(
        "address",
        "Name and Address Options",
        text("street_lines", "Number of Lines in a Street Address", DW, "2", check=digits(1, 4, required=True)),
        select("prefix_show", "Show Prefix", DW, NO_OPTIONAL_REQUIRED, ""),
        text("prefix_options", "Prefix Dropdown Options", DW, ""),
        yes_no("middlename_show", "Show Middle Name (initial)", DW, ""),
        select("suffix_show", "Show Suffix", DW, NO_OPTIONAL_REQUIRED, ""),
        text("suffix_options", "Suffix Dropdown Options", DW, ""),
        select("dob_show", "Show Date of Birth", DW, NO_OPTIONAL_REQUIRED, ""),
        select("taxvat_show", "Show Tax/VAT Number", DW, NO_OPTIONAL_REQUIRED),
        select("gender_show", "Show Gender", DW, NO_OPTIONAL_REQUIRED, ""),
        select("telephone_show", "Show Telephone", DW, NO_OPTIONAL_REQUIRED, "req"),
        select("company_show", "Show Company", DW, NO_OPTIONAL_REQUIRED, "opt"),
        select("fax_show", "Show Fax", DW, NO_OPTIONAL_REQUIRED, ""),
    ),
    group(
        "startup",
        "Login Options",
        yes_no("redirect_dashboard", "Redirect Customer to Account Dashboard after Logging in", DW, "0"),
    ),
    group(
        "address_templates",
        "Address Templates",
        textarea("text", "Text", DWS, address_templates.TEXT),
        textarea("oneline", "Text One Line", DWS, address_templates.ONE_LINE),
        textarea("html", "HTML", DWS, address_templates.HTML),
        textarea("pdf", "PDF", DWS, address_templates.PDF),
    ),
    group(
        "captcha",
        "CAPTCHA",
        yes_no("enable", "Enable CAPTCHA on Storefront", DW, "1"),
        select("font", "Font", DW, OptionSource.FONTS, "linlibertine", depends={"enable": "1"}),
        multiselect("forms", "Forms", DW, CAPTCHA_FORMS, "user_forgotpassword,user_login", depends={"enable": "1"}),
        select("mode", "Displaying Mode", DW, CAPTCHA_MODES, "after_fail", depends={"enable": "1"}),
        text(
            "failed_attempts_login",
            "Number of Unsuccessful Attempts to Login",
            DW,
            "3",
            depends={"enable": "1", "mode": "after_fail"},
        ),
        text("timeout", "CAPTCHA Timeout (minutes)", DW, "7", depends={"enable": "1"}),
        text("length", "Number of Symbols", DW, "4-5", depends={"enable": "1"}),
        text("symbols", "Symbols Used in CAPTCHA", DW, "ABCDEFGHJKMnpqrstuvwxyz23456789", depends={"enable": "1"}),
        yes_no("case_sensitive", "Case Sensitive", DW, "0", depends={"enable": "1"}),
    ),
    tab="customer",
    resource="Magento_Customer::config_customer",
    sort_order=130,
)
