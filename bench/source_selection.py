"""How long it takes to find the fewest sources, for 50 sources and 100 lines of several kinds.

python -m bench.source_selection

It is one core's time that is measured, whatever else the machine does. The last two lines take minutes and more.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from entrepot.inventory.source_selection.cover import fewest_sources

SOURCES = 50
LINES = 100
CASES = 5

Table = tuple[list[list[int]], list[int]]


def has_or_has_not(chance: random.Random, share: float) -> Table:
    """A source has all that is wanted of a sku, or nothing: each sku lies in this share of the sources."""
    return [[int(chance.random() < share) for _ in range(LINES)] for _ in range(SOURCES)], [1] * LINES


def small_remainders(chance: random.Random, share: float) -> Table:
    """1 to 20 in this share of the sources, and 1 to 20 wanted: a line often needs several sources."""
    amounts = [[chance.randint(1, 20) if chance.random() < share else 0 for _ in range(LINES)] for _ in range(SOURCES)]
    return amounts, [chance.randint(1, 20) for _ in range(LINES)]


def much_of_everything(chance: random.Random, share: float) -> Table:
    """0 to 20 everywhere, and this share of all there is wanted of every sku."""
    amounts = [[chance.randint(0, 20) for _ in range(LINES)] for _ in range(SOURCES)]
    return amounts, [int(share * sum(row[line] for row in amounts)) for line in range(LINES)]


KINDS: list[tuple[Callable[[random.Random, float], Table], tuple[float, ...]]] = [
    (has_or_has_not, (0.1, 0.15, 0.2, 0.3, 0.5, 0.8)),
    (small_remainders, (0.1, 0.3, 0.6, 0.9)),
    (much_of_everything, (0.05, 0.1, 0.2, 0.4)),
]


def main() -> None:
    # What is imported only when it is needed does not count.
    fewest_sources([[1]], [1], tried_at_most=0)
    print(f"{SOURCES} sources, {LINES} lines, {CASES} cases each")
    print(f"{'':30} {'slowest':>10}  {'mean':>10}  sources")
    for kind, shares in KINDS:
        for share in shares:
            times: list[float] = []
            sizes: list[int] = []
            for case in range(CASES):
                amounts, needs = kind(random.Random(case), share)
                start = time.process_time()
                sizes.append(len(fewest_sources(amounts, needs)))
                times.append((time.process_time() - start) * 1000)
            name = f"{kind.__name__.replace('_', ' ')} {share:.0%}"
            print(f"{name:30} {max(times):7.0f} ms  {sum(times) / CASES:7.0f} ms  {sizes}", flush=True)


if __name__ == "__main__":
    main()
