"""The mails to customers and subscribers (spec 20-customers, 12 and 15b).

Each text is one template: its first line is the subject, the rest are paragraphs, of which `link(label, address)` makes
those that are links. The plain and the HTML form are made from the same text, so they cannot drift apart.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from entrepot.customers.queries.accounts import Account
from entrepot.customers.queries.newsletter import Subscriber
from entrepot.customers.rules.names import full_name
from entrepot.kit.context import Context
from entrepot.kit.mail import Mail, Person, send
from entrepot.kit.scope import StoreView
from entrepot.stores import levels, page_url

ACCOUNT_SENDER = "customer/create_account/email_identity"
PASSWORD_SENDER = "customer/password/forgot_email_identity"  # noqa: S105 -- a setting's path

_LOADER = PackageLoader("entrepot.customers", "templates/mail")
_TEXTS = Environment(loader=_LOADER, undefined=StrictUndefined, autoescape=False, trim_blocks=True)  # noqa: S701
"""Plain text: what is escaped here would show in the mail. The HTML form is escaped by the layout."""
_PAGES = Environment(loader=_LOADER, undefined=StrictUndefined, autoescape=True)


class Paragraph(NamedTuple):
    text: str
    url: str | None = None


async def welcome(ctx: Context, account: Account) -> None:
    """An account was made, its password is set, nothing waits for a confirmation."""
    await _to_customer(ctx, account, "welcome", ACCOUNT_SENDER)


async def welcome_without_password(ctx: Context, account: Account) -> None:
    """An account was made for somebody who still has to choose a password."""
    await _to_customer(ctx, account, "welcome_without_password", ACCOUNT_SENDER)


async def confirmation_request(
    ctx: Context, account: Account, *, redirect_url: str = "", view: StoreView | None = None
) -> None:
    """An account was made and has to be confirmed. The link leads to `redirect_url` afterwards."""
    query = {"id": account.id, "key": account.confirmation or "", "back_url": redirect_url}
    await _to_customer(
        ctx, account, "confirmation_request", ACCOUNT_SENDER, view=view, link="customer/account/confirm/", query=query
    )


async def confirmed(ctx: Context, account: Account, view: StoreView | None = None) -> None:
    await _to_customer(ctx, account, "confirmed", ACCOUNT_SENDER, view=view)


async def password_reset(ctx: Context, account: Account, token: str) -> None:
    """Somebody forgot the password."""
    await _to_customer(
        ctx, account, "password_reset", PASSWORD_SENDER, link="customer/account/createPassword/", query={"token": token}
    )


async def password_reminder(ctx: Context, account: Account, token: str) -> None:
    """An administrator has a customer choose a new password."""
    await _to_customer(
        ctx,
        account,
        "password_reminder",
        PASSWORD_SENDER,
        link="customer/account/createPassword/",
        query={"token": token},
    )


async def password_changed(ctx: Context, account: Account) -> None:
    """A customer changed the password on the storefront."""
    await _to_customer(ctx, account, "password_changed", PASSWORD_SENDER)


async def email_changed(ctx: Context, account: Account, former_email: str) -> None:
    """To the new and to the former address: the latter may have been taken over."""
    for email in dict.fromkeys((former_email, account.email)):
        await _to_customer(ctx, account, "email_changed", PASSWORD_SENDER, to=email)


async def email_and_password_changed(ctx: Context, account: Account, former_email: str) -> None:
    """To the new and to the former address."""
    for email in dict.fromkeys((former_email, account.email)):
        await _to_customer(ctx, account, "email_and_password_changed", PASSWORD_SENDER, to=email)


async def subscription_request(ctx: Context, subscriber: Subscriber) -> None:
    await _to_subscriber(ctx, subscriber, "subscription_request", "confirm", "newsletter/subscriber/confirm/")


async def subscription_success(ctx: Context, subscriber: Subscriber) -> None:
    await _to_subscriber(ctx, subscriber, "subscription_success", "success", "newsletter/subscriber/unsubscribe/")


async def unsubscribed(ctx: Context, subscriber: Subscriber) -> None:
    await _to_subscriber(ctx, subscriber, "unsubscribed", "un", "")


async def _to_customer(
    ctx: Context,
    account: Account,
    template: str,
    sender_path: str,
    *,
    to: str | None = None,
    view: StoreView | None = None,
    link: str = "",
    query: dict[str, Any] | None = None,
) -> None:
    """`view` is the store view that writes; without one, the customer's."""
    writer = _writer(ctx, view or ctx.stores.by_id(account.store_id), account.website_id)
    name = visible_name(ctx, account)
    url = page_url(ctx, writer)
    reset = urlencode({"id": account.id, "token": account.rp_token or ""})
    values = {
        "name": name,
        "email": account.email,
        "account_url": url + "customer/account/",
        "reset_url": f"{url}customer/account/createPassword/?{reset}",
        "link_url": f"{url}{link}?{urlencode(query or {})}",
    }
    await _send(ctx, writer, template, (name, to or account.email), sender(ctx, writer, sender_path), values)


