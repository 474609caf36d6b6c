"""The numbers of parcels, noted and taken away (spec 60, 7.4)."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import operation
from entrepot.sales.shipments import queries
from entrepot.sales.shipments.contracts import ShipmentTrack
from entrepot.sales.shipments.errors import TrackNotSaved
from entrepot.sales.shipments.reading import MAY_SEE

REPOSITORY = "Magento.Sales.Api.ShipmentTrackRepository"


@operation("POST /V1/shipment/track", access=MAY_SEE, service=f"{REPOSITORY}.save")
async def add_track(ctx: Context, entity: ShipmentTrack) -> ShipmentTrack:
    """Note the number of a parcel. Nobody is told of it.

    Raises:
        TrackNotSaved: it has no number or no carrier, there is no such shipment, or it is one of another order.
    """
    if not (entity.order_id and entity.parent_id and entity.track_number and entity.carrier_code):
        raise TrackNotSaved
    if await ctx.db.value(queries.ORDER_OF, shipment_id=entity.parent_id) != entity.order_id:
        raise TrackNotSaved
    return await ctx.db.one(
        ShipmentTrack,
        queries.ADD_TRACK,
        parent_id=entity.parent_id,
        order_id=entity.order_id,
        track_number=entity.track_number,
        title=entity.title,
        carrier_code=entity.carrier_code,
        description=entity.description,
        weight=entity.weight,
        qty=entity.qty,
        now=ctx.now,
    )


@operation("DELETE /V1/shipment/track/{id}", access=MAY_SEE, service=f"{REPOSITORY}.deleteById")
async def delete_track(ctx: Context, id: int) -> bool:
    """Forget the number of a parcel; one that is not known is forgotten already."""
    await ctx.db.execute(queries.DELETE_TRACK, track_id=id)
    return True
