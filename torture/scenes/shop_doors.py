"""What one customer has, tried by another one and by a guest, on every page and route; and how a shop is led astray."""

from __future__ import annotations

from collections.abc import Iterator
from typing import LiteralString
from urllib.parse import quote, urlencode

from entrepot.app import all_operations
from entrepot.kit.rest.operation import Operation
from torture.astray import (
    DECLARED,
    EVE,
    EVES_PASSWORD,
    LEAVING,
    around_signing_in,
    led_elsewhere,
    reset_mails,
    upwards,
)
from torture.browser import Browser
from torture.client import Answer, Connection
from torture.crowd import Call, one_by_one, shown
from torture.invariants import connect
from torture.log import traces
from torture.scene import Scene, Stage
from torture.shop import Shop
from torture.things import EMAIL, PASSWORD, Things, one_of_everything

SECRET = "Secret Quillfeather"
CONTENT = "secret content"
NAMES = ("id", "order_id", "invoice_id", "shipment_id", "creditmemo_id", "item_id", "item", "address_id", "quote_id")
"""Of parameters, as pages and forms of the shop call them."""
OWNERS: dict[str, LiteralString] = {
    "customer": "select md5(string_agg(t::text, '|' order by entity_id)) from customer t where email = %s",
    "address": "select md5(string_agg(t::text, '|' order by t.entity_id)) from customer_address t"
    " join customer c on c.entity_id = t.customer_id where c.email = %s",
    "cart": "select md5(string_agg(t::text, '|' order by entity_id)) from quote t"
    " where customer_id = (select entity_id from customer where email = %s)",
    "order": "select md5(string_agg((to_jsonb(t) - 'email_sent' - 'updated_at')::text, '|' order by entity_id))"
    # Which letters the shop has written meanwhile is its own doing.
    " from sales_order t where customer_email = %s",
}
"""What must be as it was, by whom it belongs to."""


async def shop_doors(stage: Stage) -> None:
    async with stage.shop() as shop:
        things = await one_of_everything(shop, SECRET, of_shop="For everybody")
        eves_token = await make_eve(shop)
        async with Browser(shop) as cleo, Browser(shop) as eve, Browser(shop) as guest:
            await cleo.sign_in(EMAIL, PASSWORD)
            await eve.sign_in(EVE, EVES_PASSWORD)
            stage.figure(*await own_pages(things, cleo))
            stage.figure(*await pages_of_another(things, {"another customer": eve, "a guest": guest}))
            stage.figure(*await forms_of_another(things, {"another customer": eve, "a guest": guest}))
            stage.figure(*await forms_without_key(things, cleo))
            stage.figure(*await calls_of_another(things, {"another customer": eves_token, "a guest": None}))
            stage.figure(*await led_elsewhere(guest, eve))
            stage.figure("pages and cookies say what they must", shown(cleo.faults + eve.faults + guest.faults))
        stage.figure(*await upwards(shop))
        stage.figure(*await around_signing_in(shop))
        stage.figure(*await reset_mails(shop))
        stage.figure("nothing unforeseen in the log", traces(shop))


async def make_eve(shop: Shop) -> str:
    account = {"email": EVE, "firstname": "Eve", "lastname": "Else"}
    async with Connection(shop.port) as guest:
        await guest.good("POST", "/rest/default/V1/customers", {"customer": account, "password": EVES_PASSWORD})
        login = {"username": EVE, "password": EVES_PASSWORD}
        token: str = await guest.good("POST", "/rest/default/V1/integration/customer/token", login)
    return token


async def own_pages(things: Things, cleo: Browser) -> tuple[str, list[str]]:
    """What is secret is shown to whom it belongs; or the others' not seeing it would say nothing."""
    ids = things.ids
    paths = [
        f"/sales/order/view/order_id/{ids['order']}/",
        f"/sales/order/printInvoice/invoice_id/{ids['invoice']}/",
        f"/sales/order/shipment/order_id/{ids['order']}/",
        f"/customer/address/edit/id/{ids['address']}/",
        "/customer/address/",
    ]
    unseen = [path for path in paths if SECRET not in (await cleo.get(path)).content.decode()]
    loaded = await cleo.get(f"/downloadable/download/link/id/{ids['link']}/")
    if CONTENT not in loaded.content.decode():
        unseen.append(f"the download: {loaded}")
    return f"{len(paths) + 1} things are seen by their owner", [f"not seen at {path}" for path in unseen]


async def pages_of_another(things: Things, visitors: dict[str, Browser]) -> tuple[str, list[str]]:
    faults, tries = [], 0
    pages = [page for page in DECLARED if "GET" in page.methods and page.path not in LEAVING]
    for who, visitor in visitors.items():
        for page in pages:
            for ids in _ids(things):
                tries += 1
                pairs = "/".join(f"{name}/{value}" for name, value in ids.items())
                path = f"/{page.path}/{pairs}/?{urlencode(ids)}".replace("//", "/")
                answer = await visitor.get(path)
                if _shows(answer) or answer.status >= 500:
                    faults.append(f"{who} at {path}: {answer}")
    return f"{tries} pages with the ids of another customer's things", shown(faults)


