"""Stores > Settings > All Stores: websites, stores and store views, in one table and three forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from starlette.responses import Response

from entrepot import stores
from entrepot.admin.access import admin_page
from entrepot.admin.form import Field, Form, Numbers, Section, Submit, as_int, typed
from entrepot.admin.option_sources import root_categories, store_groups, websites
from entrepot.admin.options import Option
from entrepot.admin.page import AdminPage, Button
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.pages.typed import whole
from entrepot.stores import ManagedGroup, ManagedStore, ManagedWebsite
from entrepot.stores.errors import (
    DefaultViewNeeded,
    DefaultWebsiteNeeded,
    GroupCodeTaken,
    InvalidStoreCode,
    InvalidWebsiteCode,
    LastGroupCannotLeave,
    LastViewCannotLeave,
    NameRequired,
    NotAGroupOfTheWebsite,
    NotAViewOfTheGroup,
    StoreCodeTaken,
    WebsiteCodeTaken,
)
from entrepot.stores.levels import levels

STORE = "Magento_Backend::store"
HOME = "adminhtml/system_store"
STATUS = (Option("1", "Enabled"), Option("0", "Disabled"))

CODE_NOTE = "A letter first, then letters, digits and underscores."

WEBSITE = Form(
    Section(
        "website",
        "Web Site Information",
        (
            Field("name", "Name", required=True),
            Field("code", "Code", required=True, errors=(InvalidWebsiteCode, WebsiteCodeTaken), note=CODE_NOTE),
            Field("sort_order", "Sort Order", "number"),
            Field("default_group_id", "Default Store", "select", errors=(NotAGroupOfTheWebsite,)),
            Field("is_default", "Set as Default", "checkbox", errors=(DefaultWebsiteNeeded, DefaultViewNeeded)),
        ),
    )
)

GROUP = Form(
    Section(
        "group",
        "Store Information",
        (
            Field("website_id", "Web Site", "select", options=websites, required=True, errors=(LastGroupCannotLeave,)),
            Field("name", "Name", required=True),
            Field("code", "Code", required=True, errors=(GroupCodeTaken,)),
            Field("root_category_id", "Root Category", "select", options=root_categories, required=True),
            Field("default_store_id", "Default Store View", "select", errors=(NotAViewOfTheGroup, DefaultViewNeeded)),
        ),
    )
)

VIEW = Form(
    Section(
        "store",
        "Store View Information",
        (
            Field(
                "store_group_id",
                "Store",
                "select",
                options=store_groups,
                required=True,
                errors=(LastViewCannotLeave,),
            ),
            Field("name", "Name", required=True, errors=(NameRequired,)),
            Field("code", "Code", required=True, errors=(InvalidStoreCode, StoreCodeTaken), note=CODE_NOTE),
            Field("is_active", "Status", "select", options=STATUS, errors=(DefaultViewNeeded,)),
            Field("sort_order", "Sort Order", "number"),
        ),
    )
)


class Line(Struct, frozen=True):
    """One line of the table; a level that stands on the line above already is None."""

    website: Any
    group: Any
    view: Any


@admin_page(HOME, STORE)
async def all_stores(page: AdminPage) -> Response:
    buttons = [
        Button("Create Store View", href=page.url(f"{HOME}/newStore")),
        Button("Create Store", href=page.url(f"{HOME}/newGroup")),
        Button("Create Website", href=page.url(f"{HOME}/newWebsite"), kind="primary"),
    ]
    return page.render("all_stores.html", title="Stores", lines=_lines(page.ctx), buttons=buttons)


def _lines(ctx: Context) -> list[Line]:
    known, lines = levels(ctx), []
    for website in sorted(known.websites, key=lambda website: (website.sort_order, website.id)):
        if not website.id:
            continue
        first: Any = website
        groups: Sequence[Any] = known.groups_of(website.id) or [None]
        for group in groups:
            this: Any = group
            views = sorted(known.views_of_group(group.id) if group else [], key=lambda view: (view.sort_order, view.id))
            shown: Sequence[Any] = views or [None]
            for view in shown:
                lines.append(Line(first, this, view))
                first, this = None, None
    return lines


# Websites


@admin_page(f"{HOME}/newWebsite", STORE)
async def new_website(page: AdminPage) -> Response:
    return await _website_form(page, None, {"sort_order": 0})


@admin_page(f"{HOME}/editWebsite", STORE)
async def edit_website(page: AdminPage) -> Response:
    website = levels(page.ctx).website(page.number("website_id") or 0)
    if website is None or not website.id:
        return _gone(page, "website")
    values = {
        "name": website.name,
        "code": website.code,
        "sort_order": website.sort_order,
        "default_group_id": website.default_group_id,
        "is_default": website.is_default,
    }
    return await _website_form(page, website.id, values)


@admin_page(f"{HOME}/saveWebsite", STORE, post=True, instead=HOME)
async def save_website(page: AdminPage) -> Response:
    form, website_id, numbers = page.form, page.number("website_id"), Numbers(page.form)
    website = ManagedWebsite(
        name=form.get("name").strip(),
        code=form.get("code").strip(),
        sort_order=numbers.read("sort_order", whole, empty=0),
        default_group_id=as_int(form.get("default_group_id")),
        is_default=True if form.is_ticked("is_default") else None,
    )
    work = (
        stores.update_website(page.ctx, website_id, website) if website_id else stores.create_website(page.ctx, website)
    )
    if refusals := await page.attempted(work, numbers.faults):
        return await _website_form(page, website_id, typed(WEBSITE, form), refusals)
    page.success("You saved the website.")
    return page.redirect(HOME)


async def _website_form(
    page: AdminPage, website_id: int | None, values: Mapping[str, Any], refusals: Sequence[Refused] = ()
) -> Response:
    """A website without stores has no default store to choose, and one that is the default stays it."""
    known = levels(page.ctx)
    website = known.website(website_id) if website_id else None
    groups = [Option(str(group.id), group.name) for group in known.groups_of(website_id)] if website_id else []
    form = WEBSITE.with_fields(default_group_id={"options": groups})
    left_out = [] if groups else ["default_group_id"]
    if website is None or website.is_default or not groups:
        left_out.append("is_default")
    return await _level_form(
        page, form.without(*left_out), "website", website.name if website else None, website_id, values, refusals,
        "Save Web Site", can_delete=website is not None and not website.is_default,
    )  # fmt: skip


# Stores


@admin_page(f"{HOME}/newGroup", STORE)
async def new_group(page: AdminPage) -> Response:
    return await _group_form(page, None, {"website_id": page.parameter("website_id"), "root_category_id": 2})


@admin_page(f"{HOME}/editGroup", STORE)
async def edit_group(page: AdminPage) -> Response:
    group = levels(page.ctx).group(page.number("group_id") or 0)
    if group is None or not group.id:
        return _gone(page, "store")
    values = {
        "website_id": group.website_id,
        "name": group.name,
        "code": group.code,
        "root_category_id": group.root_category_id,
        "default_store_id": group.default_store_id,
    }
    return await _group_form(page, group.id, values)


@admin_page(f"{HOME}/saveGroup", STORE, post=True, instead=HOME)
async def save_group(page: AdminPage) -> Response:
    form, group_id = page.form, page.number("group_id")
    group = ManagedGroup(
        website_id=as_int(form.get("website_id")),
        name=form.get("name").strip(),
        code=form.get("code").strip(),
        root_category_id=as_int(form.get("root_category_id")),
        default_store_id=as_int(form.get("default_store_id")),
    )
    work = stores.update_group(page.ctx, group_id, group) if group_id else stores.create_group(page.ctx, group)
    if refusals := await page.attempted(work):
        return await _group_form(page, group_id, typed(GROUP, form), refusals)
    page.success("You saved the store.")
    return page.redirect(HOME)


async def _group_form(
    page: AdminPage, group_id: int | None, values: Mapping[str, Any], refusals: Sequence[Refused] = ()
) -> Response:
    known = levels(page.ctx)
    group = known.group(group_id) if group_id else None
    views = [Option(str(view.id), view.name) for view in known.views_of_group(group_id)] if group_id else []
    form = GROUP.with_fields(default_store_id={"options": views})
    form = form if views else form.without("default_store_id")
    can_delete = group is not None and len(known.groups_of(group.website_id)) > 1
    return await _level_form(
        page, form, "group", group.name if group else None, group_id, values, refusals, "Save Store", can_delete
    )


# Store views


@admin_page(f"{HOME}/newStore", STORE)
async def new_view(page: AdminPage) -> Response:
    return await _view_form(
        page, None, {"store_group_id": page.parameter("group_id"), "is_active": "1", "sort_order": 0}
    )


@admin_page(f"{HOME}/editStore", STORE)
async def edit_view(page: AdminPage) -> Response:
    view = page.ctx.stores.by_id(page.number("store_id") or 0)
    if view is None or view.is_admin:
        return _gone(page, "store view")
    values = {
        "store_group_id": view.group_id,
        "name": view.name,
        "code": view.code,
        "is_active": view.is_active,
        "sort_order": view.sort_order,
    }
    return await _view_form(page, view.id, values)


@admin_page(f"{HOME}/saveStore", STORE, post=True, instead=HOME)
async def save_view(page: AdminPage) -> Response:
    form, store_id, numbers = page.form, page.number("store_id"), Numbers(page.form)
    view = ManagedStore(
        store_group_id=as_int(form.get("store_group_id")),
        name=form.get("name").strip(),
        code=form.get("code").strip(),
        is_active=int(form.is_ticked("is_active")),
        sort_order=numbers.read("sort_order", whole, empty=0),
    )
    work = stores.update_view(page.ctx, store_id, view) if store_id else stores.create_view(page.ctx, view)
    if refusals := await page.attempted(work, numbers.faults):
        return await _view_form(page, store_id, typed(VIEW, form), refusals)
    page.success("You saved the store view.")
    return page.redirect(HOME)


async def _view_form(
    page: AdminPage, store_id: int | None, values: Mapping[str, Any], refusals: Sequence[Refused] = ()
) -> Response:
    known = levels(page.ctx)
    view = known.by_id(store_id) if store_id else None
    can_delete = view is not None and len(known.views_of_group(view.group_id)) > 1
    return await _level_form(
        page, VIEW, "store", view.name if view else None, store_id, values, refusals, "Save Store View", can_delete
    )


# Deleting

DELETED = {
    "website": ("You deleted the website.", stores.delete_website),
    "group": ("You deleted the store.", stores.delete_group),
    "store": ("You deleted the store view.", stores.delete_view),
}
QUESTIONS = {
    "website": "Are you sure you want to delete the website %1? Its stores, store views and all that is set for them go with it.",  # noqa: E501
    "group": "Are you sure you want to delete the store %1? Its store views and all that is set for them go with it.",
    "store": "Are you sure you want to delete the store view %1? All that is set for it goes with it.",
}


@admin_page(f"{HOME}/deleteWebsitePost", STORE, post=True, instead=HOME)
async def delete_website(page: AdminPage) -> Response:
    return await _delete(page, "website", "editWebsite")


@admin_page(f"{HOME}/deleteGroupPost", STORE, post=True, instead=HOME)
async def delete_group(page: AdminPage) -> Response:
    return await _delete(page, "group", "editGroup")


@admin_page(f"{HOME}/deleteStorePost", STORE, post=True, instead=HOME)
async def delete_view(page: AdminPage) -> Response:
    return await _delete(page, "store", "editStore")


async def _delete(page: AdminPage, kind: str, form: str) -> Response:
    id = page.number(f"{kind}_id") or 0
    name = _name_of(page.ctx, kind, id)
    if name is None:
        return _gone(page, kind)
    pairs: dict[str, Any] = {f"{kind}_id": id}
    back = page.url(f"{HOME}/{form}", **pairs)
    if question := page.confirmed(page.text(QUESTIONS[kind], name), "Delete", back=back):
        return question
    text, delete = DELETED[kind]
    if refusals := await page.attempted(delete(page.ctx, id)):
        for refusal in refusals:
            page.refused(refusal)
        return page.redirect_to(back)
    page.success(text)
    return page.redirect(HOME)


def _name_of(ctx: Context, kind: str, id: int) -> str | None:
    known = levels(ctx)
    found = {"website": known.website, "group": known.group, "store": known.by_id}[kind](id) if id else None
    return found.name if found else None


# All three


async def _level_form(
    page: AdminPage,
    form: Form,
    kind: str,
    name: str | None,
    id: int | None,
    values: Mapping[str, Any],
    refusals: Sequence[Refused],
    save: str,
    can_delete: bool,
) -> Response:
    noun = {"website": "Web Site", "group": "Store", "store": "Store View"}[kind]
    segment = {"website": "Website", "group": "Group", "store": "Store"}[kind]
    pairs: dict[str, Any] = {f"{kind}_id": id} if id else {}
    submits = [Submit(save, kind="primary")]
    if can_delete:
        submits.append(
            Submit(
                f"Delete {noun}",
                kind="danger",
                action=page.url(f"{HOME}/delete{segment}Post", **pairs),
                confirm=page.text(QUESTIONS[kind], name),
            )
        )
    return await form.show(
        page,
        title=name or f"New {noun}",
        action=page.url(f"{HOME}/save{segment}", **pairs),
        values=values,
        refusals=refusals,
        submits=submits,
        buttons=[Button("Back", href=page.url(HOME))],
    )


def _gone(page: AdminPage, noun: str) -> Response:
    page.error("The %1 no longer exists.", {"group": "store", "store": "store view"}.get(noun, noun))
    return page.redirect(HOME)
