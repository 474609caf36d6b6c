"""Options of product attributes: list, add, delete; and the options of category attributes."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from entrepot.catalog.attributes import show
from entrepot.catalog.attributes.attribute import PRODUCT, Attribute
from entrepot.catalog.attributes.contracts import AttributeOption
from entrepot.catalog.attributes.errors import (
    AttributeNotSaved,
    HasNoOptions,
    OptionNotFound,
    OptionWithoutLabel,
    TakesNoOptions,
)
from entrepot.catalog.attributes.events import AttributeSaved
from entrepot.catalog.attributes.find import category_attribute, product_attribute
from entrepot.catalog.attributes.option_changes import OptionChange, default_value, single_change
from entrepot.catalog.attributes.queries import attributes as queries
from entrepot.kit.context import Context
from entrepot.kit.errors import InvalidFieldValue
from entrepot.kit.rest.operation import MayUse, operation

ATTRIBUTES_RESOURCE = MayUse("Magento_Catalog::attributes_attributes")


@operation(
    "GET /V1/products/attributes/{attribute_code}/options",
    access=ATTRIBUTES_RESOURCE,
    service="Magento.Catalog.Api.ProductAttributeOptionManagement.getItems",
    guests_by_setting=True,
)
async def get_product_options(ctx: Context, attribute_code: str) -> list[AttributeOption]:
    """Labels are those of the store view of the call. Raises AttributeNotFound."""
    return show.options(ctx, product_attribute(ctx, attribute_code))


@operation(
    "GET /V1/categories/attributes/{attribute_code}/options",
    access=ATTRIBUTES_RESOURCE,
    service="Magento.Catalog.Api.CategoryAttributeOptionManagement.getItems",
)
async def get_category_options(ctx: Context, attribute_code: str) -> list[AttributeOption]:
    """Raises AttributeNotFound."""
    return show.options(ctx, category_attribute(ctx, attribute_code))


@operation(
    "POST /V1/products/attributes/{attribute_code}/options",
    access=ATTRIBUTES_RESOURCE,
    service="Magento.Catalog.Api.ProductAttributeOptionManagement.add",
)
async def add(ctx: Context, attribute_code: str, option: AttributeOption) -> str:
    """`id_` and the new option's id; false when there is one with this label in the store view of the call.

    Raises AttributeNotFound, TakesNoOptions or AttributeNotSaved.
    """
    attribute = product_attribute(ctx, attribute_code)
    if not attribute.has_option_table:
        raise TakesNoOptions(attribute_code)
    try:
        change = single_change(option)
        check_stores(ctx, change.labels)
    except (OptionWithoutLabel, InvalidFieldValue) as error:
        raise AttributeNotSaved(attribute_code) from error
    # Two clients may add one label at once; the lock lets the second see what the first made.
    attribute_id = attribute.attribute_id
    await ctx.db.execute(queries.LOCK, attribute_id=attribute_id)
    if await ctx.db.value(
        queries.HAS_LABEL, attribute_id=attribute_id, store_id=ctx.store.id, label=option.label or change.labels[0]
    ):
        # Declared as a string by Magento, which nevertheless answers a boolean here.
        return False  # type: ignore[return-value]
    (option_id,) = await save_options(ctx, attribute, [change])
    await changed(ctx, attribute)
    return f"id_{option_id}"


@operation(
    "DELETE /V1/products/attributes/{attribute_code}/options/{option_id}",
    access=ATTRIBUTES_RESOURCE,
    service="Magento.Catalog.Api.ProductAttributeOptionManagement.delete",
)
async def delete(ctx: Context, attribute_code: str, option_id: str) -> bool:
    """Values of products that name the option stay as they are.

    Raises AttributeNotFound, HasNoOptions or OptionNotFound.
    """
    attribute = product_attribute(ctx, attribute_code)
    if not attribute.has_option_table:
        raise HasNoOptions(attribute_code)
    option = next((one for one in attribute.options if str(one.option_id) == option_id), None)
    if option is None:
        raise OptionNotFound(attribute_code, option_id)
    await ctx.db.execute(queries.DELETE_OPTION, option_id=option.option_id)
    remaining = [id for id in (attribute.default_value or "").split(",") if id and id != option_id]
    await _set_default(ctx, attribute, ",".join(remaining) or None)
    await changed(ctx, attribute)
    return True


async def save_options(ctx: Context, attribute: Attribute, changes: Sequence[OptionChange]) -> Sequence[int]:
    """Write new and changed options, and the attribute's default if they speak of it. Their ids, in their order.

    The caller has seen to it that the stores exist, and calls `ctx.changed()`.
    """
    new = iter(await queries.new_option_ids(ctx.db, sum(change.option_id is None for change in changes)))
    ids = [next(new) if change.option_id is None else change.option_id for change in changes]
    await ctx.db.execute(
        queries.SAVE_OPTIONS,
        attribute_id=attribute.attribute_id,
        option_ids=ids,
        sort_orders=[change.sort_order for change in changes],
    )
    replaced = [id for id, change in zip(ids, changes, strict=True) if change.replaces_labels]
    await ctx.db.execute(queries.DELETE_OPTION_LABELS, option_ids=replaced)
    labels = [
        (id, store_id, label)
        for id, change in zip(ids, changes, strict=True)
        for store_id, label in change.labels.items()
    ]
    await ctx.db.execute(
        queries.SAVE_OPTION_LABELS,
        option_ids=[id for id, _, _ in labels],
        store_ids=[store_id for _, store_id, _ in labels],
        labels=[label for _, _, label in labels],
    )
    default = default_value(attribute.default_value, changes, ids, is_multiple=attribute.is_multiple)
    await _set_default(ctx, attribute, default)
    return ids


async def _set_default(ctx: Context, attribute: Attribute, default: str | None) -> None:
    if default != attribute.default_value:
        await ctx.db.execute(queries.SET_DEFAULT_VALUE, attribute_id=attribute.attribute_id, default_value=default)


def check_stores(ctx: Context, store_ids: Collection[int]) -> None:
    """Raises InvalidFieldValue for an id that no store view has."""
    for store_id in store_ids:
        if ctx.stores.by_id(store_id) is None:
            raise InvalidFieldValue(field_name="store_id", value=store_id)


async def changed(ctx: Context, attribute: Attribute, *, is_new: bool = False) -> None:
    """Let this transaction, later ones and the listeners know."""
    await ctx.changed()
    await ctx.publish(AttributeSaved(PRODUCT, attribute.attribute_id, attribute.attribute_code, is_new))
