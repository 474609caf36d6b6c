"""Links and samples as extension attributes of the product."""

from __future__ import annotations

import pytest

from entrepot.catalog import downloadable_links as service
from entrepot.catalog import products
from entrepot.catalog.contracts import Product, ProductExtension
from entrepot.catalog.downloadable import domains
from entrepot.catalog.downloadable.errors import InvalidDomain
from entrepot.kit.errors import Refused
from tests.catalog.downloadable.makers import HOST, a_download, a_file, a_link, a_sample
from tests.catalog.products.makers import a_draft, a_product, beside, listed, shown


def links_of(product: Product) -> list[tuple[int | None, str | None]]:
    return [(one.id, one.title) for one in beside(product).downloadable_product_links or ()]


async def change(ctx, **extension) -> Product:
    return await products.save(ctx, Product(sku="240-LV06", extension_attributes=ProductExtension(**extension)))


async def test_a_product_is_made_with_its_links_and_samples(ctx, admin):
    await domains.add_domains(ctx, [HOST])
    link = {
        "title": "Yoga Adventure",
        "sort_order": 1,
        "is_shareable": 2,
        "price": 0,
        "number_of_downloads": 0,
        "link_type": "url",
        "link_url": f"https://{HOST}/yoga.mp4",
    }
    sample = {"title": "Trailer", "sort_order": 1, "sample_type": "url", "sample_url": f"https://{HOST}/t.mp4"}
    reply = await admin.post(
        "/rest/all/V1/products",
        {
            "product": {
                "sku": "240-LV06",
                "name": "Yoga Adventure",
                "attribute_set_id": 4,
                "price": 22,
                "type_id": "downloadable",
                "extension_attributes": {
                    "downloadable_product_links": [link],
                    "downloadable_product_samples": [sample],
                },
                "custom_attributes": [
                    {"attribute_code": "links_title", "value": "Downloads"},
                    {"attribute_code": "links_purchased_separately", "value": "0"},
                ],
            }
        },
    )
    assert reply.status == 200, reply.body
    beside_it = reply.body["extension_attributes"]
    [shown_link], [shown_sample] = beside_it["downloadable_product_links"], beside_it["downloadable_product_samples"]
    assert shown_link == {"id": shown_link["id"], **link, "sample_type": None}
    assert shown_sample == {"id": shown_sample["id"], **sample}
    values = {one["attribute_code"]: one["value"] for one in reply.body["custom_attributes"]}
    assert (values["links_title"], values["links_purchased_separately"], values["links_exist"]) == (
        "Downloads", "0", "1",
    )  # fmt: skip
    assert "weight" not in reply.body


async def test_neither_key_is_there_without_entries(ctx, admin):
    await a_download(ctx)
    beside_it = (await admin.get("/rest/all/V1/products/240-LV06")).body["extension_attributes"]
    assert not {"downloadable_product_links", "downloadable_product_samples"} & beside_it.keys()


async def test_lists_show_them_too(ctx):
    from entrepot.kit.search_criteria import SearchCriteria

    await a_product(ctx, "plain")
    await a_download(ctx, links=[a_link("Yoga")])
    titles = {one.sku: [title for _, title in links_of(one)] for one in await listed(ctx, SearchCriteria())}
    assert titles == {"plain": [], "240-LV06": ["Yoga"]}


async def test_what_a_save_does_not_name_stays(ctx):
    before = links_of(await a_download(ctx, links=[a_link()], samples=[a_sample()]))
    assert links_of(await products.save(ctx, Product(sku="240-LV06", name="Other"))) == before
    after = await change(ctx, downloadable_product_samples=[])
    assert links_of(after) == before
    assert beside(after).downloadable_product_samples is None


async def test_an_empty_list_removes_all(ctx):
    await a_download(ctx, links=[a_link(), a_link("Other")])
    after = await change(ctx, downloadable_product_links=[])
    assert links_of(after) == []
    assert shown(after)["links_exist"] == "0"


async def test_a_list_changes_what_it_names_adds_the_rest_and_removes_what_is_left_out(ctx):
    [(first, _), (second, _)] = links_of(await a_download(ctx, links=[a_link("a"), a_link("b")]))
    after = links_of(
        await change(ctx, downloadable_product_links=[a_link("new"), a_link("B", id=second, sort_order=0)])
    )
    assert after[0] == (second, "B")
    assert [title for _, title in after] == ["B", "new"]
    assert first not in [id for id, _ in after]


async def test_an_entry_that_is_named_twice_is_changed_once_and_added_once(ctx):
    [(first, _)] = links_of(await a_download(ctx, links=[a_link("a")]))
    after = links_of(
        await change(ctx, downloadable_product_links=[a_link("b", id=first), a_link("c", id=first, sort_order=2)])
    )
    assert [title for _, title in after] == ["b", "c"]
    assert after[0][0] == first


async def test_ids_mean_nothing_for_a_new_product(ctx):
    [(id, _)] = links_of(await a_download(ctx, links=[a_link()]))
    [(copied, title)] = links_of(await a_download(ctx, "copy", links=[a_link("Copy", id=id)]))
    assert copied != id
    assert title == "Copy"
    assert [one.title for one in await service.get_links(ctx, "240-LV06")] == ["Yoga Adventure"]


async def test_a_bad_link_refuses_the_whole_product(ctx):
    with pytest.raises(Refused) as refused:
        await a_download(ctx, links=[a_link(), a_link(price=None)])
    assert refused.value.message == "Link price must have numeric positive value."
    assert await ctx.db.value("select count(*) from product") == 0
    assert await ctx.db.value("select count(*) from downloadable_file") == 0


async def test_other_types_pass_links_over(ctx):
    extension = ProductExtension(downloadable_product_links=[a_link(price=None)])
    product = await products.save(ctx, a_draft("plain", extension_attributes=extension))
    assert beside(product).downloadable_product_links is None


async def test_many_products_need_as_many_statements_as_one(ctx):
    await domains.add_domains(ctx, [HOST])

    def drafts(name: str, count: int) -> list[Product]:
        return [
            a_draft(
                f"{name}{number}",
                type_id="downloadable",
                extension_attributes=ProductExtension(
                    downloadable_product_links=[
                        a_link(), a_link(link_type="file", link_file_content=a_file(f"{name}{number}.mp4")),
                    ],
                    downloadable_product_samples=[a_sample()],
                ),
            )
            for number in range(count)
        ]  # fmt: skip

    async def statements(name: str, count: int) -> int:
        before: int = ctx.db.statements
        saved = await products.save_many(ctx, drafts(name, count))
        assert not any(draft.refusal for draft in saved)
        return int(ctx.db.statements) - before

    await statements("warm", 1)
    assert await statements("one", 1) == await statements("many", 20)


async def test_products_go_with_their_links(ctx):
    await a_download(ctx, links=[a_link()], samples=[a_sample()])
    await products.delete(ctx, "240-LV06")
    assert await ctx.db.value("select count(*) from downloadable_link") == 0
    assert await ctx.db.value("select count(*) from downloadable_sample") == 0


async def test_hosts_are_added_shown_and_removed(ctx):
    assert await domains.add_domains(ctx, ["B.example.com", "a.example.com"]) == ["a.example.com", "b.example.com"]
    assert await domains.remove_domains(ctx, ["A.example.com"]) == ["b.example.com"]
    for wrong in ("127.0.0.1", "127.1", "::1", "https://c.example.com", "c_d", ""):
        with pytest.raises(InvalidDomain):
            await domains.add_domains(ctx, [wrong])
    assert await domains.list_domains(ctx) == ["b.example.com"]
