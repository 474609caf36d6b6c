"""Who ships, and what it costs. Found through the entry points `entrepot.carriers`."""

from entrepot.quotes.carriers.carrier import Carrier, RateRequest, carriers, collect_rates

__all__ = ["Carrier", "RateRequest", "carriers", "collect_rates"]