def _ids(things: Things) -> Iterator[dict[str, str]]:
    """Everything at once under its own name, and each under every name."""
    own = {f"{kind}_id": str(value) for kind, value in things.ids.items()}
    yield {**own, "quote_id": own["cart_id"], "id": own["link_id"], "item_id": own["cart_item_id"]}
    for value in dict.fromkeys(map(str, things.ids.values())):
        yield dict.fromkeys(NAMES, value)


def _shows(answer: Answer) -> bool:
    """Whether it says what belongs to the customer."""
    text = answer.content.decode(errors="replace")
    return CONTENT in text or SECRET in text


async def forms_of_another(things: Things, visitors: dict[str, Browser]) -> tuple[str, list[str]]:
    """Sent with a key of one's own."""
    before = await owned(things)
    faults, tries = [], 0
    for who, visitor in visitors.items():
        await visitor.get("/checkout/cart/")
        for page in DECLARED:
            if "POST" not in page.methods or page.path in LEAVING:
                continue
            for ids in _ids(things):
                tries += 1
                answer = await visitor.post(f"/{page.path}/", {**ids, "qty": "7", "street[]": "Mine", "confirmed": "1"})
                if answer.status >= 500:
                    faults.append(f"{who} at {page.path}: {answer}")
    return f"{tries} forms with the ids of another customer's things", shown(
        faults + changed(before, await owned(things))
    )


async def forms_without_key(things: Things, cleo: Browser) -> tuple[str, list[str]]:
    """What another site makes a signed-in customer's browser send."""
    before = await owned(things)
    faults, tries = [], 0
    origin = {"Origin": "https://evil.test", "Referer": "https://evil.test/"}
    # Signing out is tried last, or the rest would be a guest's.
    for page in sorted(DECLARED, key=lambda page: page.path in LEAVING):
        if "POST" not in page.methods:
            continue
        for ids in _ids(things):
            tries += 1
            fields = {**ids, "qty": "7", "firstname": "Eve", "confirmed": "1"}
            answer = await cleo.post_without_key(f"/{page.path}/", fields, origin)
            if answer.status >= 500:
                faults.append(f"{page.path}: {answer}")
    if SECRET not in (await cleo.get("/customer/address/")).content.decode():
        faults.append("the customer was signed out")
    return f"{tries} forms from another site", shown(faults + changed(before, await owned(things)))


async def calls_of_another(things: Things, callers: dict[str, str | None]) -> tuple[str, list[str]]:
    """Every route that is open to them, with another's ids in its path and its body."""
    before = await owned(things)
    faults, tries = [], 0
    for who, token in callers.items():
        calls = [
            (f"{who}: {operation.route}", call)
            for operation in all_operations()
            if operation.access.resources in (("anonymous",), ("self",))
            for call in _calls(operation, things)
        ]
        tries += len(calls)
        found = await one_by_one(things.shop, calls, _judge_call, token)
        faults += found[1]
    return f"{tries} calls with the ids of another customer's things", shown(
        faults + changed(before, await owned(things))
    )


def _calls(operation: Operation, things: Things) -> Iterator[Call]:
    forced = {"customerId": things.ids["customer"], "cartId": things.ids["cart"]}
    body = {**forced, "customer": {"id": things.ids["customer"]}, "email": EMAIL, "cartItem": {"qty": 7}}
    values = dict.fromkeys(map(str, things.ids.values())) if operation.path_variables else {"": None}
    for value in values:
        path = "/".join(quote(value) if part.startswith("{") else part for part in operation.path.split("/"))
        query = "" if operation.method in ("POST", "PUT") else f"?{urlencode(forced)}"
        sent = body if operation.method in ("POST", "PUT") else None
        yield Call(operation.method, f"/rest/default{path}{query}", sent)


def _judge_call(_: str, answer: Answer) -> str | None:
    return str(answer) if _shows(answer) else None


async def owned(things: Things) -> dict[str, str]:
    """A mark of each kind of thing that the customer has."""
    marks: dict[str, str] = {}
    async with await connect(things.shop.database_url) as connection:
        for kind, statement in OWNERS.items():
            [[marks[kind]]] = await (await connection.execute(statement, [EMAIL])).fetchall()
    if None in marks.values():
        raise RuntimeError(f"the customer has nothing of some kind: {marks}")
    return marks


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return [f"the customer's {kind} was changed" for kind in before if before[kind] != after[kind]]


SCENES = (Scene("shop-doors", shop_doors, "one customer's things, tried by another and by a guest", bound_s=240),)
