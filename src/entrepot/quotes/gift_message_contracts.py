"""Gift messages as they travel (spec 50, 11)."""

from __future__ import annotations

from entrepot.kit.rest.contract import Always, Contract, CustomAttributes, contract


@contract("Magento.GiftMessage.Api.Data.MessageExtensionInterface")
class GiftMessageExtension(Contract):
    """What the message is about, where several are sent together."""

    entity_id: str | None = None
    entity_type: str | None = None


@contract("Magento.GiftMessage.Api.Data.MessageInterface")
class GiftMessage(Contract):
    """A card that goes with an order or with one of its lines."""

    gift_message_id: int | None = None
    customer_id: int | None = None
    sender: Always[str] = None
    recipient: Always[str] = None
    message: Always[str] = None
    extension_attributes: GiftMessageExtension | None = None


@contract("Magento.Quote.Api.Data.TotalsAdditionalDataExtensionInterface")
class TotalsAdditionalDataExtension(Contract):
    gift_messages: list[GiftMessage] | None = None


@contract("Magento.Quote.Api.Data.TotalsAdditionalDataInterface", entity="customer_address")
class TotalsAdditionalData(Contract):
    """Read and put aside."""

    extension_attributes: TotalsAdditionalDataExtension | None = None
    custom_attributes: CustomAttributes = None
