"""Every SQL statement of the domain, by subject."""
