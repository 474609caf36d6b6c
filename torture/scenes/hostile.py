"""What no client of good will sends: each is refused or taken, nothing breaks, and nobody else waits for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from entrepot.app import all_operations
from entrepot.kit.pages import pages_of
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.storefront.application import PAGE_MODULES
from tests.journeys.guest import ADDRESS, GUEST_CARTS
from torture import processes
from torture.client import Answer, Connection
from torture.corpus import HOSTILE, STATEMENTS, spoiled
from torture.crowd import Call, one_by_one
from torture.heads import chunked, forged_heads
from torture.log import traces
from torture.scene import Scene, Stage
from torture.shop import Shop, make_product

MAY_GROW_MIB = 400
THINNED = 4
"""The short form makes each fourth call. No number of values is a multiple of it, so that each place has each value's
turn somewhere."""
JSON = {"Content-Type": "application/json"}
XML = {"Content-Type": "application/xml"}
PASSWORDS = "root:"
"""What a file of this machine begins with that no answer may show."""
FIELD = "searchCriteria[filter_groups][0][filters][0]"
CRITERIA: tuple[dict[str, str], ...] = (
    *({f"{FIELD}[field]": text, f"{FIELD}[value]": "1"} for text in STATEMENTS),
    *({f"{FIELD}[field]": "entity_id", f"{FIELD}[value]": text} for text in STATEMENTS),
    *({f"{FIELD}[field]": "name", f"{FIELD}[value]": "%" * 500, f"{FIELD}[condition_type]": "like"} for _ in "1"),
    *({f"{FIELD}[field]": "sku", f"{FIELD}[value]": "1", f"{FIELD}[condition_type]": text} for text in STATEMENTS),
    *({"searchCriteria[sortOrders][0][field]": text} for text in STATEMENTS),
    *({"searchCriteria[pageSize]": size} for size in ("0", "-1", "999999999999", "1e9", "x", "1; select 1")),
    *({"searchCriteria[currentPage]": page} for page in ("0", "-1", "99999999999999999999", "x")),
    {"searchCriteria": "x"},
    {"searchCriteria[filter_groups]": "x"},
    {"searchCriteria[filter_groups][0][filters]": "x"},
    {f"{FIELD}[field][deep][er]": "x"},
    {f"{FIELD}[value][]": "x"},
    {"searchCriteria" + "[a]" * 300: "x"},
)


async def hostile(stage: Stage) -> None:
    async with stage.shop() as shop:
        await make_product(shop, "mug", 100)
        before = processes.memory_mib(shop.servers())
        every = 1 if stage.nightly else THINNED
        for what, calls, token in (
            ("bodies", list(bodies(await a_cart(shop)))[::every], await shop.token()),
            ("lists", list(lists())[::every], await shop.token()),
            ("pages", list(pages())[::every], None),
            ("large and deep ones", list(bombs()), None),
            ("large and deep ones of an administrator", list(bombs_of_staff()), await shop.token()),
        ):
            statuses, faults = await one_by_one(shop, calls, judged, token)
            stage.figure(f"{len(calls)} {what}: {dict(sorted(statuses.items()))}", faults)
        stage.figure(*await forged_heads(shop))
        stage.figure(*await chunked(shop))
        faults = traces(shop)
        await shop.until_it_answers(restarted=False)
        after = processes.memory_mib(shop.servers())
        if after - before > MAY_GROW_MIB:
            faults.append(f"memory grew by {after - before} MiB, more than {MAY_GROW_MIB}")
    stage.figure(f"memory {before} to {after} MiB, nothing unforeseen in the log", faults)


def judged(_: object, answer: Answer) -> str | None:
    return f"shows a file: {answer}" if PASSWORDS in answer.content.decode(errors="replace") else None


async def a_cart(shop: Shop) -> str:
    async with Connection(shop.port) as guest:
        cart: str = await guest.good("POST", f"/rest/{GUEST_CARTS}")
        await guest.good("POST", f"/rest/{GUEST_CARTS}/{cart}/items", {"cartItem": {"sku": "mug", "qty": 1}})
    return cart


def bodies(cart: str) -> Iterator[tuple[str, Call]]:
    """Bodies of what is sent most, with each hostile value in each place."""
    product = {"sku": "mug", "name": "Mug", "price": 10, "attribute_set_id": 4, "weight": 1}
    extension = {"stock_item": {"qty": 5, "is_in_stock": True}}
    option = {"title": "Colour", "type": "drop_down", "values": [{"title": "red", "price": 1, "price_type": "fixed"}]}
    rule = {"name": "r", "website_ids": [1], "customer_group_ids": [0], "discount_amount": 10}
    of_cart = f"/rest/{GUEST_CARTS}/{cart}"
    templates: list[tuple[str, str, dict[str, Any]]] = [
        ("PUT", "/rest/all/V1/products/mug", {"product": {**product, "extension_attributes": extension}}),
        ("PUT", "/rest/all/V1/products/mug", {"product": {"sku": "mug", "options": [option]}}),
        ("POST", "/rest/all/V1/customers", {"customer": {"email": "e@example.com", "firstname": "A", "lastname": "B"}}),
        ("POST", "/rest/all/V1/categories", {"category": {"name": "C", "parent_id": 2, "is_active": True}}),
        ("POST", "/rest/all/V1/salesRules", {"rule": rule}),
        ("POST", f"{of_cart}/items", {"cartItem": {"sku": "mug", "qty": 1, "quote_id": cart}}),
        ("POST", f"{of_cart}/estimate-shipping-methods", {"address": {"country_id": "US", "postcode": "1"}}),
        ("POST", f"{of_cart}/shipping-information", {"addressInformation": {"shipping_address": ADDRESS}}),
        ("POST", f"{of_cart}/payment-information", {"email": "e@example.com", "paymentMethod": {"method": "none"}}),
        ("POST", "/rest/all/V1/inventory/source-items", {"sourceItems": [_source_item()]}),
        ("POST", "/rest/all/V1/orders/1/comments", {"statusHistory": {"comment": "c", "is_customer_notified": 0}}),
        ("POST", "/rest/all/V1/integration/customer/token", {"username": "u", "password": "p"}),
        ("PUT", "/rest/all/V1/store/config", {"config": {"path": "general/store_information/name", "value": "x"}}),
    ]
    for method, path, template in templates:
        for body in spoiled(template):
            yield f"{method} {path} {json.dumps(body)[:300]}", Call(method, path, body)


def _source_item() -> dict[str, object]:
    return {"sku": "mug", "source_code": "default", "quantity": 5, "status": 1}


def lists() -> Iterator[tuple[str, Call]]:
    """Every list that the program declares, asked in every hostile way."""
    routes = [
        operation.path
        for operation in all_operations()
        if operation.method == "GET" and any(one.type.contract is SearchCriteria for one in operation.arguments)
    ]
    for route in routes:
        for criteria in CRITERIA:
            path = f"/rest/all{route.replace('{', '').replace('}', '')}?{urlencode(criteria)}"
            yield path, Call("GET", path)


def pages() -> Iterator[tuple[str, Call]]:
    """Pages of the shop with hostile values behind their address, and in it."""
    declared = [one for one in pages_of(PAGE_MODULES) if "GET" in one.methods]
    texts = [value for value in HOSTILE if isinstance(value, str) and 0 < len(value) < 1000]
    for number, page in enumerate(declared):
        for text in texts[number % 3 :: 3]:
            sent = quote(text.encode("utf-8", "surrogatepass"), safe="")
            for path in (f"/{page.path}/id/{sent}", f"/{page.path}?id={sent}&q={sent}&p={sent}&order_id={sent}"):
                yield f"GET {path}", Call("GET", path, headers={"Accept": "text/html"})


def bombs() -> Iterator[tuple[str, Call]]:
    """From anybody, for whom nothing of this may cost much."""
    customers = "/rest/default/V1/customers"
    for depth in (100, 1000, 100_000):
        for opened, closed in ((b"[", b"]"), (b'{"a":', b"}")):
            inner = b"1" if opened != b"[" else b""
            sent = (b'{"customer":' + opened * depth + inner + closed * depth + b"}")[: 10 * 1024 * 1024]
            yield f"{depth} times {opened!r}", Call("POST", customers, sent, JSON)
            yield f"{depth} times {opened!r}, never closed", Call("POST", customers, opened * depth, JSON)
        tags = b"<a>" * depth + b"</a>" * depth
        yield f"{depth} elements of XML", Call("POST", customers, b"<r>" + tags + b"</r>", XML)
    for name, document in DOCUMENTS.items():
        yield name, Call("POST", customers, document.encode(), XML)
    login = {"username": "admin", "password": "x" * 200_000}
    yield "a long password", Call("POST", "/rest/all/V1/integration/admin/token", login)
    yield "a long password of a customer", Call("POST", "/rest/all/V1/integration/customer/token", login)
    for fields in ("a[" * 5000, "a[b[" * 2000 + "]" * 4000, "," * 20_000, "[" * 9000, "items[sku," * 2000):
        yield f"fields={fields[:20]}", Call("GET", f"/rest/V1/directory/countries?fields={quote(fields)}")
    many = "&".join(f"a[{number}][b]=1" for number in range(4000))
    yield "4,000 parameters", Call("GET", f"/rest/V1/directory/countries?{many}")
    same = json.dumps({"customer": {f"k{number}": 1 for number in range(10_000)}}).encode()
    yield "10,000 keys", Call("POST", customers, same, JSON)
    yield (
        "a number of 200,000 digits",
        Call("POST", customers, b'{"customer":{"group_id":' + b"9" * 200_000 + b"}}", JSON),
    )


DOCUMENTS = {
    "a billion laughs": '<!DOCTYPE r [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><customer><email>&j;</email></customer>",
    "quadratic growth": '<!DOCTYPE r [<!ENTITY a "'
    + "h" * 50_000
    + f'">]><customer><email>{"&a;" * 20_000}</email></customer>',
    "a file as entity": '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><customer><email>&a;</email></customer>',
    "a parameter entity": '<!DOCTYPE r [<!ENTITY % a SYSTEM "http://127.0.0.1:1/x"> %a;]><customer/>',
    "an outer definition": '<!DOCTYPE r SYSTEM "file:///etc/passwd"><customer><email>a</email></customer>',
    "included text": '<r xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include parse="text" href="file:///etc/passwd"/></r>',
    "another encoding": '<?xml version="1.0" encoding="UTF-7"?><customer><email>+ADw-</email></customer>',
    "many attributes": "<r " + " ".join(f'a{n}="1"' for n in range(20_000)) + "/>",
}


def bombs_of_staff() -> Iterator[tuple[str, Call]]:
    """From who may send large bodies: taken or refused, in bounded time."""
    bulk = "/rest/all/async/bulk/V1"
    yield "10,000 elements", Call("POST", f"{bulk}/products", [{"product": {"sku": f"s{n}"}} for n in range(10_000)])
    yield "10,000 elements that are nothing", Call("POST", f"{bulk}/products", [None] * 10_000)
    yield "10,000 empty elements", Call("POST", f"{bulk}/customerGroups", [{}] * 10_000)
    yield "a bulk of lists", Call("POST", f"{bulk}/products", [[[]]] * 1000)
    items = [{"sku": f"s{n}", "source_code": "default", "quantity": 1, "status": 1} for n in range(20_000)]
    yield "20,000 source items", Call("POST", "/rest/all/V1/inventory/source-items", {"sourceItems": items})
    values = [{"title": f"v{n}", "price": 1, "price_type": "fixed"} for n in range(5000)]
    options = {"product": {"sku": "mug", "options": [{"title": "o", "type": "drop_down", "values": values}]}}
    yield "5,000 options", Call("PUT", "/rest/all/V1/products/mug", options)
    groups = {f"searchCriteria[filter_groups][{n}][filters][0][field]": "sku" for n in range(200)}
    groups |= {f"searchCriteria[filter_groups][{n}][filters][0][value]": "%" for n in range(200)}
    groups |= {f"searchCriteria[filter_groups][{n}][filters][0][condition_type]": "like" for n in range(200)}
    yield "200 conditions", Call("GET", f"/rest/all/V1/products?{urlencode(groups)}")
    for depth in (1000, 1_000_000):
        yield f"nested {depth} times", Call("POST", "/rest/all/V1/products", b"[" * depth + b"]" * depth, JSON)
    too_large = b'{"product":{"sku":"' + b"x" * (11 * 1024 * 1024) + b'"}}'
    yield "11 MB", Call("POST", "/rest/all/V1/products", too_large, JSON)


SCENES = (Scene("hostile", hostile, "what no client of good will sends", bound_s=300),)
