"""Spec 00-webapi, 10.2: the exchange of keys, by the rows of its tables and over real HTTP."""

import asyncio
import http.client
import socket
import threading
import time
from contextlib import asynccontextmanager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import uvicorn
from starlette.routing import Router

from entrepot.access import (
    DeliveryFailed,
    activate,
    begin_activation,
    deactivate_integration,
    get_integration,
    oauth_routes,
    reauthorize,
)
from entrepot.app import new_services
from entrepot.kit.db import Database
from entrepot.settings import Settings
from tests.access.integration_makers import a_signer, an_active_signer, an_integration, callers_api
from tests.access.makers import configure
from tests.access.oauth_client import Signer
from tests.rest_client import RestClient

REQUEST, ACCESS = "/oauth/token/request", "/oauth/token/access"


@pytest.fixture
def web(ctx, services):
    application: Any = Router(oauth_routes(services))
    return RestClient(application)


async def ask(web, signer, path, **options):
    """Status and decoded form of one step, signed by this client."""
    reply = await web.post(path, headers={"authorization": signer.header("POST", path, **options)})
    assert reply.headers["content-type"] == "text/html; charset=UTF-8"
    return reply.status, dict(parse_qsl(reply.text, strict_parsing=True))


def problem(text):
    return {"oauth_problem": text}


async def a_started_exchange(ctx, name="Connector"):
    """The other side's client, and the verifier that was posted to it."""
    integration = await an_integration(
        ctx, name, endpoint="https://erp.test/callback", identity_link_url="https://erp.test/login"
    )
    activation = await begin_activation(ctx, integration.integration_id)
    assert activation.delivery is not None
    return await a_signer(ctx, integration), activation.delivery.fields["oauth_verifier"]


async def a_request_token(web, signer):
    """The client as it signs the second step."""
    status, pair = await ask(web, signer, REQUEST)
    assert status == 200
    return Signer(signer.key, signer.secret, pair["oauth_token"], pair["oauth_token_secret"])


async def status_of(ctx, signer):
    return await ctx.db.value(
        "select status from integration join oauth_consumer using (consumer_id) where key = %(key)s", key=signer.key
    )


@pytest.mark.parametrize("prefix", ["", "/index.php"])
async def test_a_verifier_becomes_a_request_token_and_that_the_access_token(ctx, web, services, prefix):
    signer, verifier = await a_started_exchange(ctx)

    status, first = await ask(web, signer, prefix + REQUEST)
    assert (status, list(first)) == (200, ["oauth_token", "oauth_token_secret"])
    assert await status_of(ctx, signer) == 0

    second = Signer(signer.key, signer.secret, first["oauth_token"], first["oauth_token_secret"], "HMAC-SHA1")
    status, pair = await ask(web, second, prefix + ACCESS, oauth_verifier=verifier)
    assert (status, list(pair)) == (200, ["oauth_token", "oauth_token_secret"])
    assert await status_of(ctx, signer) == 1

    texts = [*first.values(), *pair.values()]
    assert len({text for text in texts if len(text) == 32 and text.isalnum() and text == text.lower()}) == 4
    caller = Signer(signer.key, signer.secret, pair["oauth_token"], pair["oauth_token_secret"])
    target = "/rest/V1/callers/a"
    reply = await RestClient(callers_api(services)).get(target, headers={"authorization": caller.header("GET", target)})
    assert reply.status == 200


@pytest.mark.parametrize("path", [REQUEST, ACCESS])
@pytest.mark.parametrize(
    ("changed", "status", "text"),
    [
        ({"oauth_version": "2.0", "oauth_nonce": None}, 400, 'The "2.0" Oauth version isn\'t supported.'),
        ({"oauth_nonce": None, "oauth_token": "x"}, 400, '"oauth_nonce" is required. Enter and try again.'),
        (
            {"oauth_nonce": None, "oauth_timestamp": None},
            400,
            '"oauth_nonce" is required. Enter and try again, "oauth_timestamp" is required. Enter and try again',
        ),
        (
            {"oauth_token": "x", "oauth_signature_method": "RSA-SHA1"},
            400,
            "The token length is invalid. Check the length and try again.",
        ),
        (
            {"oauth_signature_method": "RSA-SHA1", "oauth_consumer_key": "x"},
            400,
            "Signature method RSA-SHA1 is not supported",
        ),
        ({"oauth_consumer_key": "x", "oauth_timestamp": "0"}, 401, "Consumer key is not the correct length"),
        (
            {"oauth_consumer_key": "x" * 32, "oauth_timestamp": "0"},
            401,
            "A consumer having the specified key does not exist",
        ),
        ({"oauth_timestamp": "-5"}, 401, "An error occurred validating the nonce"),
        ({"oauth_timestamp": str(int(time.time()) + 3600)}, 401, "An error occurred validating the nonce"),
    ],
)
async def test_the_checks_common_to_all_calls_come_first(ctx, web, path, changed, status, text):
    signer, _ = await a_started_exchange(ctx)
    signer.token = "x" * 32

    assert await ask(web, signer, path, changed=changed) == (status, problem(text))
    assert await ctx.db.value("select type from oauth_token") == "verifier"
    assert await ctx.db.value("select count(*) from oauth_nonce") == 0


