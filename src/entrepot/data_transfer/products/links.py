"""Links between products: they are saved in a second pass over the file, when all the products are there."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from entrepot import catalog
from entrepot.catalog import Product
from entrepot.catalog.contracts import ProductLink, ProductLinkExtension
from entrepot.data_transfer.entity import Options, Problem, Row, Saved
from entrepot.data_transfer.products.columns import ASSOCIATED, EMPTY_VALUE, LINK_POSITIONS, LINKS, SKU, VIEW
from entrepot.data_transfer.products.values import NUMBER, number
from entrepot.data_transfer.separated import join, split, unescape
from entrepot.kit.context import Context

COLUMNS = (*LINKS, ASSOCIATED)
KIND_OF_ASSOCIATED = "associated"


async def save(ctx: Context, rows: Sequence[Row], options: Options) -> Saved:
    """Write the links of products that are there; those that are not were refused before.

    A field has all links of its kind; kinds without a field stay as they are.
    """
    linking = [row for row in rows if not row.values.get(VIEW) and any(column in row.values for column in COLUMNS)]
    if not linking:
        return Saved()
    known = await catalog.products_by_sku(ctx, [row.values.get(SKU, "") for row in linking])
    present = {
        (product.sku or "").lower(): product
        for product in await catalog.products.get_many(ctx, [ref.product_id for ref in known.values()])
    }
    problems: list[Problem] = []
    taken: list[Row] = []
    products: list[Product] = []
    for row in linking:
        product = present.get(row.values.get(SKU, "").strip().lower())
        if product is None:
            continue
        try:
            links = _links(row, product.product_links or (), options.value_separator)
        except _Unreadable as unreadable:
            problems.append(Problem(row.line, unreadable.column, unreadable.message))
            continue
        taken.append(row)
        products.append(Product(id=product.id, sku=product.sku, product_links=links))
    drafts = await catalog.save_many(ctx, products) if products else []
    for row, draft in zip(taken, drafts, strict=True):
        if draft.refusal is not None:
            column = next(column for column in COLUMNS if column in row.values)
            problems.append(Problem(row.line, column, draft.refusal.rendered()))
    return Saved(problems=problems)


def fields(links: Sequence[ProductLink], separator: str) -> dict[str, str]:
    """What `save` reads as these links, by column."""
    written = {}
    for column, kind in LINKS.items():
        of_kind = [link for link in links if link.link_type == kind]
        written[column] = join((link.linked_product_sku or "" for link in of_kind), separator, separator)
        written[LINK_POSITIONS[column]] = separator.join(str(link.position or 0) for link in of_kind)
    written[ASSOCIATED] = separator.join(
        f"{join([link.linked_product_sku or ''], separator, separator)}={number(_quantity(link))}"
        for link in links
        if link.link_type == KIND_OF_ASSOCIATED
    )
    return written


class _Unreadable(Exception):
    def __init__(self, column: str) -> None:
        self.column = column
        self.message = f"Value for '{column}' contains incorrect value"


def _links(row: Row, present: Sequence[ProductLink], separator: str) -> list[ProductLink]:
    given = {LINKS.get(column, KIND_OF_ASSOCIATED): column for column in COLUMNS if column in row.values}
    links = [link for link in present if link.link_type not in given]
    for kind, column in given.items():
        field = row.values[column]
        if field.strip() == EMPTY_VALUE:
            continue
        for place, part in enumerate(split(field, separator), start=1):
            if kind == KIND_OF_ASSOCIATED:
                links.append(_associated(part, place, separator))
            else:
                links.append(ProductLink(linked_product_sku=unescape(part, separator), link_type=kind, position=place))
        _set_positions([link for link in links if link.link_type == kind], row, column, separator)
    return links


def _associated(part: str, place: int, separator: str) -> ProductLink:
    """`sku=quantity`; without a quantity 0 of it are offered."""
    sku, equals, qty = part.rpartition("=")
    if not equals:
        sku, qty = part, "0"
    if not NUMBER.fullmatch(qty.strip()):
        raise _Unreadable(ASSOCIATED)
    return ProductLink(
        linked_product_sku=unescape(sku.strip(), separator),
        link_type=KIND_OF_ASSOCIATED,
        position=place,
        extension_attributes=ProductLinkExtension(qty=Decimal(qty.strip())),
    )


def _set_positions(links: Sequence[ProductLink], row: Row, column: str, separator: str) -> None:
    positions = split(row.values.get(LINK_POSITIONS.get(column, ""), ""), separator)
    if not positions:
        return
    if len(positions) != len(links) or not all(one.isascii() and one.isdigit() for one in positions):
        raise _Unreadable(LINK_POSITIONS[column])
    for link, position in zip(links, positions, strict=True):
        link.position = int(position)


def _quantity(link: ProductLink) -> Decimal:
    extension = link.extension_attributes
    return (extension.qty if extension else None) or Decimal(0)
