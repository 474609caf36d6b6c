"""What other packages add, found through their entry points (docs/plug-ins.md)."""

from __future__ import annotations

from collections.abc import Callable
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
    return _found(group, lambda point: point.load()())


def plugged_in(group: str) -> dict[str, Any]:
    """As `plug_ins`, for modules and other things that need not be made."""
    return _found(group, lambda point: point.load())


def _found(group: str, have: Callable[[EntryPoint], Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for point in sorted(entry_points(group=group), key=lambda point: point.name):
        if point.name in found:
            raise PlugInBroken(f"Two plug-ins have the name {point.name} ({group}), one of {_package(point)}.")
        try:
            found[point.name] = have(point)
        except Exception as error:
            raise PlugInBroken(
                f"The plug-in {point.name} ({group}) of {_package(point)} cannot be used: "
                f"{type(error).__name__}: {error}"
            ) from error
    return found


def _package(point: EntryPoint) -> str:
    return f"the package {point.dist.name}" if point.dist else "an unknown package"
