"""When products of one save must see each other.

Many products saved at once are to end as if they were saved one after the other. That holds as long as none of them
depends on what another one of the call has just become: the same product named twice, a SKU or an address that one
gives up and another takes, a unique value that both want, a link to a product that is only just made. `Entangled` says
that this is so. It is found on the way, which costs next to nothing where nothing is entangled, as is usual; the save
then ends before the later product of the two, and that one goes into the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from entrepot.catalog.contracts import Product
from entrepot.catalog.drafts import Draft
from entrepot.catalog.products.types import COMPOSITE


class Entangled(Exception):
    """The draft, never the first of the save, has to see what became of an earlier one."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft


def sku_of(product: Product) -> str:
    """Without surrounding spaces, and without NUL, which the database cannot hold."""
    return (product.sku or "").replace("\0", "").strip()


def apart(products: Sequence[Product]) -> int:
    """How many products, from the first one on, name different products by id and SKU."""
    seen: set[object] = set()
    for place, product in enumerate(products):
        keys = {key for key in (product.id, sku_of(product).lower()) if key}
        if keys & seen:
            return place
        seen |= keys
    return len(products)


def check_identities(drafts: Sequence[Draft], owners_of_skus: Mapping[int, int]) -> None:
    """Drafts that mean one product, or want the SKU of one. `owners_of_skus`: ids of stored products by place."""
    places: dict[int, int] = {}
    for place, draft in enumerate(drafts):
        if {draft.product_id, owners_of_skus.get(place, 0)} & places.keys():
            raise Entangled(draft)
        if draft.product_id:
            places[draft.product_id] = place


def check_relations(drafts: Sequence[Draft]) -> None:
    """Drafts that refer to others of the save: by links, or as what they consist of.

    What a product consists of is for its extensions to say; so one that consists of others is saved alone. Any product
    that was saved before may show a link to one that gets another SKU or type; so such a one begins a save.
    """
    for place, draft in enumerate(drafts):
        if place and (_is_composite(draft) or _is_composite(drafts[place - 1]) or _is_another(draft)):
            _raise_first(drafts, place)
    _raise_first(drafts, len(drafts))


def _raise_first(drafts: Sequence[Draft], end: int) -> None:
    """Raise for the first draft that is linked with an earlier one, else for the one at `end`, if it is one."""
    changing = {sku: place for place, draft in enumerate(drafts[:end]) for sku in _changing_skus(draft)}
    linked = (
        max(place, changing[sku])
        for place, draft in enumerate(drafts[:end])
        for sku in _linked_skus(draft)
        if changing.get(sku, place) != place
    )
    first = min(linked, default=end)
    if first < len(drafts):
        raise Entangled(drafts[first])


def _is_composite(draft: Draft) -> bool:
    return draft.type_id in COMPOSITE or (draft.stored is not None and draft.stored.type_id in COMPOSITE)


def _is_another(draft: Draft) -> bool:
    """Whether a stored product gets another SKU or type."""
    return draft.stored is not None and (draft.stored.sku, draft.stored.type_id) != (draft.sku, draft.type_id)


def _changing_skus(draft: Draft) -> Iterable[str]:
    """The SKUs, in lower case, that mean another product after the save than before, or one of another type."""
    if draft.stored is None:
        return (draft.sku.lower(),)
    return (draft.stored.sku.lower(), draft.sku.lower()) if _is_another(draft) else ()


def _linked_skus(draft: Draft) -> Iterable[str]:
    return ((link.linked_product_sku or "").strip().lower() for link in draft.product.product_links or ())


def check_new_ids(drafts: Sequence[Draft]) -> None:
    """Drafts that ask for an id which an earlier one has only just been given."""
    made = {draft.product_id: place for place, draft in enumerate(drafts) if draft.is_new}
    for place, draft in enumerate(drafts):
        if made.get(draft.product.id or 0, place) < place:
            raise Entangled(draft)


def check_addresses(drafts: Sequence[Draft], rivals: Iterable[tuple[int, int]]) -> None:
    """Drafts that want one path, or of which one gives up what the other takes: pairs of product ids."""
    places = {draft.product_id: place for place, draft in enumerate(drafts)}
    if later := [max(places[one], places[other]) for one, other in rivals]:
        raise Entangled(drafts[min(later)])
