"""What other packages add, found through their entry points (docs/plug-ins.md)."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import Any

from entrepot.kit.errors import EntrepotError


class PlugInBroken(EntrepotError):
    """A plug-in that cannot be taken. The sentence names its package, for the operator to mend or remove."""


def plug_ins(group: str) -> dict[str, Any]:
    """One of each that is installed, our own among them, by name and in its order.

    Raises PlugInBroken for one that cannot be made, and for two of one name: which of them is asked must not be left
    to chance.
    """
    found: dict[str, Any] = {}
    for point in sorted(entry_points(group=group), key=lambda point: point.name):
        if point.name in found:
            raise PlugInBroken(f"Two plug-ins have the name {point.name} ({group}), one of {_package(point)}.")
        found[point.name] = _made(point)
    return found


def _made(point: EntryPoint) -> Any:
    try:
        return point.load()()
    except Exception as error:
        raise PlugInBroken(
            f"The plug-in {point.name} ({point.group}) of {_package(point)} cannot be used: "
            f"{type(error).__name__}: {error}"
        ) from error


def _package(point: EntryPoint) -> str:
    return f"the package {point.dist.name}" if point.dist else "an unknown package"
