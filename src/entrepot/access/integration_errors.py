"""What can go wrong with integrations. Those without a source in Magento are for what its forms do not offer."""

from __future__ import annotations

from entrepot.kit.errors import NotFound, Refused


class IntegrationExists(Refused):
    message = 'The integration with name "%1" exists.'


class NoSuchIntegration(NotFound):
    message = 'The integration with ID "%1" doesn\'t exist.'


class NoSuchIntegrationName(NotFound):
    message = 'The integration with name "%1" doesn\'t exist.'


class InvalidURL(Refused):
    """An address that is not `http://` or `https://` with a host."""

    message = 'Please enter a valid URL that begins with http:// or https:// for "%1".'


class DeliveryFailed(Refused):
    """The other side did not take the credentials. What was prepared stays: activating again posts them again."""

    message = "The credentials could not be posted to %1: %2"
