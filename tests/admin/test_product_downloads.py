"""Downloadable Information: links and samples on the form of a product."""

from __future__ import annotations

import base64
from decimal import Decimal

from entrepot.catalog.downloadable import domains, files
from tests.admin.product_pages import HOME, fields_of, found, send_fields, skus
from tests.catalog.downloadable.makers import HOST, a_download, a_file, a_link, a_sample
from tests.catalog.products.makers import beside, id_of, shown
from tests.storefront.makers import a_website, configure

NEW = {"product[name]": "Yoga Adventure", "product[sku]": "240-LV06", "product[price]": "22"}
LINK = "downloadable_links[0]"
SAMPLE = "downloadable_samples[0]"
MP4 = base64.b64encode(b"breathe in").decode()


async def links_of(ctx, sku="240-LV06", view=None):
    return beside(await found(ctx, sku, view)).downloadable_product_links or []


async def press(browser, do, **files):
    await send_fields(browser, {"do": do}, **files)


async def test_the_type_is_offered(browser):
    await browser.get(f"{HOME}/")
    assert f"{HOME}/new/type/downloadable/" in browser.page.text


async def test_the_tutorials_product_is_made_with_its_link_and_a_sample(browser, ctx):
    await domains.add_domains(ctx, [HOST])
    await browser.get(f"{HOME}/new/type/downloadable/")
    await press(browser, "add downloadable_links")
    await press(browser, "add downloadable_samples")
    await send_fields(
        browser,
        {
            **NEW,
            "product[links_title]": "Downloads",
            f"{LINK}[title]": "Yoga Adventure",
            f"{LINK}[price]": "5",
            f"{LINK}[is_shareable]": "1",
            f"{LINK}[number_of_downloads]": "3",
            f"{SAMPLE}[title]": "Trailer",
            f"{SAMPLE}[type]": "url",
            f"{SAMPLE}[url]": f"https://{HOST}/t.mp4",
        },
        files={f"{LINK}[upload]": ("yoga.mp4", b"breathe in", "video/mp4")},
    )
    assert browser.messages == ["success: You saved the product."]
    product = await found(ctx, "240-LV06")
    assert (product.type_id, product.price) == ("downloadable", Decimal(22))
    values = shown(product)
    assert (values["links_purchased_separately"], values["links_title"]) == ("0", "Downloads")
    assert values.get("samples_title") is None
    [link] = beside(product).downloadable_product_links or []
    assert (link.title, link.price, link.is_shareable, link.number_of_downloads, link.sort_order) == (
        "Yoga Adventure", Decimal(5), 1, 3, 1,
    )  # fmt: skip
    assert (link.link_type, link.link_file) == ("file", "/y/o/yoga.mp4")
    path = await files.on_disk(ctx, files.LINKS, "/y/o/yoga.mp4")
    assert path is not None and path.read_bytes() == b"breathe in"
    [sample] = beside(product).downloadable_product_samples or []
    assert (sample.title, sample.sample_type, sample.sample_url) == ("Trailer", "url", f"https://{HOST}/t.mp4")


async def test_a_chosen_file_survives_a_refusal(browser, ctx):
    await browser.get(f"{HOME}/new/type/downloadable/")
    await press(browser, "add downloadable_links")
    await send_fields(
        browser,
        {**NEW, f"{LINK}[title]": ""},
        files={f"{LINK}[upload]": ("yoga.mp4", b"breathe in", "video/mp4")},
    )
    assert browser.page.status_code == 422
    assert "Title: This is a required field." in browser.text
    assert fields_of(browser)[f"{LINK}[content]"] == [MP4]
    await send_fields(browser, {f"{LINK}[title]": "Yoga"})
    assert [(one.title, one.link_file) for one in await links_of(ctx)] == [("Yoga", "/y/o/yoga.mp4")]


async def test_what_the_rules_of_links_refuse_is_said_in_the_panel(browser, ctx):
    await browser.get(f"{HOME}/new/type/downloadable/")
    await press(browser, "add downloadable_links")
    await send_fields(
        browser, {**NEW, f"{LINK}[title]": "Yoga", f"{LINK}[type]": "url", f"{LINK}[url]": "https://elsewhere.example/"}
    )
    assert browser.page.status_code == 422
    panel = browser.page.text.split('id="panel-downloads"')[1]
    assert "Link URL&#39;s domain is not in list" in panel or "Link URL's domain is not in list" in panel
    assert await skus(ctx) == []


async def test_links_are_shown_changed_and_removed(browser, ctx):
    product = await a_download(
        ctx,
        links=[
            a_link("a", price=Decimal("9.5")),
            a_link("b", sort_order=2, link_type="file", link_file_content=a_file()),
        ],
        samples=[a_sample()],
    )
    first, second = await links_of(ctx)
    await browser.get(f"{HOME}/edit/id/{id_of(product)}/")
    fields = fields_of(browser)
    assert (fields[f"{LINK}[title]"], fields[f"{LINK}[price]"]) == (["a"], ["9.50"])
    assert fields[f"{SAMPLE}[title]"] == ["Trailer"]
    assert "yoga.mp4" in browser.text
    await press(browser, "remove downloadable_links.0")
    await press(browser, "remove downloadable_samples.0")
    await send_fields(browser, {f"{LINK}[title]": "B", "product[links_purchased_separately]": "1"})
    assert browser.messages == ["success: You saved the product."]
    [left] = await links_of(ctx)
    assert (left.id, left.title, left.link_file) == (second.id, "B", second.link_file)
    assert first.id != left.id
    after = await found(ctx, "240-LV06")
    assert beside(after).downloadable_product_samples is None
    assert shown(after)["links_purchased_separately"] == "1"


async def test_a_view_has_its_own_titles(browser, ctx):
    us = await a_website(ctx)
    product = await a_download(ctx, links=[a_link("Yoga")])
    await browser.get(f"{HOME}/edit/id/{id_of(product)}/store/{us.id}/")
    await send_fields(
        browser,
        {f"{LINK}[title]": "Yoga in the US", "product[links_title]": "Loads", "use_default[links_title]": None},
    )
    assert browser.messages == ["success: You saved the product."]
    [there], [here] = await links_of(ctx, view=us), await links_of(ctx)
    assert (there.title, here.title) == ("Yoga in the US", "Yoga")
    assert shown(await found(ctx, "240-LV06", us))["links_title"] == "Loads"
    assert "links_title" not in shown(await found(ctx, "240-LV06"))


async def test_new_links_begin_with_the_configured_number_of_downloads(browser, ctx):
    await configure(ctx, "catalog/downloadable/downloads_number", "4")
    await browser.get(f"{HOME}/new/type/downloadable/")
    await press(browser, "add downloadable_links")
    assert fields_of(browser)[f"{LINK}[number_of_downloads]"] == ["4"]


async def test_other_types_have_no_such_panel(browser):
    await browser.get(f"{HOME}/new/type/simple/")
    assert "Downloadable Information" not in browser.text


async def test_a_copy_has_the_links_too(browser, ctx):
    product = await a_download(ctx, links=[a_link("Yoga", link_type="file", link_file_content=a_file())])
    await browser.get(f"{HOME}/edit/id/{id_of(product)}/")
    await send_fields(browser, {"after": "duplicate"})
    [copied] = await links_of(ctx, "240-LV06-1")
    [original] = await links_of(ctx)
    assert (copied.title, copied.link_file) == ("Yoga", original.link_file)
    assert copied.id != original.id
