"""Making, changing and deleting websites, which Magento leaves to its Admin (spec 10-platform, 1)."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.kit.errors import RequiredField, raise_any
from entrepot.kit.rest.operation import operation
from entrepot.stores import queries, rules
from entrepot.stores.contracts import (
    ManagedWebsite,
    StoreGroupDeleted,
    StoreViewDeleted,
    WebsiteChanged,
    WebsiteCreated,
    WebsiteDeleted,
)
from entrepot.stores.errors import (
    DefaultViewNeeded,
    DefaultWebsiteNeeded,
    NotAGroupOfTheWebsite,
    WebsiteCannotBeDeleted,
    WebsiteCodeTaken,
    WebsiteNotFound,
)
from entrepot.stores.levels import Levels, levels, load_levels
from entrepot.stores.queries import Website
from entrepot.stores.service import MAY_SEE_STORES


@operation("POST /V1/store/websites", access=MAY_SEE_STORES, service="Entrepot.Store.Api.WebsiteManagement.create")
async def create_website(ctx: Context, website: ManagedWebsite) -> ManagedWebsite:
    """Make a website. Its first group becomes its default group.

    Raises:
        InvalidWebsiteCode, WebsiteCodeTaken, RequiredField.
        DefaultViewNeeded: it shall be the default website, but has no store view yet.
    """
    await queries.lock(ctx.db)
    present = await load_levels(ctx.db)
    code, name = website.code or "", website.name or ""
    if not code:
        raise RequiredField(field_name="code")
    raise_any(rules.website_faults(code, name))
    _check_code(code, present, but_for=None)

    if website.is_default:
        raise DefaultViewNeeded

    website_id = await ctx.db.value(queries.INSERT_WEBSITE, code=code, name=name, sort_order=website.sort_order or 0)
    await ctx.changed()
    await ctx.publish(WebsiteCreated(website_id, code))
    return _managed(ctx, website_id)


@operation(
    "PUT /V1/store/websites/{website_id}",
    access=MAY_SEE_STORES,
    service="Entrepot.Store.Api.WebsiteManagement.update",
)
async def update_website(ctx: Context, website_id: int, website: ManagedWebsite) -> ManagedWebsite:
    """Change what is given. The admin website is not to be changed, so it is not found.

    Raises:
        WebsiteNotFound, InvalidWebsiteCode, WebsiteCodeTaken, RequiredField, NotAGroupOfTheWebsite.
        DefaultWebsiteNeeded: the default website shall no longer be it.
        DefaultViewNeeded: the default website would have no active default view.
    """
    await queries.lock(ctx.db)
    present = await load_levels(ctx.db)
    former = _find(present, website_id)
    code = former.code if website.code is None else website.code
    name = former.name if website.name is None else website.name
    group_id = former.default_group_id if website.default_group_id is None else website.default_group_id
    raise_any(rules.website_faults(code, name))
    _check_code(code, present, but_for=website_id)
    if group_id != former.default_group_id and group_id not in {group.id for group in present.groups_of(website_id)}:
        raise NotAGroupOfTheWebsite
    if former.is_default and website.is_default is False:
        raise DefaultWebsiteNeeded

    await ctx.db.execute(
        queries.UPDATE_WEBSITE,
        id=website_id,
        code=code,
        name=name,
        sort_order=former.sort_order if website.sort_order is None else website.sort_order,
        default_group_id=group_id,
    )
    if website.is_default and not former.is_default:
        await ctx.db.execute(queries.CLEAR_DEFAULT_WEBSITE)
        await ctx.db.execute(queries.SET_DEFAULT_WEBSITE, id=website_id)
    await ctx.changed()
    rules.check_default_view(levels(ctx))
    await ctx.publish(WebsiteChanged(website_id, code, former.code))
    return _managed(ctx, website_id)


@operation(
    "DELETE /V1/store/websites/{website_id}",
    access=MAY_SEE_STORES,
    service="Entrepot.Store.Api.WebsiteManagement.delete",
)
async def delete_website(ctx: Context, website_id: int) -> bool:
    """Delete a website with its groups, its views, and all that is scoped to them.

    Raises:
        WebsiteNotFound: also for the admin website.
        WebsiteCannotBeDeleted: it is the default one.
    """
    await queries.lock(ctx.db)
    present = await load_levels(ctx.db)
    website = _find(present, website_id)
    if website.is_default:
        raise WebsiteCannotBeDeleted

    views = present.views_of_website(website_id)
    for view in views:
        await ctx.publish(StoreViewDeleted(view.id, website_id, view.code))
    for group in present.groups_of(website_id):
        await ctx.publish(StoreGroupDeleted(group.id, website_id))
    await ctx.publish(WebsiteDeleted(website_id, website.code))
    await queries.delete_values_of(ctx.db, [website_id], [view.id for view in views])
    await ctx.db.execute(queries.DELETE_WEBSITE, id=website_id)
    await ctx.changed()
    return True


def _find(present: Levels, website_id: int) -> Website:
    found = present.website(website_id)
    if found is None or found.id == 0:
        raise WebsiteNotFound(website_id)
    return found


def _check_code(code: str, present: Levels, *, but_for: int | None) -> None:
    if rules.is_taken(code, (website.code for website in present.websites if website.id != but_for)):
        raise WebsiteCodeTaken


def _managed(ctx: Context, website_id: int) -> ManagedWebsite:
    website = _find(levels(ctx), website_id)
    return ManagedWebsite(
        id=website.id,
        code=website.code,
        name=website.name,
        sort_order=website.sort_order,
        default_group_id=website.default_group_id,
        is_default=website.is_default,
    )
