"""Whatever a client sends within the API document, and much that is outside of it, is answered and never a 5xx.

schemathesis makes the calls from the document that the server itself publishes, with an administrator's token.
"""

from __future__ import annotations

import json
import urllib.request

import pytest

from tests.conftest import _clone
from tests.contract.calls_by_document import call_all
from tests.running_server import PASSWORD, Running, running_server

EXAMPLES = 15
"""Calls of each operation: enough to meet every type with a wrong value, few enough for each run of the tests."""

PATIENCE_S = 120
"""For a machine that has other things to do; nothing here is about how long a call takes."""


@pytest.fixture(scope="module")
def server(server_url, template, tmp_path_factory):
    with (
        _clone(server_url, template, "entrepot_contract") as url,
        running_server(url, tmp_path_factory.mktemp("contract"), "--no-worker") as running,
    ):
        yield running


def _admin_token(server: Running) -> str:
    request = urllib.request.Request(
        f"{server.url}/rest/V1/integration/admin/token",
        json.dumps({"username": "admin", "password": PASSWORD}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        token: str = json.load(answer)
    return token


def test_no_call_is_a_server_error(server: Running) -> None:
    headers = {"Authorization": f"Bearer {_admin_token(server)}"}
    statuses, failures = call_all(server.url, headers, EXAMPLES, patience_s=PATIENCE_S)
    assert failures == [], "\n\n".join(failures[:10])
    # Some of the calls must have been what the document asks for, or this test would look at refusals only.
    assert statuses[200] > 100
    assert statuses[400] > 100