async def test_a_call_without_an_oauth_header_lacks_all_parameters(ctx, web):
    reply = await web.post(REQUEST)

    names = ["consumer_key", "signature", "signature_method", "nonce", "timestamp"]
    text = ", ".join(f'"oauth_{name}" is required. Enter and try again' for name in names)
    assert (reply.status, dict(parse_qsl(reply.text))) == (400, problem(text))
    assert (await web.get(REQUEST)).status == 405


async def test_a_nonce_cannot_be_used_in_two_steps(ctx, web):
    signer, verifier = await a_started_exchange(ctx)
    consumer_id = await ctx.db.value("select consumer_id from oauth_consumer")
    _, pair = await ask(web, signer, REQUEST, oauth_nonce="1")
    second = Signer(signer.key, signer.secret, pair["oauth_token"], pair["oauth_token_secret"])

    assert await ask(web, second, ACCESS, oauth_nonce="1", oauth_verifier=verifier) == (
        401,
        problem(f"The nonce is already being used by the consumer with ID {consumer_id}"),
    )


async def test_a_request_token_must_be_fetched_soon_and_with_the_right_signature(ctx, web):
    signer, _ = await a_started_exchange(ctx)
    thief = Signer(signer.key, "x" * 32)

    await ctx.db.execute("update oauth_consumer set updated_at = now() - interval '301 seconds'")
    assert await ask(web, thief, REQUEST) == (401, problem("Consumer key has expired"))
    await configure(ctx, "oauth/consumer/expiration_period", "400")
    wrong = problem("The signature is invalid. Verify and try again.")
    assert await ask(web, thief, REQUEST) == (401, wrong)
    assert (await ask(web, signer, REQUEST))[0] == 200


@pytest.mark.parametrize("is_active", [True, False])
async def test_only_a_verifier_token_becomes_a_request_token(ctx, web, is_active):
    signer = await an_active_signer(ctx) if is_active else await a_signer(ctx, await an_integration(ctx))
    wrong = Signer(signer.key, "x" * 32)
    refused = problem("Cannot create request token because consumer token is not a verifier token")

    assert (await ask(web, wrong, REQUEST))[1] == problem("The signature is invalid. Verify and try again.")
    assert await ask(web, Signer(signer.key, signer.secret), REQUEST) == (401, refused)


async def test_the_checks_of_the_access_token_come_in_their_order(ctx, web):
    signer, verifier = await a_started_exchange(ctx)
    other, _ = await a_started_exchange(ctx, "Other")
    second = await a_request_token(web, signer)
    of_other = await a_request_token(web, other)
    used = await an_active_signer(ctx, "Active")

    async def text(client, **options):
        status, form = await ask(web, client, ACCESS, **options)
        assert status == 401
        return form["oauth_problem"]

    unknown = Signer(signer.key, signer.secret, "x" * 32)
    assert await text(unknown) == "Specified token does not exist"
    foreign = Signer(signer.key, signer.secret, of_other.token, of_other.token_secret)
    assert await text(foreign) == "Request token is not associated with the specified consumer"
    assert await text(used) == "Token is already being used"
    assert await text(second) == "Verifier is invalid"
    assert await text(second, oauth_verifier="short") == "Verifier is not the correct length"
    wrong = Signer(signer.key, "x" * 32, second.token, second.token_secret)
    assert await text(wrong, oauth_verifier="x" * 32) == "Token verifier and verifier token do not match"
    assert await text(wrong, oauth_verifier=verifier) == "The signature is invalid. Verify and try again."
    assert await status_of(ctx, signer) == 0
    assert (await ask(web, second, ACCESS, oauth_verifier=verifier))[0] == 200
    assert await text(second, oauth_verifier=verifier) == "Specified token does not exist"


async def test_the_token_must_be_named_to_fetch_an_access_token(ctx, web):
    signer, _ = await a_started_exchange(ctx)

    assert await ask(web, signer, ACCESS) == (400, problem('"oauth_token" is required. Enter and try again.'))


