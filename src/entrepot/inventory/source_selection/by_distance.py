"""Sources by their distance from where the goods shall go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

import structlog

from entrepot.inventory.source_selection.contracts import Address
from entrepot.inventory.source_selection.errors import NoDestination
from entrepot.inventory.source_selection.providers import DistanceProvider, provider_of
from entrepot.inventory.source_selection.rules import take_in_order
from entrepot.inventory.source_selection.values import Offer, Pick, Place
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused

T = TypeVar("T")

log = structlog.get_logger("entrepot.inventory")


class ByDistance:
    """The nearest first; equally near ones, and those whose distance cannot be had, by priority."""

    code = "distance"
    title = "Distance Priority"
    description = "Algorithm which provides Source Selections based on shipping address distance from the source"

    async def select(
        self, ctx: Context, wants: Mapping[str, Decimal], offer: Offer, destination: Address | None
    ) -> Sequence[Pick]:
        """Raises NoDestination."""
        if destination is None:
            raise NoDestination
        return take_in_order(await nearest_first(ctx, offer.places, destination), offer, wants)


async def nearest_first(ctx: Context, places: Sequence[Place], destination: Address) -> list[str]:
    """Codes of the sources by distance. Never refuses: without any distance they stay in their order."""
    if not places:
        return []
    try:
        distances = await _distances(ctx, provider_of(ctx), places, destination)
    except Refused as refusal:
        log.info("no distances of sources", reason=refusal.rendered())
        distances = {}
    known = [place.source_code for place in places if place.source_code in distances]
    unknown = [place.source_code for place in places if place.source_code not in distances]
    # The sort is stable.
    return sorted(known, key=distances.__getitem__) + unknown


async def _distances(
    ctx: Context, provider: DistanceProvider, places: Sequence[Place], destination: Address
) -> dict[str, float]:
    """By source code; those that cannot be had are left out. Raises a Refused when the destination is not known."""
    addresses = {place.source_code: place.address for place in places if place.position is None}
    # The destination goes along with the sources that have only an address: one question for all.
    [target, *located] = await provider.locate(ctx, [destination, *addresses.values()])
    if isinstance(target, Refused):
        raise target
    positions = {place.source_code: place.position for place in places if place.position is not None}
    positions |= _had(zip(addresses, located, strict=True))
    answers = await provider.distances(ctx, list(positions.values()), target)
    return _had(zip(positions, answers, strict=True))


def _had(answers: Iterable[tuple[str, T | Refused]]) -> dict[str, T]:
    """Without the sources for which there is only a reason why not, which is logged."""
    had: dict[str, T] = {}
    for source_code, answer in answers:
        if isinstance(answer, Refused):
            log.info("no distance of a source", source_code=source_code, reason=answer.rendered())
        else:
            had[source_code] = answer
    return had
