"""The store view that an order was placed in, as its documents need it: language, time zone, letterhead."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from entrepot import customers, directory
from entrepot.catalog.media.single_files import LOGOS, path
from entrepot.kit.context import Context
from entrepot.kit.pages import formats, texts
from entrepot.sales.contracts import Order
from entrepot.sales.pdf.printed import Letterhead

ADDRESS = "sales/identity/address"
LOGO = "sales/identity/logo"
TIME_ZONE = "general/locale/timezone"


class Shop:
    """Once its view is deleted, an order is one of the default view."""

    def __init__(self, ctx: Context, order: Order) -> None:
        view = ctx.stores.by_id(order.store_id) if order.store_id is not None else None
        self.view = view if view and not view.is_admin else ctx.stores.default
        self.ctx = ctx.in_store(self.view)
        self.locale = directory.locale_of(self.ctx)
        self.zone = self.ctx.config(TIME_ZONE) or "UTC"
        self.currency = order.order_currency_code or "USD"

    def text(self, template: str, *values: Any) -> str:
        return texts.text(template, *values, locale=self.locale)

    def money(self, value: Decimal | None) -> str:
        return formats.money(value or Decimal(0), self.currency, self.locale)

    def number(self, value: Decimal | None) -> str:
        return formats.number(value or Decimal(0), self.locale)

    def day(self, instant: datetime | str) -> str:
        return formats.day(instant, self.zone, self.locale)

    def letterhead(self) -> Letterhead:
        address = (self.ctx.config(ADDRESS) or "").strip()
        return Letterhead(
            name=customers.mails.frontend_name(self.ctx, self.view),
            address=tuple(line.strip() for line in address.splitlines()),
            logo=self._logo(),
        )

    def _logo(self) -> Path | None:
        """Only a file in the folder of logos: whoever may configure the shop may not read its other files."""
        name = self.ctx.config(LOGO)
        folder = path(self.ctx.settings, LOGOS).resolve()
        logo = (folder / name).resolve() if name else folder
        return logo if folder in logo.parents else None
