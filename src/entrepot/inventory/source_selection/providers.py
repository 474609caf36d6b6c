"""Who knows where an address lies and how far two places are apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from entrepot.inventory.source_selection.contracts import Address, LatLng
from entrepot.inventory.source_selection.errors import NoSuchDistanceProvider
from entrepot.inventory.source_selection.google import Google
from entrepot.inventory.source_selection.offline import Offline
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused

PROVIDER = "cataloginventory/source_selection_distance_based/provider"


class DistanceProvider(Protocol):
    """Finds positions and distances, any number at a time.

    Each answer stands where its question stood: it is what was asked for, or the refusal that says why it cannot be
    had. Asked while no locks are held; what asks other services does so in `ctx.db.released()`, and limits its own time
    to seconds.
    """

    async def locate(self, ctx: Context, addresses: Sequence[Address]) -> list[LatLng | Refused]:
        """Where addresses lie."""
        ...

    async def distances(self, ctx: Context, origins: Sequence[LatLng], destination: LatLng) -> list[float | Refused]:
        """How far each origin is from the destination, in a unit of the provider."""
        ...


PROVIDERS: Mapping[str, DistanceProvider] = {"google": Google(), "offline": Offline()}
"""By the value of the configuration."""


def provider_code(ctx: Context) -> str:
    return ctx.config_default(PROVIDER) or "google"


def provider_of(ctx: Context, error: type[Refused] = NoSuchDistanceProvider) -> DistanceProvider:
    """The one that is configured. Raises `error`, with the code, when there is none of that code."""
    code = provider_code(ctx)
    try:
        return PROVIDERS[code]
    except KeyError:
        raise error(code) from None
