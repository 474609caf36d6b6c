"""`entrepot serve` as a process: when it says that it is ready, and how it ends."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from tests.running_server import COMMAND, PATIENCE_S

WITHOUT_JOBS = """
from msgspec import structs
from entrepot.cli import _program
from entrepot.kit.serve import serve

def broken():
    raise RuntimeError("there are no jobs")

serve(structs.replace(_program(), jobs=broken), workers=1, with_jobs=True)
"""

SOON_S = 20
"""After a signal a process ends within this, whatever its database does."""


@contextmanager
def serving(url, home, *options, command=(COMMAND, "serve")):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "ENTREPOT_HOME": str(home),
        "ENTREPOT_LOCAL_DURABLE": "0",
        "ENTREPOT_PORT": str(port),
        "ENTREPOT_ADMIN_PASSWORD": "Admin-Password-1",
    }
    process = subprocess.Popen([*command, *options], env=environment, stderr=subprocess.PIPE, text=True)
    # Who hangs is ended, so that the test does not.
    timer = threading.Timer(PATIENCE_S, process.kill)
    timer.start()
    try:
        yield process, port
    finally:
        timer.cancel()
        process.kill()
        process.communicate()


def lines_until(process, event):
    told = []
    for line in process.stderr:
        if not line.startswith("{"):
            # For people: the data folder, the administrator's password.
            continue
        told.append(json.loads(line))
        if told[-1]["event"].startswith(event):
            return told
    raise AssertionError(f"it never said {event!r}: {told}")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_who_reads_that_it_is_ready_can_connect(committed_url, tmp_path, workers):
    with serving(committed_url, tmp_path, "--workers", workers) as (process, port):
        told = lines_until(process, "ready")
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
        assert told[-1]["url"] == f"http://127.0.0.1:{port}/"
        began = time.monotonic()
        process.terminate()
        assert process.wait(PATIENCE_S) == 0
        assert time.monotonic() - began < SOON_S


@pytest.mark.parametrize("workers", ["1", "2"])
def test_it_ends_with_a_sentence_when_its_folder_cannot_be_written(committed_url, tmp_path, workers):
    home = tmp_path / "home"
    home.write_text("not a folder")
    with serving(committed_url, home, "--workers", workers) as (process, _):
        _, said = process.communicate(timeout=PATIENCE_S)
        assert process.returncode == 1
    assert f"The folder {home} cannot be written, which running jobs needs: " in said
    assert "Traceback" not in said


def test_it_ends_with_a_sentence_when_one_of_its_parts_dies(committed_url, tmp_path):
    with serving(committed_url, tmp_path, command=(sys.executable, "-c", WITHOUT_JOBS)) as (process, _):
        told = lines_until(process, "The process ends")
        assert told[-1]["event"] == "The process ends, for the worker has died: there are no jobs"
        assert process.wait(PATIENCE_S) == 1


def test_it_serves_without_jobs_from_a_folder_that_cannot_be_written(committed_url, tmp_path):
    home = tmp_path / "home"
    home.write_text("not a folder")
    with serving(committed_url, home, "--no-worker") as (process, _):
        lines_until(process, "ready")
        process.terminate()
        assert process.wait(PATIENCE_S) == 0


def test_it_ends_in_time_while_a_call_waits_for_the_database(committed_url, tmp_path):
    with serving(committed_url, tmp_path) as (process, port), psycopg.connect(committed_url) as holder:
        lines_until(process, "ready")
        holder.execute("lock table quote in access exclusive mode")
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as client:
            client.sendall(b"POST /rest/default/V1/guest-carts HTTP/1.1\r\nHost: shop\r\nContent-Length: 0\r\n\r\n")
            time.sleep(1)
            began = time.monotonic()
            process.terminate()
            process.wait(PATIENCE_S)
            assert time.monotonic() - began < SOON_S


@pytest.fixture
def home():
    """A folder that the database's account can reach. What is left of the database there is ended."""
    folder = Path(tempfile.mkdtemp(prefix="entrepot-test-"))
    folder.chmod(0o755)
    yield folder / "var"
    with suppress(OSError):
        os.kill(postmaster_of(folder / "var"), signal.SIGKILL)
    if (ground := ground_of(folder / "var")).parent != folder / "var":
        shutil.rmtree(ground, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_it_brings_back_the_database_of_its_folder_when_that_is_killed(home, workers):
    with serving("", home, "--workers", workers) as (process, port):
        lines_until(process, "ready")
        pid = postmaster_of(home)
        os.kill(pid, signal.SIGKILL)
        lines_until(process, "PostgreSQL had died and was started anew")
        assert postmaster_of(home) != pid
        assert status_of(port) == 200
        process.terminate()
        assert process.wait(PATIENCE_S) == 0


def test_it_ends_in_time_when_the_database_of_its_folder_hangs(home):
    with serving("", home) as (process, _):
        lines_until(process, "ready")
        os.kill(postmaster_of(home), signal.SIGSTOP)
        began = time.monotonic()
        process.terminate()
        process.wait(PATIENCE_S)
        assert time.monotonic() - began < SOON_S


def test_it_ends_with_a_sentence_when_the_database_of_its_folder_cannot_be_brought_back(home):
    with serving("", home) as (process, _):
        lines_until(process, "ready")
        data = ground_of(home) / "data"
        pid = postmaster_of(home)
        data.rename(data.with_name("moved"))
        os.kill(pid, signal.SIGKILL)
        _, said = process.communicate(timeout=PATIENCE_S)
        assert process.returncode == 1
        assert "PostgreSQL has ended, and its folder" in said
        data.with_name("moved").rename(data)


def ground_of(home):
    own = home / "postgres"
    return (own / "elsewhere").resolve() if (own / "elsewhere").exists() else own


def postmaster_of(home):
    return int((ground_of(home) / "data" / "postmaster.pid").read_text().split()[0])


def status_of(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    connection.request("POST", "/rest/default/V1/guest-carts")
    return connection.getresponse().status
