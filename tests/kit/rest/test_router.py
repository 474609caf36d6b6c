"""Spec 00-webapi, 1: which route a path names."""

import pytest

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import ANONYMOUS, Operation, operation
from entrepot.kit.rest.router import Router, as_bulk


@operation("GET /V1/products/{sku}", access=ANONYMOUS, service="A.B.Api.Products.get")
@operation("GET /V1/products/attributes/types", access=ANONYMOUS, service="A.B.Api.Products.types")
@operation("GET /V1/products/attributes/{attribute_code}", access=ANONYMOUS, service="A.B.Api.Products.attribute")
@operation("PUT /V1/products/{sku}", access=ANONYMOUS, service="A.B.Api.Products.save")
@operation("GET /V1/products/{sku}/links/{type}", access=ANONYMOUS, service="A.B.Api.Products.links")
@operation("GET /V1/products/{sku}/media", access=ANONYMOUS, service="A.B.Api.Products.media")
async def declared(ctx: Context) -> None: ...


OPERATIONS: list[Operation] = declared.__dict__["__operations__"]
ROUTER = Router(OPERATIONS)


@pytest.mark.parametrize(
    ("method", "path", "method_name", "variables"),
    [
        ("GET", "/V1/products/24-MB01", "get", {"sku": "24-MB01"}),
        ("GET", "/V1/products/24-MB01/", "get", {"sku": "24-MB01"}),
        ("GET", "/V1/products/a%2Fb", "get", {"sku": "a/b"}),
        ("GET", "/V1/products/a%20b+c%2Bd", "get", {"sku": "a b c+d"}),
        ("GET", "/V1/products/(a)*!", "get", {"sku": "(a)*!"}),
        ("GET", "/V1/products/rest-1", "get", {"sku": "rest-1"}),
        ("GET", "/V1/products/attributes/types", "types", {}),
        ("GET", "/V1/products/attributes/color", "attribute", {"attributeCode": "color"}),
        ("PUT", "/V1/products/x", "save", {"sku": "x"}),
        ("GET", "/V1/products/x/links/related", "links", {"sku": "x", "type": "related"}),
        # The literal `attributes` matches first but leads nowhere: the variable is tried after it.
        ("GET", "/V1/products/attributes/media", "attribute", {"attributeCode": "media"}),
        ("GET", "/V1/products/{}/media", "media", {"sku": "{}"}),
    ],
)
def test_a_path_finds_its_operation(method, path, method_name, variables):
    match = ROUTER.find(method, path)
    assert match is not None
    assert (match.operation.service_method, match.variables) == (method_name, variables)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/V1/products/x"),
        ("GET", "/V1/Products/x"),
        ("GET", "/V1/products"),
        ("GET", "/V2/products/x"),
        ("GET", "/V1/products/x/links"),
        ("PATCH", "/V1/products/x"),
    ],
)
def test_an_unknown_path_or_method_finds_nothing(method, path):
    assert ROUTER.find(method, path) is None


def test_a_bulk_address_names_its_variables():
    bulk = Router((o for o in OPERATIONS if o.method != "GET"), as_bulk)
    match = bulk.find("PUT", "/V1/products/bySku")
    assert match is not None
    assert (match.operation.service_method, match.variables) == ("save", {})
    assert bulk.find("PUT", "/V1/products/x") is None


def test_magento_may_have_another_name_for_a_variable_there():
    @operation(
        "PUT /V1/orders/{order_id}/items/{item_id}",
        access=ANONYMOUS,
        service="A.B.Api.Orders.save",
        bulk_names={"order_id": "parent_id"},
    )
    async def save(ctx: Context, order_id: int) -> None: ...

    assert as_bulk(save.__dict__["__operations__"][0]) == "/V1/orders/byParent_id/items/byItemId"


def test_a_route_declared_twice_is_a_mistake():
    with pytest.raises(ValueError, match=r"GET /V1/products/\{sku\} is declared twice"):
        Router([OPERATIONS[-1], OPERATIONS[-1]])
