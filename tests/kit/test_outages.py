"""What passes by itself is answered with 503 and a word of when to come back, and costs the log one line."""

import asyncio
from contextlib import asynccontextmanager

import psycopg
import pytest
from httpx2 import ASGITransport, AsyncClient
from procrastinate.exceptions import ConnectorException
from psycopg import errors
from structlog.testing import capture_logs

from entrepot import app
from entrepot.app import new_services
from entrepot.kit import pool
from entrepot.kit.db import CommitLost, Database
from entrepot.kit.outages import outage_behind
from entrepot.settings import Settings
from tests.kit.frail_server import frail_server

CART = "/rest/default/V1/guest-carts"


def caused_by(cause: Exception) -> Exception:
    wrapped = ConnectorException()
    wrapped.__cause__ = cause
    return wrapped


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (psycopg.OperationalError("the connection is lost"), True),
        (pool.NoConnection("none became free"), True),
        (CommitLost("the answer did not come"), True),
        (errors.ConnectionFailure(), True),
        (errors.AdminShutdown(), True),
        (errors.CrashShutdown(), True),
        (errors.CannotConnectNow(), True),
        (errors.TooManyConnections(), True),
        (errors.DiskFull(), True),
        (errors.OutOfMemory(), True),
        (errors.IoError(), True),
        (errors.QueryCanceled(), True),
        (errors.LockNotAvailable(), True),
        (errors.DeadlockDetected(), True),
        (errors.SerializationFailure(), True),
        (errors.ReadOnlySqlTransaction(), True),
        (errors.IdleInTransactionSessionTimeout(), True),
        (caused_by(errors.AdminShutdown()), True),
        (errors.UniqueViolation(), False),
        (errors.UndefinedTable(), False),
        (errors.InternalError_(), False),
        (errors.DataCorrupted(), False),
        (errors.ObjectNotInPrerequisiteState(), False),
        (psycopg.ProgrammingError("no such type"), False),
        (psycopg.DataError("not a number"), False),
        (caused_by(errors.UniqueViolation()), False),
        (RuntimeError(), False),
    ],
)
def test_an_outage_is_what_somebody_who_tries_again_may_not_meet(error, passes):
    assert (outage_behind(error) is not None) == passes


@pytest.fixture
async def shop(committed_url, tmp_path):
    """Everything that is served, over a database that can be taken away."""
    async with frail_server(committed_url) as server, _served(server.url, tmp_path) as client:
        yield server, client


@asynccontextmanager
async def _served(url, home):
    database = Database(url, max_size=2)
    await database.open()
    services = new_services(Settings(home=home, database_url=url), database)
    transport = ASGITransport(app=app.create_app(services))
    async with AsyncClient(transport=transport, base_url="http://shop.test") as client:
        yield client
    await database.close()


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(pool, "PATIENCE_S", 0)


async def ask(client, path, method="GET", **headers):
    with capture_logs() as lines:
        answer = await client.request(method, path, headers=headers)
    told = [line for line in lines if line["log_level"] in ("warning", "error")]
    return answer, told


async def test_an_outage_is_a_503_in_json_and_xml_and_as_a_page(shop, impatient):
    server, client = shop
    assert (await client.post(CART)).status_code == 200
    server.go()
    await asyncio.sleep(0.1)
    message = "The service is unavailable at the moment. Try again in a few seconds."
    for method, path, accept, expected in (
        ("POST", CART, "application/json", f'{{"message":"{message}"}}'),
        ("POST", CART, "application/xml", f"<message>{message}</message>"),
        ("POST", "/rest/async/V1/customers", "application/json", f'{{"message":"{message}"}}'),
        ("GET", "/", "text/html", "<h1>The shop is not available at the moment</h1>"),
        ("GET", "/admin/", "text/html", "<p>Please try again in a few seconds.</p>"),
        ("GET", "/media/catalog/product/a/b/none.jpg", "text/html", "<p>Please try again in a few seconds.</p>"),
        ("POST", "/oauth/token/request", "*/*", "oauth_problem=temporarily_unavailable"),
    ):
        answer, told = await ask(client, path, method, accept=accept)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5"), path
        assert expected in answer.text
        assert [(line["event"], line["call"]) for line in told] == [
            ("the database could not answer", f"{method} {path}")
        ]
        assert "exc_info" not in told[0]
        assert "\n" not in told[0]["error"]
    await server.come()
    assert (await client.post(CART)).status_code == 200


async def test_a_call_whose_commit_is_lost_is_not_said_to_be_undone(shop):
    server, client = shop
    assert (await client.post(CART)).status_code == 200
    asking = asyncio.create_task(ask(client, CART, "POST"))
    await server.freeze_at(b"commit")
    server.reset()
    answer, told = await asking
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "It is not known whether it was done." in answer.json()["message"]
    assert len(told) == 1


async def test_a_call_whose_commit_is_lost_is_answered_by_its_key(shop, committed_url):
    server, client = shop
    assert (await client.post(CART)).status_code == 200
    asking = asyncio.create_task(ask(client, CART, "POST", **{"idempotency-key": "one"}))
    await server.freeze_at(b"commit", answers_only=True)
    await _wait_for(committed_url, "select count(*) from quote", 2)
    server.reset()
    server.thaw()
    answer, _ = await asking
    assert answer.status_code == 503
    answer, _ = await ask(client, CART, "POST", **{"idempotency-key": "one"})
    assert answer.status_code == 200
    async with await psycopg.AsyncConnection.connect(committed_url) as connection:
        found = await connection.execute("select masked_id from quote order by entity_id desc")
        carts = [row[0] for row in await found.fetchall()]
    assert len(carts) == 2
    assert carts[0] == answer.json()


async def _wait_for(url, query, expected):
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        while (await (await connection.execute(query)).fetchone())[0] != expected:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
