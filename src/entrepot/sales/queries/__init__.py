"""Every SQL statement about orders, a module per use."""
