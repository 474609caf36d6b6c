"""Processes of this machine, as Linux shows them below /proc: who is whose child, and who works in a folder."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

PROC = Path("/proc")


def with_children(pid: int) -> list[int]:
    """The process and all below it; those that ended meanwhile are left out."""
    found, waiting = [], [pid]
    while waiting:
        at = waiting.pop()
        with contextlib.suppress(OSError):
            if _is_dead(at):
                continue
            for task in (PROC / str(at) / "task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
            found.append(at)
    return found


def command(pid: int) -> bytes:
    """Its command line, the words ended by zeros; nothing when it has ended."""
    with contextlib.suppress(OSError):
        return (PROC / str(pid) / "cmdline").read_bytes()
    return b""


def title(pid: int) -> str:
    """The beginning of its command line, to be read."""
    return command(pid).replace(b"\0", b" ").decode(errors="replace").strip()[:100]


def with_variable(name: str, value: str) -> list[int]:
    """Those that were started with a variable of this value in their environment."""
    wanted = f"\0{name}={value}\0".encode()
    return [pid for pid in _all() if wanted in b"\0" + _environment(pid)]


def working_in(folder: Path) -> list[int]:
    """Those whose working folder is this one, as the data folder is of PostgreSQL's."""
    found = []
    for pid in _all():
        with contextlib.suppress(OSError):
            if os.readlink(PROC / str(pid) / "cwd") == str(folder):
                found.append(pid)
    return found


def lock_holders(path: Path) -> list[int]:
    """Those that hold a lock on the file, as the kernel lists them."""
    inode = str(path.stat().st_ino)
    locks = (line.split() for line in (PROC / "locks").read_text().splitlines())
    return [int(words[4]) for words in locks if words[1] == "FLOCK" and words[5].split(":")[2] == inode]


def memory_mib(pids: Iterable[int]) -> int:
    """What these processes hold of the machine's memory."""
    kib = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            status = (PROC / str(pid) / "status").read_text()
            kib += sum(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    return kib // 1024


def descriptors(pids: Iterable[int]) -> int:
    """How many files and sockets these processes have open."""
    number = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            number += len(os.listdir(PROC / str(pid) / "fd"))
    return number


def send(number: int, pids: Iterable[int]) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def kill(pids: Iterable[int], within_s: float = 10) -> None:
    """Kill them and wait until they are gone."""
    pids = list(pids)
    send(signal.SIGKILL, pids)
    deadline = time.monotonic() + within_s
    while any(map(is_alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        return not _is_dead(pid)
    except OSError:
        return False


def _is_dead(pid: int) -> bool:
    """Ended, though nobody has asked for its status yet. Raises OSError when there is no trace of it."""
    return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] in "ZX"


def _environment(pid: int) -> bytes:
    with contextlib.suppress(OSError):
        return (PROC / str(pid) / "environ").read_bytes()
    return b""


def _all() -> Iterator[int]:
    return (int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit())
