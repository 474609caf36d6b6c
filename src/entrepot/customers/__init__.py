"""Customer accounts: their addresses and groups, passwords and confirmation, tokens, newsletter subscriptions.

The names below are for other domains and for the pages. The operations take Magento's types and can be called in
process; `newsletter`, `mails` and `sign_in` are used as modules: `newsletter.set_subscription(...)`.
"""

from entrepot.customers import (
    accounts,
    addresses,
    change,
    confirmation,
    groups,
    jobs,
    lockout,
    mails,
    metadata,
    newsletter,
    passwords,
    reading,
    search,
    sharing,
    sign_in,
    tokens,
    vat,
)
from entrepot.customers.account_form import AccountForm, edit_account
from entrepot.customers.accounts import create_account
from entrepot.customers.addresses import (
    delete_address,
    delete_address_of,
    find_address,
    get_address,
    get_address_of,
    get_default_billing_address,
    get_default_shipping_address,
    save_address,
)
from entrepot.customers.change import delete_by_id, save, save_own
from entrepot.customers.confirmation import activate, is_confirmation_required, resend_confirmation
from entrepot.customers.contracts import (
    Address,
    AttributeMetadata,
    Customer,
    CustomerChanged,
    CustomerCreated,
    CustomerDeleted,
    CustomerExtension,
    CustomerSignedIn,
    Group,
    Region,
)
from entrepot.customers.groups import (
    assign_group,
    create_group,
    delete_group,
    get_default_group,
    get_group,
    list_groups,
    save_group,
    tax_class_of_group,
)
from entrepot.customers.jobs import mail_reset_link
from entrepot.customers.known_attributes import address_attributes, customer_attributes
from entrepot.customers.lockout import unlock
from entrepot.customers.passwords import (
    account_by_token,
    change_password,
    initiate_password_reset,
    open_reset_link,
    reset_password,
)
from entrepot.customers.placement import default_group_id
from entrepot.customers.printed_address import print_address, print_address_html
from entrepot.customers.reading import get_by_id, is_email_available, list_by_ids, visits
from entrepot.customers.reset_limit import AccountKind, admit_reset_request
from entrepot.customers.rules.emails import is_email
from entrepot.customers.search import search_customers
from entrepot.customers.sharing import countries_for, find_account, is_global, refuse_to_share_equal_emails
from entrepot.customers.tokens import revoke_tokens

OPERATION_MODULES = (
    accounts, reading, change, search, confirmation, passwords, addresses, groups, metadata, tokens,
)  # fmt: skip
"""The modules whose operations the REST API serves."""

JOB_MODULES = (jobs,)

__all__ = [
    "JOB_MODULES",
    "OPERATION_MODULES",
    "AccountForm",
    "AccountKind",
    "Address",
    "AttributeMetadata",
    "Customer",
    "CustomerChanged",
    "CustomerCreated",
    "CustomerDeleted",
    "CustomerExtension",
    "CustomerSignedIn",
    "Group",
    "Region",
    "account_by_token",
    "activate",
    "address_attributes",
    "admit_reset_request",
    "assign_group",
    "change_password",
    "countries_for",
    "create_account",
    "create_group",
    "customer_attributes",
    "default_group_id",
    "delete_address",
    "delete_address_of",
    "delete_by_id",
    "delete_group",
    "edit_account",
    "find_account",
    "find_address",
    "get_address",
    "get_address_of",
    "get_by_id",
    "get_default_billing_address",
    "get_default_group",
    "get_default_shipping_address",
    "get_group",
    "initiate_password_reset",
    "is_confirmation_required",
    "is_email",
    "is_email_available",
    "is_global",
    "list_by_ids",
    "list_groups",
    "lockout",
    "mail_reset_link",
    "mails",
    "newsletter",
    "open_reset_link",
    "print_address",
    "print_address_html",
    "refuse_to_share_equal_emails",
    "resend_confirmation",
    "reset_password",
    "revoke_tokens",
    "save",
    "save_address",
    "save_group",
    "save_own",
    "search_customers",
    "sharing",
    "sign_in",
    "tax_class_of_group",
    "unlock",
    "vat",
    "visits",
]
