"""What Magento's clients may ask about websites, groups, views and modules."""

from __future__ import annotations

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.stores.contracts import Group, Store, Website
from entrepot.stores.levels import levels
from entrepot.stores.modules import MODULES

MAY_SEE_STORES = MayUse("Magento_Backend::store")


@operation(
    "GET /V1/store/websites",
    access=MAY_SEE_STORES,
    service="Magento.Store.Api.WebsiteRepository.getList",
    guests_by_setting=True,
)
async def get_websites(ctx: Context) -> list[Website]:
    """All websites by id, the admin website included."""
    return [
        Website(id=website.id, code=website.code, name=website.name, default_group_id=website.default_group_id)
        for website in levels(ctx).websites
    ]


@operation(
    "GET /V1/store/storeGroups",
    access=MAY_SEE_STORES,
    service="Magento.Store.Api.GroupRepository.getList",
    guests_by_setting=True,
)
async def get_groups(ctx: Context) -> list[Group]:
    """All store groups by id, the one of the admin store included."""
    return [
        Group(
            id=group.id,
            website_id=group.website_id,
            root_category_id=group.root_category_id,
            default_store_id=group.default_store_id,
            name=group.name,
            code=group.code,
        )
        for group in levels(ctx).groups
    ]


@operation(
    "GET /V1/store/storeViews",
    access=MAY_SEE_STORES,
    service="Magento.Store.Api.StoreRepository.getList",
    guests_by_setting=True,
)
async def get_views(ctx: Context) -> list[Store]:
    """All store views by id, inactive ones and the admin store included."""
    return [
        Store(
            id=view.id,
            code=view.code,
            name=view.name,
            website_id=view.website_id,
            store_group_id=view.group_id,
            is_active=int(view.is_active),
        )
        for view in levels(ctx).views
    ]


@operation(
    "GET /V1/modules",
    access=MayUse("Magento_Backend::admin"),
    service="Magento.Backend.Service.V1.ModuleService.getModules",
)
async def get_modules(ctx: Context) -> list[str]:
    """The parts of Magento that entrepot stands in for."""
    return list(MODULES)
