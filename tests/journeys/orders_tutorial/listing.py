"""Step 11: the pending orders, and of them only two fields."""

from __future__ import annotations

from tests.journeys.caller import Caller, Shop, unauthorized

ONE = "searchCriteria[filter_groups][0][filters][0]"
ADDRESS = f"default/V1/orders/?{ONE}[field]=status&{ONE}[value]=pending&fields=items[increment_id,entity_id]"


def verify(shop: Shop, jane: Caller) -> None:
    found = shop.admin.read(ADDRESS)
    assert found == {
        "items": [{"entity_id": 1, "increment_id": "000000001"}, {"entity_id": 2, "increment_id": "000000002"}]
    }
    assert [list(item) for item in found["items"]] == [["entity_id", "increment_id"]] * 2
    assert shop.admin.read(ADDRESS.replace("pending", "complete")) == {"items": []}
    assert jane.get(ADDRESS) == unauthorized("Magento_Sales::actions_view")
