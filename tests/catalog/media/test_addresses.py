"""Where pages find pictures."""

from __future__ import annotations

import pytest

from entrepot import stores
from entrepot.catalog.media import FULL, SIZES, absolute_image_url, image_url


async def test_pages_find_pictures_on_their_own_host(ctx):
    assert image_url(ctx, "/t/i/tiny1.jpg") == "/media/catalog/product/t/i/tiny1.jpg"
    assert image_url(ctx, "/t/i/tiny1.jpg", FULL) == "/media/catalog/product/t/i/tiny1.jpg"
    assert image_url(ctx, "/t/i/tiny1.jpg", "card") == "/media/catalog/product/cache/card/t/i/tiny1.jpg"
    assert absolute_image_url(ctx, "/t/i/tiny1.jpg", "grid") == (
        f"{ctx.base_url}media/catalog/product/cache/grid/t/i/tiny1.jpg"
    )


@pytest.mark.parametrize("file", [None, "", "no_selection"])
@pytest.mark.parametrize("size", [FULL, *SIZES])
async def test_a_missing_picture_has_no_address(ctx, file, size):
    assert image_url(ctx, file, size) is None
    assert absolute_image_url(ctx, file, size) is None


async def test_an_unknown_size_is_a_mistake(ctx):
    with pytest.raises(LookupError, match="huge"):
        image_url(ctx, "/t/i/tiny1.jpg", "huge")


async def test_roles_may_hold_anything_and_lead_nowhere_else(ctx):
    assert image_url(ctx, '/a b"><.jpg') == "/media/catalog/product/a%20b%22%3E%3C.jpg"
    assert image_url(ctx, "//evil.test/x.jpg") == "/media/catalog/product/evil.test/x.jpg"


async def test_pictures_may_come_from_elsewhere(ctx):
    await stores.set_config(
        ctx, stores.ConfigValue(path="web/unsecure/base_media_url", value="http://cdn.test/m/", scope="default")
    )

    assert image_url(ctx, "/t/i/tiny1.jpg", "card") == "http://cdn.test/m/catalog/product/cache/card/t/i/tiny1.jpg"
