"""The types that travel."""

from __future__ import annotations

from decimal import Decimal

from entrepot.kit.rest.contract import Always, Contract, contract
from entrepot.kit.search_criteria import SearchCriteria


@contract("Magento.Tax.Api.Data.TaxClassExtensionInterface")
class TaxClassExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Tax.Api.Data.TaxClassInterface")
class TaxClass(Contract):
    """Goods that are taxed alike, or customers who are."""

    class_id: int | None = None
    class_name: Always[str] = None
    class_type: Always[str] = None
    """`CUSTOMER` or `PRODUCT`."""
    extension_attributes: TaxClassExtension | None = None


@contract("Magento.Tax.Api.Data.TaxClassSearchResultsInterface")
class TaxClassSearchResults(Contract):
    items: Always[list[TaxClass]] = None
    search_criteria: Always[SearchCriteria] = None
    total_count: Always[int] = None


@contract("Magento.Tax.Api.Data.TaxRateTitleExtensionInterface")
class TaxRateTitleExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Tax.Api.Data.TaxRateTitleInterface")
class TaxRateTitle(Contract):
    """What a rate is called in a store view."""

    store_id: Always[str] = None
    value: Always[str] = None
    extension_attributes: TaxRateTitleExtension | None = None


@contract("Magento.Tax.Api.Data.TaxRateExtensionInterface")
class TaxRateExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Tax.Api.Data.TaxRateInterface")
class TaxRateData(Contract):
    """So many percent in a place."""

    id: int | None = None
    tax_country_id: Always[str] = None
    """ISO 3166-1 alpha-2."""
    tax_region_id: int | None = None
    """0 for all of the country."""
    region_name: str | None = None
    """The region's code. Of no effect in requests."""
    tax_postcode: str | None = None
    """A postcode, a pattern with an asterisk at its end, `*` for any, or the two ends of a range."""
    zip_is_range: int | None = None
    zip_from: int | None = None
    zip_to: int | None = None
    rate: Always[Decimal] = None
    code: Always[str] = None
    """Unique without regard to case."""
    titles: list[TaxRateTitle] | None = None
    extension_attributes: TaxRateExtension | None = None


@contract("Magento.Tax.Api.Data.TaxRateSearchResultsInterface")
class TaxRateSearchResults(Contract):
    items: Always[list[TaxRateData]] = None
    search_criteria: Always[SearchCriteria] = None
    total_count: Always[int] = None


@contract("Magento.Tax.Api.Data.TaxRuleExtensionInterface")
class TaxRuleExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Tax.Api.Data.TaxRuleInterface")
class TaxRule(Contract):
    """Which rates hold for which customers and goods."""

    id: int | None = None
    code: Always[str] = None
    """Unique without regard to case."""
    priority: Always[int] = None
    """Rates of rules with the same priority add up; those of the next are on the price with the tax so far."""
    position: Always[int] = None
    customer_tax_class_ids: Always[list[int]] = None
    product_tax_class_ids: Always[list[int]] = None
    tax_rate_ids: Always[list[int]] = None
    calculate_subtotal: bool | None = None
    """On the price alone, whatever the tax of lower priorities."""
    extension_attributes: TaxRuleExtension | None = None


@contract("Magento.Tax.Api.Data.TaxRuleSearchResultsInterface")
class TaxRuleSearchResults(Contract):
    items: Always[list[TaxRule]] = None
    search_criteria: Always[SearchCriteria] = None
    total_count: Always[int] = None
