"""Stores > Settings > Order Status: what states of orders are called (spec 60, 15.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from starlette.responses import Response

from entrepot.admin.access import admin_page
from entrepot.admin.form import Field, Form, Section, Submit, typed
from entrepot.admin.grid import Column, Grid, in_memory
from entrepot.admin.options import YES_NO, Option
from entrepot.admin.order_options import order_statuses
from entrepot.admin.page import AdminPage, Button
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.sales.status_editing import (
    STATES,
    InvalidStatusCode,
    NoSuchStatus,
    StatusExists,
    assign_status,
    create_status,
    rename_status,
    unassign_status,
)
from entrepot.sales.statuses import statuses

ORDER_STATUSES = "Magento_Sales::order_statuses"
HOME = "sales/order_status"
GONE = "We can't find this order status."
STATE_OPTIONS = tuple(Option(state, f"{state}[{title}]") for state, title in STATES.items())


class StatusLine(Struct, frozen=True):
    """A status in one of its states, or one that has none."""

    label: str
    status: str
    state: str
    is_default: bool
    visible_on_front: bool


def _lines(ctx: Context) -> list[StatusLine]:
    known = statuses(ctx)
    lines = [
        StatusLine(known.label(one.status), one.status, one.state, one.is_default, one.visible_on_front)
        for one in known.assignments
    ]
    assigned = {line.status for line in lines}
    free = [option for option in order_statuses(ctx) if option.value not in assigned]
    return [*lines, *(StatusLine(option.label, option.value, "", False, False) for option in free)]


STATUSES = Grid(
    name="sales_order_status_grid",
    path=HOME,
    title="Order Status",
    rows=in_memory(_lines),
    columns=(
        Column("label", "Status"),
        Column("status", "Status Code"),
        Column("is_default", "Default Status", "choice", options=YES_NO),
        Column("visible_on_front", "Visible On Storefront", "choice", options=YES_NO),
        Column("state", "State Code and Title", "choice", options=STATE_OPTIONS),
    ),
    sort="label",
    row_id="status",
    opens=lambda page, line: page.url(f"{HOME}/edit", status=line.status),
    search=("label", "status"),
    search_hint="Status",
)

ASSIGN = Form(
    Section(
        "assign",
        "Assignment Information",
        (
            Field("status", "Order Status", "select", options=order_statuses, required=True),
            Field("state", "Order State", "select", options=STATE_OPTIONS, required=True),
            Field("is_default", "Use Order Status As Default", "checkbox"),
            Field("visible_on_front", "Visible On Storefront", "checkbox"),
        ),
    )
)


def form_of(page: AdminPage) -> Form:
    """With a label for each store view."""
    views = [view for view in page.ctx.stores.views if not view.is_admin]
    return Form(
        Section(
            "status",
            "Order Status Information",
            (
                Field(
                    "status", "Status Code", required=True, max_length=32, errors=(StatusExists, InvalidStatusCode)
                ),
                Field("label", "Status Label", required=True, max_length=128),
            ),
        ),
        Section(
            "labels",
            "Store View Specific Labels",
            tuple(Field(f"store_labels[{view.id}]", view.name, max_length=128) for view in views),
            note="What customers see. Without a label it is the status label.",
        ),
    )  # fmt: skip


@admin_page(HOME, ORDER_STATUSES)
async def list_statuses(page: AdminPage) -> Response:
    buttons = [
        Button("Assign Status to State", href=page.url(f"{HOME}/assign")),
        Button("Create New Status", href=page.url(f"{HOME}/new"), kind="primary"),
    ]
    return await STATUSES.show(page, buttons=buttons)


@admin_page(f"{HOME}/new", ORDER_STATUSES)
async def new_status(page: AdminPage) -> Response:
    return await _show(page, "", {})


@admin_page(f"{HOME}/edit", ORDER_STATUSES)
async def edit_status(page: AdminPage) -> Response:
    status = _known(page)
    if not status:
        return page.redirect(HOME)
    known = statuses(page.ctx)
    labels = {f"store_labels[{id}]": label for (code, id), label in known.labels.items() if code == status and id}
    return await _show(page, status, {"status": status, "label": known.label(status), **labels})


@admin_page(f"{HOME}/save", ORDER_STATUSES, post=True, instead=HOME)
async def save_status(page: AdminPage) -> Response:
    form = page.form
    status = _known(page) if page.parameter("status") else ""
    if page.parameter("status") and not status:
        return page.redirect(HOME)
    labels = {view.id: form.get(f"store_labels[{view.id}]") for view in page.ctx.stores.views if not view.is_admin}
    label = form.get("label")
    if status:
        work = rename_status(page.ctx, status, label, labels)
    else:
        work = create_status(page.ctx, form.get("status").strip(), label, labels)
    if refusals := await page.attempted(work):
        return await _show(page, status, {"status": status, **typed(form_of(page), form)}, refusals)
    page.success("You saved the order status.")
    return page.redirect(HOME)


@admin_page(f"{HOME}/assign", ORDER_STATUSES)
async def assign_page(page: AdminPage) -> Response:
    return await _show_assign(page, {"status": page.parameter("status"), "visible_on_front": True})


@admin_page(f"{HOME}/assignPost", ORDER_STATUSES, post=True, instead=HOME)
async def assign(page: AdminPage) -> Response:
    form = page.form
    work = assign_status(
        page.ctx,
        form.get("status"),
        form.get("state"),
        is_default=form.is_ticked("is_default"),
        visible_on_front=form.is_ticked("visible_on_front"),
    )
    if refusals := await page.attempted(work):
        return await _show_assign(page, typed(ASSIGN, form), refusals)
    page.success("You assigned the order status.")
    return page.redirect(HOME)


@admin_page(f"{HOME}/unassign", ORDER_STATUSES, post=True, instead=HOME)
async def unassign(page: AdminPage) -> Response:
    status = page.parameter("status")
    refusals = await page.attempted(unassign_status(page.ctx, status, page.parameter("state")))
    for refusal in refusals:
        page.refused(refusal)
    if any(isinstance(refusal, NoSuchStatus) for refusal in refusals):
        return page.redirect(HOME)
    if not refusals:
        page.success("You have unassigned the order status.")
    return page.redirect(f"{HOME}/edit", status=status)


def _known(page: AdminPage) -> str:
    """The status that the address names; empty with a message when there is none of it."""
    status = page.parameter("status")
    if (status, None) in statuses(page.ctx).labels:
        return status
    page.error(GONE)
    return ""


async def _show(page: AdminPage, status: str, values: Mapping[str, Any], refusals: Sequence[Refused] = ()) -> Response:
    form = form_of(page).with_fields(status={"is_readonly": bool(status)})
    pairs: dict[str, Any] = {"status": status} if status else {}
    known = statuses(page.ctx)
    assigned = [(one, STATES.get(one.state, one.state)) for one in known.assignments if one.status == status]
    return await form.show(
        page,
        title=known.label(status) if status else "New Order Status",
        action=page.url(f"{HOME}/save", **pairs),
        values=values,
        refusals=refusals,
        template="order_status.html",
        submits=[Submit("Save Status", kind="primary")],
        buttons=[Button("Back", href=page.url(HOME))],
        status_code=status,
        assigned=assigned if status else None,
    )


async def _show_assign(page: AdminPage, values: Mapping[str, Any], refusals: Sequence[Refused] = ()) -> Response:
    return await ASSIGN.show(
        page,
        title="Assign Status to State",
        action=page.url(f"{HOME}/assignPost"),
        values=values,
        refusals=refusals,
        submits=[Submit("Save Status Assignment", kind="primary")],
        buttons=[Button("Back", href=page.url(HOME))],
    )
