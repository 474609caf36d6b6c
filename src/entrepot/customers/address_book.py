"""How the addresses of one customer are checked and stored together (spec 20-customers, 8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from entrepot.customers import known_attributes
from entrepot.customers.contracts import Address
from entrepot.customers.errors import AttributeRulesBroken, NoSuchAddress
from entrepot.customers.queries import addresses as queries
from entrepot.customers.queries import customers as customer_queries
from entrepot.customers.rules import addresses as rules
from entrepot.customers.rules.addresses import Country, StoredAddress
from entrepot.customers.rules.attributes import Attribute
from entrepot.customers.rules.defaults import final_default
from entrepot.customers.rules.regions import StoredRegion, region_to_store
from entrepot.customers.sharing import countries_for
from entrepot.directory import is_postcode_optional, is_region_required, region_by_code, regions_of
from entrepot.kit.context import Context
from entrepot.kit.errors import raise_any


class AddressBook:
    """One customer's addresses while they are changed.

    `store_id` and `website_id` are the customer's: they decide which countries are allowed and what is required.
    """

    def __init__(self, ctx: Context, customer_id: int, store_id: int, website_id: int) -> None:
        self.ctx = ctx
        self.customer_id = customer_id
        self.countries = countries_for(ctx, store_id)
        self.attributes: list[Attribute] = known_attributes.address_attributes(ctx, website_id)
        self.codes = known_attributes.user_codes(ctx, known_attributes.ADDRESS)

    async def add_allowed(self, sent: Sequence[Address]) -> None:
        """Store the first addresses of a new customer; those in countries that are not allowed are left out.

        An id is ignored. The last address flagged as a default is the default. Raises what `checked` raises.
        """
        allowed = [address for address in sent if address.country_id in self.countries]
        new = [self.checked(None, address) for address in allowed]
        if not new:
            return
        ids = await queries.insert(self.ctx.db, self.customer_id, new, self.ctx.now)
        flags = list(zip(ids, allowed, strict=True))
        await self._set_defaults(
            final_default(None, [(address_id, address.default_billing) for address_id, address in flags]),
            final_default(None, [(address_id, address.default_shipping) for address_id, address in flags]),
        )

    async def replace(self, sent: Sequence[Address], default_billing: str | None, default_shipping: str | None) -> None:
        """Make the list the set of addresses: change those with an id, add those without, delete all others.

        The addresses are taken one after the other, and the first bad one ends the call. Raises NoSuchAddress for an
        id that is not the customer's, and what `checked` raises.
        """
        stored = {row.id: row for row in await queries.list_of_customers(self.ctx.db, [self.customer_id])}
        kept: dict[int, StoredAddress] = {}
        new: list[StoredAddress] = []
        for address in sent:
            if not address.id:
                new.append(self.checked(None, address))
                continue
            before = kept.get(address.id) or stored.get(address.id)
            if before is None:
                raise NoSuchAddress(address.id)
            kept[address.id] = self.checked(before, address)

        if gone := [address_id for address_id in stored if address_id not in kept]:
            await queries.delete(self.ctx.db, [address_id for address_id in gone if address_id is not None])
        if changed := _changed(stored, kept):
            await queries.update(self.ctx.db, self.customer_id, changed, self.ctx.now)
        new_ids = iter(await queries.insert(self.ctx.db, self.customer_id, new, self.ctx.now) if new else ())
        ids = [address.id or next(new_ids) for address in sent]
        flags = list(zip(ids, sent, strict=True))
        await self._set_defaults(
            final_default(default_billing, [(address_id, address.default_billing) for address_id, address in flags]),
            final_default(default_shipping, [(address_id, address.default_shipping) for address_id, address in flags]),
        )

    def checked(self, stored: StoredAddress | None, sent: Address) -> StoredAddress:
        """The address as it will be stored. Raises Invalid, or AttributeRulesBroken when only those are broken."""
        country_id = (stored.country_id if stored and sent.country_id is None else sent.country_id) or ""
        region = region_to_store(
            sent,
            StoredRegion(stored.region, stored.region_id) if stored else None,
            regions_of(self.ctx, country_id),
            lambda code: region_by_code(self.ctx, country_id, code),
        )
        address = rules.merged(stored, sent, region, self.codes)
        raise_any(rules.refusals(address, self._country(country_id), self.attributes))
        if lines := rules.broken_lines(address, self.attributes):
            raise AttributeRulesBroken(lines)
        return address

    def _country(self, country_id: str) -> Country:
        return Country(
            is_allowed=country_id in self.countries,
            is_postcode_optional=is_postcode_optional(self.ctx, country_id),
            is_region_required=is_region_required(self.ctx, country_id),
            region_ids=frozenset(region.id for region in regions_of(self.ctx, country_id)),
        )

    async def _set_defaults(self, billing: int | None, shipping: int | None) -> None:
        await self.ctx.db.execute(
            customer_queries.SET_DEFAULTS, id=self.customer_id, billing=billing, shipping=shipping
        )


def _changed(stored: Mapping[int | None, StoredAddress], kept: Mapping[int, StoredAddress]) -> list[StoredAddress]:
    """Those that differ from what is stored."""
    columns = StoredAddress.__struct_fields__
    return [
        address
        for address_id, address in kept.items()
        if any(getattr(address, column) != getattr(stored[address_id], column) for column in columns)
    ]
