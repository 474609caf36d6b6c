"""Countries and their regions, currencies and the rates between them."""
