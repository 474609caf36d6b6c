"""The socket that clients knock at.

The kernel takes connections in before anybody accepts them, and resets those that wait when the socket closes. So
before it closes it lets nobody new in, and those who are in are given a moment to be accepted.
"""

from __future__ import annotations

import contextlib
import ctypes
import socket
import struct
import sys

LET_IN_S = 0.3
"""How long it takes at most until everybody is accepted who was let in: some times over the longest network."""

SO_ATTACH_FILTER = 26

# A program for the kernel's packet filter, as (code, jump if true, jump if false, operand): a segment that asks for a
# connection, which has SYN and not ACK in byte 13 of its TCP header, is dropped; all others pass. Source:
# linux/filter.h, and RFC 9293, 3.1.
DROP_NEWCOMERS = (
    (0x30, 0, 0, 13),
    (0x54, 0, 0, 0x12),
    (0x15, 0, 1, 0x02),
    (0x06, 0, 0, 0),
    (0x06, 0, 0, 0xFFFFFFFF),
)


def listen(host: str, port: int) -> socket.socket:
    """Bound, but deaf until somebody serves. Raises OSError."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


def let_nobody_in(listener: socket.socket) -> None:
    """For all processes that have the socket. Who knocks is not answered, asks again after a second, and is refused
    then, when the socket is closed. Does nothing where the system has no such filter."""
    if sys.platform != "linux":
        return
    program = b"".join(struct.pack("HBBI", *step) for step in DROP_NEWCOMERS)
    memory = ctypes.create_string_buffer(program)
    pointer = struct.pack("HP", len(DROP_NEWCOMERS), ctypes.addressof(memory))
    with contextlib.suppress(OSError):
        listener.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, pointer)
