"""The statements of this domain; nobody else runs them."""
