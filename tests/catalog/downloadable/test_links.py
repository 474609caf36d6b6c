"""Links and samples through their own routes."""

from __future__ import annotations

import base64
from decimal import Decimal

import pytest

from entrepot.catalog import downloadable_links as service
from entrepot.catalog.downloadable import files
from entrepot.catalog.media.serving import PATH
from entrepot.kit.errors import Refused
from entrepot.kit.jobs import run_due
from entrepot.stores import write_value
from tests.catalog.downloadable.makers import HOST, a_download, a_file, a_link, a_sample
from tests.catalog.products.makers import a_product, a_view

LINKS = "/rest/all/V1/products/240-LV06/downloadable-links"
NO_PRODUCT = "The product that was requested doesn't exist. Verify the product and try again."
WRONG_TYPE = "The product needs to be the downloadable type. Verify the product and try again."
NO_LINK = "No downloadable link with the provided ID was found. Verify the ID and try again."
NO_SAMPLE = "No downloadable sample with the provided ID was found. Verify the ID and try again."
IN_BASE64 = base64.b64encode(b"breathe in").decode()

LINK = {
    "title": "Yoga Adventure",
    "sort_order": 3,
    "is_shareable": 1,
    "price": 2.5,
    "number_of_downloads": 7,
    "link_type": "file",
    "link_file_content": {"file_data": IN_BASE64, "name": "Yoga adventure.mp4"},
    "sample_type": "url",
    "sample_url": f"https://{HOST}/trailer.mp4",
}


async def everything(ctx):
    tables = ("link", "link_title", "link_price", "sample", "sample_title")
    statements = [f"select * from downloadable_{table} order by 1, 2" for table in tables]  # noqa: S608 (constants)
    found = [await ctx.db.all(tuple, statement) for statement in statements]
    return [*found, await ctx.db.values("select file from downloadable_file order by 1")]


async def refusal(ctx, call) -> Refused:
    """The refusal of a call, after which everything is as before."""
    before = await everything(ctx)
    with pytest.raises(Refused) as refused:
        await call
    assert await everything(ctx) == before
    return refused.value


async def test_a_link_is_added_and_read_in_the_order_of_the_interface(ctx, admin):
    await a_download(ctx)
    added = await admin.post(LINKS, {"link": LINK, "isGlobalScopeContent": True})
    assert (added.status, type(added.body)) == (200, int)
    reply = await admin.get(LINKS)
    assert reply.body == [
        {
            "id": added.body,
            "title": "Yoga Adventure",
            "sort_order": 3,
            "is_shareable": 1,
            "price": 2.5,
            "number_of_downloads": 7,
            "link_type": "file",
            "link_file": "/Y/o/Yoga_adventure.mp4",
            "sample_type": "url",
            "sample_url": f"https://{HOST}/trailer.mp4",
        }
    ]
    assert list(reply.body[0]) == [
        "id", "title", "sort_order", "is_shareable", "price", "number_of_downloads", "link_type", "link_file",
        "sample_type", "sample_url",
    ]  # fmt: skip


async def test_a_link_without_a_sample_says_so(ctx, admin):
    await a_download(ctx, links=[a_link()])
    [link] = (await admin.get(LINKS)).body
    assert link["sample_type"] is None
    assert "sample_url" not in link


async def test_a_sample_is_added_changed_and_removed(ctx, admin):
    await a_download(ctx)
    sample = {"title": "Trailer", "sort_order": 1, "sample_type": "url", "sample_url": f"https://{HOST}/t.mp4"}
    id = (await admin.post(f"{LINKS}/samples", {"sample": sample})).body
    assert (await admin.get(f"{LINKS}/samples")).body == [{"id": id, **sample}]
    changed = {**sample, "title": "Teaser", "sort_order": 2}
    assert (await admin.put(f"{LINKS}/samples/{id}", {"sample": changed})).body == id
    assert (await admin.get(f"{LINKS}/samples")).body == [{"id": id, **changed}]
    assert (await admin.delete(f"/rest/all/V1/products/downloadable-links/samples/{id}")).body is True
    assert (await admin.get(f"{LINKS}/samples")).body == []
    assert (await admin.delete(f"/rest/all/V1/products/downloadable-links/samples/{id}")).status == 404


