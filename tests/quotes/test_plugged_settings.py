"""Settings that carriers and payment methods of other packages bring along."""

from __future__ import annotations

import pytest

from entrepot import stores
from entrepot.kit.context import Context
from entrepot.quotes import Configured, take_up_settings
from entrepot.quotes.carriers import carriers
from entrepot.quotes.carriers.flatrate import FlatRate
from entrepot.quotes.payment_methods import methods
from entrepot.quotes.payment_methods.offline import Offline
from entrepot.stores.configuration import PLUGGED_IN, carrier, field, payment_method
from entrepot.stores.configuration.declare import DW, group, special, text
from tests.quotes.makers import a_product
from tests.sales.makers import CHECK, a_ready_cart

CONFIG = "/rest/V1/store/config"
KEY = "payment/card/key"


class Card(Offline):
    code = "card"
    settings = payment_method(
        "card",
        "Card",
        special("obscure", "key", "Key", DW, encrypted=True),
        title="Credit or debit card",
    )


class Bicycle(FlatRate):
    code = "bicycle"
    settings = carrier("bicycle", "Bicycle", text("bell", "Bell", DW, "loud"), title="By bicycle", name="Courier")


@pytest.fixture(autouse=True)
def plugged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a package with both were installed when the server starts."""
    monkeypatch.setitem(methods(), "card", Card())
    monkeypatch.setitem(carriers(), "bicycle", Bicycle())
    for place in ("payment/card", "carriers/bicycle"):
        # So that they are taken away again.
        monkeypatch.setitem(PLUGGED_IN, place, group("", ""))
    take_up_settings()


async def configure(admin, path: str, value: str, **scope: str):
    return await admin.put(CONFIG, {"config": {"path": path, "value": value, **scope}})


async def read(admin, path: str, **scope: str):
    query = "".join(f"&{name}={value}" for name, value in scope.items())
    reply = await admin.get(f"{CONFIG}?path={path}{query}")
    return reply.body["value"]


async def test_their_defaults_hold(admin):
    assert await read(admin, "payment/card/active") == "0"
    assert await read(admin, "payment/card/title") == "Credit or debit card"
    assert await read(admin, "payment/card/order_status") == "pending"
    assert await read(admin, "carriers/bicycle/name") == "Courier"
    assert await read(admin, "carriers/bicycle/bell") == "loud"


async def test_they_are_set_and_unset_in_their_scopes(admin):
    english = {"scope": "stores", "scope_code": "default"}
    reply = await configure(admin, "payment/card/title", "Plastic", **english)
    assert (reply.status, reply.body["value"], reply.body["inherited"]) == (200, "Plastic", False)
    assert await read(admin, "payment/card/title") == "Credit or debit card"
    assert (await admin.delete(f"{CONFIG}?path=payment/card/title&scope=stores&scopeCode=default")).body is True
    assert await read(admin, "payment/card/title", scope="stores", scopeCode="default") == "Credit or debit card"
    refused = await configure(admin, "payment/card/active", "1", **english)
    assert refused.status == 400


@pytest.mark.parametrize(
    ("path", "value"),
    [
        pytest.param("payment/card/colour", "red", id="nobody has declared it"),
        pytest.param("payment/cash/active", "1", id="nobody brings the method"),
        pytest.param("payment/card/min_order_total", "-1", id="its check refuses it"),
    ],
)
async def test_what_does_not_fit_is_refused(ctx: Context, admin, path: str, value: str):
    assert (await configure(admin, path, value)).status == 400
    assert await ctx.db.value("select count(*) from core_config_data where path = %(path)s", path=path) == 0


async def test_a_secret_is_kept_encrypted_and_only_its_method_reads_it(ctx: Context, admin):
    await configure(admin, KEY, "sesame")
    assert await read(admin, KEY) == "******"
    stored = await ctx.db.value("select value from core_config_data where path = %(path)s", path=KEY)
    assert "sesame" not in stored
    async with ctx.services.work() as later:
        assert stores.secret(later, KEY) == "sesame"


async def test_a_cart_is_shipped_and_paid_by_what_was_switched_on(ctx: Context, rest, admin):
    await a_product(ctx, "mug", "10")

    async def offered():
        mask = await a_ready_cart(rest, ("mug", 1))
        cart = f"/rest/default/V1/guest-carts/{mask}"
        to = {"address": {"country_id": "US", "postcode": "10755", "region_id": 43}}
        shipped = await rest.post(f"{cart}/estimate-shipping-methods", to)
        paid = await rest.get(f"{cart}/payment-methods")
        return [one["carrier_title"] for one in shipped.body], [one["title"] for one in paid.body]

    assert await offered() == (["Flat Rate"], ["Check / Money order"])
    await configure(admin, "payment/card/active", "1")
    await configure(admin, "carriers/bicycle/active", "1")
    await configure(admin, "carriers/bicycle/sort_order", "1")
    await configure(admin, "carriers/flatrate/sort_order", "2")
    assert await offered() == (["By bicycle", "Flat Rate"], ["Credit or debit card", "Check / Money order"])


def test_what_declares_nothing_has_no_settings():
    assert CHECK["method"] in methods()
    assert not isinstance(methods()["checkmo"], Configured)
    assert field("payment/checkmo/title") is not None


@pytest.mark.parametrize("code", ["card", "checkmo"])
def test_nobody_declares_what_is_not_its_own(monkeypatch: pytest.MonkeyPatch, code: str):
    """Neither those of another package, nor those that the shop has."""

    class Greedy(Offline):
        settings = payment_method(code, "Mine", title="Mine")

    monkeypatch.setitem(methods(), "greedy" if code == "card" else code, Greedy())
    with pytest.raises(ValueError, match=code):
        take_up_settings()
    found = field(f"payment/{code}/title")
    assert found is not None and found.default != "Mine"
