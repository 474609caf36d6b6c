"""The operations: which algorithms there are, what they choose, and how far places are apart."""

from __future__ import annotations

from decimal import Decimal

from entrepot.inventory.contracts import Source
from entrepot.inventory.source_selection import queries
from entrepot.inventory.source_selection.algorithms import algorithm_of, algorithms
from entrepot.inventory.source_selection.contracts import (
    Address,
    AlgorithmDescription,
    InventoryRequest,
    LatLng,
    SourceSelectionItem,
    SourceSelectionResult,
)
from entrepot.inventory.source_selection.errors import NoSuchLocator
from entrepot.inventory.source_selection.providers import provider_code, provider_of
from entrepot.inventory.source_selection.rules import is_shippable
from entrepot.inventory.source_selection.values import wanted
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.rest.operation import MayUse, operation

DEFAULT_ALGORITHM = "priority"
"""For invoices, refunds, and the Admin's shipments until somebody chooses another one."""

MAY_SEE_SOURCES = MayUse("Magento_InventoryApi::source")


@operation(
    "GET /V1/inventory/source-selection-algorithm-list",
    access=MAY_SEE_SOURCES,
    service="Magento.InventorySourceSelectionApi.Api.GetSourceSelectionAlgorithmList.execute",
)
async def list_algorithms(ctx: Context) -> list[AlgorithmDescription]:
    """All that are installed, by code."""
    return [AlgorithmDescription(one.code, one.title, one.description) for one in algorithms().values()]


@operation(
    "POST /V1/inventory/source-selection-algorithm-result",
    access=MAY_SEE_SOURCES,
    service="Magento.InventorySourceSelectionApi.Api.SourceSelectionService.execute",
)
async def select_sources(
    ctx: Context, inventory_request: InventoryRequest, algorithm_code: str
) -> SourceSelectionResult:
    """From which sources of a stock to ship what, as an algorithm advises. Stores nothing, locks nothing.

    What lies in the sources counts, whoever has a claim on it: goods that are shipped were claimed before. An unknown
    stock or sku gives no items.

    Raises:
        NoSuchAlgorithm: none has this code.
        NoDestination: the algorithm needs an address.
    """
    algorithm = algorithm_of(algorithm_code)
    wants = wanted((line.sku or "", line.qty or Decimal(0)) for line in inventory_request.items or ())
    offer = await queries.offer(ctx.db, inventory_request.stock_id or 0, wants)
    picks = await algorithm.select(ctx, wants, offer, inventory_request.destination)
    return SourceSelectionResult(
        [SourceSelectionItem(pick.shelf.source_code, pick.shelf.sku, pick.qty, pick.shelf.quantity) for pick in picks],
        is_shippable(wants, picks),
    )


@operation(
    "GET /V1/inventory/get-distance-provider-code",
    access=MAY_SEE_SOURCES,
    service="Magento.InventoryDistanceBasedSourceSelectionApi.Api.GetDistanceProviderCode.execute",
)
async def get_distance_provider_code(ctx: Context) -> str:
    """As it is configured, whether or not there is such a provider."""
    return provider_code(ctx)


@operation(
    "GET /V1/inventory/get-distance",
    access=MAY_SEE_SOURCES,
    service="Magento.InventoryDistanceBasedSourceSelectionApi.Api.GetDistance.execute",
)
async def get_distance(ctx: Context, source: LatLng, destination: LatLng) -> float:
    """Metres, or seconds when the provider is set to measure time. Raises what the provider refuses."""
    [distance] = await provider_of(ctx).distances(ctx, [source], destination)
    if isinstance(distance, Refused):
        raise distance
    return distance


@operation(
    "GET /V1/inventory/get-latlng-from-address",
    access=MAY_SEE_SOURCES,
    service="Magento.InventoryDistanceBasedSourceSelectionApi.Api.GetLatLngFromAddress.execute",
)
async def get_latlng(ctx: Context, address: Address) -> LatLng:
    """Where an address lies. Raises what the provider refuses."""
    [position] = await provider_of(ctx, NoSuchLocator).locate(ctx, [address])
    if isinstance(position, Refused):
        raise position
    return position


async def locate_source(ctx: Context, source: Source) -> tuple[float, float] | None:
    """Coordinates for a source that is saved without any; None when the configured provider has none."""
    address = Address(
        source.country_id or "", source.postcode or "", source.street or "", source.region or "", source.city or ""
    )
    try:
        position = await get_latlng(ctx, address)
    except Refused:
        # Most shops have no provider set up, and can do without.
        return None
    assert position.lat is not None and position.lng is not None
    return position.lat, position.lng
