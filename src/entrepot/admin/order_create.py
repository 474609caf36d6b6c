"""An order made for a customer: who it is for, then one page with everything of it (spec 60, 15.5).

The page is one form. Each of its buttons keeps in the cart all that was typed, does its own thing, and shows the page
again, so that nothing is lost; with scripts only what has changed is exchanged.
"""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from entrepot import customers
from entrepot.admin import order_choices, order_draft_addresses, order_draft_items, order_draft_rest
from entrepot.admin.access import admin_page
from entrepot.admin.customer_grid import ALL_CUSTOMERS
from entrepot.admin.dashboard import full_name
from entrepot.admin.form import as_int
from entrepot.admin.option_sources import store_views
from entrepot.admin.options import grouped
from entrepot.admin.order_draft import AGAIN, INSTEAD, PATH, SUBMIT, Draft, purpose_of
from entrepot.admin.order_draft import NEW as BY_ITSELF
from entrepot.admin.order_grid import CREATE, HOME, VIEW
from entrepot.admin.page import AdminPage, Button, refusals_of
from entrepot.customers import Customer
from entrepot.customers.errors import EmailMissing, EmailTaken, NoSuchCustomer
from entrepot.kit.errors import Refused
from entrepot.kit.scope import StoreView
from entrepot.quotes import by_administrator, coupons, save
from entrepot.quotes.errors import CouponLost, NoSuchCart
from entrepot.sales import editing
from entrepot.sales.withholding import withhold_confirmation

CHOOSE_CUSTOMER = replace(
    ALL_CUSTOMERS,
    name="sales_order_create_customer_grid",
    path=f"{PATH}/index",
    title="Create New Order",
    actions=(),
    opens=lambda page, line: page.url(f"{PATH}/index", customer_id=line.id),
    open_label="Select",
    template="order_customers.html",
    empty="No customer has an account yet. The first one gets it with the order.",
)
GONE = "This order was placed or canceled meanwhile."
NEW = "new"


@admin_page(f"{PATH}/index", CREATE)
async def choose(page: AdminPage) -> Response:
    """For whom: an account, or somebody who gets one with the order; then in which store view."""
    new = Button("Create New Customer", href=page.url(f"{PATH}/index", customer_id=NEW), kind="primary")
    if not page.parameter("customer_id"):
        back = Button("Back", href=page.url(HOME))
        return await CHOOSE_CUSTOMER.show(page, buttons=[new, back])
    customer = await _customer(page)
    if customer is None and page.parameter("customer_id") != NEW:
        return page.redirect(f"{PATH}/index")
    usual = customer.store_id if customer else page.ctx.stores.default.id
    options = [option for option in store_views(page.ctx) if _store(page, customer, option.value)]
    known = [option.value for option in options]
    return page.render(
        "order_store.html",
        title=_title(customer),
        who=page.parameter("customer_id"),
        groups=grouped(options),
        usual=str(usual) if str(usual) in known else next(iter(known), ""),
        buttons=[Button("Back", href=page.url(f"{PATH}/index"))],
    )


def _title(customer: Customer | None) -> str:
    return f"Create New Order for {full_name(customer)}" if customer else "Create New Order for New Customer"


def _title_of(draft: Draft) -> str:
    origin = draft.cart.content.origin
    if origin is not None and origin.is_replaced:
        return f"Edit Order #{origin.increment_id}"
    return "Create New Order for Guest" if draft.is_for_guest else _title(draft.customer)


async def _customer(page: AdminPage) -> Customer | None:
    """None for a new one, and with a message for one that is not there."""
    if page.parameter("customer_id") == NEW:
        return None
    try:
        return await customers.get_by_id(page.ctx, page.number("customer_id") or 0)
    except NoSuchCustomer as error:
        page.refused(error)
        return None


