"""What can go wrong with carts and checkout, in the caller's words (spec 50)."""

from __future__ import annotations

from entrepot import promotions
from entrepot.kit.errors import InvalidFieldValue, NoSuchEntity, NotFound, PlainRefusal, Refused


class NoSuchCart(NoSuchEntity):
    """No such cart, or not the caller's, or no longer active. None where a masked id names nothing."""

    def __init__(self, cart_id: int | None) -> None:
        super().__init__(field_name="cartId", field_value=cart_id)


class NoActiveCart(NotFound):
    message = "Current customer does not have an active cart."


class NoCartOfCustomer(NoSuchEntity):
    def __init__(self, customer_id: int) -> None:
        super().__init__(field_name="customerId", field_value=customer_id)


class CartNotOwned(Refused):
    """A cart of somebody else would be written."""

    message = "Invalid state change requested"


class OneShippingAssignment(Refused):
    message = "Only 1 shipping assignment can be set"


class CustomerOfAnotherStore(Refused):
    message = "The customer can't be assigned to the cart. The cart belongs to a different store."


class CartNotAnonymous(Refused):
    message = "The customer can't be assigned to the cart because the cart isn't anonymous."


class CustomerHasCart(Refused):
    message = "The customer can't be assigned to the cart because the customer already has an active cart."


class NotTheCallersId(Refused):
    message = "You don't have the correct permissions to assign the customer to the cart."


class InvalidQty(InvalidFieldValue):
    """`value` is None where none was given."""

    def __init__(self, value: object) -> None:
        super().__init__(field_name="qty", value=value)


class NoSuchItem(NotFound):
    """The number of the cart and that of the line."""

    message = "The %1 Cart doesn't contain the %2 item."


class NoSuchProduct(NotFound):
    message = "The product that was requested doesn't exist. Verify the product and try again."


class NotAvailable(Refused):
    """Disabled, sold out, or of another website."""

    message = "Product that you are trying to add is not available."


class QtyRefused(PlainRefusal):
    """The stock does not allow the quantity. The text is rendered."""


class OptionsRefused(PlainRefusal):
    """What was chosen does not fit the product. The text is rendered."""


class CartNotSaved(Refused):
    message = "The quote couldn't be saved."


class EmptyCart(NotFound):
    """The number of the cart, as a coupon names it."""

    message = 'The "%1" Cart doesn\'t contain products.'


class CouponNotValid(NotFound):
    message = "The coupon code isn't valid. Verify the code and try again."


class CouponLost(promotions.CouponNotValid):
    """The cart that is ordered had a coupon that can be used no more. It is gone from the cart, whose totals are those
    without it: ordered again, it is ordered at the price that it shows."""

    keeps_effects = True


class AddressNotSaved(Refused):
    message = "The address failed to save. Verify the address and try again."


class InvalidEmail(Refused):
    message = "Invalid email format"


class InvalidCountry(Refused):
    message = "Invalid country code"


class NoSuchAddress(NoSuchEntity):
    def __init__(self, address_id: int) -> None:
        super().__init__(field_name="addressId", field_value=address_id)


class ShippingAddressMissing(Refused):
    message = "The shipping address is missing. Set the address and try again."


class NoMethodForEmptyCart(Refused):
    message = "The shipping method can't be set for an empty cart. Add an item to cart and try again."


class NoShippingForVirtual(NotFound):
    message = "The Cart includes virtual product(s) only, so a shipping address is not used."


class ShippingNotSaved(Refused):
    message = "The shipping information was unable to be saved. Verify the input data and try again."


class NoSuchCarrier(NotFound):
    message = "Carrier with such method not found: %1, %2"


class MethodNotAvailable(Refused):
    message = "The requested Payment Method is not available."


class CountryNotAllowed(Refused):
    message = "You can't use the payment type you selected to make payments to the billing country."


class NumberNeeded(Refused):
    message = "Purchase order number is a required field."


class TotalsOfEmptyCart(Refused):
    message = "Totals calculation is not applicable to empty cart"


class CannotPlace(Refused):
    """Nothing to order."""

    message = "A server error stopped your order from being placed. Please try to place your order again."


class NotReady(PlainRefusal):
    """The cart cannot be ordered as it is: the first thing that is missing or wrong."""


class GuestsMayNotOrder(Refused):
    message = "Sorry, guest checkout is not available."


class AgreementsMissing(Refused):
    message = "The order wasn't placed. First, agree to the terms and conditions, then try placing your order again."


class NoItemOfGiftMessage(NotFound):
    """There is none to be read."""

    message = "No item with the provided ID was found in the Cart. Verify the ID and try again."


class NoItemForGiftMessage(NotFound):
    """There is none to be written to."""

    message = 'No product with the "%1" itemId exists in the Cart. Verify your information and try again.'


class GiftMessageForEmptyCart(Refused):
    message = "Gift messages can't be used for an empty cart. Add an item and try again."


class GiftMessageForVirtual(Refused):
    message = "Gift messages can't be used for virtual products."


class GiftMessagesOff(Refused):
    """The shop does not offer them for this."""

    message = "The gift message isn't available."


class MethodNotSet(Refused):
    message = "The shipping method can't be set. %1"
