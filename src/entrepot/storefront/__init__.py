"""The storefront: what a shopper sees. Pages, templates and addresses; the rules are those of the domains.

`storefront_app(services)` is the whole of it as an ASGI application, for every path that nothing else serves.
"""

from entrepot.storefront.application import storefront_app

__all__ = ["storefront_app"]