@admin_page(f"{PATH}/start", CREATE, post=True, instead=f"{PATH}/index")
async def start(page: AdminPage) -> Response:
    customer = await _customer(page)
    if customer is None and page.parameter("customer_id") != NEW:
        return page.redirect(f"{PATH}/index")
    store = _store(page, customer, page.form.get("store_id"))
    if store is None:
        page.error("Please select a store.")
        return page.redirect(f"{PATH}/index", customer_id=page.parameter("customer_id"))
    cart_id = await by_administrator.begin(page.ctx.in_store(store), store, customer)
    return page.redirect(f"{PATH}/edit", id=cart_id)


def _store(page: AdminPage, customer: Customer | None, text: str) -> StoreView | None:
    """The store view of that number, if the account can be used there."""
    view = page.ctx.stores.by_id(as_int(text) or 0)
    if view is None or view.is_admin:
        return None
    is_open = customer is None or customer.website_id == view.website_id or customers.is_global(page.ctx)
    return view if is_open else None


async def _draft(page: AdminPage) -> Draft | None:
    """None with a message where there is no such order any more, or one that is made for something else."""
    try:
        cart = await editing.open_draft(page.ctx, page.number("id") or 0)
    except NoSuchCart:
        page.error(GONE)
        return None
    if not page.path.lower().startswith(f"{purpose_of(cart).path}/"):
        page.error(GONE)
        return None
    ctx = page.ctx.in_store(cart.store)
    customer = await customers.get_by_id(ctx, cart.quote.customer_id) if cart.quote.customer_id else None
    return Draft(page, ctx, cart, customer)


@admin_page(f"{INSTEAD.path}/edit", INSTEAD.resource)
@admin_page(f"{AGAIN.path}/edit", AGAIN.resource)
@admin_page(f"{BY_ITSELF.path}/edit", BY_ITSELF.resource)
async def edit(page: AdminPage) -> Response:
    draft = await _draft(page)
    return await _show(draft) if draft else page.redirect(HOME)


@admin_page(f"{INSTEAD.path}/save", INSTEAD.resource, post=True, instead=HOME, redraws=True)
@admin_page(f"{AGAIN.path}/save", AGAIN.resource, post=True, instead=HOME, redraws=True)
@admin_page(f"{BY_ITSELF.path}/save", BY_ITSELF.resource, post=True, instead=HOME, redraws=True)
async def change(page: AdminPage) -> Response:
    """Every button of the page but Cancel."""
    draft = await _draft(page)
    if draft is None:
        return page.redirect(HOME)
    await _apply(draft)
    if draft.pressed != SUBMIT:
        return await _show(draft)
    if draft.news:
        page.notice(draft.news)
    elif not draft.problems and (placed := await _place(draft)):
        page.success("You created the order.")
        return page.redirect(f"{HOME}/view", order_id=placed) if page.may(VIEW) else page.redirect(HOME)
    return await _show(draft, is_submitted=True)


@admin_page(f"{INSTEAD.path}/cancel", INSTEAD.resource, post=True, instead=HOME)
@admin_page(f"{AGAIN.path}/cancel", AGAIN.resource, post=True, instead=HOME)
@admin_page(f"{BY_ITSELF.path}/cancel", BY_ITSELF.resource, post=True, instead=HOME)
async def cancel(page: AdminPage) -> Response:
    draft = await _draft(page)
    if draft is None:
        return page.redirect(HOME)
    purpose = draft.purpose
    back = page.url(f"{purpose.path}/edit", id=draft.cart.id)
    if question := page.confirmed(purpose.cancel_question, purpose.cancel, back=back):
        return question
    await by_administrator.forget(page.ctx, draft.cart)
    return page.redirect_to(_back(draft))


def _back(draft: Draft) -> str:
    """To the order that it was made of, for who may see it; else to all orders."""
    origin = draft.cart.content.origin
    if origin is None or not draft.page.may(VIEW):
        return draft.page.url(HOME)
    return draft.page.url(f"{HOME}/view", order_id=origin.order_id)


