"""What the two editions of the tutorial create, and the numbers they name."""

from __future__ import annotations

from typing import Any, NamedTuple

NORTH_AMERICA, EUROPE, DEFAULT_STOCK = 2, 3, 1
"""The stocks of a server that had none but its own."""


class Site(NamedTuple):
    """A website with its store and its store view."""

    website: tuple[str, str]
    group: tuple[str, str]
    view: tuple[str, str]


SITES = [
    Site(("na_site", "North America Site"), ("na_store", "North America Store"), ("us", "US Store View")),
    Site(("eu_site", "Europe Site"), ("eu_store", "Europe Store"), ("de", "Germany Store View")),
]

STOCKS = {NORTH_AMERICA: ("North America Stock", "na_site"), EUROPE: ("Europe Stock", "eu_site")}

LINKS = {
    NORTH_AMERICA: ["baltimore_wh", "austin_wh", "reno_wh", "hq"],
    EUROPE: ["berlin_wh", "frankfurt_wh", "hq"],
}
"""The sources of each stock, the one that is tried first in front."""


class Product(NamedTuple):
    sku: str
    name: str
    type_id: str
    price: int
    weight: float | None
    url_key: str
    starts_with: int = 0
    """What lies in the default source before the step that moves it."""


class Line(NamedTuple):
    """A line of the cart."""

    sku: str
    qty: int
    row_total: int
    downloads: tuple[str, ...] = ()
    """The titles of what is loaded."""


class Purchase(NamedTuple):
    """What Jane buys, and what it comes to in dollars."""

    lines: list[Line]
    subtotal: int
    shipping: int
    """Five for each piece that is shipped."""
    grand_total: int
    items_qty: int
    rival: Line
    """What somebody else has in the cart at the same time. There is enough for one of the two."""


class Parcel(NamedTuple):
    """What is sent from one source."""

    source_code: str
    comment: str
    quantities: dict[str, int]


class Edition(NamedTuple):
    name: str
    sources: list[dict[str, Any]]
    products: list[Product]
    quantities: dict[str, dict[str, int]]
    """Of each sku: what lies in each source after the products were assigned."""
    salable: dict[str, dict[int, int]]
    """Of each sku: what each stock can sell then."""
    purchase: Purchase
    left: dict[str, dict[int, int]]
    """Of each sku: what each stock can sell after Jane's order."""
    selection: dict[str, list[tuple[str, int, int]]]
    """Of each sku that is shipped: from which sources, how much of how much."""
    parcels: list[Parcel]
    """What is recommended is done."""

    def product(self, sku: str) -> Product:
        return next(product for product in self.products if product.sku == sku)

    @property
    def paid(self) -> dict[str, dict[int, int]]:
        """As `left`, after the invoice: what cannot be shipped has left HQ, from which both continents are served."""
        return self.left | {self.not_shipped: {NORTH_AMERICA: 9998, EUROPE: 9998, DEFAULT_STOCK: 0}}

    @property
    def shipped(self) -> dict[str, dict[str, int]]:
        """As `quantities`, when the parcels and what is not shipped have left."""
        left = {sku: dict(by_source) for sku, by_source in self.quantities.items()}
        left[self.not_shipped]["hq"] -= 1
        for parcel in self.parcels:
            for sku, qty in parcel.quantities.items():
                left[sku][parcel.source_code] -= qty
        return left

    @property
    def not_shipped(self) -> str:
        [sku] = (product.sku for product in self.products if product.type_id != "simple")
        return sku

    @property
    def to_ship(self) -> dict[str, int]:
        return {line.sku: line.qty for line in self.purchase.lines if line.sku != self.not_shipped}

    def __str__(self) -> str:
        return self.name


_BRIEF_SOURCES: list[dict[str, Any]] = [
    {
        "name": "Baltimore Warehouse",
        "source_code": "baltimore_wh",
        "postcode": "21214",
        "enabled": True,
        "contact_name": "Ethan Carter",
        "country_id": "US",
        "city": "Baltimore",
    },
    {
        "name": "Austin Warehouse",
        "source_code": "austin_wh",
        "postcode": "78758",
        "enabled": True,
        "contact_name": "Karen Chen",
        "country_id": "US",
        "city": "Austin",
    },
    {
        "name": "Reno Warehouse",
        "source_code": "reno_wh",
        "postcode": "89512",
        "enabled": True,
        "contact_name": "Fred Wilson",
        "country_id": "US",
        "city": "Reno",
    },
    {
        "name": "Berlin Warehouse",
        "source_code": "berlin_wh",
        "postcode": "10115",
        "enabled": True,
        "contact_name": "Angela Kohl",
        "country_id": "DE",
        "city": "Berlin",
    },
    {
        "name": "Frankfurt Warehouse",
        "source_code": "frankfurt_wh",
        "postcode": "60327",
        "enabled": True,
        "contact_name": "Ralf Schneider",
        "country_id": "DE",
        "city": "Frankfurt",
    },
    {
        "name": "HQ",
        "source_code": "hq",
        "postcode": "10022",
        "enabled": True,
        "contact_name": "Francine Helen",
        "country_id": "US",
        "city": "Manhattan",
    },
]

