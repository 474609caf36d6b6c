"""Where the pages of a store view are, and which website a host belongs to: each the other way round.

A view's code as the first part of a path always leads to the view. So a page has an address in every view, also in
those of websites that have no host of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from urllib.parse import urlsplit

import structlog

from entrepot.kit.context import Context
from entrepot.kit.scope import StoreView
from entrepot.stores.levels import levels
from entrepot.stores.queries import Website
from entrepot.stores.store_configs import link_url

log = structlog.get_logger("entrepot.stores")

BASE_URL = "web/unsecure/base_url"
CODES_IN_LINKS = "web/url/use_store"
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def website_of_host(ctx: Context, host: str) -> Website:
    """The website that has a base URL of its own with this host; the default one without such."""
    default = levels(ctx).default_website
    for website in (default, *levels(ctx).websites):
        if website.id and host.lower() in _own_hosts(ctx, website):
            return website
    return default


def page_url(ctx: Context, view: StoreView) -> str:
    """What the address of every page of the view begins with, whoever follows it: for mails, and links from elsewhere.

    That of the configuration (`link_url`), with the view's code where the host alone would lead to another view. A
    shop whose base URL is not configured is only known by the machine's own name: the host of the request is what
    anybody may have put there, and a link in a mail that led to it would give away the secrets in the link.
    """
    url = link_url(_at_known_host(ctx, view), view)
    if ctx.flag(CODES_IN_LINKS, store_id=view.id):
        return url
    there = ctx.stores.default_of_website(website_of_host(ctx, urlsplit(url).netloc).id)
    return url if there == view else f"{url}{view.code}/"


def warn_of_unknown_address(ctx: Context) -> None:
    """For the start: one that listens to other machines will be known by a name that only the configuration can tell.

    Behind a proxy on the same machine that shows at the first mail, which warns, too.
    """
    if ctx.settings.host not in LOOPBACK and not _is_configured(ctx):
        _warn(_own_address(ctx))


def _at_known_host(ctx: Context, view: StoreView) -> Context:
    known = ctx.in_store(view)
    if urlsplit(ctx.base_url).hostname not in (*LOOPBACK, ctx.settings.host):
        known.base_url = _own_address(ctx)
        if not _is_configured(known):
            _warn(known.base_url)
    return known


def _own_address(ctx: Context) -> str:
    return f"http://{ctx.settings.host}:{ctx.settings.port}/"


def _is_configured(ctx: Context) -> bool:
    url = ctx.config(BASE_URL) or ""
    return bool(url) and "{{" not in url


@cache
def _warn(url: str) -> None:
    """Once in a process."""
    log.warning("links in mails lead to this machine: web/unsecure/base_url and web/secure/base_url are unset", url=url)


def _own_hosts(ctx: Context, website: Website) -> Iterator[str]:
    """An address with a placeholder stands for any host, and the shop's own for no website in particular."""
    url = ctx.config(BASE_URL, website_id=website.id) or ""
    if url != ctx.config_default(BASE_URL) and "{{" not in url:
        yield urlsplit(url).netloc.lower()
