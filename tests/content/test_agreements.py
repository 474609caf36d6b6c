"""Terms and conditions: read by clients, written by the Admin (spec 50, 12)."""

from __future__ import annotations

import pytest

from entrepot.content.agreements import delete_agreement, get_agreement, save_agreement, stores_of
from entrepot.content.contracts import Agreement
from entrepot.content.errors import InvalidHeight, NoSuchAgreement
from entrepot.content.rules import content_height
from entrepot.kit.errors import Invalid
from entrepot.stores import ManagedStore, create_view, write_value
from tests.content.makers import an_agreement

LICENCE = "/rest/default/V1/carts/licence"


async def enable(ctx) -> None:
    await write_value(ctx, "checkout/options/enable_agreements", "1")


async def test_nothing_is_listed_while_agreements_are_switched_off(ctx, admin):
    await an_agreement(ctx)
    reply = await admin.get(LICENCE)
    assert (reply.status, reply.body) == (200, [])


async def test_the_active_agreements_of_the_store_are_listed_in_full(ctx, admin):
    await enable(ctx)
    everywhere = await an_agreement(ctx, "Terms", content_height="100")
    here = await an_agreement(ctx, "Privacy", store_ids=[1], is_html=True, content="<b>No</b>", mode=0)
    await an_agreement(ctx, "Old", is_active=False)
    reply = await admin.get(LICENCE)
    assert reply.body == [
        {
            "agreement_id": everywhere,
            "name": "Terms",
            "content": "Goods go back within 14 days.",
            "content_height": "100px",
            "checkbox_text": "I agree",
            "is_active": True,
            "is_html": False,
            "mode": 1,
        },
        {
            "agreement_id": here,
            "name": "Privacy",
            "content": "<b>No</b>",
            "checkbox_text": "I agree",
            "is_active": True,
            "is_html": True,
            "mode": 0,
        },
    ]


async def test_an_agreement_of_another_store_view_is_not_listed(ctx, admin):
    await enable(ctx)
    other = await create_view(ctx, ManagedStore(code="german", name="German", store_group_id=1, is_active=True))
    assert other.id is not None
    await an_agreement(ctx, "AGB", store_ids=[other.id])
    assert (await admin.get(LICENCE)).body == []
    assert [one["name"] for one in (await admin.get("/rest/german/V1/carts/licence")).body] == ["AGB"]


async def test_the_list_has_all_agreements_and_filters_them(ctx, admin):
    await an_agreement(ctx, "Terms")
    await an_agreement(ctx, "Old", is_active=False, store_ids=[1])

    async def found(query: str) -> list[str]:
        reply = await admin.get(f"{LICENCE}/list?{query}")
        assert reply.status == 200, reply.body
        return [one["name"] for one in reply.body]

    def by(field: str, value: str, condition: str = "eq") -> str:
        start = "searchCriteria[filter_groups][0][filters][0]"
        return f"{start}[field]={field}&{start}[value]={value}&{start}[condition_type]={condition}"

    assert await found("searchCriteria=") == ["Terms", "Old"]
    assert await found(by("is_active", "0")) == ["Old"]
    assert await found(by("store_id", "1")) == ["Terms", "Old"]
    assert await found(by("store_id", "7")) == ["Terms"]
    assert await found(by("store_id", "7", "neq")) == ["Old"]


async def test_guests_may_not_read_agreements(rest):
    assert (await rest.get(LICENCE)).status == 401
    assert (await rest.get(f"{LICENCE}/list?searchCriteria=")).status == 401


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", None), ("0", None), ("0px", None), ("0.0em", None), ("100", "100px"), ("100px", "100px"),
        ("77pt", "77pt"), ("20em", "20em"), (".5ex", ".5ex"), ("50%", "50%"), (" 12.5PX ", "12.5px"),
    ],
)  # fmt: skip
def test_a_height_is_a_length_of_css(given, kept):
    assert content_height(given) == kept


@pytest.mark.parametrize("given", ["tall", "10 px", "-5px", "1..2px", "10px;color:red", "calc(1px)"])
def test_another_height_is_refused(given):
    with pytest.raises(InvalidHeight):
        content_height(given)


async def test_an_agreement_is_changed_in_place_and_its_stores_replaced(ctx):
    agreement_id = await an_agreement(ctx, store_ids=[1])
    known = await get_agreement(ctx, agreement_id)
    known.name = "New terms"
    assert await save_agreement(ctx, known, [0, 1]) == agreement_id
    assert (await get_agreement(ctx, agreement_id)).name == "New terms"
    assert await stores_of(ctx, agreement_id) == [0]


async def test_an_agreement_without_texts_and_stores_is_refused(ctx):
    with pytest.raises(Invalid) as refused:
        await save_agreement(ctx, Agreement(name=" "), [])
    assert [error.named["field_name"] for error in refused.value.errors] == [
        "name", "checkboxText", "content", "stores",
    ]  # fmt: skip
    assert await ctx.db.value("select count(*) from checkout_agreement") == 0


async def test_a_deleted_agreement_is_gone(ctx):
    agreement_id = await an_agreement(ctx)
    await delete_agreement(ctx, agreement_id)
    with pytest.raises(NoSuchAgreement):
        await delete_agreement(ctx, agreement_id)
