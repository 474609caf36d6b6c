"""The seam through which a source without coordinates gets those of its address (spec 40-inventory, 3.3 step 1)."""

from __future__ import annotations

from typing import Protocol

import structlog
from msgspec import structs

from entrepot.inventory.contracts import Source
from entrepot.kit.context import Context

log = structlog.get_logger("entrepot.inventory")


class Geocoder(Protocol):
    """Finds where a source lies, with the provider that is configured."""

    async def __call__(self, ctx: Context, source: Source) -> tuple[float, float] | None:
        """Latitude and longitude in degrees, or None when they cannot be had.

        May raise anything, but asks the database in a savepoint: the source is saved all the same. It is asked before
        anything is written, so what asks other services can do so in `ctx.db.released()`.
        """


_geocoders: list[Geocoder] = []


def register_geocoder(geocoder: Geocoder) -> None:
    """Make this one the geocoder of the process."""
    _geocoders[:] = [geocoder]


async def with_coordinates(ctx: Context, source: Source) -> Source:
    """The source with the coordinates of its address; as it is when there is no way to know them."""
    for geocoder in _geocoders:
        try:
            found = await geocoder(ctx, source)
        except Exception:
            # A shop must be able to save its sources while the provider is out of reach.
            log.warning("no coordinates for a source", source_code=source.source_code, exc_info=True)
            return source
        if found:
            return structs.replace(source, latitude=found[0], longitude=found[1])
    return source
