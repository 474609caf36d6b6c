"""What the tutorial creates, as its second edition has it."""

from __future__ import annotations

SITES = [
    ("na_site", "North America Site", "na_store", "North America Store", "us", "US Store View"),
    ("eu_site", "Europe Site", "eu_store", "Europe Store", "de", "Germany Store View"),
]
DEFAULT_CATEGORY = 2

_SOURCE_FIELDS = ("source_code", "name", "contact_name", "country_id", "city", "street", "postcode", "region_id")
SOURCES = [
    {"enabled": True, "latitude": latitude, "longitude": longitude, **dict(zip(_SOURCE_FIELDS, rest, strict=True))}
    for latitude, longitude, *rest in [
        (
            39.290882, -76.610759,
            "baltimore_wh", "Baltimore Warehouse", "Ethan Carter", "US", "Baltimore", "901 Harford Rd.", "21214", 31,
        ),
        (
            30.271129, -97.7437,
            "austin_wh", "Austin Warehouse", "Karen Chen", "US", "Austin", "1822 W Braker Ln", "78758", 57,
        ),
        (
            39.526139, -119.812688,
            "reno_wh", "Reno Warehouse", "Fred Wilson", "US", "Reno", "1674 N Virginia St", "89512", 39,
        ),
        (
            52.52343, 13.41144,
            "berlin_wh", "Berlin Warehouse", "Angela Kohl", "DE", "Berlin", "Am Nordbahnhof 5", "10115", 82,
        ),
        (
            50.110645, 8.682092,
            "frankfurt_wh", "Frankfurt Warehouse", "Ralf Schneider", "DE", "Frankfurt", "Frankfurt am Main, Stadt",
            "60327", 86,
        ),
        (40.7571, -73.9657, "hq", "HQ", "Francine Helen", "US", "New York", "909 3rd Ave", "10022", 43),
    ]
]  # fmt: skip

STOCKS = {"North America Stock": "na_site", "Europe Stock": "eu_site"}
LINKS = {
    "North America Stock": ["baltimore_wh", "austin_wh", "reno_wh", "hq"],
    "Europe Stock": ["berlin_wh", "frankfurt_wh", "hq"],
}
"""The sources of each stock, the one that is tried first in front."""

BAG, BACKPACK, COURSE = SKUS = ["24-WB01", "24-WB03", "240-LV06"]
PRODUCTS = [
    (BAG, "Voyage Yoga Bag", "simple", 32),
    (BACKPACK, "Driven Backpack", "simple", 36),
    (COURSE, "Yoga Adventure", "downloadable", 22),
]
QUANTITIES = {
    BAG: {"baltimore_wh": 35, "austin_wh": 10, "reno_wh": 25, "berlin_wh": 15, "frankfurt_wh": 15},
    BACKPACK: {"baltimore_wh": 19, "austin_wh": 0, "reno_wh": 42, "berlin_wh": 32, "frankfurt_wh": 7},
    COURSE: {"hq": 9999},
}
ORDERED = {BAG: 20, BACKPACK: 50, COURSE: 1}

CUSTOMER = {"email": "jdoe@example.com", "firstname": "Jane", "lastname": "Doe"}
PASSWORD = "Password1"  # noqa: S105
HOME = {
    "firstname": "Jane",
    "lastname": "Doe",
    "street": ["123 Oak Ave"],
    "city": "Purchase",
    "postcode": "10577",
    "country_id": "US",
    "region": {"region": "New York", "region_code": "NY", "region_id": 43},
    "telephone": "512-555-1111",
    "default_billing": True,
    "default_shipping": True,
}
ADDRESS = {
    **{key: HOME[key] for key in ("firstname", "lastname", "street", "city", "postcode", "country_id", "telephone")},
    "region": "New York",
    "region_code": "NY",
    "region_id": 43,
    "email": CUSTOMER["email"],
}
