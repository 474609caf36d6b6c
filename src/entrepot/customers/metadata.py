"""The metadata of customers' and addresses' attributes (spec 20-customers, 13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from entrepot.customers.contracts import AttributeMetadata, Option, ValidationRule
from entrepot.customers.groups import NOT_LOGGED_IN_ID, list_groups
from entrepot.customers.known_attributes import ADDRESS, CUSTOMER, address_attributes, customer_attributes
from entrepot.customers.rules.attribute_tables import ADDRESS_FORMS, CUSTOMER_FORMS, of_form
from entrepot.customers.rules.attributes import Attribute
from entrepot.directory import REGIONS, allowed_countries, country_name, locale_of
from entrepot.kit.context import Context
from entrepot.kit.errors import NoSuchEntity, NoSuchEntityByTwoFields
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.stores import levels

MAY_SEE = MayUse("Magento_Customer::customer")
NOTHING_CHOSEN = Option(label=" ", value="")
GENDERS = {"1": "Male", "2": "Female", "3": "Not Specified"}


@operation(
    "GET /V1/attributeMetadata/customer",
    access=MAY_SEE,
    service="Magento.Customer.Api.CustomerMetadata.getAllAttributesMetadata",
)
async def get_all_customer_attributes(ctx: Context) -> list[AttributeMetadata]:
    """As the website of the call shows and requires them."""
    return await _shown(ctx, _of_customers(ctx))


@operation(
    "GET /V1/attributeMetadata/customer/attribute/{attribute_code}",
    access=MAY_SEE,
    service="Magento.Customer.Api.CustomerMetadata.getAttributeMetadata",
)
async def get_customer_attribute(ctx: Context, attribute_code: str) -> AttributeMetadata:
    """Raises NoSuchEntityByTwoFields."""
    return await _single(ctx, CUSTOMER, _of_customers(ctx), attribute_code)


@operation(
    "GET /V1/attributeMetadata/customer/form/{form_code}",
    access=MAY_SEE,
    service="Magento.Customer.Api.CustomerMetadata.getAttributes",
)
async def get_customer_form(ctx: Context, form_code: str) -> list[AttributeMetadata]:
    """The attributes that a form shows, by their sort order. Raises NoSuchEntity."""
    return await _form(ctx, _of_customers(ctx), CUSTOMER_FORMS, form_code)


@operation(
    "GET /V1/attributeMetadata/customer/custom",
    access=MAY_SEE,
    service="Magento.Customer.Api.CustomerMetadata.getCustomAttributesMetadata",
)
async def get_custom_customer_attributes(ctx: Context, data_interface_name: str = "") -> list[AttributeMetadata]:
    """Those that the installation added."""
    return await _shown(ctx, [attribute for attribute in _of_customers(ctx) if attribute.user_defined])


@operation(
    "GET /V1/attributeMetadata/customerAddress",
    access=MAY_SEE,
    service="Magento.Customer.Api.AddressMetadata.getAllAttributesMetadata",
)
async def get_all_address_attributes(ctx: Context) -> list[AttributeMetadata]:
    """As the website of the call shows and requires them."""
    return await _shown(ctx, _of_addresses(ctx))


@operation(
    "GET /V1/attributeMetadata/customerAddress/attribute/{attribute_code}",
    access=MAY_SEE,
    service="Magento.Customer.Api.AddressMetadata.getAttributeMetadata",
)
async def get_address_attribute(ctx: Context, attribute_code: str) -> AttributeMetadata:
    """Raises NoSuchEntityByTwoFields."""
    return await _single(ctx, ADDRESS, _of_addresses(ctx), attribute_code)


@operation(
    "GET /V1/attributeMetadata/customerAddress/form/{form_code}",
    access=MAY_SEE,
    service="Magento.Customer.Api.AddressMetadata.getAttributes",
)
async def get_address_form(ctx: Context, form_code: str) -> list[AttributeMetadata]:
    """The attributes that a form shows, by their sort order. Raises NoSuchEntity."""
    return await _form(ctx, _of_addresses(ctx), ADDRESS_FORMS, form_code)


@operation(
    "GET /V1/attributeMetadata/customerAddress/custom",
    access=MAY_SEE,
    service="Magento.Customer.Api.AddressMetadata.getCustomAttributesMetadata",
)
async def get_custom_address_attributes(ctx: Context, data_interface_name: str = "") -> list[AttributeMetadata]:
    """Those that the installation added."""
    return await _shown(ctx, [attribute for attribute in _of_addresses(ctx) if attribute.user_defined])


def _of_customers(ctx: Context) -> list[Attribute]:
    return customer_attributes(ctx, ctx.store.website_id)


def _of_addresses(ctx: Context) -> list[Attribute]:
    return address_attributes(ctx, ctx.store.website_id)


async def _single(ctx: Context, entity: str, attributes: Sequence[Attribute], code: str) -> AttributeMetadata:
    for attribute in attributes:
        if attribute.code == code:
            return (await _shown(ctx, [attribute]))[0]
    raise NoSuchEntityByTwoFields(
        field_name="entityType", field_value=entity, field2_name="attributeCode", field2_value=code
    )


async def _form(
    ctx: Context, attributes: Sequence[Attribute], forms: dict[str, tuple[str, ...]], form_code: str
) -> list[AttributeMetadata]:
    found = of_form(attributes, forms, form_code)
    if found is None:
        raise NoSuchEntity(field_name="formCode", field_value=form_code)
    return await _shown(ctx, found)


async def _shown(ctx: Context, attributes: Sequence[Attribute]) -> list[AttributeMetadata]:
    options = await _options(ctx, {attribute.code for attribute in attributes})
    return [_metadata(attribute, options.get(attribute.code, [])) for attribute in attributes]


def _metadata(attribute: Attribute, options: list[Option]) -> AttributeMetadata:
    used, visible, filterable, searchable = attribute.grid
    return AttributeMetadata(
        frontend_input=attribute.input,
        input_filter=attribute.filter,
        store_label=attribute.label,
        validation_rules=[ValidationRule(name=name, value=value) for name, value in attribute.rules],
        multiline_count=attribute.multiline_count,
        visible=attribute.visible,
        required=attribute.required,
        data_model=attribute.data_model,
        options=options or [Option(label=label, value=value) for label, value in attribute.options],
        frontend_class=attribute.frontend_class,
        user_defined=attribute.user_defined,
        sort_order=attribute.sort_order,
        frontend_label=attribute.label,
        note=attribute.note,
        system=attribute.system,
        backend_type=attribute.backend_type,
        is_used_in_grid=used,
        is_visible_in_grid=visible,
        is_filterable_in_grid=filterable,
        is_searchable_in_grid=searchable,
        attribute_code=attribute.code,
    )


async def _options(ctx: Context, codes: set[str]) -> Mapping[str, list[Option]]:
    """The choices of the attributes that have some and are among `codes`."""
    found: dict[str, list[Option]] = {}
    if "website_id" in codes:
        found["website_id"] = [Option(label=site.name, value=str(site.id)) for site in levels(ctx).websites if site.id]
    if "store_id" in codes:
        found["store_id"] = _store_tree(ctx)
    if "group_id" in codes:
        groups = [group for group in await list_groups(ctx) if group.id != NOT_LOGGED_IN_ID]
        groups.sort(key=lambda group: (group.code or "").casefold())
        found["group_id"] = [Option(label=group.code, value=str(group.id)) for group in groups]
    if "gender" in codes:
        found["gender"] = [NOTHING_CHOSEN, *(Option(label=label, value=id) for id, label in GENDERS.items())]
    if "country_id" in codes:
        found["country_id"] = [NOTHING_CHOSEN, *_countries(ctx)]
    if "region_id" in codes:
        found["region_id"] = [
            Option(label="Please select a region, state or province.", value=""),
            *(Option(label=region.name, value=str(id)) for id, region in sorted(ctx.shared(REGIONS).by_id.items())),
        ]
    return found


def _countries(ctx: Context) -> list[Option]:
    locale = locale_of(ctx)
    names = {country_id: country_name(country_id, locale) or country_id for country_id in allowed_countries(ctx)}
    ordered = sorted(names.items(), key=lambda item: (item[1].casefold(), item[0]))
    return [Option(label=name, value=country_id) for country_id, name in ordered]


def _store_tree(ctx: Context) -> list[Option]:
    """Websites, in them their groups, in these their views, as far as there are any."""
    tree = levels(ctx)
    return [
        Option(
            label=site.name,
            options=[
                Option(
                    label=group.name,
                    options=[Option(label=view.name, value=str(view.id)) for view in tree.views_of_group(group.id)],
                )
                for group in tree.groups_of(site.id)
            ],
        )
        for site in tree.websites
        if site.id
    ]
