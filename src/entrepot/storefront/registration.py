"""Creating an account (spec 20-customers, 16.3)."""

from __future__ import annotations

from starlette.responses import Response

from entrepot import customers
from entrepot.customers import Customer, CustomerExtension
from entrepot.customers.errors import EmailTaken
from entrepot.kit.errors import Refused
from entrepot.kit.pages import Form, page
from entrepot.storefront import field_errors, names, order_takeover
from entrepot.storefront.access import Visitor
from entrepot.storefront.account_fields import FIELDS, account_fields, read_account_fields
from entrepot.storefront.coming_back import address_to_return_to, carried
from entrepot.storefront.password_rules import PasswordRules
from entrepot.storefront.shop_page import ShopPage
from entrepot.storefront.sign_in import begin_session

CREATE = "customer/account/create"
DASHBOARD = "customer/account"
NEWSLETTER = "newsletter/general/active"

INPUTS = {
    **{field: field for field in FIELDS},
    "email": "email_address",
    "password": "password",
    "password_confirmation": "password_confirmation",
}
THANKS = "Thank you for registering with %1."
MUST_CONFIRM = (
    "You must confirm your account. Please check your email for the confirmation link or "
    '<a href="%1">click here</a> for a new link.'
)
TAKEN = (
    "There is already an account with this email address. If you are sure that it is your email address, "
    '<a href="%1">click here</a> to get your password and access your account.'
)
VAT_ADDRESS = (
    'If you are a registered VAT customer, please <a href="%1">click here</a> to enter your %2 address for proper VAT '
    "calculation."
)


@page(CREATE, access=Visitor.GUEST)
async def create(page: ShopPage) -> Response:
    attributes = customers.customer_attributes(page.ctx, page.view.website_id)
    typed = page.take_form("create") or Form({})
    return page.render(
        "account/create.html",
        typed=typed,
        values={field: typed.get(field) for field in FIELDS},
        name_fields=names.fields(page.ctx, attributes),
        account_fields=account_fields(attributes),
        newsletter=page.ctx.flag(NEWSLETTER),
        rules=PasswordRules.of(page.ctx),
        carried=carried(page),
    )


@page("customer/account/createpost", methods=["POST"], access=Visitor.GUEST, instead=CREATE)
async def create_post(page: ShopPage) -> Response:
    password = page.form.get("password")
    if password != page.form.get("password_confirmation"):
        page.error("Please make sure your passwords match.", fields=[INPUTS["password_confirmation"]])
        return _again(page)
    try:
        async with page.attempt():
            created = await customers.create_account(
                page.ctx, _new_customer(page), password, address_to_return_to(page) or ""
            )
    except EmailTaken as refusal:
        way_in = page.html(TAKEN, page.url("customer/account/forgotpassword"))
        field_errors.tell(page, refusal, INPUTS, instead=way_in)
        return _again(page)
    except Refused as refusal:
        attributes = customers.customer_attributes(page.ctx, page.view.website_id)
        field_errors.tell(page, refusal, INPUTS, attributes)
        return _again(page)
    assert created.id is not None
    await order_takeover.take_over(page, created)
    if customers.is_confirmation_required(page.ctx, page.view.website_id):
        page.success(page.html(MUST_CONFIRM, page.url("customer/account/confirmation", query=_email(page))))
        return page.redirect(DASHBOARD)
    await customers.sign_in.record_login(page.ctx, created.id)
    await begin_session(page, created.id)
    _thank(page)
    return page.redirect_to(address_to_return_to(page), DASHBOARD)


def _new_customer(page: ShopPage) -> Customer:
    """The account gets the website, store view and default group of the page."""
    customer = Customer(
        email=page.form.get("email").strip(),
        website_id=page.view.website_id,
        store_id=page.view.id,
        extension_attributes=CustomerExtension(is_subscribed=page.form.is_ticked("is_subscribed") or None),
    )
    read_account_fields(page, customer)
    return customer


def _thank(page: ShopPage) -> None:
    """A shop that sorts customers by their VAT number asks for the address that has it."""
    if page.ctx.flag("customer/create_account/auto_group_assign"):
        kind = page.ctx.config("customer/create_account/tax_calculation_address_type") or "billing"
        page.success(page.html(VAT_ADDRESS, page.url("customer/address/new"), kind))
    else:
        page.success(THANKS, page.shop_name)


def _email(page: ShopPage) -> dict[str, str]:
    return {"email": page.form.get("email").strip()}


def _again(page: ShopPage) -> Response:
    page.keep_form("create", "email", "is_subscribed", *FIELDS)
    return page.redirect(CREATE, **carried(page))
