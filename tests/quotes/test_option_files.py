"""Files as answers to custom options (spec 50, 6.4)."""

from __future__ import annotations

import base64
import json
import os
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from entrepot import catalog
from entrepot.catalog.contracts import CustomOption
from entrepot.kit.context import Actor, ActorType
from entrepot.kit.intake import SMALL_BODY
from entrepot.kit.jobs import run_due
from entrepot.quotes import option_files
from entrepot.quotes.access import Mask
from entrepot.quotes.carts import create_customer_cart
from entrepot.quotes.merging import merge
from entrepot.quotes.open_cart import open_cart
from tests.catalog.media.makers import a_picture
from tests.quotes.makers import a_customer, a_guest_cart, a_product, add, ship

TEXT = b"The quick brown fox"
FILES = "select path, quote_id, is_ordered from quote_option_file order by path"


async def an_option(ctx, **fields: Any) -> int:
    """Of the product 24-WB01, 32.00: a drawing for 5.00 more."""
    await a_product(ctx, "24-WB01", "32")
    given: dict[str, Any] = {
        "product_sku": "24-WB01",
        "title": "Drawing",
        "type": "file",
        "price": Decimal(5),
        "price_type": "fixed",
        "sort_order": 1,
        "is_require": False,
        **fields,
    }
    saved = await catalog.custom_options.save_option(ctx, CustomOption(**given))
    assert saved.option_id is not None
    return saved.option_id


def chosen(option_id: int, content: bytes, name: str, type: str) -> dict[str, Any]:
    info = {"base64_encoded_data": base64.b64encode(content).decode(), "type": type, "name": name}
    answer = {"option_id": str(option_id), "option_value": "file", "extension_attributes": {"file_info": info}}
    return {"extension_attributes": {"custom_options": [answer]}}


async def put(rest, mask: str, option_id: int, content: bytes = TEXT, name="fox.txt", type="text/plain"):
    return await add(rest, f"guest-carts/{mask}", "24-WB01", 1, product_option=chosen(option_id, content, name, type))


async def answers(ctx, mask: str) -> list[dict[str, Any]]:
    """What the lines say of their files."""
    cart = await open_cart(ctx, Mask(mask))
    return [
        json.loads(value)
        for item in cart.content.items
        for code, value in item.options.items()
        if code.startswith("option_") and code != "option_ids"
    ]


def stored(ctx) -> list[Path]:
    return [path for path in (ctx.settings.home / "media" / "custom_options").rglob("*") if path.is_file()]


async def clean(ctx) -> None:
    await option_files.remove_option_files.defer(ctx)
    await run_due(ctx)


@pytest.fixture(autouse=True)
def no_files(services):
    """The folder is the session's; each test finds it empty."""
    for path in stored(services):
        path.unlink()


async def test_a_file_is_stored_under_a_name_of_ours_and_described_in_the_line(ctx, rest):
    option_id = await an_option(ctx)
    mask = await a_guest_cart(rest)
    reply = await put(rest, mask, option_id, a_picture(size=(8, 6)), "My fox.JPG", "image/jpeg")
    assert (reply.status, reply.body["price"]) == (200, 37)
    (description,) = await answers(ctx, mask)
    assert (description["title"], description["type"], description["width"], description["height"]) == (
        "My fox.JPG", "image/jpeg", 8, 6,
    )  # fmt: skip
    (path,) = stored(ctx)
    assert path == ctx.settings.home / "media" / description["quote_path"]
    assert path.suffix == ".jpg"
    assert "fox" not in path.name
    assert (path.read_bytes(), description["size"]) == (a_picture(size=(8, 6)), path.stat().st_size)
    cart = await open_cart(ctx, Mask(mask))
    assert await ctx.db.all(tuple, FILES) == [(description["quote_path"], cart.id, False)]


async def test_a_guest_may_send_a_file_that_is_larger_than_what_guests_send_otherwise(ctx, rest):
    option = await an_option(ctx)
    mask = await a_guest_cart(rest)

    assert (await put(rest, mask, option, b"x" * SMALL_BODY)).status == 200

    path = f"/rest/V1/guest-carts/{mask}/estimate-shipping-methods"
    assert (await rest.post(path, {"address": {"city": "x" * SMALL_BODY}})).status == 413


