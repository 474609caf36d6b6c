"""Google's services, played by a server of the test: what they are asked, and how their answers are read."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from entrepot.inventory.source_selection import Address, LatLng
from entrepot.inventory.source_selection.errors import (
    DistancesUnreachable,
    GeocodingUnreachable,
    NoAPIKey,
    NoDistance,
    NotGeocoded,
)
from entrepot.inventory.source_selection.google import Google
from tests.inventory.makers import configure

PURCHASE = Address("US", "10577", "123 Oak Ave", "New York", "Purchase")
ALBANY = Address("US", "12207", "1 State St", "New York", "Albany")
FOUND = {"status": "OK", "results": [{"place_id": "x", "geometry": {"location": {"lat": 41.04, "lng": -73.71}}}]}


class Services(ThreadingHTTPServer):
    """Answers each request with what `answer` makes of its parameters: a status and a body."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.answer: Any = answering({})
        url = f"http://127.0.0.1:{self.server_address[1]}"
        self.google = Google(f"{url}/geocode", f"{url}/matrix")


class Handler(BaseHTTPRequestHandler):
    server: Services

    def do_GET(self):
        url = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(url.query).items()}
        self.server.asked.append((url.path, asked))
        status, body = self.server.answer(url.path, asked)
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body if isinstance(body, bytes) else json.dumps(body).encode())

    def log_message(self, *_):
        pass


@pytest.fixture
async def services_of_google(ctx):
    await configure(ctx, "api_key", "secret", "source_selection_distance_based_google")
    server = Services()
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def answering(body, status=200):
    return lambda path, asked: (status, body)


async def test_an_address_is_asked_for_by_country_city_and_street(ctx, services_of_google):
    services_of_google.answer = answering(FOUND)
    assert await services_of_google.google.locate(ctx, [PURCHASE]) == [LatLng(41.04, -73.71)]
    assert services_of_google.asked == [
        (
            "/geocode",
            {
                "key": "secret",
                "components": "country:US|locality:Purchase",
                "address": "123 Oak Ave, 10577 Purchase",
            },
        )
    ]


async def test_each_address_is_asked_for_once_and_answered_where_it_stood(ctx, services_of_google):
    lat = {"Purchase": 1, "Albany": 2}
    services_of_google.answer = lambda path, asked: (
        200,
        {"status": "OK", "results": [{"geometry": {"location": {"lat": lat[asked["address"].split()[-1]], "lng": 0}}}]},
    )
    found = await services_of_google.google.locate(ctx, [PURCHASE, ALBANY, PURCHASE])
    assert found == [LatLng(1, 0), LatLng(2, 0), LatLng(1, 0)]
    assert len(services_of_google.asked) == 2


async def test_distances_are_asked_for_by_position_and_mode(ctx, services_of_google):
    await configure(ctx, "mode", "walking", "source_selection_distance_based_google")
    services_of_google.answer = answering(matrix(element(1200, 90)))
    found = await services_of_google.google.distances(ctx, [LatLng(39.290882, -76.610759)], LatLng(40.0, 0.00001))
    assert found == [1200]
    assert services_of_google.asked == [
        (
            "/matrix",
            {
                "key": "secret",
                "origins": "39.290882,-76.610759",
                "destinations": "40,0.00001",
                "mode": "walking",
            },
        )
    ]


async def test_the_time_to_the_destination_may_count_instead(ctx, services_of_google):
    await configure(ctx, "value", "time", "source_selection_distance_based_google")
    services_of_google.answer = answering(matrix(element(1200, 90)))
    assert await services_of_google.google.distances(ctx, [LatLng(1, 2)], LatLng(3, 4)) == [90]
    assert services_of_google.asked[0][1]["mode"] == "driving"


async def test_many_origins_share_a_call_and_equal_ones_an_element(ctx, services_of_google):
    services_of_google.answer = lambda path, asked: (
        200,
        matrix(*(element(float(origin.split(",")[0]) * 1000, 1) for origin in asked["origins"].split("|"))),
    )
    origins = [LatLng(float(number), 0.0) for number in range(1, 31)]
    found = await services_of_google.google.distances(ctx, [*origins, origins[3]], LatLng(0.0, 0.0))
    assert found == [*(number * 1000 for number in range(1, 31)), 4000]
    assert sorted(len(asked["origins"].split("|")) for _, asked in services_of_google.asked) == [5, 25]


async def test_nothing_is_asked_without_a_key(ctx, services_of_google):
    await configure(ctx, "api_key", "", "source_selection_distance_based_google")
    located = await services_of_google.google.locate(ctx, [PURCHASE, ALBANY])
    distances = await services_of_google.google.distances(ctx, [LatLng(1, 2)], LatLng(3, 4))
    assert [type(answer) for answer in (*located, *distances)] == [NoAPIKey] * 3
    assert services_of_google.asked == []


@pytest.mark.parametrize(("status", "body"), [(500, {}), (404, FOUND), (200, b"<html>"), (200, b'{"results": 7}')])
async def test_a_service_that_does_not_answer_as_it_should_counts_as_out_of_reach(
    ctx, services_of_google, status, body
):
    services_of_google.answer = answering(body, status)
    [position] = await services_of_google.google.locate(ctx, [PURCHASE])
    [distance] = await services_of_google.google.distances(ctx, [LatLng(1, 2)], LatLng(3, 4))
    assert isinstance(position, GeocodingUnreachable)
    assert isinstance(distance, DistancesUnreachable)


async def test_a_service_that_is_not_there_is_out_of_reach(ctx, services_of_google):
    nobody = Google("http://127.0.0.1:9/geocode", "http://127.0.0.1:9/matrix")
    [position] = await nobody.locate(ctx, [PURCHASE])
    [distance] = await nobody.distances(ctx, [LatLng(1, 2)], LatLng(3, 4))
    assert str(position) == "Unable to connect google API for geocoding"
    assert str(distance) == "Unable to connect google API for distance matrix"


@pytest.mark.parametrize("body", [{"status": "ZERO_RESULTS", "results": []}, {"status": "OK"}, {"status": "DENIED"}])
async def test_an_address_that_is_not_found_is_named(ctx, services_of_google, body):
    services_of_google.answer = answering(body)
    [answer] = await services_of_google.google.locate(ctx, [PURCHASE])
    assert isinstance(answer, NotGeocoded)
    assert answer.rendered() == "Unable to geocode address 123 Oak Ave 10577 Purchase New York US"


@pytest.mark.parametrize(
    "body",
    [
        {"status": "REQUEST_DENIED", "rows": []},
        {"status": "OK", "rows": []},
        {"status": "OK", "rows": [{"elements": []}]},
        {"status": "OK", "rows": [{"elements": [{"status": "ZERO_RESULTS"}]}]},
        {"status": "OK", "rows": [{"elements": [{"status": "OK", "duration": {"value": 3}}]}]},
    ],
)
async def test_a_way_that_is_not_known_is_named(ctx, services_of_google, body):
    services_of_google.answer = answering(body)
    [answer] = await services_of_google.google.distances(ctx, [LatLng(1.5, 2.0)], LatLng(3, -4.25))
    assert isinstance(answer, NoDistance)
    assert answer.rendered() == "Unable to get distance between 1.5,2 and 3,-4.25"


def element(metres, seconds):
    return {"status": "OK", "distance": {"value": metres}, "duration": {"value": seconds}}


def matrix(*elements):
    return {"status": "OK", "rows": [{"elements": [one]} for one in elements]}
