"""Tax classes of goods and of customers (spec 51, 6.1)."""

from __future__ import annotations

from psycopg.errors import UniqueViolation

from entrepot import customers
from entrepot.catalog.buying.tax_classes import is_tax_class_of_products
from entrepot.kit.context import Context
from entrepot.kit.errors import InvalidFieldValue, RequiredField, raise_any
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.kit.search_sql import results, search
from entrepot.taxes.contracts import TaxClass, TaxClassSearchResults
from entrepot.taxes.errors import ClassExists, ClassInRules, ClassInUse, ClassTypeFixed, NoSuchTaxClass
from entrepot.taxes.queries import classes as queries
from entrepot.taxes.queries.classes import ClassRow

MANAGE_TAX = MayUse("Magento_Tax::manage_tax")
CUSTOMER, PRODUCT = "CUSTOMER", "PRODUCT"


@operation("POST /V1/taxClasses", access=MANAGE_TAX, service="Magento.Tax.Api.TaxClassRepository.save")
@operation("PUT /V1/taxClasses/{class_id}", access=MANAGE_TAX, service="Magento.Tax.Api.TaxClassRepository.save")
async def save_class(ctx: Context, tax_class: TaxClass) -> str:
    """Make a class, or rename the one whose id is given; answers its id.

    Raises:
        NoSuchTaxClass: no class has the id.
        ClassTypeFixed: the class has another type.
        RequiredField, InvalidFieldValue: no name, no type or none of the two.
        ClassExists: another class of the type has the name.
    """
    if tax_class.class_id:
        known = await _find(ctx, tax_class.class_id)
        if known.class_type != tax_class.class_type:
            raise ClassTypeFixed
    _check(tax_class)
    class_id = await _write(ctx, tax_class)
    await ctx.changed()
    return str(class_id)


def _check(tax_class: TaxClass) -> None:
    errors: list[RequiredField | InvalidFieldValue] = []
    if not (tax_class.class_name or "").strip():
        errors.append(RequiredField(field_name="class_name"))
    if not (tax_class.class_type or "").strip():
        errors.append(RequiredField(field_name="class_type"))
    elif tax_class.class_type not in (CUSTOMER, PRODUCT):
        errors.append(InvalidFieldValue(field_name="class_type", value=tax_class.class_type))
    raise_any(errors)


async def _write(ctx: Context, tax_class: TaxClass) -> int:
    name = (tax_class.class_name or "")[:255]
    if not tax_class.class_id:
        class_id = await ctx.db.value(queries.INSERT, name=name, type=tax_class.class_type)
        if class_id is None:
            raise ClassExists(tax_class.class_type)
        return int(class_id)
    try:
        async with ctx.savepoint():
            await ctx.db.execute(queries.UPDATE, id=tax_class.class_id, name=name)
    except UniqueViolation as error:
        raise ClassExists(tax_class.class_type) from error
    return tax_class.class_id


@operation("GET /V1/taxClasses/{tax_class_id}", access=MANAGE_TAX, service="Magento.Tax.Api.TaxClassRepository.get")
async def get_class(ctx: Context, tax_class_id: int) -> TaxClass:
    """Raises NoSuchTaxClass."""
    return _class(await _find(ctx, tax_class_id))


@operation(
    "DELETE /V1/taxClasses/{tax_class_id}", access=MANAGE_TAX, service="Magento.Tax.Api.TaxClassRepository.deleteById"
)
async def delete_class(ctx: Context, tax_class_id: int) -> bool:
    """Delete a class that nothing needs.

    Raises NoSuchTaxClass, ClassInRules, ClassInUse.
    """
    # Rules that are being saved with the class are seen only when their transactions are over.
    known = await ctx.db.one_or_none(ClassRow, queries.LOCK, id=tax_class_id)
    if known is None:
        raise NoSuchTaxClass(tax_class_id)
    if await ctx.db.value(queries.IS_IN_RULES, id=tax_class_id):
        raise ClassInRules
    if known.class_type == CUSTOMER:
        if any(group.tax_class_id == tax_class_id for group in await customers.list_groups(ctx)):
            raise ClassInUse("customer group")
    elif await is_tax_class_of_products(ctx, tax_class_id):
        raise ClassInUse("product")
    await ctx.db.execute(queries.DELETE, id=tax_class_id)
    await ctx.changed()
    return True


@operation("GET /V1/taxClasses/search", access=MANAGE_TAX, service="Magento.Tax.Api.TaxClassRepository.getList")
async def search_classes(ctx: Context, search_criteria: SearchCriteria) -> TaxClassSearchResults:
    """Of both types, by id unless the criteria say otherwise."""
    rows, total = await search(ctx.db, queries.CLASSES, search_criteria)
    page = results([_class(row) for row in rows], search_criteria, total)
    return TaxClassSearchResults(items=page.items, search_criteria=page.search_criteria, total_count=page.total_count)


async def list_classes(ctx: Context, class_type: str) -> list[TaxClass]:
    """All of a type by name: for selects."""
    return [_class(row) for row in await ctx.db.all(ClassRow, queries.LIST, type=class_type)]


async def _find(ctx: Context, class_id: int) -> ClassRow:
    found = await ctx.db.one_or_none(ClassRow, queries.FIND, id=class_id)
    if found is None:
        raise NoSuchTaxClass(class_id)
    return found


def _class(row: ClassRow) -> TaxClass:
    return TaxClass(class_id=row.class_id, class_name=row.class_name, class_type=row.class_type)
