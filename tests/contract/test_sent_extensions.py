"""Clients send `extension_attributes` with everything that Magento extends, also where nothing does."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "path, name, entity",
    [
        ("salesRules", "rule", {"name": "Tenth", "website_ids": [1], "customer_group_ids": [0]}),
        ("taxClasses", "taxClass", {"class_name": "Books", "class_type": "PRODUCT"}),
        ("taxRates", "taxRate", {"code": "TX", "tax_country_id": "US", "tax_postcode": "*", "rate": 8}),
    ],
)
async def test_an_empty_extension_is_taken(admin, path, name, entity):
    reply = await admin.post(f"/rest/V1/{path}", {name: entity | {"extension_attributes": {}}})
    assert reply.status == 200, reply.body
