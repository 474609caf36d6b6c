"""Whatever is made, moved and deleted in whatever order: the tables say of the tree what a plain model of it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrepot.catalog import categories
from entrepot.catalog.categories.errors import MovedBelowItself
from entrepot.kit.context import Context
from tests.catalog.categories.makers import a_category, addresses, change

STEPS = st.one_of(
    st.tuples(st.just("make"), st.integers(0, 20)),
    st.tuples(st.just("move"), st.integers(0, 20), st.integers(0, 20), st.integers(-3, 20)),
    st.tuples(st.just("delete"), st.integers(0, 20)),
)


class Model:
    """A tree as lists of children in their order. Numbers pick categories by their age, among those there are."""

    def __init__(self) -> None:
        self.parent: dict[int, int] = {2: 1}
        self.children: dict[int, list[int]] = {1: [2], 2: []}

    def pick(self, number: int, *, movable: bool = False) -> int | None:
        ids = sorted(id for id in self.parent if id != 2 or not movable)
        return ids[number % len(ids)] if ids else None

    def way(self, id: int) -> list[int]:
        return [*(self.way(self.parent[id]) if id in self.parent else []), id]

    def below(self, id: int) -> Iterator[int]:
        for child in self.children[id]:
            yield child
            yield from self.below(child)

    def make(self, id: int, parent_id: int) -> None:
        self.parent[id] = parent_id
        self.children[id] = []
        self.children[parent_id].append(id)

    def after(self, parent_id: int, number: int) -> int | None:
        """To the end without an id or behind an id that is none yet, to the beginning, or behind a child."""
        if number < 0:
            return {-1: None, -2: 0, -3: 2**31}[number]
        siblings = self.children[parent_id]
        return siblings[number % len(siblings)] if siblings else None

    def move(self, id: int, parent_id: int, after_id: int | None) -> None:
        if after_id == id:
            return
        self.children[self.parent[id]].remove(id)
        siblings = self.children[parent_id]
        at = siblings.index(after_id) + 1 if after_id in siblings else 0 if after_id == 0 else len(siblings)
        siblings.insert(at, id)
        self.parent[id] = parent_id

    def delete(self, id: int) -> None:
        for gone in [id, *self.below(id)]:
            del self.parent[gone]
        self.children[next(parent for parent, ids in self.children.items() if id in ids)].remove(id)


async def take(ctx: Context, model: Model, step: tuple[Any, ...]) -> None:
    match step:
        case "make", number:
            parent_id = model.pick(number) or 2
            names = await ctx.db.value("select last_value from category_category_id_seq")
            made = await a_category(ctx, f"c {names}", parent_id=parent_id)
            model.make(made.id, parent_id)
        case "move", number, to, behind:
            moved, target = model.pick(number, movable=True), model.pick(to)
            if moved is None or target is None:
                return
            after_id = model.after(target, behind)
            try:
                await categories.move(ctx, moved, target, after_id)
            except MovedBelowItself:
                assert target == moved or target in model.below(moved)
            else:
                model.move(moved, target, after_id)
        case "delete", number:
            gone = model.pick(number, movable=True)
            if gone is not None:
                await categories.delete(ctx, gone)
                model.delete(gone)


async def check(ctx: Context, model: Model) -> None:
    rows = await ctx.db.all(dict, "select * from category order by parent_id, position, category_id")
    assert {row["category_id"] for row in rows} == {1, *model.parent}
    order: dict[int, list[int]] = {}
    keys: dict[int, str] = {}
    for row in rows:
        id = row["category_id"]
        way = model.way(id)
        order.setdefault(row["parent_id"], []).append(id)
        keys[id] = row["attributes"].get("url_key", "")
        assert row["path"] == "/".join(map(str, way))
        assert row["level"] == len(way) - 1
        assert row["parent_id"] == model.parent.get(id, 0)
        assert row["children_count"] == len(list(model.below(id)))
    for parent_id, ids in order.items():
        assert ids == model.children.get(parent_id, [1])
        positions = [row["position"] for row in rows if row["parent_id"] == parent_id]
        assert len(set(positions)) == len(positions)
    paths = {id: "/".join(keys[step] for step in model.way(id)[2:]) for id in model.parent if id != 2}
    assert {row["category_id"]: row["attributes"].get("url_path") for row in rows if row["level"] > 1} == paths
    assert await addresses(ctx) == {f"{path}.html": f"catalog/category/view/id/{id}" for id, path in paths.items()}


@given(steps=st.lists(STEPS, max_size=14))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_the_tables_agree_with_a_model_of_the_tree(ctx, steps):
    async with ctx.db.connection.transaction(force_rollback=True):
        model = Model()
        for step in steps:
            await take(ctx, model, step)
        await check(ctx, model)


async def test_moves_and_deletions_need_the_same_statements_for_any_number_of_categories(ctx):
    counts = []
    for size in (1, 12):
        a, b = await a_category(ctx, f"A{size}"), await a_category(ctx, f"B{size}")
        inner = await a_category(ctx, "Inner", parent_id=a.id)
        for number in range(size):
            await a_category(ctx, f"Leaf {number}", parent_id=inner.id)
        used = []
        for do in (
            lambda inner=inner, b=b: categories.move(ctx, inner.id, b.id, 0),
            lambda a=a, size=size: change(ctx, a.id, url_key=f"renamed-{size}"),
            lambda b=b: categories.delete(ctx, b.id),
        ):
            before = ctx.db.statements
            await do()
            used.append(ctx.db.statements - before)
        counts.append(used)
    assert counts[0] == counts[1]
