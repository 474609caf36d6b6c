"""A chunk of rows of products, saved set by set: the default values first, then the values of each store view."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from entrepot import catalog
from entrepot.catalog import Document, Draft, Product
from entrepot.catalog.attributes import Attribute, name_in_messages
from entrepot.catalog.attributes.errors import NegativeAmount, SkuTooLong
from entrepot.catalog.products import documents
from entrepot.catalog.products.errors import InvalidAttributeSet, UrlKeyTaken
from entrepot.data_transfer.entity import Options, Problem, Row, Saved
from entrepot.data_transfer.products import columns
from entrepot.data_transfer.products.category_paths import CategoryNotMade, CategoryPaths
from entrepot.data_transfer.products.columns import CATEGORIES, SKU
from entrepot.data_transfer.products.rows import RowReader
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.kit.scope import StoreView

Named = tuple[Row, str, StoreView]
"""A row with its SKU and its store view."""
Read = tuple[Row, Product, Document | None]
"""A row, what it makes of its product, and that product as it was."""


async def save(ctx: Context, rows: Sequence[Row], options: Options) -> Saved:
    """Add and change."""
    reader = RowReader(ctx, options.value_separator)
    named = _named(reader, rows)
    stored = await stored_products(ctx, [sku for _, sku, _ in named])
    paths = await CategoryPaths.load(ctx) if any(CATEGORIES in row.values for row, _, _ in named) else None

    drafts = await _save_in(ctx, reader, stored, paths, [one for one in named if one[2].is_admin])
    there = stored.keys() | {draft.sku.lower() for draft in drafts if draft.refusal is None}
    created = {draft.product_id for draft in drafts if draft.refusal is None and draft.is_new}
    changed = {draft.product_id for draft in drafts if draft.refusal is None} - created

    of_views = [one for one in named if not one[2].is_admin]
    for view in {one[2].id: one[2] for one in of_views}.values():
        in_view = []
        for row, sku, its_view in of_views:
            if its_view.id == view.id and sku.lower() in there:
                in_view.append((row, sku, its_view))
            elif its_view.id == view.id:
                reader.refuse(row, "", "Default values row does not exist")
        drafts = await _save_in(ctx.in_store(view), reader, stored, paths, in_view)
        changed |= {draft.product_id for draft in drafts if draft.refusal is None} - created
    return Saved(created=len(created), updated=len(changed), problems=reader.problems)


async def replace(ctx: Context, rows: Sequence[Row], options: Options) -> Saved:
    """Delete the products that the rows name, and make them anew. A product that is refused stays as it was."""
    problems: list[Problem] = []
    left = list(rows)
    while True:
        try:
            async with ctx.savepoint():
                found = await stored_products(ctx, [row.values.get(SKU, "") for row in left])
                deleted = await catalog.products.delete_many(ctx, [one.product_id for one in found.values()])
                saved = await save(ctx, left, options)
                if not saved.problems:
                    return Saved(created=saved.created, updated=saved.updated, deleted=deleted, problems=problems)
                raise _SomeRefused(saved.problems)
        except _SomeRefused as refused:
            # Without these the others are taken once more. A product is replaced as a whole: all its rows go.
            problems += refused.problems
            lines = {problem.line for problem in refused.problems}
            skus = {_key(row) for row in left if row.line in lines}
            for row in left:
                if _key(row) in skus and row.line not in lines:
                    problems.append(Problem(row.line, "", "Another row of this product is refused"))
            left = [row for row in left if _key(row) not in skus]


async def delete(ctx: Context, rows: Sequence[Row]) -> Saved:
    """Delete the products that the rows name; rows of store views belong to the product's other row."""
    found = await stored_products(ctx, [row.values.get(SKU, "") for row in rows])
    problems = []
    for row in rows:
        if not _key(row):
            problems.append(Problem(row.line, SKU, "SKU is empty"))
        elif _key(row) not in found:
            problems.append(Problem(row.line, SKU, "Product with specified SKU not found"))
    deleted = await catalog.products.delete_many(ctx, [one.product_id for one in found.values()])
    return Saved(deleted=deleted, problems=problems)


