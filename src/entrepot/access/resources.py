"""The tree of resources that roles and integrations are granted (ACL).

A check looks at the one resource it names: holding a parent does not bring its children. Who edits a role ticks whole
branches, which is what `ancestors` and `descendants` are for.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from entrepot.access.resource import Resource
from entrepot.access.resource_tree.catalog import CATALOG
from entrepot.access.resource_tree.content import CONTENT
from entrepot.access.resource_tree.customers import CUSTOMERS
from entrepot.access.resource_tree.marketing import MARKETING
from entrepot.access.resource_tree.reports import REPORTS
from entrepot.access.resource_tree.sales import SALES
from entrepot.access.resource_tree.stores import STORES
from entrepot.access.resource_tree.system import SYSTEM

__all__ = ["ALL", "ROOT", "TREE", "Resource", "ancestors", "descendants", "find", "titles"]

ALL = "Magento_Backend::all"
"""Everything. A role with full access holds this and nothing else."""

ROOT = "Magento_Backend::admin"
"""Everything but `ALL` stands under it."""

TREE: tuple[Resource, ...] = (
    Resource(ALL, "Allow everything", 10),
    Resource(
        ROOT,
        "Magento Admin",
        20,
        children=(
            Resource("Magento_Backend::dashboard", "Dashboard", 0),
            Resource(
                "Magento_Analytics::analytics",
                "Analytics",
                10,
                children=(Resource("Magento_Analytics::analytics_api", "API", 10),),
            ),
            SALES,
            CATALOG,
            CUSTOMERS,
            Resource(
                "Magento_Cart::cart", "Carts", 40, children=(Resource("Magento_Cart::manage", "Manage carts", 10),)
            ),
            Resource("Magento_Backend::myaccount", "My Account", 50),
            MARKETING,
            CONTENT,
            REPORTS,
            STORES,
            SYSTEM,
            Resource("Magento_Backend::global_search", "Global Search", 100),
        ),
    ),
)


def find(id: str) -> Resource | None:
    found = _index().get(id)
    return found and found[0]


def titles(ids: Iterable[str]) -> list[str]:
    """What the Admin calls the resources, in the order of the tree; ids that are no resources are left out."""
    wanted = set(ids)
    return [resource.title for id, (resource, _) in _index().items() if id in wanted]


def ancestors(id: str) -> tuple[str, ...]:
    """The ids above a resource, the topmost first; none for an unknown one."""
    found = _index().get(id)
    return found[1] if found else ()


def descendants(id: str) -> tuple[str, ...]:
    """The ids below a resource, in the order of the tree; none for an unknown one."""
    found = find(id)
    return tuple(resource.id for resource, _ in _walk(found.children, ())) if found else ()


@cache
def _index() -> dict[str, tuple[Resource, tuple[str, ...]]]:
    """Each resource with the ids above it, in the order of the tree."""
    return {resource.id: (resource, above) for resource, above in _walk(TREE, ())}


def _walk(siblings: Iterable[Resource], above: tuple[str, ...]) -> Iterator[tuple[Resource, tuple[str, ...]]]:
    for resource in siblings:
        yield resource, above
        yield from _walk(resource.children, (*above, resource.id))
