"""The fewest sources that together have everything: an exact search (docs/algorithms/source-selection.md).

It is the covering problem with quantities, so no method is fast in all cases. This one is branch and bound in plain
Python; decision 21 compares it with solvers.

    fewest_sources           the smallest set, then the earliest of the smallest
    └── _Search.find         is there a set of at most so many sources?
        ├── _narrowest       what each line demands by itself
        └── _weigh           what all lines demand together
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import mul

from msgspec import Struct

EFFORT = 10_000_000
"""How many numbers of the table the search may look at, about a second's worth.

It is counted, not timed, so that the same question always has the same answer.
"""
ROUNDS = 4
"""How often one step of the search improves the weights of the lines."""
FIRST_ROUNDS = 50
"""How often the first step does, whose weights all others begin with."""
ROUNDING = 1e-9
"""Bounds are computed with floats whose sum is about 1; only what is clearer than this is taken for decided."""

Sources = list[int]
Amounts = list[int]


class Choice(Struct, frozen=True):
    sources: tuple[int, ...]
    """Their places in the table, ascending."""
    is_fewest: bool
    """Whether there surely is no smaller set; not when the search took too long."""
    is_earliest: bool
    """Whether there surely is no earlier set of the same size."""


class OutOfEffort(Exception):
    """The search takes too long. It never leaves this module."""


def fewest_sources(amounts: Sequence[Sequence[int]], needs: Sequence[int], effort: int = EFFORT) -> Choice:
    """The smallest set of sources that has of each line what is needed, or all there is where that is less.

    `amounts[source][line]` is 0 or more; sources stand in the order in which they are preferred. Of all smallest sets
    it is the earliest one: sorted, the one with the first source in which they differ.
    """
    open_ = [min(need, sum(row[line] for row in amounts)) for line, need in enumerate(needs)]
    table = [list(map(min, row, open_)) for row in amounts]
    sources = [source for source, row in enumerate(table) if any(row)]
    best = _greedy(table, sources, open_)
    search = _Search(table, open_, effort)
    is_fewest = is_earliest = False
    try:
        while best and (smaller := search.find(sources, open_, len(best) - 1, FIRST_ROUNDS)) is not None:
            best = smaller
        is_fewest = True
        for earlier in search.earlier(sources, open_, best):
            best = earlier
        is_earliest = True
    except OutOfEffort:
        pass
    return Choice(tuple(sorted(best)), is_fewest, is_earliest)


def _greedy(table: list[Amounts], sources: Sources, open_: Amounts) -> Sources:
    """A set that is good to begin with: always the source that fills most, then without those that became idle."""
    chosen: Sources = []
    rest = open_
    while any(rest):
        left = [source for source in sources if source not in chosen]
        source = max(left, key=lambda source: sum(min(a, r) / r for a, r in zip(table[source], rest, strict=True) if r))
        chosen.append(source)
        rest = _less(rest, table[source])
    for source in chosen.copy():
        others = [other for other in chosen if other != source]
        if all(sum(table[other][line] for other in others) >= need for line, need in enumerate(open_)):
            chosen = others
    return chosen


def _less(open_: Amounts, row: Amounts) -> Amounts:
    """What is open after a source gave."""
    return [need - amount if need > amount else 0 for need, amount in zip(open_, row, strict=True)]


class _Search:
    def __init__(self, table: list[Amounts], needs: Amounts, effort: int) -> None:
        self.table = table
        self.effort = effort
        self.by_amount: list[Sources] = [
            sorted((s for s, row in enumerate(table) if row[line]), key=lambda s: -table[s][line])
            for line in range(len(needs))
        ]
        """The sources of each line, the one with the most first."""
        self.weights: list[float] = [1 / need if need else 0.0 for need in needs]
        """How much a unit of each line counts in the bound. Kept from step to step: they change little."""

    def find(self, sources: Sources, open_: Amounts, most: int, rounds: int = ROUNDS) -> Sources | None:
        """Sources, at most so many, that fill all that is open. None: there are none. Raises OutOfEffort."""
        chosen: Sources = []
        sources = sources.copy()
        while any(open_):
            if most <= 0:
                return None
            lines = [line for line, need in enumerate(open_) if need]
            self._spend(len(lines) * len(sources))
            narrowest = self._narrowest(lines, sources, open_, most)
            if narrowest is None:
                return None
            needed: int | None = narrowest[0]
            if len(narrowest) > 1:
                verdict = self._weigh(lines, sources, open_, most, rounds)
                if verdict is None:
                    return None
                needed = verdict.needed
                if needed is None and not verdict.useless:
                    found = self._branch(narrowest, verdict.loads, sources, open_, most)
                    return None if found is None else chosen + found
                sources = [source for source in sources if source not in verdict.useless]
            if needed is not None:
                chosen.append(needed)
                sources.remove(needed)
                open_ = _less(open_, self.table[needed])
                most -= 1
        return chosen

    def earlier(self, sources: Sources, open_: Amounts, best: Sources) -> Iterator[Sources]:
        """Sets of the same size, each earlier than the one before; the last is the earliest. Raises OutOfEffort.

        Source by source in the order of preference: may it be one of them, after all that was decided before?
        """
        most = len(best)
        decided: Sources = []
        left = sources.copy()
        for source in sources:
            if len(decided) == len(best):
                return
            left.remove(source)
            rest = _less(open_, self.table[source])
            if source not in best:
                found = self.find(left, rest, most - 1)
                if found is None:
                    continue
                best = [*decided, source, *found]
                yield best
            decided.append(source)
            open_, most = rest, most - 1

    def _branch(
        self, choices: Sources, loads: dict[int, float], sources: Sources, open_: Amounts, most: int
    ) -> Sources | None:
        """One of the choices must be in the set: try each, those that fill most first, without the ones before it."""
        left = sources.copy()
        for source in sorted(choices, key=lambda source: -loads[source]):
            left.remove(source)
            found = self.find(left, _less(open_, self.table[source]), most - 1)
            if found is not None:
                return [source, *found]
        return None

    def _narrowest(self, lines: list[int], sources: Sources, open_: Amounts, most: int) -> Sources | None:
        """Few sources of which one at least must be in the set; None when a line cannot be filled.

        For each line: the sources with the most, as many as it takes until the others cannot fill the line. The
        shortest of these lists.
        """
        allowed = set(sources)
        shortest: Sources | None = None
        for line in lines:
            need = open_[line]
            having = [source for source in self.by_amount[line] if source in allowed]
            amounts = [min(self.table[source][line], need) for source in having]
            reach = sum(amounts[:most])
            if reach < need:
                return None
            count = 0
            while reach >= need and (shortest is None or count < len(shortest)):
                # The next source leaves those that may still be taken, and the best one behind them comes in.
                reach -= amounts[count]
                if count + most < len(amounts):
                    reach += amounts[count + most]
                count += 1
            if reach < need and (shortest is None or count < len(shortest)):
                shortest = having[:count]
                if count == 1:
                    break
        return shortest

    def _weigh(self, lines: list[int], sources: Sources, open_: Amounts, most: int, rounds: int) -> _Verdict | None:
        """What follows when all lines are added up with weights. None: the sources cannot fill them.

        Whatever the weights, the sources with the greatest loads must carry the whole weight. Weights for which they
        can barely do so decide most; they are found by giving more to lines that those sources leave open
        (subgradient steps on the Lagrangian dual).
        """
        self._spend(rounds * len(lines) * len(sources))
        shares = [[min(self.table[s][line] / open_[line], 1.0) for line in lines] for s in sources]
        weights = _to_one([self.weights[line] * open_[line] for line in lines])
        useless: set[int] = set()
        loads: list[float] = []
        for _ in range(rounds):
            loads = [sum(map(mul, weights, share)) for share in shares]
            order = sorted(range(len(sources)), key=loads.__getitem__, reverse=True)
            carrying, others = order[:most], order[most:]
            slack = sum(loads[place] for place in carrying) - 1 + ROUNDING
            if slack < 0:
                self._keep(lines, weights, open_)
                return None
            if loads[order[0]] - (loads[others[0]] if others else 0) > slack:
                self._keep(lines, weights, open_)
                needed = sources[order[0]]
                # Needed by these weights, and useless by earlier ones: there is no such set.
                return None if needed in useless else _Verdict(needed, useless, {})
            least = loads[carrying[-1]]
            useless.update(sources[place] for place in others if least - loads[place] > slack)
            gaps = [1 - sum(column) for column in zip(*(shares[place] for place in carrying), strict=True)]
            length = sum(map(mul, gaps, gaps))
            if length == 0:
                break
            step = 1.2 * (slack + 0.02) / length
            weights = _to_one([max(0.0, weight + step * gap) for weight, gap in zip(weights, gaps, strict=True)])
        self._keep(lines, weights, open_)
        return _Verdict(None, useless, dict(zip(sources, loads, strict=True)))

    def _keep(self, lines: list[int], weights: list[float], open_: Amounts) -> None:
        for line, weight in zip(lines, weights, strict=True):
            self.weights[line] = weight / open_[line]

    def _spend(self, effort: int) -> None:
        self.effort -= effort
        if self.effort < 0:
            raise OutOfEffort


class _Verdict(Struct, frozen=True):
    needed: int | None
    """A source without which it does not work."""
    useless: set[int]
    """Sources that cannot be in a set of this size."""
    loads: dict[int, float]
    """What each source carries of the whole, with the weights found."""


def _to_one(weights: list[float]) -> list[float]:
    total = sum(weights)
    return [weight / total for weight in weights] if total > 0 else [1 / len(weights)] * len(weights)
