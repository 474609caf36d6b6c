"""Trees of conditions in a form: read from what was sent, changed by the button that was pressed, and shown.

Every condition has its place in the tree as its name: `conditions[1--2][operator]` is the second one below the root
`conditions[1]`. Buttons send the whole form, with the place in `do`:

    <button name="do" value="add conditions 1--2">       adds what `conditions[1--2][new_child]` says
    <button name="do" value="remove conditions 1--2--1">
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from entrepot.admin.form import DO, Numbers
from entrepot.admin.options import Option
from entrepot.admin.rule_attributes import (
    LABELS,
    SEVERAL,
    SUMS,
    Asked,
    asked_of_cart,
    asked_of_goods,
    new_in_cart,
    new_of_goods,
)
from entrepot.kit.context import Context
from entrepot.kit.pages import Form as Posted
from entrepot.kit.pages import formats
from entrepot.kit.pages.typed import decimal
from entrepot.promotions.comparing import parts
from entrepot.promotions.conditions import (
    ADDRESS,
    COMBINE,
    FALSE,
    FOUND,
    PRODUCT,
    PRODUCT_COMBINE,
    SUBSELECT,
    TYPES,
)
from entrepot.promotions.trees import ALL_GOODS, DEEPEST, NO_CONDITIONS

CONDITIONS, ACTIONS = "conditions", "actions"
ROOTS: Mapping[str, Mapping[str, Any]] = {CONDITIONS: NO_CONDITIONS, ACTIONS: ALL_GOODS}
ROOT = "1"
GOODS = (FOUND, SUBSELECT, PRODUCT_COMBINE)
"""Below these stand conditions on goods."""

Tree = dict[str, Any]


class ShownCondition(Struct, frozen=True):
    """A condition as the template needs it."""

    place: str
    type: str
    kind: str
    """combine, found, subselect or leaf."""
    asked: Asked
    attribute: str
    operator: str
    operators: list[Option]
    values: list[str]
    choices: list[Option]
    """What a value may be, also what it is though it is not offered any more; none for what is typed."""
    is_several: bool
    """Whether several choices may be chosen."""
    aggregator: str
    is_wanted: bool
    below: list[ShownCondition]
    offered: list[Option]
    """What may be added below."""
    sums: tuple[Option, ...] = SUMS

    @property
    def text(self) -> str:
        return ", ".join(self.values)


def sent_tree(posted: Posted, name: str) -> Tree:
    """The tree that was sent, with what the button that was pressed does to it."""
    places = _places(posted, name)
    tree = _node(posted, name, ROOT, places) if (1,) in places else dict(ROOTS[name])
    action, _, target = posted.get(DO).partition(" ")
    pressed, _, place = target.partition(" ")
    if pressed == name and re.fullmatch(rf"{ROOT}(--\d{{1,4}})*", place, re.ASCII):
        path = [int(part) - 1 for part in place.split("--")[1:]]
        if action == "add":
            _add(tree, path, posted.get(f"{name}[{place}][new_child]"))
        elif action == "remove" and path:
            _remove(tree, path)
    return tree


def _places(posted: Posted, name: str) -> set[tuple[int, ...]]:
    pattern = re.compile(rf"{name}\[(\d{{1,4}}(?:--\d{{1,4}})*)\]\[type\]", re.ASCII)
    found = (pattern.fullmatch(field) for field in posted)
    places = {tuple(int(part) for part in one[1].split("--")) for one in found if one}
    return {place for place in places if len(place) <= DEEPEST}


def _node(posted: Posted, name: str, place: str, places: set[tuple[int, ...]]) -> Tree:
    def field(part: str) -> str:
        return f"{name}[{place}][{part}]"

    type = posted.get(field("type"))
    path = tuple(int(part) for part in place.split("--"))
    below = sorted(one for one in places if len(one) == len(path) + 1 and one[: len(path)] == path)
    node: Tree = {"condition_type": type if type in TYPES else COMBINE}
    if type not in (ADDRESS, PRODUCT):
        node["aggregator_type"] = "any" if posted.get(field("aggregator")) == "any" else "all"
        node["conditions"] = [_node(posted, name, "--".join(map(str, one)), places) for one in below]
    if type in (ADDRESS, PRODUCT, SUBSELECT):
        node["attribute_name"] = posted.get(field("attribute"))
        operator = posted.get(field("operator"))
        node["operator"] = operator if operator in LABELS else "=="
        sent = [value for value in posted.all(field("value")) if value.strip()]
        node["value"] = ",".join(sent) if len(sent) != 1 else sent[0]
    else:
        node["value"] = "0" if posted.get(field("value")) == "0" else "1"
    return node


def _add(tree: Tree, path: list[int], what: str) -> None:
    parent = _at(tree, path)
    type, _, attribute = what.partition("|")
    if parent is None or type not in TYPES or len(path) + 2 > DEEPEST:
        return
    new: Tree = {"condition_type": type, "value": "" if type in (ADDRESS, PRODUCT, SUBSELECT) else "1"}
    if type in (ADDRESS, PRODUCT):
        new |= {"attribute_name": attribute[:255], "operator": "=="}
    elif type == SUBSELECT:
        new |= {"attribute_name": SUMS[0].value, "operator": "==", "aggregator_type": "all", "conditions": []}
    else:
        new |= {"aggregator_type": "all", "conditions": []}
    parent.setdefault("conditions", []).append(new)


def _remove(tree: Tree, path: list[int]) -> None:
    parent = _at(tree, path[:-1])
    if parent is not None and path[-1] < len(parent.get("conditions", ())):
        del parent["conditions"][path[-1]]


def _at(tree: Tree, path: list[int]) -> Tree | None:
    for number in path:
        below = tree.get("conditions", ())
        if not 0 <= number < len(below):
            return None
        tree = below[number]
    return tree


def read_numbers(ctx: Context, name: str, tree: Tree, numbers: Numbers, place: str = ROOT) -> Tree:
    """The tree with the numbers that were typed into it as they are compared; `numbers` is told what is none."""
    read = dict(tree)
    asked, operator = (
        _asked(ctx, str(tree.get("condition_type")), str(tree.get("attribute_name") or "")),
        tree.get("operator"),
    )
    if operator is not None and asked.kind == "number":
        # Between several numbers there are commas.
        texts = parts(tree["value"]) if operator in SEVERAL else [str(tree["value"])]
        field, label = f"{name}[{place}][value]", asked.label or "Value"
        found = [numbers.read_text(field, text, _signed, label=label) for text in texts]
        read["value"] = ",".join(formats.plain(one) for one in found if one is not None)
    if "conditions" in tree:
        read["conditions"] = [
            read_numbers(ctx, name, below, numbers, f"{place}--{number}")
            for number, below in enumerate(tree["conditions"], start=1)
        ]
    return read


def _signed(text: str) -> Decimal:
    return decimal(text, negative=True)


def _asked(ctx: Context, type: str, attribute: str) -> Asked:
    """Of a leaf; of a sum of goods it is a number."""
    if type == ADDRESS:
        return asked_of_cart(ctx, attribute)
    return asked_of_goods(ctx, attribute) if type == PRODUCT else Asked("", "number")


def shown_tree(ctx: Context, name: str, tree: Mapping[str, Any]) -> ShownCondition:
    return _Shown(ctx).condition(tree, ROOT, of_goods=name == ACTIONS)


class _Shown:
    """What is offered is the same all over a tree, and looked up once."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.in_cart, self.of_goods = new_in_cart(ctx), new_of_goods(ctx)

    def condition(self, tree: Mapping[str, Any], place: str, *, of_goods: bool) -> ShownCondition:
        type = str(tree.get("condition_type", COMBINE))
        kind = {ADDRESS: "leaf", PRODUCT: "leaf", FOUND: "found", SUBSELECT: "subselect"}.get(type, "combine")
        attribute, operator = str(tree.get("attribute_name") or ""), str(tree.get("operator") or "==")
        asked = _asked(self.ctx, type, attribute)
        values = _values(tree.get("value"), asked)
        inner = of_goods or type in GOODS
        return ShownCondition(
            place=place,
            type=type,
            kind=kind,
            asked=asked,
            attribute=attribute,
            operator=operator,
            operators=_with(asked.operators, operator),
            values=values,
            choices=_choices(asked, values),
            is_several=operator in SEVERAL or len(values) > 1,
            aggregator=str(tree.get("aggregator_type") or "all"),
            is_wanted=tree.get("value") not in FALSE,
            below=[
                self.condition(one, f"{place}--{number}", of_goods=inner)
                for number, one in enumerate(tree.get("conditions", ()), start=1)
            ],
            offered=self.of_goods if inner else self.in_cart,
        )


def _with(operators: list[Option], operator: str) -> list[Option]:
    """Also the one that a rule has from elsewhere."""
    if any(option.value == operator for option in operators):
        return operators
    return [*operators, Option(operator, LABELS.get(operator, operator))]


def _choices(asked: Asked, values: list[str]) -> list[Option]:
    known = {option.value for option in asked.choices}
    others = [Option(value, value) for value in values if value not in known]
    return [*others, *asked.choices] if asked.choices else []


def _values(value: Any, asked: Asked) -> list[str]:
    if isinstance(value, list):
        return [str(one) for one in value]
    text = "" if value is None or isinstance(value, bool) else str(value)
    return [part for part in text.split(",") if part] if asked.choices else [text]