async def _to_subscriber(ctx: Context, subscriber: Subscriber, template: str, kind: str, link: str) -> None:
    writer = _writer(ctx, ctx.stores.by_id(subscriber.store_id), None)
    query = urlencode({"id": subscriber.id, "code": subscriber.confirm_code})
    values = {"email": subscriber.email, "link_url": f"{page_url(ctx, writer)}{link}?{query}"}
    identity = sender(ctx, writer, f"newsletter/subscription/{kind}_email_identity")
    await _send(ctx, writer, template, ("", subscriber.email), identity, values)


async def _send(
    ctx: Context, writer: StoreView, template: str, to: Person, sender: Person, values: dict[str, Any]
) -> None:
    store_name = frontend_name(ctx, writer)
    links: dict[str, Paragraph] = {}

    def link(label: str, url: str) -> str:
        text = f"{label}: {url}"
        links[text] = Paragraph(label, url)
        return text

    rendered = _TEXTS.get_template(f"{template}.txt").render(store_name=store_name, link=link, **values)
    subject, _, text = rendered.strip().partition("\n")
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text.strip())]
    html = _PAGES.get_template("layout.html").render(
        subject=subject,
        store_name=store_name,
        # Only what a template calls a link becomes one: customers choose their names.
        paragraphs=[links.get(block, Paragraph(block)) for block in blocks],
    )
    mail = Mail(to=[to], sender=sender, subject=subject, text=text.strip() + "\n", html=html)
    await send(ctx.in_store(writer), mail)


def visible_name(ctx: Context, account: Account) -> str:
    """The full name, without those parts that the website does not show."""

    def shown(part: str, value: str | None) -> str | None:
        return value if ctx.config(f"customer/address/{part}_show", website_id=account.website_id) else None

    return full_name(
        shown("prefix", account.prefix),
        account.firstname,
        account.middlename if ctx.flag("customer/address/middlename_show", website_id=account.website_id) else None,
        account.lastname,
        shown("suffix", account.suffix),
    )


def frontend_name(ctx: Context, view: StoreView) -> str:
    """What a store calls itself: the configured name, or else its group's."""
    configured = ctx.config("general/store_information/name", store_id=view.id)
    if configured:
        return configured
    group = levels(ctx).group(view.group_id)
    return group.name if group else view.name


def _writer(ctx: Context, view: StoreView | None, website_id: int | None) -> StoreView:
    """The store view that a mail comes from: never the admin store, which has no shop to link to."""
    if view is not None and not view.is_admin:
        return view
    of_website = ctx.stores.default_of_website(website_id) if website_id else None
    return of_website or ctx.stores.default


def sender(ctx: Context, view: StoreView, path: str) -> Person:
    """Name and address of the identity that is configured for a kind of mail."""
    identity = ctx.config(path, store_id=view.id) or "general"
    name = ctx.config(f"trans_email/ident_{identity}/name", store_id=view.id) or ""
    email = ctx.config(f"trans_email/ident_{identity}/email", store_id=view.id) or ""
    return name, email
