"""Who calls a running server: over HTTP, with or without a token."""

from __future__ import annotations

import json
import subprocess
import urllib.error
import urllib.request
from typing import Any, NamedTuple

from tests.running_server import COMMAND, PASSWORD, Running


class Reply(NamedTuple):
    status: int
    body: Any


class Caller:
    """`caller.get("all/V1/inventory/sources")`: addresses are those behind /rest/."""

    def __init__(self, server: Running, token: str | None = None) -> None:
        self.server = server
        self.token = token

    def get(self, address: str) -> Reply:
        return self._call("GET", address, None)

    def post(self, address: str, body: Any = None) -> Reply:
        return self._call("POST", address, body)

    def put(self, address: str, body: Any) -> Reply:
        return self._call("PUT", address, body)

    def delete(self, address: str) -> Reply:
        return self._call("DELETE", address, None)

    def read(self, address: str) -> Any:
        """The body of an answer that must be a good one."""
        return self._good(address, self.get(address))

    def do(self, address: str, body: Any = None) -> Any:
        """Post, and read the answer."""
        return self._good(address, self.post(address, body))

    @staticmethod
    def _good(address: str, reply: Reply) -> Any:
        assert reply.status == 200, (address, reply)
        return reply.body

    def _call(self, method: str, address: str, body: Any) -> Reply:
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        sent = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.server.url}/rest/{address}", sent, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=180) as answer:
                return Reply(answer.status, json.load(answer))
        except urllib.error.HTTPError as error:
            with error:
                return Reply(error.code, json.load(error))


class Shop:
    """A running server and those who call it."""

    def __init__(self, server: Running) -> None:
        self.server = server
        self.guest = Caller(server)
        self.admin = Caller(server, self._token("all/V1/integration/admin/token", "admin", PASSWORD))

    def customer(self) -> Caller:
        """One of the default store, made for the calls that customers may not make."""
        account = {"email": "curious@example.com", "firstname": "Cleo", "lastname": "Curious"}
        self.guest.do("default/V1/customers", {"customer": account, "password": "Password1"})
        return self.signed_in("default", "curious@example.com", "Password1")

    def signed_in(self, view: str, email: str, password: str) -> Caller:
        """A customer, in a store view."""
        return Caller(self.server, self._token(f"{view}/V1/integration/customer/token", email, password))

    def page(self, path: str) -> int:
        """The status of a page of the storefront."""
        try:
            with urllib.request.urlopen(f"{self.server.url}{path}", timeout=60) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code

    def command(self, *arguments: str) -> str:
        """What `entrepot ...` prints; it must succeed."""
        done = subprocess.run(
            [COMMAND, *arguments], env=self.server.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def _token(self, route: str, username: str, password: str) -> str:
        status, token = self.guest.post(route, {"username": username, "password": password})
        assert status == 200, token
        assert len(token) == 32
        assert token.isalnum()
        assert token == token.lower()
        return str(token)


def unauthorized(resource: str) -> Reply:
    """The answer to who may not do it."""
    message = "The consumer isn't authorized to access %resources."
    return Reply(401, {"message": message, "parameters": {"resources": resource}})


def invalid(*errors: tuple[str, Any]) -> Reply:
    """The answer of validators, with message and parameters of each error."""
    found = [{"message": message, "parameters": parameters} for message, parameters in errors]
    return Reply(400, {"message": "Validation Failed", "errors": found})


def search(field: str, value: str) -> str:
    """The query of a search for one value of one field."""
    one = "searchCriteria[filter_groups][0][filters][0]"
    return f"{one}[field]={field}&{one}[value]={value}"
