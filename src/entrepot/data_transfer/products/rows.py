"""From the rows of a chunk to products that can be saved, and what is wrong with the others. No statements."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from msgspec import structs

from entrepot import stores
from entrepot.catalog import Document, Product, StockItem
from entrepot.catalog.attributes import ATTRIBUTES, PRODUCT
from entrepot.catalog.contracts import AttributeValue, ProductExtension
from entrepot.catalog.products.types import LABELS
from entrepot.data_transfer.entity import Problem, Row
from entrepot.data_transfer.products import columns
from entrepot.data_transfer.products.columns import CREATED, FURTHER, SET, SKU, TYPE, VIEW, WEBSITES
from entrepot.data_transfer.products.values import NUMBER, Unusable, Values, WrongValue
from entrepot.data_transfer.separated import pairs, split, unescape
from entrepot.kit.context import Context
from entrepot.kit.scope import StoreView

LARGEST_QUANTITY = Decimal(10) ** 8


class RowReader:
    """Reads rows, and gathers everything that is wrong with them in `problems`."""

    def __init__(self, ctx: Context, value_separator: str) -> None:
        attributes = ctx.shared(ATTRIBUTES)
        self.ctx = ctx
        self.separator = value_separator
        self.attributes = attributes.products
        self.values = Values(ctx, value_separator)
        self.problems: list[Problem] = []
        self._sets = {one.attribute_set_name.casefold(): one.attribute_set_id for one in attributes.sets_of(PRODUCT)}
        self._default_set = attributes.default_set_id(PRODUCT)
        self._websites = {one.code: one.id for one in stores.levels(ctx).websites if one.id}

    def refuse(self, row: Row, column: str, message: str) -> None:
        self.problems.append(Problem(row.line, column, message))

    def sku(self, row: Row) -> str:
        """Empty, and refused, without one."""
        sku = row.values.get(SKU, "").strip()
        if not sku:
            self.refuse(row, SKU, "SKU is empty")
        return sku

    def view(self, row: Row) -> StoreView | None:
        """The store view that the row is for; the admin store without one; None, and refused, if it is unknown."""
        code = row.values.get(VIEW, "").strip()
        if code in ("", "admin"):
            return self.ctx.stores.admin
        if (view := self.ctx.stores.by_code(code)) is None:
            self.refuse(row, VIEW, "Invalid value in Store column (store doesn't exist?)")
        return view

    def product(self, row: Row, stored: Document | None) -> Product | None:
        """None, and refused, when anything is wrong. Its categories are not looked at, see `in_categories`."""
        known = len(self.problems)
        given = self._attributes(row)
        product = Product(
            sku=row.values[SKU].strip(),
            type_id=self._type(row, stored),
            attribute_set_id=self._set(row, stored),
            created_at=row.values.get(CREATED) or None,
            extension_attributes=ProductExtension(
                website_ids=self._website_ids(row, stored), stock_item=self._stock_item(row)
            ),
        )
        for field, kind in (
            ("name", str),
            ("price", Decimal),
            ("weight", Decimal),
            ("status", int),
            ("visibility", int),
        ):
            if given.get(field):
                setattr(product, field, kind(given.pop(field)))
        product.custom_attributes = [AttributeValue(code, value) for code, value in given.items()]
        return product if len(self.problems) == known else None

    def in_categories(self, product: Product, stored: Document | None, category_ids: list[int]) -> Product:
        """The product with the categories that its row names; those that it is in already stay."""
        ids = dict.fromkeys([*(stored.category_ids if stored else ()), *category_ids])
        value = AttributeValue("category_ids", ",".join(map(str, ids)))
        return structs.replace(product, custom_attributes=[*(product.custom_attributes or ()), value])

    def _attributes(self, row: Row) -> dict[str, Any]:
        given: dict[str, Any] = {}
        for column, text in row.values.items():
            if column not in NOT_ATTRIBUTES:
                self._attribute(row, column, columns.code_of(column), text, given, is_escaped=False)
        for code, text in pairs(row.values.get(FURTHER, ""), self.separator, self.attributes):
            if text:
                self._attribute(row, FURTHER, code, text, given, is_escaped=True)
        return given

    def _attribute(
        self, row: Row, column: str, code: str, text: str, given: dict[str, Any], *, is_escaped: bool
    ) -> None:
        attribute = self.attributes.get(code)
        if attribute is None:
            # A column would have been refused with the header.
            self.refuse(row, column, f'The attribute "{code}" does not exist')
        elif columns.is_transferred(attribute):
            try:
                given[code] = self.values.read(attribute, text, is_escaped=is_escaped)
            except Unusable as problem:
                self.refuse(row, column, problem.rendered())

    def _type(self, row: Row, stored: Document | None) -> str | None:
        type_id = row.values.get(TYPE, "").strip()
        if not type_id:
            return None
        if type_id not in LABELS:
            self.refuse(row, TYPE, "Product Type is invalid or not supported")
        elif stored is not None and stored.type_id != type_id:
            self.refuse(row, TYPE, "Trying to change type of existing products")
        return type_id

    def _set(self, row: Row, stored: Document | None) -> int | None:
        name = row.values.get(SET, "").strip()
        if not name:
            return None if stored else self._default_set
        if (found := self._sets.get(name.casefold())) is None:
            self.refuse(row, SET, "Invalid value for Attribute Set column (set doesn't exist?)")
        return found

    def _website_ids(self, row: Row, stored: Document | None) -> list[int] | None:
        codes = [unescape(code, self.separator) for code in split(row.values.get(WEBSITES, ""), self.separator)]
        if not codes:
            return None
        if not all(code in self._websites for code in codes):
            self.refuse(row, WEBSITES, "Invalid value in Website column (website does not exist?)")
        ids = {self._websites[code] for code in codes if code in self._websites}
        return sorted(ids.union(stored.website_ids if stored else ()))

    def _stock_item(self, row: Row) -> StockItem | None:
        given: dict[str, Any] = {}
        for column, field in columns.STOCK.items():
            if text := row.values.get(column, "").strip():
                try:
                    given[field] = _stock_value(column, field, text)
                except WrongValue as problem:
                    self.refuse(row, column, problem.rendered())
        if not given:
            return None
        if given.get("qty") is not None and "is_in_stock" not in given:
            given["is_in_stock"] = given["qty"] > 0
        for field, flag in columns.CONFIGURED.items():
            if field in given and flag not in given:
                # Who writes a value of the product's own means it to hold.
                given[flag] = 0 if flag == "use_config_min_sale_qty" else False
        return StockItem(**given)


def _stock_value(column: str, field: str, text: str) -> Any:
    if field in columns.FLAGS or field.startswith("use_config_"):
        if text not in ("0", "1"):
            raise WrongValue(column)
        return int(text) if field == "use_config_min_sale_qty" else text == "1"
    if field == "backorders":
        if text not in ("0", "1", "2"):
            raise WrongValue(column)
        return int(text)
    if not NUMBER.fullmatch(text) or abs(Decimal(text)) >= LARGEST_QUANTITY:
        raise WrongValue(column)
    return Decimal(text)


NOT_ATTRIBUTES = (
    {SKU, VIEW, SET, TYPE, columns.CATEGORIES, WEBSITES, FURTHER, CREATED, columns.ASSOCIATED}
    | columns.STOCK.keys()
    | columns.LINKS.keys()
    | set(columns.LINK_POSITIONS.values())
    | columns.SILENT
    | columns.PASSED_OVER
)
"""Columns that are read otherwise, or not at all."""
