"""Choices of selects and filters: a fixed list, or a function of the page's context that looks them up."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from entrepot.kit.context import Context


class Option(NamedTuple):
    """What is stored and what is shown; options of one `group` stand together under its name."""

    value: str
    label: str
    group: str = ""


Options = Sequence[Option] | Callable[[Context], Sequence[Option] | Awaitable[Sequence[Option]]]

YES_NO = (Option("1", "Yes"), Option("0", "No"))


async def resolve(ctx: Context, options: Options) -> list[Option]:
    if not callable(options):
        return list(options)
    found = options(ctx)
    return list(await found if inspect.isawaitable(found) else found)


def grouped(options: Sequence[Option]) -> list[tuple[str, list[Option]]]:
    """Neighbours of the same group together, in their order."""
    groups: list[tuple[str, list[Option]]] = []
    for option in options:
        if not groups or groups[-1][0] != option.group:
            groups.append((option.group, []))
        groups[-1][1].append(option)
    return groups
