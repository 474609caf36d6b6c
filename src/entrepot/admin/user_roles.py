"""System > Permissions > User Roles: what administrators may do."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from starlette.responses import Response

from entrepot import access
from entrepot.access import Role, resources
from entrepot.access.errors import RoleExists, TooLong
from entrepot.admin.access import admin_page
from entrepot.admin.form import Field, Form, Section, Submit
from entrepot.admin.grid import Column, Grid, in_memory
from entrepot.admin.options import Option
from entrepot.admin.page import AdminPage, Button
from entrepot.admin.users import OWN_PASSWORD
from entrepot.kit.errors import Refused

ROLES = "Magento_User::acl_roles"
HOME = "adminhtml/user_role"
GONE = "This role no longer exists."

ACCESS = (Option("1", "All"), Option("0", "Custom"))

ROLE = Form(
    Section(
        "role_info",
        "Role Information",
        (Field("role_name", "Role Name", required=True, max_length=50, errors=(RoleExists, TooLong)),),
    ),
    Section(
        "role_resources",
        "Role Resources",
        (Field("all", "Resource Access", "select", options=ACCESS),),
        template="resource_tree.html",
    ),
    OWN_PASSWORD,
)

ALL_ROLES = Grid(
    name="user_role_grid",
    path=HOME,
    title="Roles",
    rows=in_memory(access.list_roles),
    columns=(Column("id", "ID", "number"), Column("name", "Role")),
    sort="name",
    opens=lambda page, row: page.url(f"{HOME}/editrole", rid=row.id),
    search=("name",),
)


@admin_page(HOME, ROLES)
async def list_roles(page: AdminPage) -> Response:
    new = Button("Add New Role", href=page.url(f"{HOME}/new"), kind="primary")
    return await ALL_ROLES.show(page, buttons=[new])


@admin_page(f"{HOME}/new", ROLES)
async def new_role(page: AdminPage) -> Response:
    return await _show(page, None, {"all": "0"}, frozenset())


@admin_page(f"{HOME}/editrole", ROLES)
async def edit_role(page: AdminPage) -> Response:
    role = _find(page)
    if role is None:
        page.error(GONE)
        return page.redirect(HOME)
    return await _show(page, role, {"role_name": role.name, "all": role.has_full_access}, role.resources)


@admin_page(f"{HOME}/saverole", ROLES, post=True, instead=HOME)
async def save_role(page: AdminPage) -> Response:
    role, form = _find(page), page.form
    chosen = chosen_resources(page)
    name = form.get("role_name")
    refusals = await page.attempted(
        access.save_role(
            page.ctx, name, chosen, role_id=page.number("rid"), current_password=form.get("current_password")
        )
    )
    if refusals:
        values = {"role_name": name, "all": form.is_ticked("all")}
        return await _show(page, role, values, chosen, refusals)
    page.success("You saved the role.")
    return page.redirect(HOME)


@admin_page(f"{HOME}/delete", ROLES, post=True, instead=HOME)
async def delete_role(page: AdminPage) -> Response:
    """Sent by the role's form, with the own password in it."""
    role = _find(page)
    if role is None:
        page.error(GONE)
        return page.redirect(HOME)
    here = page.url(f"{HOME}/editrole", rid=role.id)
    if question := page.confirmed(_question(role), "Delete", back=here):
        return question
    refusals = await page.attempted(
        access.delete_role(page.ctx, role.id, current_password=page.form.get("current_password"))
    )
    if refusals:
        values = {"role_name": role.name, "all": role.has_full_access}
        return await _show(page, role, values, role.resources, refusals)
    page.success("You deleted the role.")
    return page.redirect(HOME)


def chosen_resources(page: AdminPage) -> frozenset[str]:
    """What was ticked in the tree, with all that stands above it; full access alone where that was chosen."""
    if page.form.is_ticked("all"):
        return frozenset({resources.ALL})
    ticked = {id for id in page.form.all("resource") if id and id != resources.ALL}
    return frozenset(ticked.union(*(resources.ancestors(id) for id in ticked)))


def _question(role: Role) -> str:
    return f"Are you sure you want to delete the role {role.name}? Its users will not be able to do anything."


def _find(page: AdminPage) -> Role | None:
    role_id = page.number("rid")
    try:
        return access.get_role(page.ctx, role_id) if role_id else None
    except access.NoSuchRole:
        return None


async def _show(
    page: AdminPage,
    role: Role | None,
    values: Mapping[str, Any],
    chosen: Collection[str],
    refusals: Sequence[Refused] = (),
) -> Response:
    pairs: dict[str, Any] = {"rid": role.id} if role else {}
    submits = [Submit("Save Role", kind="primary")]
    if role:
        delete = page.url(f"{HOME}/delete", **pairs)
        submits.append(Submit("Delete Role", kind="danger", action=delete, confirm=_question(role)))
    return await ROLE.show(
        page,
        title=role.name if role else "New Role",
        action=page.url(f"{HOME}/saverole", **pairs),
        values={"all": "0", **values},
        refusals=refusals,
        submits=submits,
        buttons=[Button("Back", href=page.url(HOME))],
        tree=resources.find(resources.ROOT),
        chosen=chosen,
    )
