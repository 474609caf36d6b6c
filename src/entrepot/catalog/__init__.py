"""What the shop offers: attributes and their sets, products of every type, categories, media, prices, links, search."""
