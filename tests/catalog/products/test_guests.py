"""What guests may read of products where the setting lets them (spec 00-webapi, 9)."""

from __future__ import annotations

import pytest

from entrepot.stores import ConfigValue, set_config
from tests.catalog.products.makers import a_product

ALLOW_GUESTS = "webapi/webapisecurity/allow_insecure"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("products?searchCriteria=", 200),
        ("products/bag", 200),
        ("products/types", 200),
        ("products/media/types/Default", 200),
        ("products/bag/media", 200),
        ("products/bag/media/7", 404),
        ("products/bag/group-prices/1/tiers", 200),
        ("products/bag/options", 200),
        ("products/bag/options/7", 404),
        ("products/links/types", 200),
        ("products/links/related/attributes", 200),
        ("products/bag/links/related", 200),
        ("stockStatuses/bag", 200),
    ],
)
async def test_the_setting_opens_these_routes_at_once(ctx, rest, path, status):
    await a_product(ctx, "bag")
    url = f"/rest/V1/{path}"
    assert (await rest.get(url)).status == 401

    await set_config(ctx, ConfigValue(path=ALLOW_GUESTS, value="1"))

    assert (await rest.get(url)).status == status


@pytest.mark.parametrize("path", ["products/options/types", "stockItems/bag", "stockItems/lowStock?scopeId=0&qty=1"])
async def test_it_opens_no_others(ctx, rest, path):
    await a_product(ctx, "bag")
    await set_config(ctx, ConfigValue(path=ALLOW_GUESTS, value="1"))

    assert (await rest.get(f"/rest/V1/{path}")).status == 401


async def test_it_opens_no_writes(ctx, rest):
    await set_config(ctx, ConfigValue(path=ALLOW_GUESTS, value="1"))

    assert (await rest.post("/rest/V1/products", {"product": {"sku": "bag"}})).status == 401
    assert (await rest.delete("/rest/V1/products/bag")).status == 401
