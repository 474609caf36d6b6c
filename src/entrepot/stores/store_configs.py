"""Where each view is served, and in which language, currencies and units (spec 10-platform, 1.2)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import operation
from entrepot.kit.scope import StoreView
from entrepot.stores.contracts import StoreConfig
from entrepot.stores.service import MAY_SEE_STORES

Security = Literal["unsecure", "secure"]


@operation(
    "GET /V1/store/storeConfigs",
    access=MAY_SEE_STORES,
    service="Magento.Store.Api.StoreConfigManager.getStoreConfigs",
    guests_by_setting=True,
)
async def get_store_configs(ctx: Context, store_codes: list[str] | None = None) -> list[StoreConfig]:
    """The views named, or all but the admin store; inactive ones too. Unknown codes are ignored.

    By sort order, then name, in whatever order they were asked for.
    """
    views = [view for view in ctx.stores.views if not view.is_admin]
    if store_codes is not None:
        views = [view for view in views if view.code in store_codes]
    return [_config(ctx, view) for view in sorted(views, key=lambda view: (view.sort_order, view.name, view.id))]


def base_url(ctx: Context, view: StoreView, security: Security = "unsecure") -> str:
    """The address of the shop in a view, with a slash at its end."""
    return _slashed(_filled(ctx, view, ctx.config(f"web/{security}/base_url", store_id=view.id) or "{{base_url}}"))


def link_url(ctx: Context, view: StoreView, security: Security = "unsecure") -> str:
    """What the pages' addresses begin with."""
    base = _filled(ctx, view, ctx.config(f"web/{security}/base_link_url", store_id=view.id))
    script = "" if ctx.flag("web/seo/use_rewrites", store_id=view.id) else "index.php/"
    code = f"{view.code}/" if ctx.flag("web/url/use_store", store_id=view.id) else ""
    return _slashed(base or base_url(ctx, view, security)) + script + code


def static_url(ctx: Context, view: StoreView, security: Security = "unsecure") -> str:
    """What the addresses of styles and scripts begin with; signed ones change with each installation of the program."""
    own = _filled(ctx, view, ctx.config(f"web/{security}/base_static_url", store_id=view.id))
    if own:
        return _slashed(own)
    version = f"version{_installed_at()}/" if ctx.flag("dev/static/sign", store_id=view.id) else ""
    return base_url(ctx, view, security) + "static/" + version


def media_url(ctx: Context, view: StoreView, security: Security = "unsecure") -> str:
    """What the addresses of pictures and downloads begin with."""
    own = _filled(ctx, view, ctx.config(f"web/{security}/base_media_url", store_id=view.id))
    return _slashed(own) if own else base_url(ctx, view, security) + "media/"


def _config(ctx: Context, view: StoreView) -> StoreConfig:
    def value(path: str) -> str | None:
        return ctx.config(path, store_id=view.id)

    return StoreConfig(
        id=view.id,
        code=view.code,
        website_id=view.website_id,
        locale=value("general/locale/code"),
        base_currency_code=value("currency/options/base"),
        default_display_currency_code=value("currency/options/default"),
        timezone=value("general/locale/timezone"),
        weight_unit=value("general/locale/weight_unit"),
        base_url=base_url(ctx, view),
        base_link_url=link_url(ctx, view),
        base_static_url=static_url(ctx, view),
        base_media_url=media_url(ctx, view),
        secure_base_url=base_url(ctx, view, "secure"),
        secure_base_link_url=link_url(ctx, view, "secure"),
        secure_base_static_url=static_url(ctx, view, "secure"),
        secure_base_media_url=media_url(ctx, view, "secure"),
    )


def _filled(ctx: Context, view: StoreView, url: str | None) -> str:
    """The address with its placeholders filled in.

    A secure address may stand on the unsecure one, and that on the address the request used. A placeholder that would
    lead back to itself is taken for that last one, so that no setting can send us round in circles.
    """
    filled = url or ""
    for placeholder, path in (
        ("{{secure_base_url}}", "web/secure/base_url"),
        ("{{unsecure_base_url}}", "web/unsecure/base_url"),
    ):
        if placeholder in filled:
            filled = filled.replace(placeholder, _slashed(ctx.config(path, store_id=view.id) or "{{base_url}}"))
    for placeholder in ("{{secure_base_url}}", "{{unsecure_base_url}}", "{{base_url}}"):
        filled = filled.replace(placeholder, ctx.base_url)
    return filled


def _slashed(url: str) -> str:
    # A placeholder stands for an address that has its slash.
    return url if url.endswith(("/", "}}")) else f"{url}/"


@cache
def _installed_at() -> int:
    """In seconds since 1970."""
    return int(Path(__file__).stat().st_mtime)