async def test_a_link_is_changed_by_the_id_of_the_path_and_keeps_its_file_and_sample(ctx, admin):
    await a_download(ctx)
    id = (await admin.post(LINKS, {"link": LINK})).body
    changed = {name: value for name, value in LINK.items() if not name.startswith(("sample", "link_file"))}
    reply = await admin.put(f"{LINKS}/{id}", {"link": {**changed, "title": "Yoga", "price": 3}})
    assert reply.body == id
    [link] = (await admin.get(LINKS)).body
    assert (link["title"], link["price"], link["link_file"]) == ("Yoga", 3, "/Y/o/Yoga_adventure.mp4")
    assert (link["sample_type"], link["sample_url"]) == ("url", f"https://{HOST}/trailer.mp4")


async def test_an_empty_type_takes_the_sample_of_a_link_away(ctx, admin):
    await a_download(ctx)
    id = (await admin.post(LINKS, {"link": LINK})).body
    await admin.put(f"{LINKS}/{id}", {"link": {**LINK, "sample_type": ""}})
    [link] = (await admin.get(LINKS)).body
    assert (link["sample_type"], link.get("sample_url")) == (None, None)


async def test_a_link_is_removed(ctx, admin):
    await a_download(ctx, links=[a_link(), a_link("Other")])
    first, other = [link["id"] for link in (await admin.get(LINKS)).body]
    assert (await admin.delete(f"/rest/all/V1/products/downloadable-links/{first}")).body is True
    assert [link["id"] for link in (await admin.get(LINKS)).body] == [other]
    again = await admin.delete(f"/rest/all/V1/products/downloadable-links/{first}")
    assert (again.status, again.body) == (404, {"message": NO_LINK})


async def test_links_come_by_their_order_then_by_age(ctx):
    await a_download(ctx, links=[a_link("c", sort_order=2), a_link("a", sort_order=1), a_link("b", sort_order=1)])
    assert [link.title for link in await service.get_links(ctx, "240-LV06")] == ["a", "b", "c"]


async def test_other_types_have_no_links(ctx, admin):
    await a_product(ctx, "240-LV06")
    assert (await admin.get(LINKS)).body == []
    assert (await admin.get(f"{LINKS}/samples")).body == []
    reply = await admin.post(LINKS, {"link": LINK})
    assert (reply.status, reply.body) == (400, {"message": WRONG_TYPE})


async def test_unknown_products_are_refused(ctx, admin):
    for url in (LINKS, f"{LINKS}/samples"):
        reply = await admin.get(url)
        assert (reply.status, reply.body) == (404, {"message": NO_PRODUCT})
    reply = await admin.post(LINKS, {"link": {}})
    assert (reply.status, reply.body) == (404, {"message": NO_PRODUCT})


async def test_guests_may_not_read_links(ctx, rest):
    await a_download(ctx, links=[a_link()])
    assert (await rest.get(LINKS)).status == 401


async def test_ids_of_nothing_and_of_other_products_are_told_apart(ctx):
    await a_download(ctx, "other", links=[a_link()], samples=[a_sample()])
    await a_download(ctx)
    [link] = await service.get_links(ctx, "other")
    [sample] = await service.get_samples(ctx, "other")
    unknown = await refusal(ctx, service.save_link(ctx, "240-LV06", a_link(id=(link.id or 0) + 1)))
    assert (unknown.status, unknown.rendered()) == (404, NO_LINK)
    foreign = await refusal(ctx, service.save_link(ctx, "240-LV06", a_link(id=link.id)))
    assert foreign.rendered() == "The downloadable link isn't related to the product. Verify the link and try again."
    assert foreign.status == 400
    unknown = await refusal(ctx, service.save_sample(ctx, "240-LV06", a_sample(id=2**40)))
    assert (unknown.status, unknown.rendered()) == (404, NO_SAMPLE)
    foreign = await refusal(ctx, service.save_sample(ctx, "240-LV06", a_sample(id=sample.id)))
    assert foreign.rendered() == "The downloadable sample isn't related to the product. Verify the link and try again."


