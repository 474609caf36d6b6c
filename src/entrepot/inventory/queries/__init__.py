"""The statements of inventory, by subject."""
