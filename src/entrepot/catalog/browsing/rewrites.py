"""What an address of the shop means (spec 30-catalog, 5)."""

from __future__ import annotations

from msgspec import Struct

from entrepot.kit.context import Context

# The view's own path counts. Without one, what another view of the same website has at that path, as its address here:
# who changes the language of a page stays with its product.
FIND = """
    (
        select u.request_path, u.target_path, u.redirect_type
        from url_rewrite u
        where u.request_path = any(%(paths)s)
        and u.store_id = %(store_id)s
        order by u.request_path = %(path)s desc
        limit 1
    )
    union all
    (
        select there.request_path, here.request_path, 302
        from url_rewrite there
        join store s on s.store_id = there.store_id
        join url_rewrite here
            on here.entity_type = there.entity_type
            and here.entity_id = there.entity_id
            and here.category_id is not distinct from there.category_id
            and here.store_id = %(store_id)s
            and here.redirect_type = 0
        where there.request_path = any(%(paths)s)
        and there.store_id <> %(store_id)s
        and s.website_id = %(website_id)s
        and there.redirect_type = 0
        and there.entity_id <> 0
        order by s.sort_order, s.store_id
        limit 1
    )
    limit 1
"""


class Rewrite(Struct, frozen=True):
    request_path: str
    """Of which it is the rewrite: as it was asked for, but for a slash at its end."""
    target_path: str
    """A path of ours or a whole address, for redirects; the path of a page, for what is shown at once."""
    redirect_type: int
    """0 shows the target; 301 and 302 send the browser there."""


async def find_rewrite(ctx: Context, path: str) -> Rewrite | None:
    """The rewrite of a path in the view of the call, or else of the one with or without a slash at its end. One
    statement."""
    path = path.lstrip("/").replace("\0", "")
    bare = path.rstrip("/")
    return await ctx.db.one_or_none(
        Rewrite,
        FIND,
        path=path,
        paths=[bare, f"{bare}/"],
        store_id=ctx.store.id,
        website_id=ctx.store.website_id,
    )
