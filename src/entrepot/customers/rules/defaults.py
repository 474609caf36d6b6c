"""Which address is the default after a PUT (spec 20-customers, 8.4)."""

from __future__ import annotations

from collections.abc import Iterable


def final_default(requested: str | None, sent: Iterable[tuple[int, bool | None]]) -> int | None:
    """The id of the default address, for one kind of address, when a PUT has a list.

    `requested` is the customer's `default_billing` or `default_shipping` in the request. `sent` are the addresses of
    the list in its order, each with its id (new ones have theirs by now) and its flag: exactly the addresses that the
    customer has afterwards, so that a deleted one cannot stay the default.
    """
    addresses = list(sent)
    start = _id(requested)
    chosen = start if any(address_id == start for address_id, _ in addresses) else None
    if any(flag is False and address_id == chosen for address_id, flag in addresses):
        chosen = None
    flagged = [address_id for address_id, flag in addresses if flag]
    return flagged[-1] if flagged else chosen


def _id(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() else None
