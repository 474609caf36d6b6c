"""The processes of a local PostgreSQL, told by the files that they hold and not by trust in a process id."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path

PROC = Path("/proc")
NAME = "postgres"


def lives(pid: int) -> bool:
    """Whether this is a PostgreSQL that runs. One that was killed and that nobody buried does not."""
    if not PROC.is_dir():
        try:
            os.kill(pid, 0)
        except PermissionError:
            return True
        except ProcessLookupError:
            return False
        return True
    try:
        name, _, rest = (PROC / str(pid) / "stat").read_text().partition("(")[2].rpartition(")")
    except OSError:
        return False
    return name == NAME and rest.split()[0] not in ("Z", "X")


def holders(file: Path) -> Iterator[int]:
    """The PostgreSQL processes that have the file open, as far as the system tells."""
    wanted = file.stat()
    for folder in PROC.glob("[0-9]*"):
        pid = int(folder.name)
        if lives(pid) and _holds(folder / "fd", wanted):
            yield pid


def end(pids: Iterator[int], request: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, request)


def _holds(descriptors: Path, wanted: os.stat_result) -> bool:
    # Processes end while they are looked at, and those of others may not be looked into.
    with contextlib.suppress(OSError):
        for descriptor in descriptors.iterdir():
            with contextlib.suppress(FileNotFoundError):
                if os.path.samestat(descriptor.stat(), wanted):
                    return True
    return False
