"""How a lower domain causes something in a higher one: it publishes, `app.py` says who listens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from entrepot.kit.context import Context

Listener = Callable[["Context", Any], Awaitable[None]]


class Events:
    """Listeners by the type of event. They run in the publisher's transaction: one that raises undoes it all."""

    def __init__(self) -> None:
        self._listeners: dict[type[Struct], list[Listener]] = defaultdict(list)

    def listen(self, event: type[Struct], listener: Listener) -> None:
        self._listeners[event].append(listener)

    async def publish(self, ctx: Context, event: Struct) -> None:
        for listener in self._listeners.get(type(event), ()):
            await listener(ctx, event)
