"""A scene: what is done to a shop and what is seen; and the stage on which it plays."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from msgspec import Struct

from bench.server import data_folder
from torture.shop import Shop, make_product

LOGS = Path(__file__).parents[1] / "var" / "torture"
"""What the servers said. Kept until the scene is played again."""
SHOWN = 6


class Figure(Struct, frozen=True):
    seen: str
    faults: Sequence[str]
    """What fell; nothing when all held."""

    def __str__(self) -> str:
        return f"{self.seen} … {'FELL: ' + '; '.join(self.faults) if self.faults else 'ok'}"


class Stage:
    """What a scene is given: shops of its own, and somebody to tell what it sees."""

    def __init__(self, scene: str, *, nightly: bool = False, quiet: bool = False) -> None:
        self.scene = scene
        self.nightly = nightly
        self.quiet = quiet
        self.figures: list[Figure] = []
        self._shops = 0

    def figure(self, seen: str, faults: Sequence[str] = ()) -> None:
        """One line of what was seen, and what is wrong with it."""
        self.figures.append(Figure(seen, tuple(faults)))
        if not self.quiet:
            print(f"{self.scene}: {self.figures[-1]}", flush=True)

    @property
    def fell(self) -> bool:
        return any(figure.faults for figure in self.figures)

    @asynccontextmanager
    async def shop(
        self,
        *,
        workers: int = 1,
        jobs_apart: bool = False,
        environment: Mapping[str, str] | None = None,
        home: Path | None = None,
        products: Mapping[str, int] | None = None,
    ) -> AsyncIterator[Shop]:
        """A shop that answers and has these products; none of its processes outlives the block.

        The data folder is a new one unless it is given.
        """
        self._shops += 1
        log = LOGS / f"{self.scene}-{self._shops}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        log.unlink(missing_ok=True)
        with data_folder() as folder:
            shop = Shop(home or folder / "var", log, workers=workers, jobs_apart=jobs_apart, environment=environment)
            try:
                shop.start()
                await shop.until_it_answers(restarted=False)
                for sku, qty in (products or {}).items():
                    await make_product(shop, sku, qty)
                yield shop
            finally:
                shop.kill_all()
                _keep_log_of_postgres(shop)


def listed(times_s: Sequence[float]) -> str:
    """Seconds to be read; of many only the longest."""
    if len(times_s) > SHOWN:
        return f"at most {max(times_s):.1f}"
    return ", ".join(f"{each:.1f}" for each in times_s)


def _keep_log_of_postgres(shop: Shop) -> None:
    log = shop.home / "postgres" / "log"
    if log.exists():
        shutil.copyfile(log, shop.log.with_suffix(".postgres.log"))


class Scene(Struct, frozen=True):
    name: str
    play: Callable[[Stage], Awaitable[None]]
    what: str
    """In a line, for the list."""
    bound_s: int
    """It has fallen when it is not done in this time."""
    nightly_bound_s: int | None = None
    """The same for the long form, where that differs."""
    nightly_only: bool = False
