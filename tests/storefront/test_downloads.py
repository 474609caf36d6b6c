"""Links and samples of downloadable products on their pages."""

from __future__ import annotations

import re
from decimal import Decimal

from entrepot.catalog import products
from entrepot.catalog.contracts import Product, ProductExtension, StockItem
from entrepot.catalog.downloadable import domains
from tests.catalog.downloadable.makers import HOST, a_file, a_link, a_sample, link_ids, samples_of
from tests.catalog.products.makers import a_draft, custom
from tests.storefront.makers import configure


async def a_download(ctx, *links, samples=(), price=22, separately=False, **values) -> Product:
    """Yoga Adventure, on sale."""
    await domains.add_domains(ctx, [HOST])
    return await products.save(
        ctx,
        a_draft(
            "240-LV06",
            name="Yoga Adventure",
            type_id="downloadable",
            price=Decimal(price),
            extension_attributes=ProductExtension(
                downloadable_product_links=list(links),
                downloadable_product_samples=list(samples),
                stock_item=StockItem(qty=Decimal(100), is_in_stock=True),
            ),
            custom_attributes=custom(links_purchased_separately=str(int(separately)), **values),
        ),
    )


def episodes():
    return [a_link(f"Episode {number}", sort_order=number, price=Decimal(9)) for number in (1, 2, 3)]


async def test_links_that_come_with_the_product_are_told(browser, ctx):
    await a_download(ctx, a_link(price=Decimal(5)), links_title="Downloads")
    await browser.get("/yoga-adventure.html")
    assert "$22.00" in browser.text
    assert "Downloads Yoga Adventure" in browser.text
    assert 'name="links[]"' not in browser.page.text
    assert "Add to Cart" in browser.text


async def test_links_sold_separately_have_boxes_with_their_prices(browser, ctx):
    product = await a_download(ctx, *episodes(), price=0, separately=True)
    ids = [str(id) for id in link_ids(product)]
    await browser.get("/yoga-adventure.html")
    assert re.findall(r'name="links\[\]" type="checkbox" value="(\d+)"', browser.page.text) == ids
    assert "Links * Episode 1 +$9.00" in browser.text


async def test_chosen_links_go_into_the_cart_and_stay_ticked_when_they_are_chosen_again(browser, ctx):
    product = await a_download(ctx, *episodes(), price=0, separately=True)
    first, second, _ = link_ids(product)
    await browser.get("/yoga-adventure.html")
    chosen = {"product": product.id, "qty": "1", "links[]": [str(first), str(second)]}
    await browser.post("/checkout/cart/add/", chosen)
    await browser.get("/checkout/cart/")
    assert "Links" in browser.text and "Episode 1, Episode 2" in browser.text
    assert "$18.00" in browser.text
    configure_it = re.search(r'href="([^"]*/checkout/cart/configure/[^"]*)"', browser.page.text)
    assert configure_it is not None
    await browser.get(configure_it[1])
    ticked = re.findall(r'name="links\[\]" type="checkbox" value="(\d+)" checked', browser.page.text)
    assert ticked == [str(first), str(second)]


async def test_no_link_is_no_purchase(browser, ctx):
    product = await a_download(ctx, *episodes(), price=0, separately=True)
    await browser.get("/yoga-adventure.html")
    await browser.post("/checkout/cart/add/", {"product": product.id, "qty": "1"})
    assert "Please specify product link(s)." in browser.text


async def test_a_product_without_links_is_out_of_stock_and_in_no_list(browser, ctx):
    await a_download(ctx)
    await browser.get("/yoga-adventure.html")
    assert "Out of stock" in browser.text
    assert "Add to Cart" not in browser.text
    await browser.get("/catalogsearch/result/?q=yoga")
    assert "Your search returned no results." in browser.text


async def test_a_product_with_links_is_found(browser, ctx):
    await a_download(ctx, a_link())
    await browser.get("/catalogsearch/result/?q=yoga")
    assert "Yoga Adventure" in browser.text


async def test_samples_lead_elsewhere_or_give_their_file(browser, ctx):
    link = a_link(sample_type="file", sample_file_content=a_file("first minute.mp3", b"om"))
    product = await a_download(ctx, link, samples=[a_sample()])
    [link_id], [sample] = link_ids(product), samples_of(product)
    await browser.get("/yoga-adventure.html")
    assert "Samples Trailer" in browser.text
    assert f'href="/downloadable/download/sample/sample_id/{sample.id}/" target="_blank"' in browser.page.text

    await browser.get(f"/downloadable/download/linkSample/link_id/{link_id}/")
    assert (browser.page.status_code, browser.page.content) == (200, b"om")
    assert browser.page.headers["content-type"] == "audio/mpeg"
    assert browser.page.headers["content-disposition"] == 'inline; filename="first_minute.mp3"'
    elsewhere = await browser.client.get(
        f"/downloadable/download/sample/sample_id/{sample.id}/", follow_redirects=False
    )
    assert (elsewhere.status_code, elsewhere.headers["location"]) == (302, f"https://{HOST}/trailer.mp4")


async def test_what_could_run_is_saved_not_shown(browser, ctx):
    page = a_link(sample_type="file", sample_file_content=a_file("a.html", b"<script>alert(1)</script>"))
    drawing = a_link(sample_type="file", sample_file_content=a_file("a.svg", b"<svg/>"), sort_order=2)
    product = await a_download(ctx, page, drawing)
    for id in link_ids(product):
        await browser.get(f"/downloadable/download/linkSample/link_id/{id}/")
        assert browser.page.headers["content-disposition"].startswith("attachment")


async def test_a_shop_may_have_samples_saved(browser, ctx):
    await configure(ctx, "catalog/downloadable/content_disposition", "attachment")
    await configure(ctx, "catalog/downloadable/links_target_new_window", "0")
    product = await a_download(ctx, a_link(sample_type="file", sample_file_content=a_file("a.mp3")))
    [link_id] = link_ids(product)
    await browser.get("/yoga-adventure.html")
    assert "target=" not in browser.page.text.split('class="sample"')[1].split(">")[0]
    await browser.get(f"/downloadable/download/linkSample/link_id/{link_id}/")
    assert browser.page.headers["content-disposition"] == 'attachment; filename="a.mp3"'


async def test_what_was_bought_has_no_address_and_samples_of_hidden_products_neither(browser, ctx):
    link = a_link(
        link_type="file",
        link_file_content=a_file("yoga.mp4"),
        sample_type="file",
        sample_file_content=a_file("try.mp4"),
    )
    product = await a_download(ctx, link)
    [link_id] = link_ids(product)
    for path in ("/media/downloadable/files/links/y/o/yoga.mp4", "/downloadable/download/linkSample/link_id/9/"):
        await browser.get(path)
        assert browser.page.status_code == 404
    await products.save(ctx, Product(sku="240-LV06", status=2))
    await browser.get(f"/downloadable/download/linkSample/link_id/{link_id}/")
    assert browser.page.status_code == 404
