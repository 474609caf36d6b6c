"""Documents as one PDF, by their ids or by their orders' ids. The statements are as many for a hundred as for one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Protocol, TypeVar

from entrepot.catalog.media import single_files
from entrepot.kit.context import Context
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria, SortOrder
from entrepot.sales.contracts import Order
from entrepot.sales.creditmemos.reading import list_creditmemos
from entrepot.sales.invoices.reading import list_invoices
from entrepot.sales.orders import list_orders
from entrepot.sales.pdf.documents import printed_creditmemo, printed_invoice, printed_shipment
from entrepot.sales.pdf.paper import print_pdf
from entrepot.sales.pdf.printed import Printed
from entrepot.sales.shipments.reading import list_shipments

NOTHING_TO_PRINT = "There are no printable documents related to selected orders."
"""Said where None is answered."""


class _OfOrder(Protocol):
    order_id: int | None


T = TypeVar("T", bound=_OfOrder)


async def invoices_pdf(ctx: Context, *, ids: Collection[int] = (), order_ids: Collection[int] = ()) -> bytes | None:
    """The invoices that are named, or all of these orders; None where there are none."""
    found = await list_invoices(ctx, _named(ids, order_ids))
    return await _pdf(ctx, await _printed(ctx, found.items or [], printed_invoice))


async def shipments_pdf(ctx: Context, *, ids: Collection[int] = (), order_ids: Collection[int] = ()) -> bytes | None:
    """Packing slips."""
    found = await list_shipments(ctx, _named(ids, order_ids))
    return await _pdf(ctx, await _printed(ctx, found.items or [], printed_shipment))


async def creditmemos_pdf(ctx: Context, *, ids: Collection[int] = (), order_ids: Collection[int] = ()) -> bytes | None:
    found = await list_creditmemos(ctx, _named(ids, order_ids))
    return await _pdf(ctx, await _printed(ctx, found.items or [], printed_creditmemo))


async def all_documents_pdf(
    ctx: Context, order_ids: Collection[int], *, invoices: bool = True, shipments: bool = True, creditmemos: bool = True
) -> bytes | None:
    """All invoices of the orders, then all packing slips, then all credit memos; without the kinds that are False."""
    asked = _named((), order_ids)
    documents: list[Printed] = []
    if invoices:
        documents += await _printed(ctx, (await list_invoices(ctx, asked)).items or [], printed_invoice)
    if shipments:
        documents += await _printed(ctx, (await list_shipments(ctx, asked)).items or [], printed_shipment)
    if creditmemos:
        documents += await _printed(ctx, (await list_creditmemos(ctx, asked)).items or [], printed_creditmemo)
    return await _pdf(ctx, documents)


def _named(ids: Collection[int], order_ids: Collection[int]) -> SearchCriteria:
    """Nobody named means none."""
    field, named = ("entity_id", ids) if ids else ("order_id", order_ids)
    value = ",".join(str(id) for id in sorted(set(named) or {0}))
    return SearchCriteria(
        filter_groups=[FilterGroup(filters=[Filter(field=field, value=value, condition_type="in")])],
        sort_orders=[SortOrder(field="entity_id", direction="ASC")],
    )


async def _printed(
    ctx: Context, documents: Sequence[T], printed: Callable[[Context, Order, T], Printed]
) -> list[Printed]:
    orders = await _orders(ctx, {document.order_id or 0 for document in documents})
    return [
        printed(ctx, orders[document.order_id], document) for document in documents if document.order_id in orders
    ]  # fmt: skip


async def _orders(ctx: Context, ids: Collection[int]) -> Mapping[int | None, Order]:
    if not ids:
        return {}
    found = await list_orders(ctx, _named(ids, ()))
    return {order.entity_id: order for order in found.items or ()}


async def _bring_logos(ctx: Context, documents: Sequence[Printed]) -> None:
    """Write those that were uploaded a moment ago, and do not lie in the folder yet."""
    media = single_files.path(ctx.settings, "").resolve()
    for logo in {document.letterhead.logo for document in documents}:
        if logo is not None and not await asyncio.to_thread(logo.is_file):
            await single_files.write_pending(ctx, logo.relative_to(media).as_posix())


async def _pdf(ctx: Context, documents: Sequence[Printed]) -> bytes | None:
    """In a thread: fonts take their time, and others are to be served meanwhile."""
    if not documents:
        return None
    await _bring_logos(ctx, documents)
    return await asyncio.to_thread(print_pdf, documents, ctx.now, ctx.settings.print_font)
