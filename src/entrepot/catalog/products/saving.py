"""Saving products: one function for one product and for ten thousand (spec 30-catalog, 1.1 to 1.6).

Every step is taken for all products with the same few statements. A product that cannot be saved is refused on its own;
the others are saved. The steps, in the order in which their refusals win:

1. find what is stored, lock it (`identifying`)
2. the types of attribute values, then links and pictures, the attribute set, the rules of the attributes in the order
   of the set, tier prices and custom options, the extensions (`checking`), websites and categories (`assignments`)
3. rows, values, websites, categories; then the addresses, which the unique index may refuse (`storing`)
4. parts, extensions, the index (`storing`)

What the address of one product refuses undoes step 3 for all, which is then taken again without that product. Products
that have to see each other are saved one after the other (`entanglement`).
"""

from __future__ import annotations

from collections.abc import Sequence

from psycopg.errors import UniqueViolation

from entrepot.catalog.contracts import Product
from entrepot.catalog.drafts import Draft
from entrepot.catalog.products.assignments import assign
from entrepot.catalog.products.checking import accepted, check
from entrepot.catalog.products.entanglement import Entangled, apart
from entrepot.catalog.products.errors import ProductNotSaved, UrlKeyTaken
from entrepot.catalog.products.identifying import identify
from entrepot.catalog.products.storing import AddressesTaken, Overtaken, store_rest, store_rows
from entrepot.kit.context import Context

TRIES = 3
"""How often a save begins anew, because somebody else takes its SKUs, before it asks less of itself or gives up."""


async def save_many(ctx: Context, products: Sequence[Product], *, keep_old_urls: bool = False) -> list[Draft]:
    """Save products in the scope of the call: what has a known id or SKU is changed, the rest created.

    It ends as if they were saved one after the other. The drafts come back in the order given; each has the
    `product_id` that it was saved as, or a `refusal`. With `keep_old_urls` addresses that change lead to the new ones.
    """
    drafts: list[Draft] = []
    while len(drafts) < len(products):
        drafts += await save_first(ctx, products[len(drafts) :], keep_old_urls=keep_old_urls)
    return drafts


async def save_first(ctx: Context, products: Sequence[Product], *, keep_old_urls: bool = False) -> list[Draft]:
    """As `save_many`, but only as many products, from the first one on, as do not have to see each other.

    There is one draft for each that was dealt with: at least one.
    """
    count, tries = apart(products), TRIES
    while True:
        drafts = [Draft(product=product) for product in products[:count]]
        try:
            await _save(ctx, drafts, keep_old_urls)
        except Entangled as entangled:
            count = next(place for place, draft in enumerate(drafts) if draft is entangled.draft)
        except (UniqueViolation, Overtaken):
            # Somebody else took a SKU since it was looked for: now it can be seen.
            tries -= 1
            if not tries and count == 1:
                drafts[0].refuse(ProductNotSaved())
                return drafts
            if not tries:
                count, tries = 1, TRIES
        else:
            return drafts


async def _save(ctx: Context, drafts: list[Draft], keep_old_urls: bool) -> None:
    await identify(ctx, drafts)
    await check(ctx, drafts)
    wanted = await assign(ctx, accepted(drafts))
    while left := accepted(drafts):
        try:
            async with ctx.savepoint():
                await store_rows(ctx, left, wanted, keep_old_urls)
                await store_rest(ctx, left)
                break
        except AddressesTaken as taken:
            for draft in left:
                if draft.product_id in taken.product_ids:
                    draft.refuse(UrlKeyTaken())
                if draft.is_new:
                    draft.product_id = 0
