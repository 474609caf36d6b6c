"""Products that are shown or sold with a product: related, cross-sell, up-sell, and those of a grouped product."""