PRICE = "Link price must have numeric positive value."
DOWNLOADS = "Number of downloads must be a positive integer."
ORDER = "Sort order must be a positive integer."
LINK_URL = "Link URL must have valid format."
LINK_DOMAIN = "Link URL's domain is not in list of downloadable_domains in env.php."
SAMPLE_URL = "Sample URL must have valid format."
SAMPLE_DOMAIN = "Sample URL's domain is not in list of downloadable_domains in env.php."
CONTENT = "Provided content must be valid base64 encoded data."
NAME = "Provided file name contains forbidden characters."


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"link_type": None}, "The link type is invalid. Verify and try again."),
        ({"link_type": "ftp"}, "The link type is invalid. Verify and try again."),
        ({"sample_type": "ftp"}, "The link sample type is invalid. Verify and try again."),
        ({"price": None}, PRICE),
        ({"price": Decimal("-0.01")}, PRICE),
        ({"number_of_downloads": None}, DOWNLOADS),
        ({"number_of_downloads": -1}, DOWNLOADS),
        ({"sort_order": None}, ORDER),
        ({"sort_order": -1}, ORDER),
        ({"link_url": None}, LINK_URL),
        ({"link_url": "ftp://cdn.example.com/x"}, LINK_URL),
        ({"link_url": "https://cdn.example.com/a b"}, LINK_URL),
        ({"link_url": "http://"}, LINK_URL),
        ({"link_url": "https://elsewhere.example.com/x"}, LINK_DOMAIN),
        ({"link_url": "https://127.0.0.1/x"}, LINK_DOMAIN),
        ({"link_url": "https://[::1]/x"}, LINK_DOMAIN),
        ({"link_type": "file", "link_file_content": a_file(content=b"")}, CONTENT),
        ({"link_type": "file", "link_file_content": a_file("a/b.mp4")}, NAME),
        ({"link_type": "file", "link_file_content": a_file("")}, NAME),
        ({"link_type": "file"}, "Link file not found. Please try again."),
        ({"link_type": "file", "link_file": "/n/o/no.mp4"}, "Link file not found. Please try again."),
        ({"sample_type": "url"}, SAMPLE_URL),
        ({"sample_type": "url", "sample_url": "https://elsewhere.example.com/x"}, SAMPLE_DOMAIN),
        ({"sample_type": "file", "sample_file_content": a_file("a|b.mp4")}, NAME),
        ({"sample_type": "file"}, "Link sample file not found. Please try again."),
        ({"title": None}, "The link title is empty. Enter the link title and try again."),
        ({"title": "  "}, "The link title is empty. Enter the link title and try again."),
    ],
)
async def test_a_link_that_breaks_a_rule_is_refused(ctx, fields, message):
    await a_download(ctx)
    refused = await refusal(ctx, service.save_link(ctx, "240-LV06", a_link(**fields)))
    assert (refused.status, refused.message, refused.parameters) == (400, message, None)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"sample_type": None}, "The sample type is invalid. Verify the sample type and try again."),
        ({"sort_order": -1}, ORDER),
        ({"sample_url": "trailer"}, SAMPLE_URL),
        ({"sample_url": "https://elsewhere.example.com/x"}, SAMPLE_DOMAIN),
        ({"sample_type": "file", "sample_file_content": a_file(content=b"")}, CONTENT),
        ({"sample_type": "file"}, "Sample file not found. Please try again."),
        ({"title": ""}, "The sample title is empty. Enter the title and try again."),
    ],
)
async def test_a_sample_that_breaks_a_rule_is_refused(ctx, fields, message):
    await a_download(ctx)
    refused = await refusal(ctx, service.save_sample(ctx, "240-LV06", a_sample(**fields)))
    assert (refused.status, refused.message) == (400, message)


async def test_the_first_rule_that_is_broken_is_told(ctx):
    await a_download(ctx)
    link = a_link(None, price=None, sort_order=-1, link_url="nowhere")
    assert (await refusal(ctx, service.save_link(ctx, "240-LV06", link))).message == PRICE


async def test_hosts_of_the_shop_itself_are_allowed(ctx):
    await write_value(ctx, "web/secure/base_url", "https://shop.example.org/")
    await a_download(ctx)
    assert await service.save_link(ctx, "240-LV06", a_link(link_url="https://SHOP.example.org:8443/x.mp4"))


