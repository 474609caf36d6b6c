"""Every statement about attributes, options, sets and groups."""