async def test_the_line_shows_the_answer_and_the_totals_the_name(ctx, rest):
    option_id = await an_option(ctx)
    mask = await a_guest_cart(rest)
    await put(rest, mask, option_id, a_picture(size=(8, 6)), "fox.jpg", "image/jpeg")
    (item,) = (await rest.get(f"/rest/default/V1/guest-carts/{mask}/items")).body
    assert item["product_option"]["extension_attributes"]["custom_options"] == [
        {"option_id": str(option_id), "option_value": "file"}
    ]
    (total,) = (await rest.get(f"/rest/default/V1/guest-carts/{mask}/totals")).body["items"]
    assert json.loads(total["options"]) == [{"value": "fox.jpg 8 x 6 px.", "label": "Drawing"}]


@pytest.mark.parametrize(
    ("option", "content", "name", "type", "message"),
    [
        ({"file_extension": "jpg, png"}, TEXT, "fox.txt", "text/plain",
         "The file 'fox.txt' for 'Drawing' has an invalid extension."),
        ({}, TEXT, "fox.php", "text/plain", "The file 'fox.php' for 'Drawing' has an invalid extension."),
        ({"file_extension": "php"}, TEXT, "fox.PHP", "text/plain",
         "The file 'fox.PHP' for 'Drawing' has an invalid extension."),
        ({}, TEXT, "fox", "text/plain", "The file 'fox' for 'Drawing' has an invalid extension."),
        ({}, TEXT, "fox.tx t", "text/plain", "The file 'fox.tx t' for 'Drawing' has an invalid extension."),
        ({"image_size_x": 7, "image_size_y": 10}, a_picture(size=(8, 6)), "fox.jpg", "image/jpeg",
         "The maximum allowed image size for 'Drawing' is 7x10 px."),
        ({"image_size_x": 0, "image_size_y": 5}, a_picture(size=(8, 6)), "fox.jpg", "image/jpeg",
         "The maximum allowed image size for 'Drawing' is 0x5 px."),
        ({"image_size_x": 7, "image_size_y": 7}, TEXT, "fox.txt", "text/plain",
         'The file "fox.txt" is empty. Select another file and try again.'),
        ({}, b"", "fox.txt", "text/plain", "The image content must be valid base64 encoded data."),
        ({}, TEXT, "../fox.txt", "text/plain", "Provided image name contains forbidden characters."),
        ({}, TEXT, "fox\n.txt", "text/plain", "Provided image name contains forbidden characters."),
        ({}, TEXT, "", "text/plain", "Provided image name contains forbidden characters."),
        ({}, TEXT, "fox.jpg", "image/jpeg", "The image MIME type is not valid or not supported."),
        ({}, a_picture("PNG"), "fox.jpg", "image/jpeg", "The image MIME type is not valid or not supported."),
        ({}, b"x" * (7 * 1024**2 + 1), "fox.txt", "text/plain",
         "The file 'fox.txt' you uploaded is larger than the 7 megabytes allowed by our server."),
    ],
)  # fmt: skip
async def test_a_file_that_does_not_fit_is_refused_and_not_stored(ctx, rest, option, content, name, type, message):
    option_id = await an_option(ctx, **option)
    mask = await a_guest_cart(rest)
    reply = await put(rest, mask, option_id, content, name, type)
    assert (reply.status, reply.body) == (400, {"message": message})
    assert stored(ctx) == []
    assert await ctx.db.all(tuple, FILES) == []


async def test_a_picture_within_the_limits_is_taken(ctx, rest):
    option_id = await an_option(ctx, file_extension="png, jpg", image_size_x=8, image_size_y=6)
    mask = await a_guest_cart(rest)
    assert (await put(rest, mask, option_id, a_picture(size=(8, 6)), "fox.jpg", "image/jpeg")).status == 200


async def test_a_required_file_has_to_be_there(ctx, rest):
    option_id = await an_option(ctx, is_require=True)
    mask = await a_guest_cart(rest)
    required = {
        "message": "The product's required option(s) weren't entered. Make sure the options are entered and try again."
    }
    claimed = {"extension_attributes": {"custom_options": [{"option_id": str(option_id), "option_value": "file"}]}}
    for more in ({}, {"product_option": claimed}):
        reply = await add(rest, f"guest-carts/{mask}", "24-WB01", 1, **more)
        assert (reply.status, reply.body) == (400, required)
    assert (await put(rest, mask, option_id)).status == 200


async def test_nobody_gets_another_ones_file_by_naming_it(ctx, rest):
    option_id = await an_option(ctx)
    mask, other = await a_guest_cart(rest), await a_guest_cart(rest)
    await put(rest, mask, option_id)
    (description,) = await answers(ctx, mask)
    named = {"option_id": str(option_id), "option_value": json.dumps(description)}
    reply = await add(
        rest, f"guest-carts/{other}", "24-WB01", 1,
        product_option={"extension_attributes": {"custom_options": [named]}},
    )  # fmt: skip
    assert (reply.status, reply.body["price"]) == (200, 32)
    assert await answers(ctx, other) == []