async def _apply(draft: Draft) -> None:
    """Keep what was typed, block by block, then see what it comes to."""
    await order_draft_rest.apply_account(draft)
    await order_draft_items.apply(draft)
    await order_draft_addresses.apply(draft)
    order_draft_rest.apply_comment(draft)
    if draft.pressed == "rates":
        by_administrator.ask_all_carriers(draft.cart)
    await save(draft.ctx, draft.cart)
    await order_draft_rest.apply_coupon(draft)
    if order_draft_rest.apply_methods(draft):
        await save(draft.ctx, draft.cart)


async def _place(draft: Draft) -> int | None:
    """The order's id; None with what is wrong. What was typed is kept in any case."""
    await order_draft_rest.check(draft)
    for kind, faults in order_draft_addresses.check(draft).items():
        for fault in faults:
            draft.refused(kind, fault)
    if draft.problems:
        return None
    page, ctx = draft.page, draft.ctx
    try:
        async with ctx.savepoint():
            account = None if draft.customer or draft.is_for_guest else await _new_account(draft)
            order = editing.replace_order if draft.purpose is INSTEAD else by_administrator.order
            placed = await order(ctx, draft.cart, account)
            if not page.form.is_ticked("send_confirmation"):
                await withhold_confirmation(ctx, placed.order_id)
            return placed.order_id
    except Refused as refusal:
        # The cart in hand is half an order; that of the database is as it was.
        draft.cart = await editing.open_draft(page.ctx, draft.cart.id)
        if isinstance(refusal, CouponLost):
            await coupons.use_coupon(ctx, draft.cart, None)
        for one in refusals_of(refusal):
            draft.refused("account" if isinstance(one, (EmailTaken, EmailMissing)) else "order", one)
        return None


async def _new_account(draft: Draft) -> Customer:
    """An account for who is billed. It has no password until the customer chooses one."""
    content = draft.cart.content
    billing, purchaser = content.billing, content.purchaser
    return await customers.create_account(
        draft.page.ctx,
        Customer(
            email=purchaser.email or "",
            prefix=billing.prefix or None,
            firstname=billing.firstname,
            middlename=billing.middlename or None,
            lastname=billing.lastname,
            suffix=billing.suffix or None,
            group_id=purchaser.group_id,
            website_id=draft.cart.store.website_id,
            store_id=draft.cart.store.id,
        ),
    )


async def _show(draft: Draft, *, is_submitted: bool = False) -> Response:
    """What is wrong is said on top, too. A page that was submitted and is not an order is a 422."""
    page, cart = draft.page, draft.cart
    faults = order_draft_addresses.check(draft) if is_submitted else {}
    told = list(dict.fromkeys(text for texts in draft.problems.values() for text in texts))
    if not page.is_partial:
        for text in told:
            page.error(text)
    purpose = draft.purpose
    cancel_path = page.url(f"{purpose.path}/cancel", id=cart.id)
    return page.render(
        "order_create.html",
        status=422 if is_submitted else 200,
        title=_title_of(draft),
        action=page.url(f"{purpose.path}/save", id=cart.id),
        customer=draft.customer,
        is_for_guest=draft.is_for_guest,
        replaced=cart.content.origin.increment_id if cart.content.origin and purpose is INSTEAD else "",
        store=cart.store,
        currency=cart.content.currencies.quote_code,
        cart_base=cart.content.currencies.base_code,
        choice_name=order_choices.element,
        errors=draft.problems,
        told=told if page.is_partial else (),
        submits=(),
        buttons=[
            Button("Back", href=_back(draft)),
            Button("Cancel", post=cancel_path, confirm=purpose.cancel_question, yes=purpose.cancel),
        ],
        **await order_draft_items.shown(draft),
        **await order_draft_addresses.shown(draft, faults),
        **await order_draft_rest.shown(draft),
    )
