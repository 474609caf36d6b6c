"""Spec 40-inventory, 19.3: providers, distances and positions, as clients are answered."""

from urllib.parse import urlencode

import pytest

from entrepot.inventory.source_selection import LatLng, locate_source
from entrepot.inventory.source_selection.offline import haversine
from tests.inventory.source_selection.makers import (
    PURCHASE,
    TUTORIAL,
    URL,
    a_geoname,
    a_located_source,
    use_provider,
)

DISTANCE = f"{URL}/get-distance"
POSITION = f"{URL}/get-latlng-from-address"


def distance_url(source, destination):
    named = {
        "source[lat]": source[0],
        "source[lng]": source[1],
        "destination[lat]": destination[0],
        "destination[lng]": destination[1],
    }
    return f"{DISTANCE}?{urlencode(named)}"


def position_url(**address):
    return f"{POSITION}?{urlencode({f'address[{name}]': value for name, value in address.items()})}"


async def test_google_is_the_provider_unless_another_one_is_configured(ctx, admin):
    assert (await admin.get(f"{URL}/get-distance-provider-code")).text == '"google"'
    await use_provider(ctx, "offline")
    assert (await admin.get(f"{URL}/get-distance-provider-code")).text == '"offline"'


@pytest.mark.parametrize(
    ("destination", "metres"),
    [
        ((41.0419, -73.7146), [313769.93, 2467484.23, 3867938.37, 38056.19]),
        ((32.7767, -96.797), [1948938.41, 292696.02, 2191015.32, 2210371.15]),
    ],
)
async def test_the_distances_of_the_tutorials_warehouses(ctx, admin, destination, metres):
    await use_provider(ctx, "offline")
    replies = [await admin.get(distance_url(position, destination)) for position in TUTORIAL.values()]
    assert [round(reply.body, 2) for reply in replies] == metres


async def test_one_degree_is_not_rounded(ctx, admin):
    await use_provider(ctx, "offline")
    for source, destination in [((0, 0), (1, 0)), ((0, 0), (0, 1)), ((45, 7), (46, 7))]:
        reply = await admin.get(distance_url(source, destination))
        assert (reply.status, reply.body) == (200, pytest.approx(111194.92664455874, rel=1e-12))
    assert (await admin.get(distance_url((0, 0), (1, 0)))).text == "111194.92664455874"


def test_no_two_places_are_farther_apart_than_half_the_globe():
    assert haversine(LatLng(90, 0), LatLng(-90, 0)) == pytest.approx(20015086.796)
    for lat in range(-90, 91, 5):
        for lng in range(-180, 181, 15):
            assert 0 <= haversine(LatLng(lat, lng), LatLng(-lat, lng + 180)) <= 20015086.797
    assert haversine(LatLng(12.5, 7), LatLng(12.5, 7)) == 0


async def test_positions_are_found_by_postcode_then_city_then_region(ctx, admin):
    await use_provider(ctx, "offline")
    await a_geoname(ctx, "10577", "Purchase", "New York", 41.0384, -73.7156)
    await a_geoname(ctx, "10577", "Purchase again", "New York", 1, 1)
    await a_geoname(ctx, "10001", "New York", "New York", 40.7484, -73.9967)
    await a_geoname(ctx, "10577", "Anderswo", "Anderswo", 2, 2, country="DE")
    assert (await admin.get(position_url(**PURCHASE))).body == {"lat": 41.0384, "lng": -73.7156}
    by_city = PURCHASE | {"postcode": "99999", "city": "new yórk"}
    assert (await admin.get(position_url(**by_city))).body == {"lat": 40.7484, "lng": -73.9967}
    by_region = PURCHASE | {"postcode": "99999", "city": "Nowhere"}
    assert (await admin.get(position_url(**by_region))).body == {"lat": 41.0384, "lng": -73.7156}


async def test_what_is_empty_in_an_address_fits_no_place(ctx, admin):
    await use_provider(ctx, "offline")
    await a_geoname(ctx, "", "", "", 1, 1)
    reply = await admin.get(position_url(country="US", postcode="", street="", region="", city=""))
    assert (reply.status, reply.body) == (404, {"message": "Unknown geoname for %1", "parameters": ["    US"]})


async def test_an_unknown_place_is_named_in_one_line(ctx, admin):
    await use_provider(ctx, "offline")
    reply = await admin.get(position_url(**PURCHASE))
    assert (reply.status, reply.body) == (
        404,
        {"message": "Unknown geoname for %1", "parameters": ["123 Oak Ave 10577 Purchase New York US"]},
    )


async def test_an_unknown_provider_is_refused(ctx, admin):
    await use_provider(ctx, "pigeon")
    reply = await admin.get(distance_url((0, 0), (1, 1)))
    assert (reply.status, reply.body) == (400, {"message": "No such distance provider: %1", "parameters": ["pigeon"]})
    reply = await admin.get(position_url(**PURCHASE))
    assert (reply.status, reply.body) == (
        400,
        {"message": "No such latitude and longitude from address provider: %1", "parameters": ["pigeon"]},
    )


async def test_google_without_a_key_is_refused(admin):
    for url in (distance_url((0, 0), (1, 1)), position_url(**PURCHASE)):
        reply = await admin.get(url)
        assert (reply.status, reply.body) == (400, {"message": "Google API key is not defined"})


async def test_what_is_missing_in_a_position_is_named(admin):
    reply = await admin.get(f"{DISTANCE}?source[lat]=1&destination[lat]=1&destination[lng]=2")
    assert (reply.status, reply.body) == (
        400,
        {"message": '"%fieldName" is required. Enter and try again.', "parameters": {"fieldName": "lng"}},
    )
    reply = await admin.get(DISTANCE)
    assert [error["parameters"]["fieldName"] for error in reply.body["errors"]] == ["source", "destination"]


async def test_a_source_that_is_saved_without_coordinates_gets_those_of_its_address(ctx, admin):
    await use_provider(ctx, "offline")
    await a_geoname(ctx, "10577", "Purchase", "New York", 41.0384, -73.7156)
    await a_located_source(ctx, "located", postcode="10577")
    await a_located_source(ctx, "placed", 1.5, 2.5, postcode="10577")
    await a_located_source(ctx, "unknown", country_id="ZZ")
    for code, found in [("located", (41.0384, -73.7156)), ("placed", (1.5, 2.5)), ("unknown", (None, None))]:
        source = (await admin.get(f"{URL}/sources/{code}")).body
        assert (source.get("latitude"), source.get("longitude")) == found


async def test_a_source_is_saved_where_no_provider_is_set_up(ctx):
    from entrepot.inventory.contracts import Source

    assert await locate_source(ctx, Source(source_code="a", country_id="US", postcode="10577")) is None
