"""What can go wrong with links, in Magento's words."""

from __future__ import annotations

from entrepot.kit.errors import NotFound, Refused


class LinkTypeUnknown(NotFound):
    """A path names a kind of links that there is not."""

    message = 'The "%1" link type is unknown. Verify the type and try again.'


class LinkTypeNotFound(NotFound):
    """A link is of a kind that there is not."""

    message = 'The "%1" link type wasn\'t found. Verify the type and try again.'


class InvalidLinks(Refused):
    """A linked product that there is not, or a value that is too large."""

    message = "The linked products data is invalid. Verify the data and try again."


class NotLinked(NotFound):
    message = "Product %1 doesn't have linked %2 as %3"
