"""Shipments read (spec 60, 7.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.kit.search_sql import results, search
from entrepot.sales.errors import IdNeeded, NoSuchOrder
from entrepot.sales.shipments import queries
from entrepot.sales.shipments.contracts import (
    Shipment,
    ShipmentComment,
    ShipmentExtension,
    ShipmentItem,
    ShipmentSearchResults,
    ShipmentTrack,
)
from entrepot.sales.shipments.queries import SHIPMENTS, ShipmentRow

MAY_SEE = MayUse("Magento_Sales::shipment")
REPOSITORY = "Magento.Sales.Api.ShipmentRepository"
MANAGEMENT = "Magento.Sales.Api.ShipmentManagement"


@operation("GET /V1/shipment/{id}", access=MAY_SEE, service=f"{REPOSITORY}.get")
async def get_shipment(ctx: Context, id: int) -> Shipment:
    """A shipment with all that belongs to it. Four statements.

    Raises IdNeeded, NoSuchOrder.
    """
    return await read_shipment(ctx, id)


async def read_shipment(ctx: Context, id: int) -> ShipmentRow:
    """The same, with what clients do not see of it."""
    if not id:
        raise IdNeeded
    shipment = await ctx.db.one_or_none(ShipmentRow, queries.BY_ID, shipment_id=id)
    if shipment is None:
        raise NoSuchOrder
    await complete(ctx, [shipment])
    return shipment


@operation("GET /V1/shipments", access=MAY_SEE, service=f"{REPOSITORY}.getList")
async def list_shipments(ctx: Context, search_criteria: SearchCriteria) -> ShipmentSearchResults:
    """Shipments of all store views with all that belongs to them, by id unless the criteria say otherwise.

    Criteria may name every field of a shipment that is no object and not the label, and `source_code`, `send_email`
    and `customer_note`.
    """
    rows, total = await search(ctx.db, SHIPMENTS, search_criteria)
    page = results(await complete(ctx, rows), search_criteria, total)
    return ShipmentSearchResults(items=page.items, search_criteria=page.search_criteria, total_count=page.total_count)


@operation("GET /V1/shipment/{id}/label", access=MAY_SEE, service=f"{MANAGEMENT}.getLabel")
async def get_label(ctx: Context, id: int) -> str:
    """The label, a PDF in base64; empty if the shipment has none. Raises IdNeeded, NoSuchOrder."""
    if not id:
        raise IdNeeded
    label: str | None = await ctx.db.value(queries.LABEL, shipment_id=id)
    if label is None:
        raise NoSuchOrder
    return label


async def complete(ctx: Context, shipments: Sequence[ShipmentRow]) -> Sequence[Shipment]:
    """Give shipments their lines, parcels and comments. Three statements, however many they are."""
    if not shipments:
        return []
    ids = [shipment.entity_id for shipment in shipments]
    items: defaultdict[int | None, list[ShipmentItem]] = defaultdict(list)
    for item in await ctx.db.all(ShipmentItem, queries.ITEMS, shipment_ids=ids):
        items[item.parent_id].append(item)
    tracks: defaultdict[int | None, list[ShipmentTrack]] = defaultdict(list)
    for track in await ctx.db.all(ShipmentTrack, queries.TRACKS, shipment_ids=ids):
        tracks[track.parent_id].append(track)
    comments: defaultdict[int | None, list[ShipmentComment]] = defaultdict(list)
    for comment in await ctx.db.all(ShipmentComment, queries.COMMENTS, shipment_ids=ids):
        comments[comment.parent_id].append(comment)
    for shipment in shipments:
        id = shipment.entity_id
        shipment.items, shipment.tracks, shipment.comments = items[id], tracks[id], comments[id]
        shipment.packages = []
        shipment.extension_attributes = ShipmentExtension(source_code=shipment.source_code)
    return shipments
