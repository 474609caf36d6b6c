"""Terms and conditions (spec 50, 12). They are written in the Admin; clients of the API read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from entrepot.content import queries
from entrepot.content.contracts import Agreement
from entrepot.content.errors import NoSuchAgreement
from entrepot.content.rules import content_height
from entrepot.kit.context import Context
from entrepot.kit.db import Db
from entrepot.kit.errors import RequiredField, raise_any
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.kit.search_criteria import SearchCriteria
from entrepot.kit.search_sql import search
from entrepot.kit.shared import Shared

ENABLED = "checkout/options/enable_agreements"
AUTOMATIC_MODE, MANUAL_MODE = 0, 1
ALL_STORES = 0
SALES = MayUse("Magento_Sales::sales")
SERVICE = "Magento.CheckoutAgreements.Api"


async def _load_manual(db: Db) -> dict[int, frozenset[int]]:
    rows = await db.all(queries.ManualOfStore, queries.MANUAL)
    return {row.store_id: frozenset(row.agreement_ids) for row in rows}


MANUAL: Shared[Mapping[int, frozenset[int]]] = Shared("manual agreements", load=_load_manual)
"""The ids of active agreements whose box has to be ticked, by store view; 0 has those of all store views."""


def manual_agreements(ctx: Context, store_id: int) -> frozenset[int]:
    """What a buyer in this store view must have ticked; nothing where agreements are switched off. No statement."""
    if not ctx.flag(ENABLED, store_id=store_id):
        return frozenset()
    known = ctx.shared(MANUAL)
    return known.get(ALL_STORES, frozenset()) | known.get(store_id, frozenset())


@operation("GET /V1/carts/licence", access=SALES, service=f"{SERVICE}.CheckoutAgreementsRepository.getList")
async def list_active(ctx: Context) -> list[Agreement]:
    """The active agreements of the store view of the request; none where they are switched off."""
    return await agreements_of_store(ctx, ctx.store.id)


async def agreements_of_store(ctx: Context, store_id: int) -> list[Agreement]:
    """What buyers in a store view agree to. One statement, none where agreements are switched off."""
    if not ctx.flag(ENABLED, store_id=store_id):
        return []
    return await ctx.db.all(Agreement, queries.LIST_OF_STORE, store_id=store_id)


@operation("GET /V1/carts/licence/list", access=SALES, service=f"{SERVICE}.CheckoutAgreementsList.getList")
async def search_agreements(ctx: Context, search_criteria: SearchCriteria) -> list[Agreement]:
    """Agreements of all store views, active or not, whether they are switched on or off."""
    found, _ = await search(ctx.db, queries.AGREEMENTS, search_criteria)
    return found


async def get_agreement(ctx: Context, agreement_id: int) -> Agreement:
    """Raises NoSuchAgreement."""
    found = await ctx.db.one_or_none(Agreement, queries.FIND, agreement_id=agreement_id)
    if found is None:
        raise NoSuchAgreement
    return found


async def stores_of(ctx: Context, agreement_id: int) -> list[int]:
    """The store views in which an agreement holds; 0 stands for all."""
    return await ctx.db.values(queries.STORES_OF, agreement_id=agreement_id)


async def stores_by_agreement(ctx: Context) -> dict[int, list[int]]:
    """As `stores_of`, of all agreements."""
    return dict(await ctx.db.all(tuple, queries.STORES))


async def save_agreement(ctx: Context, agreement: Agreement, store_ids: Sequence[int]) -> int:
    """Write an agreement, with an id over the one of that id; its id.

    Raises RequiredField, InvalidHeight.
    """
    needed = {"name": agreement.name, "checkboxText": agreement.checkbox_text, "content": agreement.content}
    missing = [name for name, value in needed.items() if not (value or "").strip()]
    if not store_ids:
        missing.append("stores")
    raise_any(RequiredField(field_name=name) for name in missing)
    agreement_id: int = await ctx.db.value(
        queries.SAVE,
        agreement_id=agreement.agreement_id,
        name=agreement.name,
        content=agreement.content,
        content_height=content_height(agreement.content_height or ""),
        checkbox_text=agreement.checkbox_text,
        is_active=bool(agreement.is_active),
        is_html=bool(agreement.is_html),
        mode=MANUAL_MODE if agreement.mode == MANUAL_MODE else AUTOMATIC_MODE,
    )
    kept = [ALL_STORES] if ALL_STORES in store_ids else sorted(set(store_ids))
    await ctx.db.execute(queries.REPLACE_STORES, agreement_id=agreement_id, store_ids=kept)
    await ctx.changed()
    return agreement_id


async def delete_agreement(ctx: Context, agreement_id: int) -> None:
    """Raises NoSuchAgreement."""
    if not await ctx.db.execute(queries.DELETE, agreement_id=agreement_id):
        raise NoSuchAgreement
    await ctx.changed()