_WHERE_THEY_ARE: dict[str, dict[str, Any]] = {
    "baltimore_wh": {
        "street": "901 Harford Rd.",
        "region_id": 31,
        "latitude": 39.290882,
        "longitude": -76.610759,
    },
    "austin_wh": {
        "street": "1822 W Braker Ln",
        "region_id": 57,
        "latitude": 30.271129,
        "longitude": -97.7437,
    },
    "reno_wh": {
        "street": "1674 N Virginia St",
        "region_id": 39,
        "latitude": 39.526139,
        "longitude": -119.812688,
    },
    "berlin_wh": {
        "street": "Am Nordbahnhof 5",
        "region_id": 82,
        "latitude": 52.52343,
        "longitude": 13.41144,
    },
    "frankfurt_wh": {
        "street": "Frankfurt am Main, Stadt",
        "region_id": 86,
        "latitude": 50.110645,
        "longitude": 8.682092,
    },
    "hq": {
        "street": "909 3rd Ave",
        "region_id": 43,
        "latitude": 40.7571,
        "longitude": -73.9657,
        "city": "New York",
    },
}

FIRST = Edition(
    name="first edition",
    sources=_BRIEF_SOURCES,
    products=[
        Product("sp1", "Simple Product 1", "simple", 5, 0.8, "simple-product-1"),
        Product("sp2", "Simple Product 2", "simple", 10, 0.8, "simple-product-2"),
        Product("vp1", "Gold Club Membership", "virtual", 20, None, "gold-club-membership"),
    ],
    quantities={
        "sp1": {"baltimore_wh": 50, "austin_wh": 10, "reno_wh": 100, "berlin_wh": 200, "frankfurt_wh": 300},
        "sp2": {"baltimore_wh": 25, "austin_wh": 0, "reno_wh": 50, "berlin_wh": 50, "frankfurt_wh": 75},
        "vp1": {"hq": 9999},
    },
    salable={
        "sp1": {NORTH_AMERICA: 160, EUROPE: 500, DEFAULT_STOCK: 0},
        "sp2": {NORTH_AMERICA: 75, EUROPE: 125, DEFAULT_STOCK: 0},
        "vp1": {NORTH_AMERICA: 9999, EUROPE: 9999, DEFAULT_STOCK: 0},
    },
    purchase=Purchase(
        lines=[Line("sp1", 20, 100), Line("sp2", 60, 600), Line("vp1", 1, 20)],
        subtotal=720,
        shipping=400,
        grand_total=1120,
        items_qty=81,
        rival=Line("sp2", 60, 600),
    ),
    left={
        "sp1": {NORTH_AMERICA: 140, EUROPE: 500, DEFAULT_STOCK: 0},
        "sp2": {NORTH_AMERICA: 15, EUROPE: 125, DEFAULT_STOCK: 0},
        "vp1": {NORTH_AMERICA: 9998, EUROPE: 9999, DEFAULT_STOCK: 0},
    },
    selection={
        "sp1": [("baltimore_wh", 20, 50), ("austin_wh", 0, 10), ("reno_wh", 0, 100)],
        "sp2": [("baltimore_wh", 25, 25), ("austin_wh", 0, 0), ("reno_wh", 35, 50)],
    },
    parcels=[
        Parcel("baltimore_wh", "Shipment from Baltimore", {"sp1": 20, "sp2": 25}),
        Parcel("reno_wh", "Shipment from Reno", {"sp2": 35}),
    ],
)

SECOND = Edition(
    name="second edition",
    sources=[{**source, **_WHERE_THEY_ARE[source["source_code"]]} for source in _BRIEF_SOURCES],
    products=[
        Product("24-WB01", "Voyage Yoga Bag", "simple", 32, None, "voyage-yoga-bag", 100),
        Product("24-WB03", "Driven Backpack", "simple", 36, None, "driven-backpack", 100),
        Product("240-LV06", "Yoga Adventure", "downloadable", 22, None, "yoga-adventure"),
    ],
    quantities={
        "24-WB01": {"baltimore_wh": 35, "austin_wh": 10, "reno_wh": 25, "berlin_wh": 15, "frankfurt_wh": 15},
        "24-WB03": {"baltimore_wh": 19, "austin_wh": 0, "reno_wh": 42, "berlin_wh": 32, "frankfurt_wh": 7},
        "240-LV06": {"hq": 9999},
    },
    salable={
        "24-WB01": {NORTH_AMERICA: 70, EUROPE: 30, DEFAULT_STOCK: 0},
        "24-WB03": {NORTH_AMERICA: 61, EUROPE: 39, DEFAULT_STOCK: 0},
        "240-LV06": {NORTH_AMERICA: 9999, EUROPE: 9999, DEFAULT_STOCK: 0},
    },
    purchase=Purchase(
        lines=[
            Line("24-WB01", 20, 640),
            Line("24-WB03", 50, 1800),
            Line("240-LV06", 1, 22, ("Yoga Adventure",)),
        ],
        subtotal=2462,
        shipping=350,
        grand_total=2812,
        items_qty=71,
        rival=Line("24-WB03", 50, 1800),
    ),
    left={
        "24-WB01": {NORTH_AMERICA: 50, EUROPE: 30, DEFAULT_STOCK: 0},
        "24-WB03": {NORTH_AMERICA: 11, EUROPE: 39, DEFAULT_STOCK: 0},
        "240-LV06": {NORTH_AMERICA: 9998, EUROPE: 9999, DEFAULT_STOCK: 0},
    },
    selection={
        "24-WB01": [("baltimore_wh", 20, 35), ("austin_wh", 0, 10), ("reno_wh", 0, 25)],
        "24-WB03": [("baltimore_wh", 19, 19), ("austin_wh", 0, 0), ("reno_wh", 31, 42)],
    },
    parcels=[
        Parcel("baltimore_wh", "Shipment from Baltimore", {"24-WB01": 20, "24-WB03": 19}),
        Parcel("reno_wh", "Shipment from Reno", {"24-WB03": 31}),
    ],
)
