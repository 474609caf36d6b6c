"""Jobs of other packages."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint

import pytest

from entrepot import app
from entrepot.kit import plug_ins
from entrepot.kit.context import Context
from entrepot.kit.jobs import Queue, job
from entrepot.kit.worker import queues_of

PARCELS = Queue("parcels", places=4)


@job(queue=PARCELS)
async def announce(ctx: Context) -> None:
    pass


def test_a_plug_in_brings_jobs_and_their_queue_its_places(monkeypatch: pytest.MonkeyPatch):
    point = EntryPoint("parcels", sys.modules[__name__].__name__, "entrepot.jobs")
    monkeypatch.setattr(plug_ins, "entry_points", lambda group: [point] if group == point.group else [])
    assert announce in app.all_jobs()
    assert PARCELS in queues_of(app.all_jobs())


def test_what_waits_for_servers_of_others_has_queues_apart():
    places = {queue.name: queue.places for queue in queues_of(app.all_jobs())}
    assert places == {
        "default": 2, "mail": 4, "letters": 2, "webhooks": 10, "bulk": 3, "imports": 2, "files": 2, "payments": 1,
    }  # fmt: skip
