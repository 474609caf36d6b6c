"""Every SQL statement of the domain, a module per table."""
