"""What a shop wrote into its log that it must not: traces of what nobody foresaw."""

from __future__ import annotations

from torture.shop import Shop

TRACE = "Traceback (most recent call last)"


def traces(shop: Shop) -> list[str]:
    """How many there are, with the last line of the first one."""
    text = shop.log.read_text(errors="replace")
    number = text.count(TRACE)
    if not number:
        return []
    lines = text.partition(TRACE)[2].splitlines()
    ended = next((line for line in lines[1:] if line and not line.startswith((" ", "\t"))), "")
    return [f"{number} traces in the log, the first ends in {ended[:200]}"]