async def test_two_files_are_two_lines(ctx, rest):
    option_id = await an_option(ctx)
    mask = await a_guest_cart(rest)
    for _ in range(2):
        await put(rest, mask, option_id)
    assert len((await rest.get(f"/rest/default/V1/guest-carts/{mask}/items")).body) == 2
    assert len(stored(ctx)) == 2


async def test_a_changed_line_keeps_its_file_until_another_comes(ctx, rest):
    option_id = await an_option(ctx, is_require=True)
    mask = await a_guest_cart(rest)
    item = (await put(rest, mask, option_id)).body
    (first,) = await answers(ctx, mask)
    url = f"/rest/default/V1/guest-carts/{mask}/items/{item['item_id']}"
    claimed = {"extension_attributes": {"custom_options": [{"option_id": str(option_id), "option_value": "file"}]}}

    assert (await rest.put(url, {"cartItem": {"qty": 3, "product_option": claimed}})).body["qty"] == 3
    assert await answers(ctx, mask) == [first]

    another = chosen(option_id, b"Lazy dog", "dog.txt", "text/plain")
    assert (await rest.put(url, {"cartItem": {"qty": 3, "product_option": another}})).status == 200
    assert [one["title"] for one in await answers(ctx, mask)] == ["dog.txt"]


async def test_a_call_that_fails_leaves_no_row(ctx, rest):
    option_id = await an_option(ctx)
    mask = await a_guest_cart(rest)
    reply = await add(
        rest, f"guest-carts/{mask}", "24-WB01", 1000,
        product_option=chosen(option_id, TEXT, "fox.txt", "text/plain"),
    )  # fmt: skip
    assert (reply.status, reply.body) == (400, {"message": "The requested qty is not available"})
    assert stored(ctx) == []
    assert await ctx.db.all(tuple, FILES) == []


async def test_the_files_of_a_cart_go_with_it_and_no_others(ctx, rest):
    option_id = await an_option(ctx)
    gone, stays = await a_guest_cart(rest), await a_guest_cart(rest)
    await put(rest, gone, option_id)
    await put(rest, stays, option_id, b"Lazy dog")
    await ctx.db.execute("delete from quote where masked_id = %(mask)s", mask=gone)

    await clean(ctx)

    (path,) = stored(ctx)
    assert path.read_bytes() == b"Lazy dog"
    assert len(await ctx.db.all(tuple, FILES)) == 1


async def test_what_was_ordered_stays_when_its_cart_goes(ctx, rest):
    option_id = await an_option(ctx)
    mask = await a_guest_cart(rest)
    await put(rest, mask, option_id)
    await ship(rest, f"guest-carts/{mask}")
    reply = await rest.put(f"/rest/default/V1/guest-carts/{mask}/order", {"paymentMethod": {"method": "checkmo"}})
    assert reply.status == 200, reply.body
    await ctx.db.execute("delete from quote where masked_id = %(mask)s", mask=mask)

    await clean(ctx)

    assert len(stored(ctx)) == 1


async def test_what_a_failed_call_left_is_removed_after_a_day(ctx, rest):
    option_id = await an_option(ctx)
    mask = await a_guest_cart(rest)
    await put(rest, mask, option_id)
    (known,) = stored(ctx)
    old, young = known.with_name("old.txt"), known.with_name("young.txt")
    for path in (old, young):
        path.write_bytes(TEXT)
    yesterday = (ctx.services.clock() - timedelta(hours=25)).timestamp()
    for path in (old, known):
        os.utime(path, (yesterday, yesterday))

    await clean(ctx)

    assert sorted(stored(ctx)) == sorted([known, young])


async def test_a_file_goes_along_when_its_guest_signs_in(ctx, rest):
    option_id = await an_option(ctx)
    mask = await a_guest_cart(rest)
    await put(rest, mask, option_id)
    customer = await a_customer(ctx)
    assert customer.id is not None
    visitor = await ctx.services.context(ctx.db, Actor(ActorType.CUSTOMER, customer.id), "default")
    cart_id = await create_customer_cart(visitor, customer.id)

    await merge(visitor, Mask(mask), customer)
    await clean(ctx)

    (path,) = stored(ctx)
    cart = await open_cart(visitor, cart_id)
    (description,) = [
        option_files.described(text)
        for text in option_files.kept_of(cart.goods[cart.content.items[0].product_id], cart.content.items[0]).values()
    ]
    assert description is not None
    assert option_files.location(ctx.settings, description) == path
    assert await ctx.db.values("select quote_id from quote_option_file") == [cart_id]
