"""Step 2: the six places where goods lie."""

from __future__ import annotations

from typing import Any

from tests.journeys.caller import Caller, Reply, Shop, invalid, search, unauthorized
from tests.journeys.inventory_tutorial.editions import Edition

ROUTE = "all/V1/inventory/sources"

FIELDS = [
    "source_code",
    "name",
    "email",
    "contact_name",
    "enabled",
    "description",
    "latitude",
    "longitude",
    "country_id",
    "region_id",
    "region",
    "city",
    "street",
    "postcode",
    "phone",
    "fax",
    "use_default_carrier_config",
    "carrier_links",
]
"""In the order of the answers, where those that have no value are left out."""

DEFAULT_SOURCE = {
    "source_code": "default",
    "name": "Default Source",
    "enabled": True,
    "description": "Default Source",
    "latitude": 0,
    "longitude": 0,
    "country_id": "US",
    "postcode": "00000",
    "use_default_carrier_config": True,
    "carrier_links": [],
}


def play(shop: Shop, edition: Edition) -> None:
    for source in edition.sources:
        assert shop.admin.post(ROUTE, {"source": source}) == Reply(200, [])


def verify(shop: Shop, edition: Edition) -> None:
    assert shop.admin.read(f"{ROUTE}/default") == DEFAULT_SOURCE
    for source in edition.sources:
        answer = shop.admin.read(f"{ROUTE}/{source['source_code']}")
        assert answer == {**source, "use_default_carrier_config": True, "carrier_links": []}
        assert list(answer) == [field for field in FIELDS if field in answer]
        assert _listed(shop, search("source_code", source["source_code"])) == [source["source_code"]]
    everything = ["austin_wh", "baltimore_wh", "berlin_wh", "default", "frankfurt_wh", "hq", "reno_wh"]
    assert sorted(_listed(shop, "searchCriteria")) == everything


def refuse(shop: Shop, customer: Caller) -> None:
    before = _listed(shop, "searchCriteria")
    another = _a_source()
    for caller in (shop.guest, customer):
        assert caller.post(ROUTE, {"source": another}) == unauthorized("Magento_InventoryApi::source_edit")
    empty = '"%field" can not be empty.'
    for field in ("name", "source_code", "postcode", "country_id"):
        expected = invalid((empty, {"field": field}))
        without = {name: value for name, value in another.items() if name != field}
        assert shop.admin.post(ROUTE, {"source": without}) == expected
        assert shop.admin.post(ROUTE, {"source": {**another, field: " "}}) == expected
    blank = {"name": "", "source_code": "", "postcode": "", "country_id": ""}
    nothing = [(empty, {"field": field}) for field in ("name", "source_code", "postcode", "country_id")]
    assert shop.admin.post(ROUTE, {"source": blank}) == invalid(*nothing)
    spaced = invalid(('"%field" can not contain whitespaces.', {"field": "source_code"}))
    assert shop.admin.post(ROUTE, {"source": {**another, "source_code": "dallas wh"}}) == spaced
    unknown = {"message": 'Source with code "%value" does not exist.', "parameters": {"value": "dallas_wh"}}
    assert shop.admin.get(f"{ROUTE}/dallas_wh") == Reply(404, unknown)
    assert _listed(shop, "searchCriteria") == before


def _a_source() -> dict[str, Any]:
    return {"source_code": "dallas_wh", "name": "Dallas Warehouse", "postcode": "75201", "country_id": "US"}


def _listed(shop: Shop, query: str) -> list[str]:
    found = shop.admin.read(f"{ROUTE}?{query}")
    codes = [source["source_code"] for source in found["items"]]
    assert found["total_count"] == len(codes)
    return codes
