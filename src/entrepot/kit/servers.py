"""uvicorn's servers, but that nobody is cut off at their end who was let in: the door is closed first.

Clients are answered or refused, and may repeat what was refused wherever another server is. What was cut off has
happened or has not, which they cannot tell.
"""

from __future__ import annotations

import asyncio
import signal
import socket
import time
from types import FrameType

import uvicorn
from uvicorn.supervisors import Multiprocess

from entrepot.kit.listener import LET_IN_S, let_nobody_in


class OneServer(uvicorn.Server):
    """Serves in this process."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for listener in sockets or []:
            let_nobody_in(listener)
        await asyncio.sleep(LET_IN_S)
        await super().shutdown(sockets)


class SeveralServers(Multiprocess):
    """Serves in processes of their own. They share the socket, so they are told to end when nobody new comes."""

    def __init__(self, config: uvicorn.Config, sockets: list[socket.socket]) -> None:
        super().__init__(config, sockets)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._close_door)

    def terminate_all(self) -> None:
        time.sleep(LET_IN_S)
        for listener in self.sockets:
            listener.close()
        super().terminate_all()

    def _close_door(self, number: int, _frame: FrameType | None) -> None:
        # At once: who ends a whole group of processes has told the others, too.
        for listener in self.sockets:
            let_nobody_in(listener)
        self.signal_queue.append(number)
