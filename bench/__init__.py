"""Measurements. Timings are looked at by people; no test depends on them."""