async def test_an_integration_that_is_switched_off_cannot_finish_its_exchange(ctx, web):
    signer, verifier = await a_started_exchange(ctx)
    second = await a_request_token(web, signer)
    integration_id = await ctx.db.value("select integration_id from integration")

    await deactivate_integration(ctx, integration_id)

    assert (await ask(web, second, ACCESS, oauth_verifier=verifier))[0] == 401
    assert await status_of(ctx, signer) == 0


async def test_what_nobody_foresaw_is_answered_without_its_reason(ctx, web):
    signer, _ = await a_started_exchange(ctx)
    await ctx.db.execute("update oauth_consumer set secret = 'not encrypted'")

    status, form = await ask(web, signer, REQUEST)

    assert status == 500
    assert form["oauth_problem"].startswith("internal_error&message=Report ID: oauth-")
    assert "key" not in form["oauth_problem"]


# From here on over real HTTP, with real commits.


class ReceivingServer(ThreadingHTTPServer):
    """The other side: keeps what is posted, and calls `then` with it before it answers."""

    def __init__(self, then, answers):
        super().__init__(("127.0.0.1", 0), Receiver)
        self.posts, self.then, self.answers = [], then, answers
        self.url = f"http://127.0.0.1:{self.server_port}"


class Receiver(BaseHTTPRequestHandler):
    server: ReceivingServer

    def do_POST(self):
        posted = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.posts.append((self.path, self.headers["Content-Type"], dict(parse_qsl(posted))))
        self.server.then(dict(parse_qsl(posted)))
        answer = self.server.answers.get(self.path, (200, None))
        self.send_response(answer[0])
        if answer[1]:
            self.send_header("Location", answer[1])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self):
        self.server.posts.append((self.path, None, {}))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@contextmanager
def a_receiver(then=lambda posted: None, answers=None):
    server = ReceivingServer(then, answers or {})
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@asynccontextmanager
async def a_shop(url, home):
    """A whole process over a database of its own: its services, and the address at which it listens."""
    database = Database(url, max_size=4)
    await database.open()
    services = new_services(Settings(home=home, database_url=url), database)
    rest, oauth = callers_api(services), Router(oauth_routes(services))

    async def app(scope, receive, send):
        await (oauth if scope["path"].startswith("/oauth/") else rest)(scope, receive, send)

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_level="error"))
        serving = asyncio.create_task(server.serve([listening]))
        try:
            yield services, f"127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving
            await database.close()


def http_call(host, verb, target, signer, **options):
    """The address goes out exactly as it is given."""
    connection = http.client.HTTPConnection(host, timeout=30)
    connection.request(verb, target, headers={"Authorization": signer.header(verb, target, host=host, **options)})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


async def saved(services, receiver, name="Connector", path="/callback"):
    async with services.work() as ctx:
        return await an_integration(ctx, name, endpoint=receiver.url + path, identity_link_url=receiver.url + "/login")


async def now(services, integration):
    async with services.work() as ctx:
        return await get_integration(ctx, integration.integration_id)


async def test_a_connector_fetches_its_token_while_the_credentials_are_posted(committed_url, tmp_path):
    """The three legs: the connector calls back before it has answered the post, as many do."""
    fetched = []

    async with a_shop(committed_url, tmp_path) as (services, host):

        def exchange(posted):
            first = Signer(posted["oauth_consumer_key"], posted["oauth_consumer_secret"])
            pair = dict(parse_qsl(http_call(host, "POST", REQUEST, first)[1]))
            second = Signer(first.key, first.secret, pair["oauth_token"], pair["oauth_token_secret"])
            _, text = http_call(host, "POST", ACCESS, second, oauth_verifier=posted["oauth_verifier"])
            fetched.append(Signer(first.key, first.secret, **_token(text)))

        with a_receiver(then=exchange) as receiver:
            integration = await saved(services, receiver)
            activation = await activate(services, integration.integration_id)

            ((path, content_type, posted),) = receiver.posts
            assert (path, content_type) == ("/callback", "application/x-www-form-urlencoded")
            assert list(posted) == [
                "oauth_consumer_key",
                "oauth_consumer_secret",
                "store_base_url",
                "oauth_verifier",
            ]
            assert posted["oauth_consumer_key"] == integration.consumer_key
            assert urlsplit(posted["store_base_url"]).scheme == "http"
            assert posted["store_base_url"].endswith("/")
            assert (activation.integration.status, activation.access_token) == (1, None)

            (caller,) = fetched
            target = "/index.php/rest/V1/callers/a%2Fb/?searchCriteria[pageSize]=2&b=x+y"
            expected = f'["INTEGRATION","{integration.integration_id}","a/b"]'
            for caller.method in ("HMAC-SHA1", "HMAC-SHA256"):
                assert await asyncio.to_thread(http_call, host, "GET", target, caller) == (200, expected)

            # Active already: nothing is posted again. To reauthorise ends the token, and starts over.
            await activate(services, integration.integration_id)
            assert len(receiver.posts) == 1
            receiver.then = lambda posted: None
            assert (await reauthorize(services, integration.integration_id)).integration.status == 0
            assert len(receiver.posts) == 2
            status, text = await asyncio.to_thread(http_call, host, "GET", target, caller)
            assert (status, text) == (401, '{"message":"Specified token does not exist"}')


