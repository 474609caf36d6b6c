"""A request over REST, and the shops of the worked examples."""

from __future__ import annotations

from entrepot import inventory
from entrepot.inventory.contracts import Source
from tests.inventory.makers import a_stock, configure, put

URL = "/rest/V1/inventory"
LIST = f"{URL}/source-selection-algorithm-list"
RESULT = f"{URL}/source-selection-algorithm-result"

PURCHASE = {"country": "US", "postcode": "10577", "street": "123 Oak Ave", "region": "New York", "city": "Purchase"}
DALLAS = {"country": "US", "postcode": "75201", "street": "1 Main St", "region": "Texas", "city": "Dallas"}

TUTORIAL = {
    "baltimore_wh": (39.290882, -76.610759),
    "austin_wh": (30.271129, -97.7437),
    "reno_wh": (39.526139, -119.812688),
    "hq": (40.7571, -73.9657),
}

INSERT_GEONAME = """
    insert into inventory_geoname (country_code, postcode, city, region, province, latitude, longitude)
    values (%(country)s, %(postcode)s, %(city)s, %(region)s, '', %(latitude)s, %(longitude)s)
"""


async def a_located_source(ctx, code, latitude=None, longitude=None, **fields):
    values = {"name": code, "country_id": "US", "postcode": "00000", **fields}
    await inventory.save_source(ctx, Source(source_code=code, latitude=latitude, longitude=longitude, **values))


async def a_geoname(ctx, postcode, city, region, latitude, longitude, country="US"):
    await ctx.db.execute(
        INSERT_GEONAME,
        country=country,
        postcode=postcode,
        city=city,
        region=region,
        latitude=latitude,
        longitude=longitude,
    )


async def use_provider(ctx, code):
    await configure(ctx, "provider", code, "source_selection_distance_based")


async def the_shop_of_the_tutorial(ctx):
    """Spec 70-tutorial-inventory, 3 to 7: stock 2, and what lies in its sources before anything is shipped."""
    for code, (latitude, longitude) in TUTORIAL.items():
        await a_located_source(ctx, code, latitude, longitude)
    await a_stock(ctx, 2, *TUTORIAL)
    for sku, quantities in {"24-WB01": (35, 10, 25), "24-WB03": (19, 0, 42)}.items():
        for code, quantity in zip(TUTORIAL, quantities, strict=False):
            await put(ctx, code, sku, quantity)


async def ask(admin, stock_id, items, algorithm="priority", address=None):
    """The answer as rows (source, sku, quantity to deduct, quantity available), and whether it can be shipped."""
    request = {"stockId": stock_id, "items": [{"sku": sku, "qty": qty} for sku, qty in items]}
    if address is not None:
        request["extension_attributes"] = {"destination_address": address}
    reply = await admin.post(RESULT, {"inventoryRequest": request, "algorithmCode": algorithm})
    assert reply.status == 200, reply.text
    rows = reply.body["source_selection_items"]
    return [tuple(row.values()) for row in rows], reply.body["shippable"]
