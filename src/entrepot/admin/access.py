"""Who may see a page: every page of the Admin names what it takes, and one that names nothing cannot be declared."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

from starlette.responses import Response

from entrepot.kit.context import Actor
from entrepot.kit.pages import Declared
from entrepot.kit.pages import page as declare_page

if TYPE_CHECKING:
    from entrepot.admin.page import AdminPage

ANYBODY = "anybody"
"""Also who is not signed in: the sign-in page itself."""
SIGNED_IN = "signed in"
"""Every administrator, whatever the role: the account menu."""

F = TypeVar("F", bound="Callable[[AdminPage], Awaitable[Response]]")


def admin_page(
    path: str, resource: str, *more: str, post: bool = False, instead: str | None = None, redraws: bool = False
) -> Callable[[F], F]:
    """Declare a page and the resources of which its visitor needs all. `post` makes it a form's target.

    One that `redraws` shows the form as it was sent, and changes nothing, for a field `do` that is none of its buttons.
    """
    methods = ["POST"] if post else ["GET"]
    return declare_page(path, methods=methods, access=(resource, *more), instead=instead, redraws=redraws)


def resources_of(declared: Declared) -> tuple[str, ...]:
    """Raises LookupError for a page that names none."""
    if not isinstance(declared.access, tuple) or not declared.access:
        raise LookupError(f"the page {declared.path!r} does not say who may see it")
    return declared.access


def may_all(actor: Actor, resources: Iterable[str]) -> bool:
    return all(resource in (SIGNED_IN, ANYBODY) or actor.may(resource) for resource in resources)
