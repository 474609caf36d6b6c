"""The region of an address: a known one, free text, or none (spec 20-customers, 8.2)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple, Protocol

from entrepot.customers.contracts import Address, Region


class KnownRegion(Protocol):
    """A region of the directory."""

    @property
    def id(self) -> int: ...

    @property
    def code(self) -> str: ...

    @property
    def name(self) -> str: ...


class StoredRegion(NamedTuple):
    """`region_id` is 0 for free text, and None when the address never had any region."""

    region: str | None = None
    region_id: int | None = None


def region_to_store(
    sent: Address,
    stored: StoredRegion | None,
    known: Collection[KnownRegion],
    by_code: Callable[[str], KnownRegion | None],
) -> StoredRegion:
    """What an address keeps of the region that was sent; `stored` is None for a new address.

    `known` are the regions of the address's country, `by_code` finds one of them. An id that is none of the country's
    regions is kept, for the validation to refuse, unless the country has no regions at all.
    """
    if sent.region is None and sent.region_id is None:
        return stored or StoredRegion()
    given = sent.region or Region()
    region_id = given.region_id if sent.region_id is None else sent.region_id
    text = (given.region or "").strip() or None
    if region_id and known:
        return _with_id(region_id, text, known)
    if text is not None:
        same = next((region for region in known if str(region.id) == text), None)
        return StoredRegion(same.name, same.id) if same else StoredRegion(text, 0)
    code = (given.region_code or "").strip()
    if code:
        found = by_code(code)
        return StoredRegion(found.name, found.id) if found else StoredRegion(code, 0)
    if stored is None and region_id is None:
        return StoredRegion()
    return StoredRegion(None, 0)


def _with_id(region_id: int, text: str | None, known: Collection[KnownRegion]) -> StoredRegion:
    for region in known:
        if region.id == region_id:
            return StoredRegion(region.name, region.id)
    return StoredRegion(text, region_id)


def region_to_show(stored: StoredRegion, known: KnownRegion | None) -> Region:
    """The region as answers have it: `known` is the directory's, None for free text or a region that is gone."""
    if known is not None:
        return Region(region_code=known.code, region=known.name, region_id=known.id)
    return Region(region_code=stored.region, region=stored.region, region_id=stored.region_id or 0)
