"""Customers > All Customers: the grid, and the page of a customer with its tabs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from entrepot import customers
from entrepot.admin.access import admin_page
from entrepot.admin.customer_grid import ALL_CUSTOMERS, DELETE, GENDERS, MANAGE, one_line
from entrepot.admin.customer_tabs import tabs_of
from entrepot.admin.dashboard import full_name
from entrepot.admin.form import Field, Form, Section, Submit, as_int, as_text, typed
from entrepot.admin.grid import back_to, chosen_ids, confirmed
from entrepot.admin.option_sources import customer_groups, store_views, websites
from entrepot.admin.page import AdminPage, Button
from entrepot.customers import Customer
from entrepot.customers.errors import (
    AttributeRulesBroken,
    EmailMissing,
    EmailTaken,
    GroupUnknown,
    NoSuchCustomer,
    StoreNotFound,
    StoreNotInWebsite,
    WebsiteNotFound,
)
from entrepot.kit.errors import PlainRefusal, Refused
from entrepot.stores.levels import levels

HOME = "customer/index"
RESET_PASSWORD = "Magento_Customer::reset_password"  # noqa: S105 -- a resource
INVALIDATE_TOKENS = "Magento_Customer::invalidate_tokens"
RESET_TEMPLATE = "email_reset"
CREATE_ORDER = "Magento_Sales::create"

TABS = (
    ("view", "Customer View"),
    ("account", "Account Information"),
    ("addresses", "Addresses"),
    ("newsletter", "Newsletter"),
)

ACCOUNT = Form(
    Section(
        "account",
        "Account Information",
        (
            Field(
                "website_id", "Associate to Website", "select", options=websites, required=True,
                errors=(WebsiteNotFound,),
            ),
            Field("group_id", "Group", "select", options=customer_groups, required=True, errors=(GroupUnknown,)),
            Field("disable_auto_group_change", "Disable Automatic Group Change Based on VAT ID", "checkbox"),
            Field("prefix", "Name Prefix", max_length=40),
            Field("firstname", "First Name", required=True, max_length=255),
            Field("middlename", "Middle Name/Initial", max_length=255),
            Field("lastname", "Last Name", required=True, max_length=255),
            Field("suffix", "Name Suffix", max_length=40),
            Field("email", "Email", "email", required=True, errors=(EmailMissing, EmailTaken)),
            Field("dob", "Date of Birth", "day", aliases=("Date Of Birth",)),
            Field("taxvat", "Tax/VAT Number", max_length=50),
            Field("gender", "Gender", "select", options=GENDERS, is_optional=True),
            Field(
                "store_id", "Send Welcome Email From", "select", options=store_views,
                errors=(StoreNotFound, StoreNotInWebsite),
                note="The account is created in this store view. It has no password until the customer chooses one.",
            ),
        ),
    )
)  # fmt: skip

EXISTING_ACCOUNT = ACCOUNT.without("store_id", "website_id")

NEWSLETTER = Form(
    Section(
        "newsletter",
        "Newsletter Information",
        (
            Field("subscription", "Subscribed to Newsletter", "checkbox"),
            Field("changed", "Last Date Subscribed", "static"),
        ),
    )
)


@admin_page(HOME, MANAGE)
async def list_customers(page: AdminPage) -> Response:
    new = Button("Add New Customer", href=page.url(f"{HOME}/new"), kind="primary")
    return await ALL_CUSTOMERS.show(page, buttons=[new])


@admin_page(f"{HOME}/new", MANAGE)
async def new_customer(page: AdminPage) -> Response:
    view = page.ctx.stores.default
    values = {
        "website_id": view.website_id,
        "store_id": view.id,
        "group_id": customers.default_group_id(page.ctx, view.id),
    }
    return await _new(page, values)


@admin_page(f"{HOME}/edit", MANAGE)
async def edit_customer(page: AdminPage) -> Response:
    customer = await find_customer(page)
    if customer is None:
        return page.redirect(HOME)
    match page.parameter("tab"):
        case "account":
            return await _account(page, customer, _account_values(customer))
        case "addresses":
            return await _addresses(page, customer)
        case "newsletter":
            return await _newsletter(page, customer)
        case tab:
            more = next((one for one in tabs_of(page) if one.key == tab), None)
            return await more.show(page, customer) if more else await _view(page, customer)


@admin_page(f"{HOME}/save", MANAGE, post=True, instead=HOME)
async def save_customer(page: AdminPage) -> Response:
    """The account tab, or a new customer."""
    form = page.form
    if not page.parameter("id"):
        new = _sent(page, None)
        new.website_id, new.store_id = as_int(form.get("website_id")), as_int(form.get("store_id"))
        made: list[Customer] = []

        async def create() -> None:
            made.append(await customers.create_account(page.ctx, new))

        if refusals := await page.attempted(create()):
            return await _new(page, typed(ACCOUNT, form), refusals)
        page.success("You saved the customer.")
        return _after_save(page, made[0].id)
    customer = await find_customer(page)
    if customer is None:
        return page.redirect(HOME)
    if refusals := await page.attempted(customers.save(page.ctx, _sent(page, customer))):
        return await _account(page, customer, typed(ACCOUNT, form), refusals)
    page.success("You saved the customer.")
    return _after_save(page, customer.id, tab="account")


@admin_page(f"{HOME}/saveNewsletter", MANAGE, post=True, instead=HOME)
async def save_newsletter(page: AdminPage) -> Response:
    customer = await find_customer(page)
    if customer is None or customer.id is None:
        return page.redirect(HOME)
    await customers.newsletter.set_subscription(page.ctx, customer.id, page.form.is_ticked("subscription"))
    page.success("You saved the customer.")
    return _after_save(page, customer.id, tab="newsletter")


@admin_page(f"{HOME}/delete", DELETE, post=True, instead=HOME)
async def delete_customer(page: AdminPage) -> Response:
    customer = await find_customer(page)
    if customer is None or customer.id is None:
        return page.redirect(HOME)
    back = page.url(f"{HOME}/edit", id=customer.id)
    if question := page.confirmed(DELETE_QUESTION, "Delete", back=back):
        return question
    await customers.delete_by_id(page.ctx, customer.id)
    page.success("You deleted the customer.")
    return page.redirect(HOME)


DELETE_QUESTION = "Are you sure you want to delete this customer?"


@admin_page(f"{HOME}/resetPassword", RESET_PASSWORD, post=True, instead=HOME)
async def reset_password(page: AdminPage) -> Response:
    customer = await find_customer(page)
    if customer is None:
        return page.redirect(HOME)
    work = customers.initiate_password_reset(page.ctx, customer.email or "", RESET_TEMPLATE, customer.website_id)
    refusals = await page.attempted(work)
    for refusal in refusals:
        page.refused(refusal)
    if not refusals:
        page.success("The customer will receive an email with a link to reset password.")
    return page.redirect(f"{HOME}/edit", id=customer.id)


@admin_page("customer/customer/invalidateToken", INVALIDATE_TOKENS, post=True, instead=HOME)
async def force_sign_in(page: AdminPage) -> Response:
    customer = await find_customer(page)
    if customer is None or customer.id is None:
        return page.redirect(HOME)
    if await customers.revoke_tokens(page.ctx, customer.id):
        page.success("You have revoked the customer's tokens.")
    else:
        page.error("This customer has no tokens.")
    return page.redirect(f"{HOME}/edit", id=customer.id)


@admin_page("customer/locks/unlock", MANAGE, post=True, instead=HOME)
async def unlock(page: AdminPage) -> Response:
    customer = await find_customer(page)
    if customer is None or customer.id is None:
        return page.redirect(HOME)
    await customers.unlock(page.ctx, customer.id)
    page.success("Customer has been unlocked successfully.")
    return page.redirect(f"{HOME}/edit", id=customer.id)


# Mass actions

DELETED = "A total of %1 record(s) were deleted."
UPDATED = "A total of %1 record(s) were updated."


@admin_page(f"{HOME}/massDelete", DELETE, post=True, instead=HOME)
async def mass_delete(page: AdminPage) -> Response:
    ids = await chosen_ids(ALL_CUSTOMERS, page)
    if ids:
        question = "Are you sure you want to delete the selected customers?"
        if asked := confirmed(page, question, ids, "Delete", back=page.url(HOME)):
            return asked
        count = 0
        for id in ids:
            count += not await page.attempted(customers.delete_by_id(page.ctx, id))
        page.success(DELETED, count)
    return back_to(ALL_CUSTOMERS, page)


@admin_page(f"{HOME}/massSubscribe", MANAGE, post=True, instead=HOME)
async def mass_subscribe(page: AdminPage) -> Response:
    return await _set_subscriptions(page, wanted=True)


@admin_page(f"{HOME}/massUnsubscribe", MANAGE, post=True, instead=HOME)
async def mass_unsubscribe(page: AdminPage) -> Response:
    return await _set_subscriptions(page, wanted=False)


async def _set_subscriptions(page: AdminPage, *, wanted: bool) -> Response:
    ids = await chosen_ids(ALL_CUSTOMERS, page)
    if ids and not wanted:
        question = "Are you sure you want to unsubscribe the selected customers from the newsletter?"
        if asked := confirmed(page, question, ids, "Unsubscribe", back=page.url(HOME)):
            return asked
    for id in ids:
        await customers.newsletter.set_subscription(page.ctx, id, wanted)
    if ids:
        page.success(UPDATED, len(ids))
    return back_to(ALL_CUSTOMERS, page)


@admin_page(f"{HOME}/massAssignGroup", MANAGE, post=True, instead=HOME)
async def mass_assign_group(page: AdminPage) -> Response:
    ids = await chosen_ids(ALL_CUSTOMERS, page)
    group_id = as_int(page.form.get("group"))
    if ids and group_id is not None:
        question = "Are you sure to assign selected customers to new group?"
        if asked := confirmed(page, question, ids, "Assign", back=page.url(HOME)):
            return asked
        count = 0
        for id in ids:
            refusals = await page.attempted(_set_group(page, id, group_id))
            count += not refusals
            for refusal in refusals:
                page.refused(refusal)
        page.success(UPDATED, count)
    return back_to(ALL_CUSTOMERS, page)


async def _set_group(page: AdminPage, customer_id: int, group_id: int) -> None:
    customer = await customers.get_by_id(page.ctx, customer_id)
    customer.group_id, customer.addresses = group_id, None
    await customers.save(page.ctx, customer)


# What is shown


async def find_customer(page: AdminPage, name: str = "id") -> Customer | None:
    """None with a message for one that is not there."""
    try:
        return await customers.get_by_id(page.ctx, page.number(name) or 0)
    except NoSuchCustomer as error:
        page.refused(error)
        return None


async def frame_of(page: AdminPage, customer: Customer, tab: str) -> dict[str, Any]:
    """What all tabs of a customer show: title, buttons, tabs."""
    id = customer.id or 0
    buttons = [Button("Back", href=page.url(HOME))]
    if page.may(CREATE_ORDER):
        buttons.append(Button("Create Order", href=page.url("sales/order_create/index", customer_id=id)))
    if page.may(DELETE):
        delete = page.url(f"{HOME}/delete", id=id)
        buttons.append(Button("Delete Customer", post=delete, confirm=DELETE_QUESTION, yes="Delete", kind="danger"))
    if page.may(RESET_PASSWORD):
        buttons.append(Button("Reset Password", post=page.url(f"{HOME}/resetPassword", id=id)))
    if page.may(INVALIDATE_TOKENS):
        question = "Are you sure you want to revoke the customer's tokens?"
        revoke = page.url("customer/customer/invalidateToken", id=id)
        buttons.append(Button("Force Sign-In", post=revoke, confirm=question, yes="Revoke"))
    if (await customers.lockout.current(page.ctx, id)).is_locked(page.ctx.now):
        buttons.append(Button("Unlock", post=page.url("customer/locks/unlock", id=id)))
    known = [*TABS, *((one.key, one.label) for one in tabs_of(page))]
    tabs = [(label, page.url(f"{HOME}/edit", id=id, tab=name), name == tab) for name, label in known]
    return {"title": full_name(customer), "buttons": buttons, "tabs": tabs, "customer": customer}


async def _new(page: AdminPage, values: Mapping[str, Any], refusals: Sequence[Refused] = ()) -> Response:
    return await ACCOUNT.show(
        page,
        title="New Customer",
        action=page.url(f"{HOME}/save"),
        values=values,
        refusals=lines_of(refusals),
        submits=SAVE,
        buttons=[Button("Back", href=page.url(HOME))],
    )


SAVE = (Submit("Save Customer", kind="primary"), Submit("Save and Continue Edit", name="continue", is_default=True))


async def _account(
    page: AdminPage, customer: Customer, values: Mapping[str, Any], refusals: Sequence[Refused] = ()
) -> Response:
    frame = await frame_of(page, customer, "account")
    return await EXISTING_ACCOUNT.show(
        page,
        action=page.url(f"{HOME}/save", id=customer.id),
        values=values,
        refusals=lines_of(refusals),
        template="customer_form.html",
        submits=SAVE,
        **frame,
    )


async def _newsletter(page: AdminPage, customer: Customer) -> Response:
    subscriber = await customers.newsletter.find_subscriber(page.ctx, customer.id or 0)
    is_subscribed = bool(customer.extension_attributes and customer.extension_attributes.is_subscribed)
    form = NEWSLETTER
    values: dict[str, Any] = {"subscription": is_subscribed}
    if subscriber is None:
        form = form.without("changed")
    else:
        label = "Last Date Subscribed" if is_subscribed else "Last Date Unsubscribed"
        form = form.with_fields(changed={"label": label})
        values["changed"] = page.instant(subscriber.change_status_at)
    frame = await frame_of(page, customer, "newsletter")
    return await form.show(
        page,
        action=page.url(f"{HOME}/saveNewsletter", id=customer.id),
        values=values,
        template="customer_form.html",
        submits=SAVE,
        **frame,
    )


async def _view(page: AdminPage, customer: Customer) -> Response:
    frame = await frame_of(page, customer, "view")
    ctx, id = page.ctx, customer.id or 0
    is_locked = (await customers.lockout.current(ctx, id)).is_locked(ctx.now)
    needs = customers.is_confirmation_required(ctx, customer.website_id or 0)
    confirmed = "Confirmation Not Required"
    if needs:
        confirmed = "Confirmation Required" if customer.confirmation else "Confirmed"
    visits = await customers.visits(ctx, id)
    group = await customers.get_group(ctx, customer.group_id or 0)
    website = levels(ctx).website(customer.website_id or 0)
    facts = [
        ("Last Logged In", page.instant(visits.last_login_at) if visits.last_login_at else "Never"),
        ("Account Lock", "Locked" if is_locked else "Unlocked"),
        ("Confirmed email", confirmed),
        ("Account Created", page.instant(customer.created_at or "")),
        ("Account Created in", customer.created_in or ""),
        ("Associated Website", website.name if website else ""),
        ("Customer Group", group.code or ""),
        ("Email", customer.email or ""),
    ]
    billing = next((address for address in customer.addresses or () if address.default_billing), None)
    return page.render("customer_view.html", facts=facts, billing=billing, print_address=page.print_address, **frame)


async def _addresses(page: AdminPage, customer: Customer) -> Response:
    frame = await frame_of(page, customer, "addresses")
    return page.render(
        "customer_addresses.html",
        addresses=customer.addresses or [],
        print_address=page.print_address,
        one_line=one_line,
        **frame,
    )


def _after_save(page: AdminPage, id: int | None, **pairs: Any) -> Response:
    if page.form.get("continue"):
        return page.redirect(f"{HOME}/edit", id=id, **pairs)
    return page.redirect(HOME)


def _account_values(customer: Customer) -> dict[str, Any]:
    return {field.name: getattr(customer, field.name) for field in EXISTING_ACCOUNT.fields}


def _sent(page: AdminPage, customer: Customer | None) -> Customer:
    """What the form says; an empty text clears."""
    form = page.form
    return Customer(
        id=customer.id if customer else None,
        website_id=customer.website_id if customer else None,
        group_id=as_int(form.get("group_id")),
        disable_auto_group_change=int(form.is_ticked("disable_auto_group_change")),
        prefix=form.get("prefix").strip(),
        firstname=form.get("firstname").strip(),
        middlename=form.get("middlename").strip(),
        lastname=form.get("lastname").strip(),
        suffix=form.get("suffix").strip(),
        email=form.get("email").strip(),
        dob=form.get("dob").strip() if customer else as_text(form.get("dob")),
        taxvat=form.get("taxvat").strip(),
        gender=as_int(form.get("gender")) or (0 if customer else None),
    )


def lines_of(refusals: Sequence[Refused]) -> list[Refused]:
    """Rules of attributes that are broken together, each by itself, so that it can stand at its field."""
    found: list[Refused] = []
    for refusal in refusals:
        if isinstance(refusal, AttributeRulesBroken):
            found += [PlainRefusal(line) for line in refusal.lines]
        else:
            found.append(refusal)
    return found
