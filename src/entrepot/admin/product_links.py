"""Related Products, Up-Sells and Cross-Sells: rows, and a small list to choose further ones from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from entrepot.admin.form import Row, Section, as_int, rows
from entrepot.admin.grid.address import escaped
from entrepot.admin.product_lines import ProductLine, find_lines, lines_of
from entrepot.admin.product_panels import Editing, Panel, PlacedSection, Shown
from entrepot.catalog.contracts import Product, ProductLink
from entrepot.catalog.links.errors import LinkTypeNotFound
from entrepot.catalog.products import products_by_sku
from entrepot.catalog.products.errors import ProductBySkuNotFound
from entrepot.kit.pages.typed import whole
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria, SortOrder

KEY = "links"
PLACE = 310
KINDS = (("related", "Related Products"), ("upsell", "Up-Sell Products"), ("crosssell", "Cross-Sell Products"))
FOUND = 10
"""So many products are offered at once; a keyword narrows them down."""


async def _show(editing: Editing) -> Shown:
    listed = {kind: _rows(editing, kind) for kind, _ in KINDS}
    skus = [row["sku"] for of_kind in listed.values() for row in of_kind]
    refs = await products_by_sku(editing.ctx, skus)
    lines = {line.sku.lower(): line for line in await lines_of(editing.ctx, [ref.product_id for ref in refs.values()])}
    kinds = []
    for kind, label in KINDS:
        linked = [Row(row, line=lines[row["sku"].lower()]) for row in listed[kind] if row["sku"].lower() in lines]
        kinds.append({"kind": kind, "label": label, "rows": linked, **await _search(editing, kind, linked)})
    section = Section(
        "product-links", "Related Products, Up-Sells, and Cross-Sells", template="product_links.html",
        is_open=any(listed.values()) or editing.pressed.split(" ")[-1].split(".")[0] == KEY,
    )  # fmt: skip
    return Shown([PlacedSection(PLACE, section)], variables={"kinds": kinds, "status": _status(editing)})


def _rows(editing: Editing, kind: str) -> list[Row]:
    """Those of the form with those that were ticked in the list; else those that are stored."""
    posted = editing.sent(KEY)
    if posted is None:
        links = editing.product.product_links or () if editing.product else ()
        return [
            Row(sku=link.linked_product_sku or "", position=str(link.position or 0))
            for link in links
            if link.link_type == kind
        ]
    listed = [row for row in rows(posted, f"links_{kind}") if row.get("sku")]
    known = {row["sku"].lower() for row in listed}
    added = [sku for sku in posted.all(f"add_{kind}") if sku.lower() not in known]
    first = max([as_int(row["position"]) or 0 for row in listed], default=0) + 1
    return [*listed, *(Row(sku=sku, position=str(place)) for place, sku in enumerate(added, start=first))]


async def _search(editing: Editing, kind: str, linked: Sequence[Row]) -> dict[str, Any]:
    """The list to choose from, while it is open."""
    posted, pressed = editing.posted, editing.pressed
    if pressed.split(" ")[-1] != f"links.{kind}" or posted is None:
        return {"found": None, "keyword": "", "page": 1, "last": 1}
    keyword = posted.get(f"find_{kind}").strip()
    page = max(1, as_int(posted.get(f"page_{kind}")) or 1)
    page += {"next": 1, "previous": -1}.get(pressed.split(" ")[0], 0)
    groups = [FilterGroup(filters=[Filter(field="entity_id", value=str(editing.product_id), condition_type="neq")])]
    if keyword:
        like = f"%{escaped(keyword)}%"
        groups.append(
            FilterGroup(filters=[Filter(field=field, value=like, condition_type="like") for field in ("name", "sku")])
        )
    order = [SortOrder(field="entity_id", direction="DESC")]
    found = await find_lines(
        editing.page.ctx,
        editing.view,
        SearchCriteria(filter_groups=groups, sort_orders=order, page_size=FOUND, current_page=max(page, 1)),
    )
    last = max(1, -(-found.total // FOUND))
    taken = {row["sku"].lower() for row in linked}
    lines: list[ProductLine] = list(found.rows)
    return {"found": lines, "keyword": keyword, "page": min(max(page, 1), last), "last": last, "taken": taken}


def _status(editing: Editing) -> dict[str, str]:
    return {"1": "Enabled", "2": "Disabled"}


def _read(editing: Editing, product: Product) -> None:
    """Links of other kinds, such as those of grouped products, stay."""
    if editing.sent(KEY) is None:
        return
    kinds = {kind for kind, _ in KINDS}
    stored = editing.product.product_links or () if editing.product else ()
    links = [link for link in stored if link.link_type not in kinds]
    for kind, _ in KINDS:
        for place, row in enumerate(_rows(editing, kind)):
            name, label = f"links_{kind}[{place}][position]", f"Position of {row['sku']}"
            position = editing.number(name, row["position"], whole, label=label, empty=place + 1)
            links.append(
                ProductLink(
                    sku=product.sku,
                    link_type=kind,
                    linked_product_sku=row["sku"],
                    position=position,
                )
            )
    product.product_links = links


LINKS = Panel(KEY, _show, _read, refusals=(LinkTypeNotFound, ProductBySkuNotFound))
