"""Which store view an address of the storefront means (spec 80-admin-storefront, 9).

A view's code as the first part of the path always counts, so that each website can be reached at one host. Without it
the website is the one whose base URL has the host of the request, or else the default one, and its view is named by
`?___store=`, by the cookie `store`, or is the website's default.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from entrepot.kit.context import Context
from entrepot.kit.scope import StoreView
from entrepot.stores import Website, website_of_host

CODES_IN_LINKS = "web/url/use_store"
STORE_COOKIE = "store"
STORE_PARAMETER = "___store"


class Place(Struct, frozen=True):
    """Where a request goes."""

    view: StoreView
    root: str
    """What the links of the pages begin with: "" or "/us"."""
    path: str
    """The address within the storefront, still percent-encoded, without slashes at its ends."""
    is_at_root: bool = False
    """Whether links carry the view's code and this address does not."""
    asked: StoreView | None = None
    """The view that `?___store=` asks for, to be remembered."""


def resolve(ctx: Context, path: str, host: str, query: Mapping[str, str], cookies: Mapping[str, str]) -> Place:
    """The store view and what is left of the path. A first part that is no view's code belongs to the address."""
    path = _without_script(path.strip("/"))
    first, _, rest = path.partition("/")
    view = ctx.stores.by_code(first) if first else None
    if view is not None and view.is_active and not view.is_admin:
        return Place(view, f"/{view.code}", rest.strip("/"))

    website = website_of_host(ctx, host)
    asked = _view_of(ctx, website, query.get(STORE_PARAMETER))
    view = asked or _view_of(ctx, website, cookies.get(STORE_COOKIE)) or _default_view(ctx, website)
    has_codes = ctx.flag(CODES_IN_LINKS, store_id=view.id)
    return Place(view, f"/{view.code}" if has_codes else "", path, has_codes, asked)


def _without_script(path: str) -> str:
    """Links of shops whose web server rewrites nothing begin with the script's name."""
    first, _, rest = path.partition("/")
    return rest.strip("/") if first == "index.php" else path


def _view_of(ctx: Context, website: Website, code: str | None) -> StoreView | None:
    """The active view with this code, if it belongs to the website: no cookie leads to another one."""
    view = ctx.stores.by_code(code) if code else None
    return view if view and view.is_active and view.website_id == website.id else None


def _default_view(ctx: Context, website: Website) -> StoreView:
    return ctx.stores.default_of_website(website.id) or ctx.stores.default
