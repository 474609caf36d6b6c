"""Terms and conditions as they travel (spec 50, 12)."""

from __future__ import annotations

from entrepot.kit.rest.contract import Always, Contract, contract


@contract("Magento.CheckoutAgreements.Api.Data.AgreementExtensionInterface")
class AgreementExtension(Contract):
    """Nothing extends it."""


@contract("Magento.CheckoutAgreements.Api.Data.AgreementInterface")
class Agreement(Contract):
    """Terms that a buyer agrees to by ordering."""

    agreement_id: Always[int] = None
    name: Always[str] = None
    content: Always[str] = None
    content_height: str | None = None
    """A length of CSS, such as 100px."""
    checkbox_text: Always[str] = None
    is_active: Always[bool] = None
    is_html: Always[bool] = None
    """Whether the content is HTML; otherwise plain text."""
    mode: Always[int] = None
    """0: ordering is agreeing. 1: the buyer has to tick a box."""
    extension_attributes: AgreementExtension | None = None