class _SomeRefused(Exception):
    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems


async def stored_products(ctx: Context, skus: Sequence[str]) -> Mapping[str, Document]:
    """The default values of those that there are, by the SKU in lower case. Two statements."""
    refs = await catalog.products_by_sku(ctx, [sku for sku in skus if sku.strip()])
    read = await documents.read(ctx, [ref.product_id for ref in refs.values()], ctx.stores.admin) if refs else []
    return {document.sku.lower(): document for document in read}


def _key(row: Row) -> str:
    return row.values.get(SKU, "").strip().lower()


def _named(reader: RowReader, rows: Sequence[Row]) -> list[Named]:
    """Those that say what they are about."""
    named = []
    for row in rows:
        sku, view = reader.sku(row), reader.view(row)
        if sku and view:
            named.append((row, sku, view))
    return named


async def _save_in(
    ctx: Context,
    reader: RowReader,
    stored: Mapping[str, Document],
    paths: CategoryPaths | None,
    named: Sequence[Named],
) -> list[Draft]:
    """Save the rows of one store view; what is wrong with them goes to the reader.

    A row that is refused makes no categories: the others are taken once more without it.
    """
    left = [
        (row, product, stored.get(sku.lower()))
        for row, sku, _ in named
        if (product := reader.product(row, stored.get(sku.lower()))) is not None
    ]
    if paths is None:
        drafts = await catalog.save_many(ctx, [product for _, product, _ in left]) if left else []
        reader.problems += _problems(reader, [row for row, _, _ in left], drafts)
        return drafts
    while True:
        try:
            async with paths.attempt():
                drafts, problems = await _save_with_categories(ctx, reader, paths, left)
        except _SomeRefused as in_vain:
            reader.problems += in_vain.problems
            lines = {problem.line for problem in in_vain.problems}
            left = [one for one in left if one[0].line not in lines]
        else:
            reader.problems += problems
            return drafts


async def _save_with_categories(
    ctx: Context, reader: RowReader, paths: CategoryPaths, read: Sequence[Read]
) -> tuple[list[Draft], list[Problem]]:
    """What was saved, and what is wrong with the rest. Raises _SomeRefused where rows have made categories in vain."""
    made_by: set[int] = set()
    problems, taken, products = [], [], []
    for row, product, document in read:
        known = paths.count
        try:
            ids = await paths.ids(row.values[CATEGORIES], reader.separator) if CATEGORIES in row.values else None
        except CategoryNotMade as problem:
            problems.append(Problem(row.line, CATEGORIES, problem.rendered()))
        else:
            taken.append(row)
            products.append(product if ids is None else reader.in_categories(product, document, ids))
        if paths.count != known:
            made_by.add(row.line)
    drafts = await catalog.save_many(ctx, products) if products else []
    problems += _problems(reader, taken, drafts)
    if in_vain := [problem for problem in problems if problem.line in made_by]:
        raise _SomeRefused(in_vain)
    return drafts, problems


def _problems(reader: RowReader, rows: Sequence[Row], drafts: Sequence[Draft]) -> list[Problem]:
    return [
        Problem(row.line, _column(draft.refusal, reader.attributes), draft.refusal.rendered())
        for row, draft in zip(rows, drafts, strict=True)
        if draft.refusal is not None
    ]


def _column(refusal: Refused, attributes: Mapping[str, Attribute]) -> str:
    """The column that a refusal of the catalog is about, as far as it says so."""
    if isinstance(refusal, UrlKeyTaken):
        return "url_key"
    if isinstance(refusal, SkuTooLong):
        return SKU
    if isinstance(refusal, InvalidAttributeSet):
        return columns.SET
    if isinstance(refusal, NegativeAmount):
        return "price"
    if found := re.search('"([^"]+)"', refusal.rendered()):
        for code, attribute in attributes.items():
            if name_in_messages(attribute) == found[1]:
                return columns.column_of(code)
    return ""
