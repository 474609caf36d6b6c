"""The types of render info (spec 30-catalog, 1.12)."""

from __future__ import annotations

from decimal import Decimal

from entrepot.kit.rest.contract import Always, Contract, contract


@contract("Magento.Catalog.Api.Data.ProductRender.ButtonExtensionInterface")
class ButtonExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Catalog.Api.Data.ProductRender.ButtonInterface")
class Button(Contract):
    """What a click sends."""

    post_data: Always[str] = None
    """JSON: `{"action": url, "data": {"product": "7", "uenc": "%uenc%"}}`; the client puts the page's address in."""
    url: Always[str] = None
    required_options: Always[bool] = None
    """Whether something has to be chosen on the product's page first."""
    extension_attributes: ButtonExtension | None = None


@contract("Magento.Catalog.Api.Data.ProductRender.FormattedPriceInfoExtensionInterface")
class FormattedPricesExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Catalog.Api.Data.ProductRender.FormattedPriceInfoInterface")
class FormattedPrices(Contract):
    """The prices as HTML: `<span class="price">$10.00</span>`; empty where there is none."""

    final_price: Always[str] = None
    max_price: Always[str] = None
    minimal_price: Always[str] = None
    max_regular_price: Always[str] = None
    minimal_regular_price: Always[str] = None
    special_price: Always[str] = None
    regular_price: Always[str] = None
    extension_attributes: FormattedPricesExtension | None = None


@contract("Magento.Msrp.Api.Data.ProductRender.MsrpPriceInfoExtensionInterface")
class MsrpInfoExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Msrp.Api.Data.ProductRender.MsrpPriceInfoInterface")
class MsrpInfo(Contract):
    """The price that the manufacturer suggests. Flags are "1" or ""."""

    msrp_price: Always[str] = None
    is_applicable: Always[str] = None
    is_shown_price_on_gesture: Always[str] = None
    msrp_message: Always[str] = None
    explanation_message: Always[str] = None
    extension_attributes: MsrpInfoExtension | None = None


@contract("Magento.Weee.Api.Data.ProductRender.WeeeAdjustmentAttributeExtensionInterface")
class FixedTaxExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Weee.Api.Data.ProductRender.WeeeAdjustmentAttributeInterface")
class FixedTax(Contract):
    """A fixed tax, such as one on batteries."""

    amount: Always[str] = None
    tax_amount: Always[str] = None
    tax_amount_incl_tax: Always[str] = None
    amount_excl_tax: Always[str] = None
    attribute_code: Always[str] = None
    extension_attributes: FixedTaxExtension | None = None


@contract("Magento.Catalog.Api.Data.ProductRender.PriceInfoExtensionInterface")
class PriceInfoExtension(Contract):
    msrp: MsrpInfo | None = None
    tax_adjustments: PriceInfo | None = None
    """The same prices without tax."""
    weee_attributes: list[FixedTax] | None = None
    weee_adjustment: str | None = None
    """The final price with fixed taxes, as HTML."""


@contract("Magento.Catalog.Api.Data.ProductRender.PriceInfoInterface")
class PriceInfo(Contract):
    """Prices of one piece in the currency that was asked for, rounded to cents; null where there is none."""

    final_price: Always[Decimal] = None
    max_price: Always[Decimal] = None
    max_regular_price: Always[Decimal] = None
    minimal_regular_price: Always[Decimal] = None
    special_price: Always[Decimal] = None
    minimal_price: Always[Decimal] = None
    regular_price: Always[Decimal] = None
    formatted_prices: Always[FormattedPrices] = None
    extension_attributes: PriceInfoExtension | None = None


@contract("Magento.Catalog.Api.Data.ProductRender.ImageExtensionInterface")
class ImageExtension(Contract):
    """Nothing extends it."""


@contract("Magento.Catalog.Api.Data.ProductRender.ImageInterface")
class Image(Contract):
    """A picture for one use. The four numbers are pixels."""

    url: Always[str] = None
    code: Always[str] = None
    height: Always[Decimal] = None
    width: Always[Decimal] = None
    label: Always[str] = None
    resized_width: Always[Decimal] = None
    resized_height: Always[Decimal] = None
    extension_attributes: ImageExtension | None = None


@contract("Magento.Catalog.Api.Data.ProductRenderExtensionInterface")
class ProductRenderExtension(Contract):
    review_html: str | None = None
    wishlist_button: Button | None = None


@contract("Magento.Catalog.Api.Data.ProductRenderInterface")
class ProductRender(Contract):
    add_to_cart_button: Always[Button] = None
    add_to_compare_button: Always[Button] = None
    price_info: Always[PriceInfo] = None
    images: Always[list[Image]] = None
    url: Always[str] = None
    id: Always[int] = None
    name: Always[str] = None
    type: Always[str] = None
    is_salable: Always[str] = None
    """ "1" or "". """
    store_id: Always[int] = None
    currency_code: Always[str] = None
    extension_attributes: ProductRenderExtension | None = None


@contract("Magento.Catalog.Api.Data.ProductRenderSearchResultsInterface")
class ProductRenderSearchResults(Contract):
    """No other member: clients get the page that they asked for, and no count."""

    items: Always[list[ProductRender]] = None
