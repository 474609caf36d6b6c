"""All scenes, in the order in which they are played: what is dearest when it falls comes first."""

from __future__ import annotations

from torture.scene import Scene
from torture.scenes import (
    admin_doors,
    database_faults,
    documented,
    doors,
    hostile,
    kill_rounds,
    matrix,
    neighbours,
    outages,
    races,
    shop_doors,
    soak,
    stored_markup,
    uploads,
)

SCENES: tuple[Scene, ...] = (
    *outages.SCENES,
    *kill_rounds.SCENES,
    *database_faults.SCENES,
    *neighbours.SCENES,
    *races.SCENES,
    *matrix.SCENES,
    *admin_doors.SCENES,
    *shop_doors.SCENES,
    *hostile.SCENES,
    *stored_markup.SCENES,
    *uploads.SCENES,
    *doors.SCENES,
    *documented.SCENES,
    *soak.SCENES,
)
