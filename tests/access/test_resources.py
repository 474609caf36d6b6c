"""The tree of resources: its shape, and walking up and down in it."""

from collections.abc import Iterator

import pytest

from entrepot.access import resources
from entrepot.access.resources import ALL, ROOT, TREE, Resource


def every(siblings: tuple[Resource, ...]) -> Iterator[Resource]:
    for resource in siblings:
        yield resource
        yield from every(resource.children)


def test_everything_but_full_access_stands_under_the_admin():
    assert [resource.id for resource in TREE] == [ALL, ROOT]
    assert TREE[0].children == ()
    assert len(list(every(TREE))) == 221
    assert len(resources.descendants(ROOT)) == 219


def test_no_resource_is_declared_twice():
    ids = [resource.id for resource in every(TREE)]
    assert len(set(ids)) == len(ids)


def test_siblings_stand_in_sort_order():
    for resource in every(TREE):
        orders = [child.sort_order for child in resource.children]
        assert orders == sorted(orders), resource.id


def test_the_main_branches_are_those_of_the_admin():
    root = resources.find(ROOT)
    assert root is not None
    assert [(branch.id, branch.title) for branch in root.children] == [
        ("Magento_Backend::dashboard", "Dashboard"),
        ("Magento_Analytics::analytics", "Analytics"),
        ("Magento_Sales::sales", "Sales"),
        ("Magento_Catalog::catalog", "Catalog"),
        ("Magento_Customer::customer", "Customers"),
        ("Magento_Cart::cart", "Carts"),
        ("Magento_Backend::myaccount", "My Account"),
        ("Magento_Backend::marketing", "Marketing"),
        ("Magento_Backend::content", "Content"),
        ("Magento_Reports::report", "Reports"),
        ("Magento_Backend::stores", "Stores"),
        ("Magento_Backend::system", "System"),
        ("Magento_Backend::global_search", "Global Search"),
    ]


def test_ancestors_are_told_from_the_top_down():
    assert resources.ancestors("Magento_Sales::create") == (
        ROOT,
        "Magento_Sales::sales",
        "Magento_Sales::sales_operation",
        "Magento_Sales::sales_order",
        "Magento_Sales::actions",
    )
    assert resources.ancestors(ROOT) == ()


def test_descendants_are_told_in_the_order_of_the_tree():
    assert resources.descendants("Magento_Analytics::analytics") == ("Magento_Analytics::analytics_api",)
    assert resources.descendants(ALL) == ()


@pytest.mark.parametrize("child", [resource.id for resource in every(TREE)])
def test_whoever_is_above_has_it_below(child):
    for above in resources.ancestors(child):
        assert child in resources.descendants(above)


def test_an_unknown_resource_is_nowhere():
    assert resources.find("Magento_Sales::teleport") is None
    assert resources.ancestors("Magento_Sales::teleport") == ()
    assert resources.descendants("Magento_Sales::teleport") == ()


def test_titles_follow_the_tree_and_leave_out_what_is_unknown():
    chosen = ["Magento_Cart::cart", "Magento_Sales::teleport", "Magento_Backend::dashboard"]
    assert resources.titles(chosen) == ["Dashboard", "Carts"]
