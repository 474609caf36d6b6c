"""Catalog > Inventory > Categories: the tree on the left, on the right the category that is open.

Its products and its move have pages of their own: `categories_products`, `categories_moving`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from entrepot import catalog
from entrepot.admin import categories_tree as tree
from entrepot.admin.access import admin_page
from entrepot.admin.categories_form import (
    KEEP_OLD_URLS,
    category_form,
    errors_at,
    sent,
    typed_form,
    values_of,
)
from entrepot.admin.form import Form, Numbers, Submit, typed
from entrepot.admin.page import AdminPage, Button
from entrepot.admin.picture_field import Picture, PicturePlace, sent_picture, stored_picture
from entrepot.admin.store_switch import StoreSwitch, asked_view, pairs_of, store_switch
from entrepot.admin.uploads import received
from entrepot.catalog.categories import Category, CategoryDocument
from entrepot.catalog.categories.errors import CategoryNotFound
from entrepot.catalog.media import single_files
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.scope import StoreView
from entrepot.stores.levels import levels

CATEGORIES = "Magento_Catalog::categories"
HOME = "catalog/category"
GONE = "This category no longer exists."
TEMPLATE = "categories.html"
IMAGE = "image"
UPLOAD = "catalog/category_image/upload"


@admin_page(HOME, CATEGORIES)
async def first(page: AdminPage) -> Response:
    """The root category of the default store."""
    view = asked_view(page)
    of_view = levels(page.ctx).default if view.is_admin else view
    root_id = catalog.root_category_id(page.ctx.in_store(of_view))
    return page.redirect(f"{HOME}/edit", id=root_id, **pairs_of(view))


@admin_page(f"{HOME}/edit", CATEGORIES)
async def edit(page: AdminPage) -> Response:
    view = asked_view(page)
    document = await find(page, view)
    if document is None:
        return gone(page)
    if not view.is_admin and catalog.root_category_id(page.ctx.in_store(view)) not in document.path_ids:
        # The view has no such category: its own begin elsewhere.
        return page.redirect(f"{HOME}/index", **pairs_of(view))
    ctx = page.ctx.in_store(view)
    form = category_form(ctx, document)
    return await _show(page, view, document, form, values_of(ctx, form, document))


@admin_page(f"{HOME}/add", CATEGORIES)
async def add(page: AdminPage) -> Response:
    """Below `parent`, or without one a root category."""
    parent = await _parent(page)
    if parent is None:
        return gone(page)
    form = category_form(page.ctx, None)
    return await _show_new(page, parent, form, values_of(page.ctx, form, None))


@admin_page(f"{HOME}/save", CATEGORIES, post=True, instead=HOME)
async def save(page: AdminPage) -> Response:
    return await (_change(page) if page.parameter("id") else _create(page))


async def _change(page: AdminPage) -> Response:
    view = asked_view(page)
    document = await find(page, view)
    if document is None:
        return gone(page)
    ctx = page.ctx.in_store(view)
    form = typed_form(category_form(ctx, document), page)
    numbers = Numbers(page.form)
    category = sent(page, form, numbers, category_id=document.category_id, parent_id=None)
    keeps = page.form.is_ticked(KEEP_OLD_URLS)
    image, problems = await sent_picture(page, _image_place(page), IMAGE)

    async def change() -> None:
        await _put_image(ctx, category, image)
        await catalog.categories.update_category(ctx, category, keep_old_urls=keeps)

    if refusals := await page.attempted(change(), [*numbers.faults, *problems]):
        return await _show(page, view, document, form, {**typed(form, page.form), IMAGE: image}, refusals)
    page.success("You saved the category.")
    return page.redirect(f"{HOME}/edit", id=document.category_id, **pairs_of(view))


async def _create(page: AdminPage) -> Response:
    parent = await _parent(page)
    if parent is None:
        return gone(page)
    form = typed_form(category_form(page.ctx, None), page)
    numbers = Numbers(page.form)
    category = sent(page, form, numbers, category_id=None, parent_id=parent.category_id)
    image, problems = await sent_picture(page, _image_place(page), IMAGE)
    created: list[int] = []

    async def create() -> None:
        await _put_image(page.ctx, category, image)
        created.append(await catalog.categories.create_category(page.ctx, category))

    if refusals := await page.attempted(create(), [*numbers.faults, *problems]):
        return await _show_new(page, parent, form, {**typed(form, page.form), IMAGE: image}, refusals)
    page.success("You saved the category.")
    return page.redirect(f"{HOME}/edit", id=created[0])


async def _put_image(ctx: Context, category: Category, image: Picture) -> None:
    """An upload becomes a file with a name, which is the value."""
    for one in category.custom_attributes or ():
        if one.attribute_code == IMAGE and one.value is not None:
            one.value = await image.saved(ctx)


def _image_place(page: AdminPage) -> PicturePlace:
    return PicturePlace(single_files.CATEGORIES, page.url(UPLOAD))


@admin_page(UPLOAD, CATEGORIES, post=True)
async def upload_image(page: AdminPage) -> Response:
    """The image of a category that is being edited."""
    return await received(page)


@admin_page(f"{HOME}/delete", CATEGORIES, post=True, instead=HOME)
async def delete(page: AdminPage) -> Response:
    document = await find(page, page.ctx.stores.admin)
    if document is None:
        return gone(page)
    back = page.url(f"{HOME}/edit", id=document.category_id)
    if question := page.confirmed(_delete_question(page, document), "Delete", back=back):
        return question
    if refusals := await page.attempted(catalog.categories.delete_category(page.ctx, document.category_id)):
        for refusal in refusals:
            page.refused(refusal)
        return page.redirect_to(back)
    page.success("You deleted the category.")
    if document.parent_id == tree.ROOT_ID:
        return page.redirect(HOME)
    return page.redirect(f"{HOME}/edit", id=document.parent_id)


def _delete_question(page: AdminPage, document: CategoryDocument) -> str:
    name = document.attributes.get("name", "")
    if document.children_count == 0:
        return page.text("Are you sure you want to delete the category %1? Its products stay.", name)
    return page.text(
        "Are you sure you want to delete the category %1 and the %2 below it? Their products stay.",
        name,
        document.children_count,
    )


@admin_page(f"{HOME}/branch", CATEGORIES)
async def branch(page: AdminPage) -> Response:
    """The children of one category, for a script that opens it in a large tree."""
    try:
        below = await tree.below(page.ctx, asked_view(page), page.number("id") or 0)
    except CategoryNotFound:
        return Response(status_code=404)
    return page.render("category_branch.html", branches=below, pairs=pairs_of(asked_view(page)))


# Finding and showing


async def find(page: AdminPage, view: StoreView) -> CategoryDocument | None:
    """The category of the address, as the view sees it."""
    return await read(page.ctx, page.parameter("id"), view)


async def read(ctx: Context, id: str, view: StoreView) -> CategoryDocument | None:
    """By id as it was sent. The root of all is none that can be edited."""
    if not (id.isascii() and id.isdigit() and len(id) < 10) or int(id) == tree.ROOT_ID:
        return None
    for document in await catalog.categories.documents.read(ctx, [int(id)], view):
        return document
    return None


async def _parent(page: AdminPage) -> CategoryDocument | None:
    parent_id = page.number("parent") or tree.ROOT_ID
    for document in await catalog.categories.documents.read(page.ctx, [parent_id], page.ctx.stores.admin):
        return document
    return None


def gone(page: AdminPage) -> Response:
    page.error(GONE)
    return page.redirect(HOME)


async def _show(
    page: AdminPage,
    view: StoreView,
    document: CategoryDocument,
    form: Form,
    values: Mapping[str, Any],
    refusals: Sequence[Refused] = (),
) -> Response:
    submits = [Submit("Save", kind="primary")]
    roots = {group.root_category_id for group in levels(page.ctx).groups}
    if view.is_admin and document.category_id not in roots:
        delete = page.url(f"{HOME}/delete", id=document.category_id)
        question = _delete_question(page, document)
        submits.append(Submit("Delete", kind="danger", action=delete, confirm=question))
    return await _show_form(
        page,
        form,
        values,
        refusals,
        action=page.url(f"{HOME}/save", id=document.category_id, **pairs_of(view)),
        submits=submits,
        **await frame_of(page, view, document, "general"),
    )


async def _show_new(
    page: AdminPage,
    parent: CategoryDocument,
    form: Form,
    values: Mapping[str, Any],
    refusals: Sequence[Refused] = (),
) -> Response:
    is_root = parent.category_id == tree.ROOT_ID
    pairs: dict[str, Any] = {} if is_root else {"parent": parent.category_id}
    admin = page.ctx.stores.admin
    name = parent.attributes.get("name", "")
    return await _show_form(
        page,
        form,
        values,
        refusals,
        title="New Root Category" if is_root else page.text("New Category in %1", name),
        action=page.url(f"{HOME}/save", **pairs),
        submits=[Submit("Save", kind="primary")],
        buttons=[Button("Back", href=page.url(f"{HOME}/edit" if pairs else HOME, **_renamed(pairs)))],
        branches=await tree.branches(page.ctx, admin, parent),
        pairs={},
        tabs=(),
        switch=StoreSwitch("", []),
    )


def _renamed(pairs: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": pairs["parent"]} if pairs else {}


async def _show_form(
    page: AdminPage,
    form: Form,
    values: Mapping[str, Any],
    refusals: Sequence[Refused],
    **more: Any,
) -> Response:
    image = values.get(IMAGE)
    if not isinstance(image, Picture):
        image = stored_picture(page.ctx, _image_place(page), image or "")
    return await form.show(
        page,
        values={**values, IMAGE: image},
        refusals=refusals,
        errors=errors_at(form, refusals),
        template=TEMPLATE,
        **{"status": 422 if refusals else 200, **more},
    )


async def frame_of(page: AdminPage, view: StoreView, document: CategoryDocument, tab: str) -> dict[str, Any]:
    """What both pages of a category have: title, tree, tabs, switcher, and what can be done."""
    id, pairs = document.category_id, pairs_of(view)
    action = "products" if tab == "products" else "edit"
    buttons = [
        Button("Add Root Category", href=page.url(f"{HOME}/add")),
        Button("Add Subcategory", href=page.url(f"{HOME}/add", parent=id)),
    ]
    if document.level > 1:
        buttons.append(Button("Move", href=page.url(f"{HOME}/moveTo", id=id)))
    tabs = [
        ("Category", page.url(f"{HOME}/edit", id=id, **pairs), tab == "general"),
        (
            "Products in Category",
            page.url(f"{HOME}/products", id=id, **pairs, query={"f.in_category": "1"}),
            tab == "products",
        ),
    ]
    return {
        "title": page.text("%1 (ID: %2)", document.attributes.get("name", ""), id),
        "branches": await tree.branches(page.ctx, view, document),
        "pairs": pairs,
        "tabs": tabs,
        "switch": store_switch(page, view, lambda scope: page.url(f"{HOME}/{action}", id=id, **scope)),
        "buttons": buttons,
    }
