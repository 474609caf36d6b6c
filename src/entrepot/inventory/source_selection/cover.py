"""The fewest sources that together have everything, exactly (docs/algorithms/source-selection.md).

    Question.answer        the smallest set, of these the earliest
    ├── _try_small_sets    one after the other, which does for most orders
    └── _solve             by HiGHS (decision 21), else

HiGHS computes with floats. So each of its answers is checked in whole units, and what it took for enough by mistake is
ruled out for its next try.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate, combinations, count
from math import comb
from operator import or_
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from entrepot.inventory.source_selection.solver import Solver

TRIED_AT_MOST = 20_000
"""How many sets of a size may be tried, to each of which a last source is found at once: some tenths of a second.

Of 50 sources, that does for orders that four of them can ship. The answer is the same either way.
"""
DECIDED_AT_ONCE = 10
"""For how many sources one step says which are in the earliest set: 2 to their number must be small for a float."""

Sources = tuple[int, ...]
"""Their places in the table, ascending."""


class Abandoned(Exception):
    """Nobody waits for the answer any more."""


class Question:
    """Which is the smallest set of sources that has of each line what is needed, or all there is where that is less?

    `amounts[source][line]` is 0 or more; sources stand in the order in which they are preferred. Of all smallest sets
    it is the earliest one: sorted, the one with the first source in which they differ.
    """

    def __init__(
        self, amounts: Sequence[Sequence[int]], needs: Sequence[int], tried_at_most: int = TRIED_AT_MOST
    ) -> None:
        self._count = len(amounts)
        self._tried_at_most = tried_at_most
        columns = [[row[line] for row in amounts] for line in range(len(needs))]
        lines = [_Line(column, min(need, sum(column))) for column, need in zip(columns, needs, strict=True)]
        # The line that fewest sources can fill is what most sets fail at.
        self._lines = sorted((line for line in lines if line.need), key=lambda line: len(line.having(line.need)))
        self._solver: Solver | None = None
        self._is_abandoned = False

    def answer(self) -> Sources:
        """Seconds of computing for almost all that shops ask. While the solver is at work, other threads go on.

        Raises Abandoned after `abandon` was called.
        """
        if not self._lines:
            return ()
        sources = self._try_small_sets()
        return self._solve() if sources is None else sources

    def abandon(self) -> None:
        """From another thread: stop computing."""
        self._is_abandoned = True
        if self._solver is not None:
            self._solver.interrupt()

    def _try_small_sets(self) -> Sources | None:
        """The answer, if it is a small set: each set, in the order of preference, and what completes it."""
        for size in count():
            if comb(self._count, size) > self._tried_at_most:
                return None
            for sources in combinations(range(self._count), size):
                last = self._completing(sources)
                if last is not None:
                    return (*sources, last)
            if self._is_abandoned:
                raise Abandoned
        raise AssertionError("sizes have no end")

    def _completing(self, sources: Sources) -> int | None:
        """The first source behind these that has by itself all that they leave open."""
        completing = -1 << (sources[-1] + 1 if sources else 0)
        for line in self._lines:
            open_ = line.need - sum(line.amounts[source] for source in sources)
            if open_ > 0:
                completing &= line.bits_with(open_)
                if not completing:
                    return None
        # All bits are left when nothing was open; then a smaller set would have been found before.
        return (completing & -completing).bit_length() - 1

    def _solve(self) -> Sources:
        """First the least number, then source by source which are in the earliest set of that number."""
        from entrepot.inventory.source_selection.solver import Solver

        self._solver = solver = Solver(self._count)
        for line in self._lines:
            solver.require({source: min(1.0, line.amounts[source] / line.need) for source in line.having(1)})
        sources = self._least(solver, [1] * self._count)
        number = len(sources)
        solver.require_number(number)
        for start in range(0, self._count, DECIDED_AT_ONCE):
            end = min(start + DECIDED_AT_ONCE, self._count)
            # Each of these sources is worth more than all that follow, as the digits of a number are.
            worth = [2 ** (end - 1 - source) if source >= start else 0 for source in range(end)]
            sources = self._least(solver, [*(-one for one in worth), *[0] * (self._count - end)])
            for source in range(start, end):
                solver.fix(source, taken=source in sources)
            if all(source < end for source in sources):
                break
        return sources

    def _least(self, solver: Solver, costs: Sequence[int]) -> Sources:
        """The cheapest set that really has everything. Raises Abandoned."""
        from entrepot.inventory.source_selection.solver import Interrupted

        while not self._is_abandoned:
            try:
                sources = solver.solve(costs)
            except Interrupted:
                break
            short = next((line for line in self._lines if not line.is_filled_by(sources)), None)
            if short is None:
                return sources
            # The line fails by less than the solver sees. It takes one more source that has some of it.
            solver.require({source: 1.0 for source in short.having(1) if source not in sources})
        raise Abandoned


class _Line:
    """What is needed of a sku, and what the sources have of it."""

    def __init__(self, amounts: Sequence[int], need: int) -> None:
        self.amounts = amounts
        self.need = need
        by_amount = sorted(range(len(amounts)), key=amounts.__getitem__)
        self._rising = [amounts[source] for source in by_amount]
        self._from_the_top = [*accumulate((1 << source for source in reversed(by_amount)), or_, initial=0)]

    def having(self, amount: int) -> list[int]:
        """The sources that have so much by themselves."""
        return [source for source, there in enumerate(self.amounts) if there >= amount]

    def bits_with(self, amount: int) -> int:
        """The same as bits of a number, so that several lines are put together at once."""
        return self._from_the_top[len(self._rising) - bisect_left(self._rising, amount)]

    def is_filled_by(self, sources: Sources) -> bool:
        return sum(self.amounts[source] for source in sources) >= self.need


def fewest_sources(
    amounts: Sequence[Sequence[int]], needs: Sequence[int], tried_at_most: int = TRIED_AT_MOST
) -> Sources:
    """The answer to a question that nobody abandons."""
    return Question(amounts, needs, tried_at_most).answer()
