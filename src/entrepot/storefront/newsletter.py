"""Newsletter subscriptions: the account's page, the form in the footer, the links of the mails (20-customers, 16.9)."""

from __future__ import annotations

from starlette.responses import Response

from entrepot import customers
from entrepot.customers.errors import (
    AlreadySubscribed,
    EmailOfAnotherUser,
    GuestsMayNotSubscribe,
    InvalidSubscriberEmail,
)
from entrepot.customers.newsletter import Status
from entrepot.kit.errors import Refused
from entrepot.kit.pages import page
from entrepot.storefront import field_errors
from entrepot.storefront.access import Visitor
from entrepot.storefront.shop_page import ShopPage

MANAGE = "newsletter/manage"
DASHBOARD = "customer/account"
INPUTS = {"email": "newsletter-email"}
"""Of the form in the footer."""
DENIED = 'Sorry, but the administrator denied subscription for guests. Please <a href="%1">register</a>.'


@page(MANAGE, access=Visitor.SIGNED_IN)
async def manage(page: ShopPage) -> Response:
    return page.render("newsletter/manage.html", is_subscribed=_is_subscribed(page))


@page("newsletter/manage/save", methods=["POST"], access=Visitor.SIGNED_IN, instead=MANAGE)
async def save(page: ShopPage) -> Response:
    wanted = page.form.is_ticked("is_subscribed")
    if wanted == _is_subscribed(page):
        page.success("We have updated your subscription.")
        return page.redirect(DASHBOARD)
    try:
        async with page.attempt():
            await customers.newsletter.set_subscription(page.ctx, page.customer_id, wanted)
            subscriber = await customers.newsletter.find_subscriber(page.ctx, page.customer_id)
    except Refused:
        page.error("Something went wrong while saving your subscription.")
        return page.redirect(DASHBOARD)
    if not wanted:
        page.success("We have removed your newsletter subscription.")
    elif subscriber is not None and subscriber.status == Status.SUBSCRIBED:
        page.success("We have saved your subscription.")
    else:
        page.success("A confirmation request has been sent.")
    return page.redirect(DASHBOARD)


@page("newsletter/subscriber/new", methods=["POST"], instead="")
async def subscribe(page: ShopPage) -> Response:
    """The form in the footer; the visitor stays on the page."""
    try:
        async with page.attempt():
            status = await customers.newsletter.subscribe_visitor(page.ctx, page.form.get("email").strip())
    except GuestsMayNotSubscribe:
        page.error(page.html(DENIED, page.url("customer/account/create")))
    except (InvalidSubscriberEmail, EmailOfAnotherUser, AlreadySubscribed) as refusal:
        field_errors.tell(page, refusal, INPUTS)
        page.keep_form("newsletter", "email")
    except Refused:
        page.error("Something went wrong with the subscription.")
    else:
        if status == Status.NOT_ACTIVE:
            page.success("The confirmation request has been sent.")
        else:
            page.success("Thank you for your subscription.")
    return page.redirect_back()


@page("newsletter/subscriber/confirm")
async def confirm(page: ShopPage) -> Response:
    try:
        async with page.attempt():
            await customers.newsletter.confirm_subscription(page.ctx, page.number("id") or 0, page.parameter("code"))
    except Refused as refusal:
        page.refused(refusal)
    else:
        page.success("Your subscription has been confirmed.")
    return page.redirect("")


@page("newsletter/subscriber/unsubscribe")
async def unsubscribe(page: ShopPage) -> Response:
    try:
        async with page.attempt():
            await customers.newsletter.unsubscribe_by_link(page.ctx, page.number("id") or 0, page.parameter("code"))
    except Refused as refusal:
        page.refused(refusal)
    else:
        page.success("You unsubscribed.")
    return page.redirect("")


def _is_subscribed(page: ShopPage) -> bool:
    subscription = page.customer.extension_attributes
    return bool(subscription and subscription.is_subscribed)
