"""The trees of conditions of rules: when one holds for a cart, and which lines it fits (spec 51, 7.4).

A tree is kept as clients send it and read into nodes once. Conditions on goods are asked of a line and its parts: a
line satisfies one if it or any of its parts does, unless the attribute says `parent::` or `children::`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct

from entrepot.promotions.amounts import NOTHING, RuleAddress, RuleLine
from entrepot.promotions.comparing import matches

PREFIX = "Magento\\SalesRule\\Model\\Rule\\Condition\\"
COMBINE = PREFIX + "Combine"
ADDRESS = PREFIX + "Address"
PRODUCT = PREFIX + "Product"
PRODUCT_COMBINE = PREFIX + "Product\\Combine"
FOUND = PREFIX + "Product\\Found"
SUBSELECT = PREFIX + "Product\\Subselect"
TYPES = (COMBINE, ADDRESS, PRODUCT, PRODUCT_COMBINE, FOUND, SUBSELECT)
"""Clients send these very names."""

PARENT, CHILDREN = "parent", "children"
CATEGORIES = "category_ids"
OF_LINE = ("quote_item_qty", "quote_item_price", "quote_item_row_total")
ADDRESS_ATTRIBUTES = RuleAddress.__struct_fields__
FALSE = (None, False, 0, "", "0", "false")


class Node(Struct, frozen=True):
    """A condition, or several of them."""

    type: str
    attribute: str = ""
    scope: str = ""
    """Which rows it is asked of: `parent`, `children`, or empty for all of them."""
    operator: str = "=="
    value: Any = None
    all_of: bool = True
    wanted: bool = True
    """What the conditions below must be."""
    below: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        yield self
        for node in self.below:
            yield from node.walk()


class Cart(Struct, frozen=True):
    """What conditions are asked of."""

    lines: Sequence[RuleLine]
    address: RuleAddress


def read(tree: Mapping[str, Any]) -> Node:
    """The node of a tree as it is kept."""
    scope, separator, attribute = str(tree.get("attribute_name") or "").partition("::")
    value = tree.get("value")
    return Node(
        type=str(tree.get("condition_type", "")),
        attribute=attribute if separator else scope,
        scope=scope if separator else "",
        operator=tree.get("operator") or "==",
        value=value,
        all_of=tree.get("aggregator_type") != "any",
        wanted=value not in FALSE,
        below=tuple(read(one) for one in tree.get("conditions") or ()),
    )


def attributes_of(node: Node) -> frozenset[str]:
    """Of products, that the tree asks for beside the sku, which each line has."""
    named = {one.attribute for one in node.walk() if one.type == PRODUCT}
    return frozenset(named - {"sku", *OF_LINE})


def holds(node: Node, cart: Cart) -> bool:
    """Whether the condition is true of the cart. One on goods is, if it is of any line."""
    if node.type == COMBINE:
        return _combined(node, [holds(one, cart) for one in node.below])
    if node.type == ADDRESS:
        return _holds_of_address(node, cart.address)
    if node.type == SUBSELECT:
        return _subselect(node, cart)
    found = any(_fits_below(node, line, cart) if node.type == FOUND else fits(node, line, cart) for line in cart.lines)
    return found == node.wanted if node.type == FOUND else found


def fits(node: Node, line: RuleLine, cart: Cart) -> bool:
    """Whether a line satisfies the condition."""
    if node.type in (COMBINE, PRODUCT_COMBINE):
        return _combined(node, [fits(one, line, cart) for one in node.below])
    if node.type == PRODUCT:
        return any(_satisfies(node, row) for row in _rows(node, line))
    return holds(node, cart)


def _combined(node: Node, verdicts: Sequence[bool]) -> bool:
    """Without conditions below it is true."""
    as_wanted = [one == node.wanted for one in verdicts]
    return all(as_wanted) if node.all_of else any(as_wanted) or not as_wanted


def _fits_below(node: Node, line: RuleLine, cart: Cart) -> bool:
    """Whether a line satisfies the conditions below, whatever the node itself wants."""
    verdicts = [fits(one, line, cart) for one in node.below]
    return all(verdicts) if node.all_of else any(verdicts) or not verdicts


def _rows(node: Node, line: RuleLine) -> Sequence[RuleLine]:
    if node.scope == PARENT:
        return (line,)
    return line.children if node.scope == CHILDREN else (line, *line.children)


def _satisfies(node: Node, row: RuleLine) -> bool:
    return matches(_value(row, node.attribute), node.operator, node.value, any_equals=node.attribute == CATEGORIES)


def _value(row: RuleLine, attribute: str) -> Any:
    if attribute == "quote_item_qty":
        return row.qty
    if attribute == "quote_item_price":
        return row.base_unit_price
    if attribute == "quote_item_row_total":
        return row.base_row_total
    return row.facts.get(attribute)


def _holds_of_address(node: Node, address: RuleAddress) -> bool:
    return matches(getattr(address, node.attribute, None), node.operator, node.value)


def _subselect(node: Node, cart: Cart) -> bool:
    """The sum over lines that satisfy what is below; without anything below it is false."""
    if not node.below:
        return False
    total = sum((_counted(node, line, cart) for line in cart.lines), NOTHING)
    return matches(total, node.operator, node.value)


def _counted(node: Node, line: RuleLine, cart: Cart) -> Decimal:
    """Of a bundle only the parts that satisfy count; of any other line the line."""
    parts = [part for part in line.children if _fits_below(node, part, cart)]
    if line.is_bundle and parts:
        counted = sum((_summed(node, part) for part in parts), NOTHING)
        return counted or _summed(node, line)
    return _summed(node, line) if parts or _fits_below(node, line, cart) else NOTHING


def _summed(node: Node, row: RuleLine) -> Decimal:
    return row.base_row_total if node.attribute == "base_row_total" else row.qty
