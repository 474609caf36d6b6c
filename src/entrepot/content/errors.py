"""What can go wrong with terms and conditions, in Magento's words as far as it has any."""

from __future__ import annotations

from entrepot.kit.errors import NotFound, Refused


class NoSuchAgreement(NotFound):
    message = "This condition no longer exists."


class InvalidHeight(Refused):
    message = "Please input a valid CSS-height. For example 100px or 77pt or 20em or .5ex or 50%."
