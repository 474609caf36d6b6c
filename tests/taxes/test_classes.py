"""Tax classes through REST (spec 51, 6.1)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from entrepot.catalog import save_many
from entrepot.catalog.contracts import Product
from entrepot.kit.context import Context
from entrepot.kit.rest.contract import AttributeValue
from tests.rest_client import RestClient
from tests.taxes.makers import GOODS, RETAIL, a_class, a_rule

URL = "/rest/V1/taxClasses"


async def names(admin: RestClient) -> list[str]:
    found = await admin.get(f"{URL}/search?searchCriteria=")
    return [one["class_name"] for one in found.body["items"]]


async def test_a_class_is_made_read_renamed_and_deleted(admin: RestClient):
    made = await admin.post(URL, {"taxClass": {"class_name": "Books", "class_type": "PRODUCT"}})
    assert made.status == 200
    assert made.body == str(int(made.body))
    assert (await admin.get(f"{URL}/{made.body}")).body == {
        "class_id": int(made.body),
        "class_name": "Books",
        "class_type": "PRODUCT",
    }
    renamed = await admin.put(
        f"{URL}/{made.body}", {"taxClass": {"class_id": 2, "class_name": "Print", "class_type": "PRODUCT"}}
    )
    assert renamed.body == made.body
    assert await names(admin) == ["Taxable Goods", "Retail Customer", "Print"]
    assert (await admin.delete(f"{URL}/{made.body}")).body is True
    assert await names(admin) == ["Taxable Goods", "Retail Customer"]


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        (
            {"class_type": "PRODUCT"},
            {
                "message": '"%fieldName" is required. Enter and try again.',
                "parameters": {"fieldName": "class_name"},
            },
        ),
        (
            {"class_name": " ", "class_type": "PRODUCT"},
            {
                "message": '"%fieldName" is required. Enter and try again.',
                "parameters": {"fieldName": "class_name"},
            },
        ),
        (
            {"class_name": "X"},
            {
                "message": '"%fieldName" is required. Enter and try again.',
                "parameters": {"fieldName": "class_type"},
            },
        ),
        (
            {},
            {
                "message": "One or more input exceptions have occurred.",
                "errors": [
                    {
                        "message": '"%fieldName" is required. Enter and try again.',
                        "parameters": {"fieldName": "class_name"},
                    },
                    {
                        "message": '"%fieldName" is required. Enter and try again.',
                        "parameters": {"fieldName": "class_type"},
                    },
                ],
            },
        ),
        (
            {"class_name": "X", "class_type": "GOODS"},
            {
                "message": 'Invalid value of "%value" provided for the %fieldName field.',
                "parameters": {"value": "GOODS", "fieldName": "class_type"},
            },
        ),
        (
            {"class_name": "taxable goods", "class_type": "PRODUCT"},
            {"message": "A class with the same name already exists for ClassType %1.", "parameters": ["PRODUCT"]},
        ),
        (
            {"class_id": 2, "class_name": "X", "class_type": "CUSTOMER"},
            {"message": "Updating classType is not allowed."},
        ),
    ],
)
async def test_what_no_class_may_be(admin: RestClient, sent: dict[str, Any], answer: dict[str, Any]):
    refused = await admin.post(URL, {"taxClass": sent})
    assert (refused.status, refused.body) == (400, answer)
    assert await names(admin) == ["Taxable Goods", "Retail Customer"]


async def test_a_rename_to_a_taken_name_is_refused(ctx: Context, admin: RestClient):
    books = await a_class(ctx, "Books")
    refused = await admin.put(f"{URL}/{books}", {"taxClass": {"class_name": "Taxable Goods", "class_type": "PRODUCT"}})
    assert (refused.status, refused.body["parameters"]) == (400, ["PRODUCT"])
    assert await names(admin) == ["Taxable Goods", "Retail Customer", "Books"]


async def test_both_types_may_have_the_same_name(admin: RestClient):
    made = await admin.post(URL, {"taxClass": {"class_name": "Taxable Goods", "class_type": "CUSTOMER"}})
    assert made.status == 200


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_an_unknown_class_is_not_found(admin: RestClient, method: str):
    body = {"taxClass": {"class_name": "X", "class_type": "PRODUCT"}} if method == "PUT" else None
    missing = await admin.call(method, f"{URL}/99", body)
    assert missing.status == 404
    assert missing.body == {
        "message": "No such entity with %fieldName = %fieldValue",
        "parameters": {"fieldName": "class_id", "fieldValue": 99},
    }


async def test_a_class_in_a_rule_stays_whatever_else_uses_it(ctx: Context, admin: RestClient):
    await a_rule(ctx, rates=[1])
    for class_id in (GOODS, RETAIL):
        refused = await admin.delete(f"{URL}/{class_id}")
        assert (refused.status, refused.body) == (
            400,
            {
                "message": "You cannot delete this tax class because it is used in Tax Rules. "
                "You have to delete the rules it is used in first."
            },
        )
    assert await names(admin) == ["Taxable Goods", "Retail Customer"]


async def test_a_class_of_groups_or_products_stays(ctx: Context, admin: RestClient):
    books = await a_class(ctx, "Books")
    await ctx.changed()
    await save_many(
        ctx,
        [
            Product(
                sku="book",
                name="Book",
                attribute_set_id=4,
                type_id="simple",
                price=Decimal(1),
                custom_attributes=[AttributeValue(attribute_code="tax_class_id", value=str(books))],
            )
        ],
    )
    for class_id, users in ((RETAIL, "customer group"), (books, "product")):
        refused = await admin.delete(f"{URL}/{class_id}")
        assert (refused.status, refused.body) == (
            400,
            {
                "message": "You cannot delete this tax class because it is used in existing %1(s).",
                "parameters": [users],
            },
        )
    assert (await admin.delete(f"{URL}/{GOODS}")).body is True
    assert await names(admin) == ["Retail Customer", "Books"]


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [
        ("class_id", "2", ["Taxable Goods"]),
        ("class_name", "retail customer", ["Retail Customer"]),
        ("class_type", "PRODUCT", ["Taxable Goods"]),
    ],
)
async def test_classes_are_found_by_each_field(admin: RestClient, field: str, value: str, found: list[str]):
    filters = "searchCriteria[filter_groups][0][filters][0]"
    reply = await admin.get(f"{URL}/search?{filters}[field]={field}&{filters}[value]={value}")
    assert [one["class_name"] for one in reply.body["items"]] == found


async def test_guests_may_not_read_classes(rest: RestClient):
    assert (await rest.get(f"{URL}/2")).status == 401
