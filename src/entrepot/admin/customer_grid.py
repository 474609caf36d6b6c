"""The grid of All Customers: a row per account, with what its default billing address adds."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from entrepot import customers
from entrepot.admin.dashboard import full_name
from entrepot.admin.grid import Column, Found, Grid, MassAction
from entrepot.admin.option_sources import countries, customer_groups, websites
from entrepot.admin.options import Option
from entrepot.customers import Address, Customer
from entrepot.kit.context import Context
from entrepot.kit.search_criteria import SearchCriteria

MANAGE = "Magento_Customer::manage"
DELETE = "Magento_Customer::delete"
GENDERS = (Option("1", "Male"), Option("2", "Female"), Option("3", "Not Specified"))


class CustomerLine(Struct, frozen=True):
    """An account as one line."""

    customer: Customer
    billing: Address
    confirmed: str

    @property
    def id(self) -> int | None:
        return self.customer.id


async def _rows(ctx: Context, criteria: SearchCriteria) -> Found:
    found = await customers.search_customers(ctx, criteria)
    return Found([_line(ctx, customer) for customer in found.items or ()], found.total_count or 0)


def _line(ctx: Context, customer: Customer) -> CustomerLine:
    addresses = customer.addresses or []
    billing = next((address for address in addresses if address.default_billing), Address())
    if not customers.is_confirmation_required(ctx, customer.website_id or 0):
        confirmed = "Confirmation Not Required"
    else:
        confirmed = "Confirmation Required" if customer.confirmation else "Confirmed"
    return CustomerLine(customer, billing, confirmed)


def one_line(address: Address) -> str:
    """An address on one line."""
    region = address.region.region if address.region else None
    parts = [*(address.street or []), address.city, region, address.postcode, address.country_id]
    return ", ".join(part for part in parts if part)


def _shipping(line: CustomerLine) -> str:
    return next((one_line(address) for address in line.customer.addresses or () if address.default_shipping), "")


ALL_CUSTOMERS = Grid(
    name="customer_listing",
    path="customer/index",
    title="Customers",
    rows=_rows,
    columns=(
        Column("entity_id", "ID", "number", value=lambda line: line.customer.id),
        Column("name", "Name", value=lambda line: full_name(line.customer)),
        Column("email", "Email", value=lambda line: line.customer.email),
        Column(
            "group_id", "Group", "choice", options=customer_groups, value=lambda line: line.customer.group_id
        ),
        Column("billing_telephone", "Phone", value=lambda line: line.billing.telephone),
        Column("billing_postcode", "ZIP", value=lambda line: line.billing.postcode),
        Column(
            "billing_country_id", "Country", "choice", options=countries, value=lambda line: line.billing.country_id
        ),
        Column(
            "billing_region",
            "State/Province",
            value=lambda line: line.billing.region.region if line.billing.region else None,
        ),
        Column("created_at", "Customer Since", "instant", value=lambda line: line.customer.created_at),
        Column(
            "website_id", "Web Site", "choice", options=websites, value=lambda line: line.customer.website_id
        ),
        Column("confirmed", "Confirmed email", hidden=True, filters=False, sorts=False),
        Column("created_in", "Account Created in", hidden=True, value=lambda line: line.customer.created_in),
        Column(
            "billing_full", "Billing Address", hidden=True, filters=False, sorts=False,
            value=lambda line: one_line(line.billing),
        ),
        Column("shipping_full", "Shipping Address", hidden=True, filters=False, sorts=False, value=_shipping),
        Column(
            "dob", "Date of Birth", "day", hidden=True,
            value=lambda line: date.fromisoformat(line.customer.dob) if line.customer.dob else None,
        ),
        Column("taxvat", "Tax VAT Number", hidden=True, value=lambda line: line.customer.taxvat),
        Column(
            "gender", "Gender", "choice", options=GENDERS, hidden=True, value=lambda line: line.customer.gender
        ),
        Column(
            "billing_street", "Street Address", "lines", hidden=True, filters=False, sorts=False,
            value=lambda line: line.billing.street or None,
        ),
        Column("billing_city", "City", hidden=True, value=lambda line: line.billing.city),
        Column("billing_fax", "Fax", hidden=True, filters=False, sorts=False, value=lambda line: line.billing.fax),
        Column(
            "billing_vat_id", "VAT Number", hidden=True, filters=False, sorts=False,
            value=lambda line: line.billing.vat_id,
        ),
        Column("billing_company", "Company", hidden=True, value=lambda line: line.billing.company),
        Column(
            "billing_firstname", "Billing Firstname", hidden=True, filters=False, sorts=False,
            value=lambda line: line.billing.firstname,
        ),
        Column(
            "billing_lastname", "Billing Lastname", hidden=True, filters=False, sorts=False,
            value=lambda line: line.billing.lastname,
        ),
    ),
    sort="-created_at",
    row_id="id",
    opens=lambda page, row: page.url("customer/index/edit", id=row.id),
    actions=(
        MassAction(
            "customer/index/massDelete",
            "Delete",
            DELETE,
            confirm="Are you sure you want to delete the selected customers?",
            kind="danger",
        ),
        MassAction("customer/index/massSubscribe", "Subscribe to Newsletter", MANAGE),
        MassAction(
            "customer/index/massUnsubscribe",
            "Unsubscribe from Newsletter",
            MANAGE,
            confirm="Are you sure you want to unsubscribe the selected customers from the newsletter?",
        ),
        MassAction(
            "customer/index/massAssignGroup",
            "Assign a Customer Group",
            MANAGE,
            confirm="Are you sure to assign selected customers to new group?",
            choice="group",
            options=customer_groups,
        ),
    ),
    search=("name", "email", "created_in", "taxvat", "billing_telephone", "billing_city", "billing_postcode"),
    search_hint="Name, email, city, phone",
    empty="No customer has an account yet. Accounts made in the shop appear here.",
)  # fmt: skip
