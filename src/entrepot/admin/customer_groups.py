"""Customers > Customer Groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from entrepot import customers
from entrepot.admin.access import admin_page
from entrepot.admin.form import Field, Form, Section, Submit, as_int, typed
from entrepot.admin.grid import Column, Grid, of_operation
from entrepot.admin.option_sources import customer_tax_classes
from entrepot.admin.page import AdminPage, Button
from entrepot.customers import Group
from entrepot.customers.errors import GroupExists
from entrepot.customers.groups import NOT_LOGGED_IN_ID, is_group_readonly, search_groups
from entrepot.kit.errors import NoSuchEntity, Refused

GROUPS = "Magento_Customer::group"
HOME = "customer/group"
GONE = "The customer group no longer exists."


GROUP = Form(
    Section(
        "base_fieldset",
        "Group Information",
        (
            Field(
                "code",
                "Group Name",
                required=True,
                max_length=32,
                errors=(GroupExists,),
                note="Maximum length must be less then 32 characters.",
            ),
            Field("tax_class_id", "Tax Class", "select", options=customer_tax_classes, required=True),
        ),
    )
)

ALL_GROUPS = Grid(
    name="customer_group_listing",
    path=HOME,
    title="Customer Groups",
    rows=of_operation(search_groups),
    columns=(
        Column("id", "ID", "number"),
        Column("code", "Group"),
        Column("tax_class_id", "Tax Class", "choice", options=customer_tax_classes),
    ),
    sort="id",
    opens=lambda page, row: page.url(f"{HOME}/edit", id=row.id),
    search=("code",),
    search_hint="Group",
)


@admin_page(HOME, GROUPS)
async def list_groups(page: AdminPage) -> Response:
    new = Button("Add New Customer Group", href=page.url(f"{HOME}/new"), kind="primary")
    return await ALL_GROUPS.show(page, buttons=[new])


@admin_page(f"{HOME}/new", GROUPS)
async def new_group(page: AdminPage) -> Response:
    return await _show(page, None, {"tax_class_id": 3})


@admin_page(f"{HOME}/edit", GROUPS)
async def edit_group(page: AdminPage) -> Response:
    group = await _find(page)
    if group is None:
        page.error(GONE)
        return page.redirect(HOME)
    return await _show(page, group, {"code": group.code, "tax_class_id": group.tax_class_id})


@admin_page(f"{HOME}/save", GROUPS, post=True, instead=HOME)
async def save_group(page: AdminPage) -> Response:
    group, form = await _find(page), page.form
    if group is None and page.parameter("id"):
        page.error(GONE)
        return page.redirect(HOME)
    # The name of NOT LOGGED IN is what others know it by.
    is_fixed = group is not None and group.id == NOT_LOGGED_IN_ID
    new = Group(
        id=group.id if group else None,
        code=group.code if group and is_fixed else form.get("code").strip(),
        tax_class_id=as_int(form.get("tax_class_id")),
    )
    work = customers.save_group(page.ctx, new) if group else customers.create_group(page.ctx, new)
    if refusals := await page.attempted(work):
        return await _show(page, group, typed(GROUP, form), refusals)
    page.success("You saved the customer group.")
    return page.redirect(HOME)


@admin_page(f"{HOME}/delete", GROUPS, post=True, instead=HOME)
async def delete_group(page: AdminPage) -> Response:
    group = await _find(page)
    if group is None or group.id is None:
        page.error(GONE)
        return page.redirect(HOME)
    back = page.url(f"{HOME}/edit", id=group.id)
    if question := page.confirmed(page.text(DELETE_QUESTION, group.code), "Delete", back=back):
        return question
    if refusals := await page.attempted(customers.delete_group(page.ctx, group.id)):
        return await _show(page, group, {"code": group.code, "tax_class_id": group.tax_class_id}, refusals)
    page.success("You deleted the customer group.")
    return page.redirect(HOME)


DELETE_QUESTION = "Are you sure you want to delete a %1 record?"


async def _find(page: AdminPage) -> Group | None:
    id = as_int(page.parameter("id"))
    try:
        return None if id is None else await customers.get_group(page.ctx, id)
    except NoSuchEntity:
        return None


async def _show(
    page: AdminPage, group: Group | None, values: Mapping[str, Any], refusals: Sequence[Refused] = ()
) -> Response:
    form = GROUP
    pairs: dict[str, Any] = {"id": group.id} if group else {}
    submits = [Submit("Save Customer Group", kind="primary")]
    if group is not None and group.id is not None:
        if group.id == NOT_LOGGED_IN_ID:
            form = GROUP.with_fields(code={"is_readonly": True})
        if not await is_group_readonly(page.ctx, group.id):
            submits.append(
                Submit(
                    "Delete Customer Group",
                    kind="danger",
                    action=page.url(f"{HOME}/delete", **pairs),
                    confirm=page.text(DELETE_QUESTION, group.code),
                )
            )
    return await form.show(
        page,
        title=group.code or "" if group else "New Customer Group",
        action=page.url(f"{HOME}/save", **pairs),
        values=values,
        refusals=refusals,
        submits=submits,
        buttons=[Button("Back", href=page.url(HOME))],
    )
