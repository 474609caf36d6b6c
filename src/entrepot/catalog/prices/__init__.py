"""What products cost: the computation itself, tier prices, and the services that set many prices at once.

The computation is told in docs/algorithms/prices.md.
"""

from entrepot.catalog.prices.loading import facts_for, prices_for
from entrepot.catalog.prices.rule_prices import RulePrices, register_rule_prices
from entrepot.catalog.prices.rules import Price, PriceFacts, option_amount, price_of, with_options
from entrepot.catalog.prices.shop_time import shop_now
from entrepot.catalog.prices.sorting import final_price_sql

__all__ = [
    "Price",
    "PriceFacts",
    "RulePrices",
    "facts_for",
    "final_price_sql",
    "option_amount",
    "price_of",
    "prices_for",
    "register_rule_prices",
    "shop_now",
    "with_options",
]
