"""Every statement of the domain."""
