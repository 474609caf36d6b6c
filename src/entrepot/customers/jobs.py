"""What customers need not wait for."""

from __future__ import annotations

from entrepot.customers.passwords import RESET, initiate_password_reset
from entrepot.kit.context import Context
from entrepot.kit.errors import NotFound
from entrepot.kit.jobs import job


@job()
async def mail_reset_link(ctx: Context, email: str, store_id: int) -> None:
    """Mail whoever has an account with this address in the view's website a link to a new password.

    Whether anybody has is found out here, after the page has answered: the time of an answer would tell it.
    """
    view = ctx.stores.by_id(store_id)
    if view is None:
        return
    try:
        await initiate_password_reset(ctx.in_store(view), email, RESET)
    except NotFound:
        return
