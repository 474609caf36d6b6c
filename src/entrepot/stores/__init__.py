"""Websites, store groups and store views, and the configuration that is read in their scopes."""
