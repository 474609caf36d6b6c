"""What can go wrong with links and samples, in Magento's words."""

from __future__ import annotations

from entrepot.kit.errors import NotFound, PlainRefusal, Refused


class NotDownloadable(Refused):
    message = "The product needs to be the downloadable type. Verify the product and try again."


class LinkRefused(PlainRefusal):
    """A link that breaks a rule: a message of `rules`."""


class SampleRefused(PlainRefusal):
    """A sample that breaks a rule."""


class LinkNotFound(NotFound):
    message = "No downloadable link with the provided ID was found. Verify the ID and try again."


class SampleNotFound(NotFound):
    message = "No downloadable sample with the provided ID was found. Verify the ID and try again."


class LinkOfAnother(Refused):
    message = "The downloadable link isn't related to the product. Verify the link and try again."


class SampleOfAnother(Refused):
    message = "The downloadable sample isn't related to the product. Verify the link and try again."


class InvalidDomain(PlainRefusal):
    """A name given on the command line that is no host's."""
