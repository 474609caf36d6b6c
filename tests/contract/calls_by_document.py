"""Calls that schemathesis makes from the document that a running server publishes: valid ones, and wrong ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.result import Ok


def as_many(examples: int) -> settings:
    """The same calls in each run with the same seed."""
    return settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=False,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def call_all(
    url: str,
    headers: Mapping[str, str],
    examples: int,
    *,
    patience_s: float,
    seed: int = 0,
    is_over: Callable[[], bool] = lambda: False,
) -> tuple[Counter[int], list[str]]:
    """So many calls of each operation that these headers may call, in each mode.

    The answers by status, and each that is the server's failure with the command that makes it again.
    """
    schema = schemathesis.openapi.from_url(f"{url}/rest/all/schema?services=all", headers=dict(headers))
    statuses: Counter[int] = Counter()
    failures: list[str] = []

    def call(case: schemathesis.Case[Any]) -> None:
        if is_over():
            return
        answer = case.call(headers=dict(headers), timeout=patience_s)
        statuses[answer.status_code] += 1
        if answer.status_code >= 500:
            failures.append(f"{answer.status_code} {case.as_curl_command()}\n{answer.text[:300]}")

    for result in schema.get_all_operations():
        if is_over():
            break
        if not isinstance(result, Ok):
            raise TypeError(f"the document has an operation that cannot be read: {result}")
        for mode in GenerationMode:
            generate = result.ok().as_strategy(generation_mode=mode)
            # What takes no input at all cannot be called wrongly.
            with suppress(Unsatisfiable):
                as_many(examples)(seeded(seed)(given(generate)(call)))()
    return statuses, failures
