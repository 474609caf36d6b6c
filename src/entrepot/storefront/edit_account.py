"""Edit Account Information: name, email and password (spec 20-customers, 16.7)."""

from __future__ import annotations

from starlette.responses import Response

from entrepot import customers
from entrepot.customers import AccountForm, Customer
from entrepot.customers.errors import AccountLocked
from entrepot.kit.errors import Refused
from entrepot.kit.pages import page
from entrepot.storefront import field_errors, names
from entrepot.storefront.access import Visitor
from entrepot.storefront.account_fields import FIELDS, account_fields, read_account_fields
from entrepot.storefront.coming_back import SIGN_IN
from entrepot.storefront.password_rules import PasswordRules
from entrepot.storefront.shop_page import ShopPage
from entrepot.storefront.sign_in import FAILED, end_session

EDIT = "customer/account/edit"
DASHBOARD = "customer/account"
INPUTS = {
    **{field: field for field in FIELDS},
    "email": "email",
    "current_password": "current_password",
    "password": "new-password",
    "password_confirmation": "password_confirmation",
}


@page(EDIT, access=Visitor.SIGNED_IN)
async def edit(page: ShopPage) -> Response:
    """`changeEmail` and `changePass` in the address open the form at what is to be changed."""
    attributes = customers.customer_attributes(page.ctx, page.view.website_id)
    typed = page.take_form("account")
    return page.render(
        "account/edit.html",
        values={
            field: typed.get(field) if typed and field in typed else getattr(page.customer, field)
            for field in (*FIELDS, "email")
        },
        name_fields=names.fields(page.ctx, attributes),
        account_fields=account_fields(attributes),
        changes_email=typed.is_ticked("change_email") if typed else page.number("changeemail") == 1,
        changes_password=typed.is_ticked("change_password") if typed else page.number("changepass") == 1,
        rules=PasswordRules.of(page.ctx),
    )


@page("customer/account/editPost", methods=["POST"], access=Visitor.SIGNED_IN, instead=EDIT)
async def edit_post(page: ShopPage) -> Response:
    try:
        async with page.attempt():
            await customers.edit_account(page.ctx, page.customer_id, _posted(page), page.session.kept)
    except AccountLocked:
        await end_session(page)
        page.error(FAILED)
        return page.redirect(SIGN_IN)
    except Refused as refusal:
        attributes = customers.customer_attributes(page.ctx, page.view.website_id)
        field_errors.tell(page, refusal, INPUTS, attributes)
        page.keep_form("account", "change_email", "change_password", "email", *FIELDS)
        return page.redirect(EDIT)
    page.success("You saved the account information.")
    return page.redirect(DASHBOARD)


def _posted(page: ShopPage) -> AccountForm:
    """Email and password count only when their boxes are ticked. Addresses and group are not the form's business."""
    form = page.form
    profile = Customer(firstname=page.customer.firstname, lastname=page.customer.lastname)
    read_account_fields(page, profile)
    return AccountForm(
        profile=profile,
        email=form.get("email").strip() if form.is_ticked("change_email") else None,
        current_password=form.get("current_password"),
        new_password=form.get("password") if form.is_ticked("change_password") else None,
        confirmation=form.get("password_confirmation"),
    )
