"""What the shop offers: attributes and their sets, products of every type, categories, media, prices, links, search."""

from entrepot.catalog import attributes

OPERATION_MODULES = (*attributes.OPERATION_MODULES,)
"""The modules whose operations the REST API serves."""
