"""Decisions about customers that need neither database nor clock."""
