"""What a guest who orders over HTTP sends."""

from __future__ import annotations

GUEST_CARTS = "default/V1/guest-carts"
ADDRESS = {
    "firstname": "Jane",
    "lastname": "Doe",
    "email": "jdoe@example.com",
    "street": ["123 Oak Ave"],
    "city": "Purchase",
    "region": "New York",
    "region_id": 43,
    "region_code": "NY",
    "postcode": "10577",
    "country_id": "US",
    "telephone": "512-555-1111",
}
TO_SHIP = {
    "addressInformation": {
        "shipping_address": ADDRESS,
        "billing_address": ADDRESS,
        "shipping_carrier_code": "flatrate",
        "shipping_method_code": "flatrate",
    }
}
