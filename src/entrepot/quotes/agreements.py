"""Terms that must be agreed to before an order is placed (spec 50, 12)."""

from __future__ import annotations

from entrepot import content
from entrepot.kit.context import Context
from entrepot.quotes.cart import OpenCart
from entrepot.quotes.contracts import Payment
from entrepot.quotes.errors import AgreementsMissing


async def check_agreed(ctx: Context, cart: OpenCart, payment: Payment) -> None:
    """Every agreement whose box has to be ticked must be among those that came with the payment. No statement.

    Those are asked for that the buyer was shown: of the store view of the request, or of the cart where there is none.

    Raises AgreementsMissing.
    """
    store = cart.store if ctx.store.is_admin else ctx.store
    sent = payment.extension_attributes.agreement_ids if payment.extension_attributes else None
    if not content.manual_agreements(ctx, store.id) <= {int(id) for id in sent or () if id.isdecimal()}:
        raise AgreementsMissing
