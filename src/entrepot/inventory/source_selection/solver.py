"""Which of some sources to take, as a problem in whole numbers that HiGHS solves (decision 21).

Importing this takes a fifth of a second; only `cover` does, when it has to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from highspy import Highs, HighsModelStatus, HighsVarType, kHighsInf

LEAST_SHARE = 1e-6
"""A smaller share counts as this much: HiGHS drops what is tiny, and so would miss sets that will do."""


class Interrupted(Exception):
    """It was told to stop before it was done."""


class Solver:
    """Each source is a number, 1 when it is taken and 0 when not; the sum of their costs is made least."""

    def __init__(self, sources: int) -> None:
        self._highs = highs = _Silent()  # type: ignore[no-untyped-call]
        highs.HandleUserInterrupt = True
        # The answer must not depend on the machine, and others want to compute too.
        highs.setOptionValue("threads", 1)
        # All costs are whole: what is less than 1 from the bound is the best.
        highs.setOptionValue("mip_rel_gap", 0.0)
        highs.setOptionValue("mip_abs_gap", 0.99)
        self._all = list(range(sources))
        for source in self._all:
            highs.addCol(0.0, 0.0, 1.0, 0, [], [])
            highs.changeColIntegrality(source, HighsVarType.kInteger)

    def require(self, shares: Mapping[int, float]) -> None:
        """Of these sources so many must be taken that their shares are 1 at least, as far as floats can tell."""
        coefficients = [max(LEAST_SHARE, share) for share in shares.values()]
        self._highs.addRow(1.0, kHighsInf, len(shares), list(shares), coefficients)

    def require_number(self, number: int) -> None:
        """So many sources must be taken."""
        self._highs.addRow(float(number), float(number), len(self._all), self._all, [1.0] * len(self._all))

    def fix(self, source: int, *, taken: bool) -> None:
        self._highs.changeColBounds(source, float(taken), float(taken))

    def solve(self, costs: Sequence[int]) -> tuple[int, ...]:
        """The sources of a set whose costs are least, ascending. Raises Interrupted. There must be a set."""
        for source, cost in enumerate(costs):
            self._highs.changeColCost(source, float(cost))
        self._highs.solve()
        status = self._highs.getModelStatus()
        if status == HighsModelStatus.kInterrupt:
            raise Interrupted
        if status != HighsModelStatus.kOptimal:
            raise RuntimeError(f"the solver ended with {self._highs.modelStatusToString(status)}")
        values = self._highs.getSolution().col_value
        return tuple(source for source in self._all if values[source] > 0.5)

    def interrupt(self) -> None:
        """From another thread: let a `solve` that is under way end. A later one begins anew."""
        self._highs.cancelSolve()  # type: ignore[no-untyped-call]


class _Silent(Highs):
    def enableCallbacks(self) -> None:
        # The first that anybody makes in a process greets on standard output, and does it here.
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]
