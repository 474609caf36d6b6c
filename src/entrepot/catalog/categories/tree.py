"""The shape of the tree: paths, levels, positions and counts, kept by a few statements, whatever is moved.

Every change of a category takes one lock first, that of the root row. Each of them counts up or down in the root
anyway, so there is nothing to win by less; and whoever holds the lock sees a tree that nobody else is changing.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from entrepot.catalog.categories.errors import CategoryNotFound
from entrepot.kit.context import Context

ROOT_ID = 1


class Node(Struct, frozen=True):
    """A category's place."""

    category_id: int
    parent_id: int
    path: str
    level: int
    position: int
    children_count: int

    @property
    def path_ids(self) -> list[int]:
        """From the root to the category itself."""
        return [int(id) for id in self.path.split("/")]

    @property
    def ancestor_ids(self) -> list[int]:
        return self.path_ids[:-1]

    def is_below(self, other: Node) -> bool:
        """Also true of the category itself. Whole parts of paths are compared: 1/2/40 is not below 1/2/4."""
        return f"{self.path}/".startswith(f"{other.path}/")


class Siblings(Struct, frozen=True):
    """The children of a parent. All is None without any; positions leave out the category that is being moved."""

    greatest_id: int | None
    first_position: int | None
    last_position: int | None


# Putting products into the root category needs no more than the key, so it does not wait for this.
LOCK = """
    select category_id
    from category
    where category_id = %(root_id)s
    for no key update
"""

FIND = """
    select category_id, parent_id, path, level, position, children_count
    from category
    where category_id = any(%(category_ids)s::bigint[])
"""

SIBLINGS = """
    select max(category_id) as greatest_id,
           min(position) filter (where category_id <> %(category_id)s) as first_position,
           max(position) filter (where category_id <> %(category_id)s) as last_position
    from category
    where parent_id = %(parent_id)s
"""

INSERT = """
    with made as (
        select nextval(pg_get_serial_sequence('category', 'category_id'))::int as category_id
    )
    insert into category (
        category_id, parent_id, path, level, position, created_at, updated_at, attributes
    )
    select m.category_id, p.category_id, p.path || '/' || m.category_id, p.level + 1,
           coalesce(
               %(position)s,
               (select coalesce(max(s.position), 0) + 1 from category s where s.parent_id = p.category_id)
           ),
           %(now)s, %(now)s, %(attributes)s::jsonb
    from made m
    cross join category p
    where p.category_id = %(parent_id)s
    returning category_id
"""

COUNT = """
    update category
    set children_count = children_count + %(difference)s
    where category_id = any(%(category_ids)s::int[])
"""

# Those behind the old place close up, then those from the new place on make room.
SHIFT_SIBLINGS = """
    with closed as (
        select category_id, parent_id,
               position - (parent_id = %(former_parent_id)s and position > %(former_position)s)::int as position
        from category
        where parent_id in (%(former_parent_id)s, %(parent_id)s)
        and category_id <> %(category_id)s
    )
    update category c
    set position = s.position + (s.parent_id = %(parent_id)s and s.position >= %(position)s)::int
    from closed s
    where s.category_id = c.category_id
    and c.position <> s.position + (s.parent_id = %(parent_id)s and s.position >= %(position)s)::int
"""

PLACE = """
    update category
    set parent_id = %(parent_id)s,
        position = %(position)s,
        updated_at = %(now)s
    where category_id = %(category_id)s
"""

MOVE_BELOW = """
    update category
    set path = %(path)s || substr(path, length(%(former_path)s) + 1),
        level = level + %(levels)s
    where path = %(former_path)s
    or path like %(former_path)s || '/%%'
"""

DELETE = """
    delete from category
    where category_id = any(%(category_ids)s::int[])
"""


async def lock(ctx: Context) -> None:
    """Nobody else changes categories until the transaction ends. To be taken before anything is read."""
    await ctx.db.execute(LOCK, root_id=ROOT_ID)


async def find(ctx: Context, *category_ids: int) -> dict[int, Node]:
    """By id; unknown ones are missing."""
    found = await ctx.db.all(Node, FIND, category_ids=list(category_ids))
    return {one.category_id: one for one in found}


async def get(ctx: Context, category_id: int) -> Node:
    """Raises CategoryNotFound."""
    found = (await find(ctx, category_id)).get(category_id)
    if found is None:
        raise CategoryNotFound(category_id)
    return found


async def siblings(ctx: Context, parent_id: int, moved_id: int) -> Siblings:
    return await ctx.db.one(Siblings, SIBLINGS, parent_id=parent_id, category_id=moved_id)


async def insert(ctx: Context, parent: Node, position: int | None, attributes: str) -> int:
    """Returns the new category's id. `attributes` is JSON; without a position it comes last."""
    category_id: int = await ctx.db.value(
        INSERT, parent_id=parent.category_id, position=position, attributes=attributes, now=ctx.now
    )
    await _count(ctx, parent.path_ids, 1)
    return category_id


async def move(ctx: Context, moved: Node, parent: Node, position: int) -> None:
    """`position` is the place in the new parent, counted without the category itself."""
    await ctx.db.execute(
        SHIFT_SIBLINGS,
        category_id=moved.category_id,
        former_parent_id=moved.parent_id,
        former_position=moved.position,
        parent_id=parent.category_id,
        position=position,
    )
    await ctx.db.execute(
        PLACE, category_id=moved.category_id, parent_id=parent.category_id, position=position, now=ctx.now
    )
    if parent.category_id == moved.parent_id:
        return
    await ctx.db.execute(
        MOVE_BELOW,
        former_path=moved.path,
        path=f"{parent.path}/{moved.category_id}",
        levels=parent.level + 1 - moved.level,
    )
    await _count(ctx, moved.ancestor_ids, -moved.children_count - 1)
    await _count(ctx, parent.path_ids, moved.children_count + 1)


async def delete(ctx: Context, deleted: Node, below: Sequence[int]) -> None:
    """`below` has the ids of the category itself and of all its descendants."""
    await ctx.db.execute(DELETE, category_ids=list(below))
    await _count(ctx, deleted.ancestor_ids, -len(below))


async def _count(ctx: Context, category_ids: Sequence[int], difference: int) -> None:
    await ctx.db.execute(COUNT, category_ids=list(category_ids), difference=difference)


def place_after(moved: Node, parent_id: int, after_id: int | None, after: Node | None, those: Siblings) -> int:
    """The position of a moved category in its new parent (spec 30-catalog, 7.4), once its old place has closed up.

    `after` is the category behind which it is to stand, None if there is none of the id.
    """

    def closed(position: int, of_parent: int) -> int:
        return position - (of_parent == moved.parent_id and position > moved.position)

    if those.greatest_id is None or those.first_position is None or those.last_position is None:
        return 1
    if after_id is None or after_id > those.greatest_id:
        return closed(those.last_position, parent_id) + 1
    if after is None:
        return min(1, closed(those.first_position, parent_id))
    if after.category_id == moved.category_id and moved.parent_id == parent_id:
        return moved.position
    return closed(after.position, after.parent_id) + 1
