"""Orders need the buyer's consent to the terms whose box has to be ticked (spec 50, 12)."""

from __future__ import annotations

import pytest

from entrepot.quotes.access import Mask
from entrepot.quotes.agreements import check_agreed
from entrepot.quotes.contracts import Payment, PaymentExtension
from entrepot.quotes.errors import AgreementsMissing
from entrepot.quotes.open_cart import open_cart
from tests.content.makers import an_agreement
from tests.quotes.makers import NEW_YORK, a_guest_cart, a_product, configure, ship

MISSING = {
    "message": "The order wasn't placed. First, agree to the terms and conditions, then try placing your order again."
}


async def a_cart_to_pay(ctx, rest) -> str:
    await a_product(ctx, "24-WB01", "32")
    mask = await a_guest_cart(rest, ("24-WB01", 1))
    await ship(rest, f"guest-carts/{mask}")
    return f"/rest/default/V1/guest-carts/{mask}"


def paid(*agreement_ids: str) -> dict[str, object]:
    return {
        "email": "jdoe@example.com",
        "billingAddress": NEW_YORK,
        "paymentMethod": {"method": "checkmo", "extension_attributes": {"agreement_ids": list(agreement_ids)}},
    }


async def test_every_manual_agreement_is_needed_and_no_other(ctx, rest):
    await configure(ctx, checkout__options__enable_agreements="1")
    first, second = await an_agreement(ctx), await an_agreement(ctx, "Privacy", store_ids=[1])
    await an_agreement(ctx, "Automatic", mode=0)
    await an_agreement(ctx, "Off", is_active=False)
    cart = await a_cart_to_pay(ctx, rest)

    for ids in ((), (str(first),), (str(second), "nonsense")):
        for route in ("set-payment-information", "payment-information"):
            reply = await rest.post(f"{cart}/{route}", paid(*ids))
            assert (reply.status, reply.body) == (400, MISSING)
    assert (await rest.get(f"{cart}/selected-payment-method")).body == []

    reply = await rest.post(f"{cart}/set-payment-information", paid(str(second), str(first), "99"))
    assert (reply.status, reply.body) == (200, True)


async def test_nothing_is_needed_while_agreements_are_switched_off(ctx, rest):
    await an_agreement(ctx)
    cart = await a_cart_to_pay(ctx, rest)
    assert (await rest.post(f"{cart}/set-payment-information", paid())).body is True


async def test_consent_costs_no_statement(ctx, rest):
    await configure(ctx, checkout__options__enable_agreements="1")
    agreement_id = await an_agreement(ctx)
    cart = await open_cart(ctx, Mask(await a_guest_cart(rest)))
    before = ctx.db.statements
    with pytest.raises(AgreementsMissing):
        await check_agreed(ctx, cart, Payment(method="checkmo"))
    await check_agreed(
        ctx, cart, Payment(method="checkmo", extension_attributes=PaymentExtension(agreement_ids=[str(agreement_id)]))
    )
    assert ctx.db.statements == before