def _token(text):
    pair = dict(parse_qsl(text))
    return {"token": pair["oauth_token"], "token_secret": pair["oauth_token_secret"]}


async def test_a_verifier_is_made_once_and_posted_again(committed_url, tmp_path):
    async with a_shop(committed_url, tmp_path) as (services, _):
        with a_receiver(answers={"/callback": (503, None)}) as receiver:
            integration = await saved(services, receiver)

            for _ in range(2):
                with pytest.raises(DeliveryFailed) as failed:
                    await activate(services, integration.integration_id)
                assert failed.value.positional == (receiver.url + "/callback", "HTTP 503")

            assert receiver.posts[0] == receiver.posts[1]
            assert (await now(services, integration)).status == 0


async def test_nobody_listening_is_a_refusal(committed_url, tmp_path):
    async with a_shop(committed_url, tmp_path) as (services, _):
        with a_receiver() as receiver:
            integration = await saved(services, receiver)

        with pytest.raises(DeliveryFailed):
            await activate(services, integration.integration_id)

        assert (await now(services, integration)).status == 0


async def test_redirects_are_followed_as_far_as_is_configured(committed_url, tmp_path):
    answers = {"/callback": (307, "/moved"), "/moved": (302, "/done"), "/away": (307, "file:///etc/passwd")}
    async with a_shop(committed_url, tmp_path) as (services, _):
        with a_receiver(answers=answers) as receiver:
            integration = await saved(services, receiver)

            async def paths():
                receiver.posts.clear()
                await activate(services, integration.integration_id)
                return [(path, sorted(fields)[:1]) for path, _, fields in receiver.posts]

            key = ["oauth_consumer_key"]
            assert await paths() == [("/callback", key)]
            for allowed, expected in (
                ("1", [("/callback", key), ("/moved", key)]),
                ("2", [("/callback", key), ("/moved", key), ("/done", [])]),
            ):
                async with services.work() as ctx:
                    await configure(ctx, "oauth/consumer/post_maxredirects", allowed)
                assert await paths() == expected

            # A file is nothing to be redirected to: that was the other side's answer.
            receiver.posts.clear()
            away = await saved(services, receiver, "Away", "/away")
            await activate(services, away.integration_id)
            assert [path for path, _, _ in receiver.posts] == ["/away"]


async def test_of_two_calls_with_one_nonce_at_the_same_moment_one_is_made(committed_url, tmp_path):
    async with a_shop(committed_url, tmp_path) as (services, host):
        async with services.work() as ctx:
            signer = await an_active_signer(ctx)
        target = "/rest/V1/callers/a"
        calls = [asyncio.to_thread(http_call, host, "GET", target, signer, oauth_nonce="1") for _ in range(6)]

        statuses = [status for status, _ in await asyncio.gather(*calls)]

        assert sorted(statuses) == [200, 401, 401, 401, 401, 401]


async def test_a_call_that_is_refused_keeps_its_nonce_used(committed_url, tmp_path):
    async with a_shop(committed_url, tmp_path) as (services, host):
        async with services.work() as ctx:
            signer = await an_active_signer(ctx)

        async def decline():
            return await asyncio.to_thread(http_call, host, "DELETE", "/rest/V1/callers", signer, oauth_nonce="1")

        assert await decline() == (400, '{"message":"Declined."}')
        status, text = await decline()
        assert (status, "The nonce is already being used" in text) == (401, True)


async def test_of_two_that_fetch_one_request_token_at_the_same_moment_one_gets_it(committed_url, tmp_path):
    async with a_shop(committed_url, tmp_path) as (services, host):
        async with services.work() as ctx:
            signer, _ = await a_started_exchange(ctx)
        calls = [asyncio.to_thread(http_call, host, "POST", REQUEST, signer) for _ in range(4)]

        statuses = [status for status, _ in await asyncio.gather(*calls)]

        assert sorted(statuses) == [200, 401, 401, 401]
