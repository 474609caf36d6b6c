"""What the code says about itself, for the API document: docstrings of operations, contracts, and their fields.

Python keeps no docstring of a field, so the source is read for these: once per module, when a document first asks.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from entrepot.kit.rest.contract import Contract


def first_sentences(docstring: str | None) -> str:
    """The first paragraph as one line; empty without a docstring."""
    return " ".join(inspect.cleandoc(docstring or "").partition("\n\n")[0].split())


def declares_refusals(docstring: str | None) -> bool:
    """Whether the docstring has a section of the exceptions that callers handle."""
    return "\nRaises:\n" in inspect.cleandoc(docstring or "")


@cache
def field_descriptions(contract: type[Contract]) -> dict[str, str]:
    """The first paragraph below each field that has a docstring, inherited ones included."""
    found: dict[str, str] = {}
    for cls in reversed(contract.__mro__):
        found.update(_fields_by_class(cls.__module__).get(cls.__qualname__, {}))
    return found


@cache
def _fields_by_class(module: str) -> dict[str, dict[str, str]]:
    """By the class's qualified name; nothing for a module that was installed without its source."""
    try:
        source = inspect.getsource(sys.modules[module])
    except (KeyError, OSError, TypeError):
        return {}
    return dict(_classes(ast.parse(source).body, ""))


def _classes(statements: Iterable[ast.stmt], prefix: str) -> Iterator[tuple[str, dict[str, str]]]:
    for statement in statements:
        match statement:
            case ast.ClassDef(name=name, body=body):
                yield prefix + name, _fields(body)
                yield from _classes(body, f"{prefix}{name}.")
            case ast.FunctionDef(name=name, body=body) | ast.AsyncFunctionDef(name=name, body=body):
                yield from _classes(body, f"{prefix}{name}.<locals>.")


def _fields(body: list[ast.stmt]) -> dict[str, str]:
    found: dict[str, str] = {}
    for field, below in pairwise(body):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                found[name] = first_sentences(text)
    return found
