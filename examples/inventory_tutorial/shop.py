"""The REST interface of one server, and how what it answers is shown and checked."""

from __future__ import annotations

import json
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Sequence
from typing import Any


class Shop:
    """Calls a server. `scope` is a store view's code, or `all`; a token is sent where one is given."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")

    def get(self, scope: str, route: str, token: str | None = None) -> Any:
        return self._call("GET", scope, route, None, token, 200)

    def post(self, scope: str, route: str, body: Any = None, token: str | None = None, *, expected: int = 200) -> Any:
        return self._call("POST", scope, route, body, token, expected)

    def put(self, scope: str, route: str, body: Any, token: str | None = None) -> Any:
        return self._call("PUT", scope, route, body, token, 200)

    def delete(self, scope: str, route: str, token: str | None = None) -> Any:
        return self._call("DELETE", scope, route, None, token, 200)

    def try_post(self, scope: str, route: str, body: Any, token: str | None = None) -> tuple[int, Any]:
        """The status and the body, whatever they are."""
        return self._send("POST", scope, route, body, token)

    def _call(self, method: str, scope: str, route: str, body: Any, token: str | None, expected: int) -> Any:
        status, answer = self._send(method, scope, route, body, token)
        check(status == expected, f"{method} {scope}/V1/{route} with status {expected}", (status, answer))
        return answer

    def _send(self, method: str, scope: str, route: str, body: Any, token: str | None) -> tuple[int, Any]:
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        sent = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/rest/{scope}/V1/{route}", sent, headers, method=method)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
                status, text = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                status, text = error.code, error.read()
        except urllib.error.URLError as error:
            sys.exit(f"No server answers at {self.url} ({error.reason}). Start one with `make run`.")
        print(f"  {method:6} /rest/{scope}/V1/{urllib.parse.unquote(route.partition('?')[0])} {status}")
        return status, json.loads(text)


def having(field: str, value: object) -> str:
    """The query of a list for one value of one field."""
    one = "searchCriteria[filter_groups][0][filters][0]"
    return f"?{one}[field]={field}&{one}[value]={urllib.parse.quote(str(value))}"


def step(number: int, title: str) -> None:
    print(f"\nStep {number}. {title}")


def show(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table below the calls that it comes from."""
    table = [list(map(str, headings)), *([str(cell) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    print()
    for cells in table:
        print("      " + "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip())


def check(holds: Any, what: str, seen: Any) -> None:
    """Stop with a sentence if the server did not answer what is documented."""
    if not holds:
        sys.exit(f"Expected {what}, but the server answered:\n{json.dumps(seen, indent=2, default=str)}")
