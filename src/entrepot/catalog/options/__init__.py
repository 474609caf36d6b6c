"""Custom options: what a customer answers when buying a product, and what an answer costs."""
