"""Which addresses are the REST interface's."""

from __future__ import annotations

import pytest

from entrepot.kit.errors import WebapiError
from entrepot.kit.rest.address import Processor, is_rest, locate
from entrepot.kit.rest.request import Request


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/rest", True),
        ("/rest/default/V1/products/a", True),
        ("/index.php/rest/V1/products", True),
        ("/de/rest/V1/products", True),
        ("/restful", False),
        ("/a/b/rest/V1/products", False),
    ],
)
def test_an_address_is_told_by_its_beginning(path, expected):
    assert is_rest(path) is expected


@pytest.mark.parametrize("character", ["\n", "\r", "\0", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\t"])
def test_whatever_characters_a_path_has_it_stays_in_the_interface(character):
    assert is_rest(f"/rest/default/V1/products/a{character}b")
    assert is_rest(f"/rest/default/V1/products/a{character}")


async def test_a_newline_is_part_of_a_value(ctx):
    address = locate(Request("DELETE", "/rest/default/V1/products/a%0Ab"), ctx.stores)

    assert (address.store.code, address.processor, address.path) == (
        "default",
        Processor.SYNCHRONOUS,
        "/V1/products/a%0Ab",
    )


@pytest.mark.parametrize("path", ["/rest/default/V%0A1/products", "/rest/%0A", "/rest/default%0A/products"])
async def test_no_way_of_calling_is_found_behind_a_newline(ctx, path):
    with pytest.raises(WebapiError, match=r"Specified request cannot be processed\."):
        locate(Request("GET", path), ctx.stores)
