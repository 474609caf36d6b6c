"""The Admin: startup page, addresses, passwords and sessions, captchas."""

from entrepot.stores.configuration.checks import REQUIRED_ALPHANUMERIC, digits
from entrepot.stores.configuration.declare import (
    D,
    email_template,
    group,
    multiselect,
    section,
    select,
    sender,
    text,
    yes_no,
)
from entrepot.stores.configuration.model import OptionSource
from entrepot.stores.configuration.options import CAPTCHA_MODES, RESET_PROTECTION, choices

PASSWORD_CHANGE = choices({"0": "Recommended", "1": "Forced"})
CAPTCHA_FORMS = choices({"backend_login": "Admin Login", "backend_forgotpassword": "Admin Forgot Password"})

SECTION = section(
    "admin",
    "Admin",
    group(
        "emails",
        "Admin User Emails",
        email_template(
            "forgot_email_template", "Forgot Password Email Template", D, "admin_emails_forgot_email_template"
        ),
        sender("forgot_email_identity", "Forgot and Reset Email Sender", D, "general"),
        email_template(
            "user_notification_template", "User Notification Template", D, "admin_emails_user_notification_template"
        ),
    ),
    group(
        "startup",
        "Startup Page",
        select("menu_item_id", "Startup Page", D, OptionSource.ADMIN_MENU_ITEMS, "dashboard"),
    ),
    group(
        "url",
        "Admin Base URL",
        yes_no("use_custom", "Use Custom Admin URL", D, "0"),
        text("custom", "Custom Admin URL", D, "", depends={"use_custom": "1"}),
        yes_no("use_custom_path", "Use Custom Admin Path", D, "0"),
        text("custom_path", "Custom Admin Path", D, check=REQUIRED_ALPHANUMERIC, depends={"use_custom_path": "1"}),
    ),
    group(
        "security",
        "Security",
        yes_no("admin_account_sharing", "Admin Account Sharing", D, "0"),
        select("password_reset_protection_type", "Password Reset Protection Type", D, RESET_PROTECTION, "1"),
        text(
            "password_reset_link_expiration_period",
            "Recovery Link Expiration Period (hours)",
            D,
            "2",
            check=digits(above=0, required=True),
        ),
        text(
            "max_number_password_reset_requests",
            "Max Number of Password Reset Requests",
            D,
            "5",
            check=digits(0, required=True),
            depends={"password_reset_protection_type": "0"},
        ),
        text(
            "min_time_between_password_reset_requests",
            "Min Time Between Password Reset Requests",
            D,
            "10",
            check=digits(0, required=True),
            depends={"password_reset_protection_type": "0"},
        ),
        yes_no("use_form_key", "Add Secret Key to URLs", D, "1"),
        yes_no("use_case_sensitive_login", "Login is Case Sensitive", D),
        text("session_lifetime", "Admin Session Lifetime (seconds)", D, "900", check=digits()),
        text("lockout_failures", "Maximum Login Failures to Lockout Account", D, "6", check=digits(0)),
        text("lockout_threshold", "Lockout Time (minutes)", D, "30", check=digits(0)),
        text("password_lifetime", "Password Lifetime (days)", D, "90", check=digits(0)),
        select("password_is_forced", "Password Change", D, PASSWORD_CHANGE, "1"),
    ),
    group(
        "dashboard",
        "Dashboard",
        yes_no("enable_charts", "Enable Charts", D),
    ),
    group(
        "captcha",
        "CAPTCHA",
        yes_no("enable", "Enable CAPTCHA in Admin", D, "1"),
        select("font", "Font", D, OptionSource.FONTS, "linlibertine", depends={"enable": "1"}),
        multiselect(
            "forms", "Forms", D, CAPTCHA_FORMS, "backend_forgotpassword,backend_login", depends={"enable": "1"}
        ),
        select("mode", "Displaying Mode", D, CAPTCHA_MODES, "after_fail", depends={"enable": "1"}),
        text(
            "failed_attempts_login",
            "Number of Unsuccessful Attempts to Login",
            D,
            "3",
            depends={"mode": "after_fail", "enable": "1"},
        ),
        text("timeout", "CAPTCHA Timeout (minutes)", D, "7", depends={"enable": "1"}),
        text("length", "Number of Symbols", D, "4-5", depends={"enable": "1"}),
        text("symbols", "Symbols Used in CAPTCHA", D, "ABCDEFGHJKMnpqrstuvwxyz23456789", depends={"enable": "1"}),
        yes_no("case_sensitive", "Case Sensitive", D, "0", depends={"enable": "1"}),
    ),
    tab="advanced",
    resource="Magento_Config::config_admin",
    sort_order=20,
)