async def test_a_view_has_its_own_title_and_a_website_its_own_price(ctx):
    await write_value(ctx, "catalog/price/scope", "1")
    french = await a_view(ctx, "fr", website="france")
    await a_download(ctx, links=[a_link("Yoga", price=Decimal(4))])
    [link] = await service.get_links(ctx, "240-LV06")
    in_france = ctx.in_store(french)
    own = a_link("Le yoga", id=link.id, price=Decimal(5))
    assert await service.save_link(in_france, "240-LV06", own, False) == link.id
    [there], [here] = await service.get_links(in_france, "240-LV06"), await service.get_links(ctx, "240-LV06")
    assert (there.title, there.price, here.title, here.price) == ("Le yoga", Decimal(5), "Yoga", Decimal(4))
    await service.save_link(in_france, "240-LV06", a_link(None, id=link.id, price=Decimal(5)), False)
    [there] = await service.get_links(in_france, "240-LV06")
    assert (there.title, there.price) == ("Yoga", Decimal(5))


async def test_prices_are_the_same_everywhere_where_prices_are_global(ctx):
    french = await a_view(ctx, "fr", website="france")
    await a_download(ctx, links=[a_link("Yoga", price=Decimal(4))])
    [link] = await service.get_links(ctx, "240-LV06")
    await service.save_link(ctx.in_store(french), "240-LV06", a_link("Le yoga", id=link.id, price=Decimal(5)), False)
    [here] = await service.get_links(ctx, "240-LV06")
    assert (here.title, here.price) == ("Yoga", Decimal(5))


async def test_equal_names_get_numbers_and_the_files_lie_in_their_folders(ctx):
    await a_download(
        ctx,
        links=[
            a_link("a", link_type="file", link_file_content=a_file("yoga.mp4", b"first")),
            a_link(
                "b",
                link_type="file",
                link_file_content=a_file("yoga.mp4", b"second"),
                sample_type="file",
                sample_file_content=a_file("yoga.mp4", b"sample"),
            ),
        ],
    )
    first, second = await service.get_links(ctx, "240-LV06")
    assert (first.link_file, second.link_file) == ("/y/o/yoga.mp4", "/y/o/yoga_1.mp4")
    assert second.sample_file == "/y/o/yoga.mp4"
    asked_for = await files.on_disk(ctx, files.LINKS, "/y/o/yoga_1.mp4")
    assert asked_for is not None and asked_for.read_bytes() == b"second"
    await run_due(ctx)
    root = ctx.settings.home / "media" / "downloadable" / "files"
    assert (root / "links/y/o/yoga.mp4").read_bytes() == b"first"
    assert (root / "link_samples/y/o/yoga.mp4").read_bytes() == b"sample"
    assert await ctx.db.value("select count(*) from downloadable_file where content is not null") == 0


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("image.jpg", "/i/m/image.jpg"),
        ("README", "/R/E/README"),
        ("..", "/f/i/file"),
        ("été.mp3", "/_/t/_t_.mp3"),
        ("日本.zip", "/f/i/file.zip"),
        ("a.tar.gz", "/a/_/a.tar.gz"),
        ("x.mp4", "/x/_/x.mp4"),
    ],
)
def test_names_of_files_are_cleaned(name, file):
    assert files.file_name(name).numbered(0) == file


async def test_a_file_that_is_there_can_be_named_again(ctx):
    await a_download(ctx, "a", links=[a_link(link_type="file", link_file_content=a_file("yoga.mp4"))])
    await a_download(ctx, "b")
    await service.save_link(ctx, "b", a_link(link_type="file", link_file="/y/o/yoga.mp4"))
    [link] = await service.get_links(ctx, "b")
    assert (link.link_type, link.link_file, link.link_url) == ("file", "/y/o/yoga.mp4", None)


@pytest.mark.parametrize("folder", ["links", "link_samples", "samples"])
def test_files_have_no_address_of_their_own(folder):
    """Not even those that are pictures."""
    assert PATH.fullmatch("/media/catalog/product/y/o/yoga.jpg")
    for path in (f"/media/downloadable/files/{folder}/y/o/yoga.jpg", f"/media/catalog/product/../../{folder}/y.jpg"):
        assert PATH.fullmatch(path) is None
