"""The SQL of a package is its own affair.

import-linter sees to it that imports run downwards; this adds that nobody reaches into the `queries` of another
package, so that a table can be changed by reading one package.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"


def test_nobody_imports_the_queries_of_another_package():
    assert [
        f"{path.relative_to(SOURCE)}: {name}"
        for path in sorted((SOURCE / "entrepot").rglob("*.py"))
        for name in foreign_queries(module_of(path), path.read_text(encoding="utf-8"))
    ] == []


@pytest.mark.parametrize(
    ("module", "line", "found"),
    [
        (
            ("entrepot", "sales", "service"),
            "from entrepot.quotes.queries import lock",
            ["entrepot.quotes.queries.lock"],
        ),
        (("entrepot", "sales", "service"), "from entrepot.quotes import queries", ["entrepot.quotes.queries"]),
        (("entrepot", "sales", "service"), "import entrepot.quotes.queries as q", ["entrepot.quotes.queries"]),
        (("entrepot", "sales", "service"), "from ..quotes import queries", ["entrepot.quotes.queries"]),
        (("entrepot", "app"), "from entrepot.sales import queries", ["entrepot.sales.queries"]),
        (("entrepot", "sales", "service"), "from entrepot.sales import queries", []),
        (("entrepot", "sales", "service"), "from . import queries", []),
        (("entrepot", "sales", "refunds", "service"), "from ..queries import insert", []),
        (("entrepot", "sales", "service"), "from entrepot.quotes import lock_cart", []),
    ],
)
def test_a_foreign_import_of_queries_is_seen_however_it_is_written(module, line, found):
    assert list(foreign_queries(module, line)) == found


def foreign_queries(module: tuple[str, ...], source: str) -> Iterator[str]:
    """The names that `source`, the text of `module`, imports from the `queries` of packages other than its own."""
    own = module[:2]
    for name in imported_names(module, ast.parse(source)):
        parts = tuple(name.split("."))
        if parts[0] == "entrepot" and "queries" in parts[2:] and parts[:2] != own:
            yield name


def imported_names(module: tuple[str, ...], tree: ast.Module) -> Iterator[str]:
    """Every imported name in full, relative ones resolved against `module`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = module[: -node.level] if node.level else ()
            for alias in node.names:
                yield ".".join([*above, *([node.module] if node.module else []), alias.name])


def module_of(path: Path) -> tuple[str, ...]:
    """A package's `__init__` keeps that last part, so that one dot always means the folder a file lies in."""
    return path.relative_to(SOURCE).with_suffix("").parts
