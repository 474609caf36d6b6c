"""Moving a category: by dragging it in the tree, or by a form that says the same in two selects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from entrepot import catalog
from entrepot.admin import categories_tree as tree
from entrepot.admin.access import admin_page
from entrepot.admin.categories import CATEGORIES, HOME, find, gone, read
from entrepot.admin.categories_form import SAVE_HISTORY
from entrepot.admin.form import Field, Form, Section, Submit, typed
from entrepot.admin.options import Option
from entrepot.admin.page import AdminPage, Button
from entrepot.catalog.categories import CategoryDocument
from entrepot.kit.errors import Refused

PLACES = (
    Option("last", "Inside, as the last"),
    Option("first", "Inside, as the first"),
    Option("before", "Beside, right before it"),
    Option("behind", "Beside, right behind it"),
)

MOVE = Form(
    Section(
        "move",
        "Move to",
        (
            Field("target", "Category", "select", required=True),
            Field("place", "Place", "select", options=PLACES, required=True),
        ),
    )
)


@admin_page(f"{HOME}/moveTo", CATEGORIES)
async def move_to(page: AdminPage) -> Response:
    """The form, for who does not drag."""
    document = await find(page, page.ctx.stores.admin)
    if document is None or document.level < 2:
        return gone(page)
    return await _show_move(page, document, {"target": str(document.parent_id), "place": "last"})


@admin_page(f"{HOME}/move", CATEGORIES, post=True, instead=HOME)
async def move(page: AdminPage) -> Response:
    admin = page.ctx.stores.admin
    document = await find(page, admin)
    target = await read(page.ctx, page.form.get("target"), admin)
    if document is None or target is None:
        return gone(page)
    if refusals := await page.attempted(_move(page, document, target)):
        return await _show_move(page, document, typed(MOVE, page.form), refusals)
    page.success("You moved the category.")
    return page.redirect(f"{HOME}/edit", id=document.category_id)


async def _move(page: AdminPage, document: CategoryDocument, target: CategoryDocument) -> None:
    place = await tree.place_of(page.ctx, document.category_id, target, page.form.get("place"))
    await catalog.categories.move_category(
        page.ctx, document.category_id, place.parent_id, place.after_id, keep_old_urls=page.ctx.flag(SAVE_HISTORY)
    )


async def _show_move(
    page: AdminPage, document: CategoryDocument, values: Mapping[str, Any], refusals: Sequence[Refused] = ()
) -> Response:
    return await MOVE.with_fields(target={"options": await tree.targets(page.ctx, document)}).show(
        page,
        title=page.text("Move %1", document.attributes.get("name", "")),
        action=page.url(f"{HOME}/move", id=document.category_id),
        values=values,
        refusals=refusals,
        submits=[Submit("Move Category", kind="primary")],
        buttons=[Button("Back", href=page.url(f"{HOME}/edit", id=document.category_id))],
    )
