"""Products as a page outside of the shop draws them: texts, pictures, prices in a currency, what to post to buy one."""

from entrepot.catalog.render import service
from entrepot.catalog.render.taxation import PriceTaxes, register_price_taxes

OPERATION_MODULES = (service,)

__all__ = ["OPERATION_MODULES", "PriceTaxes", "register_price_taxes"]
