"""Everything is done to a shop that could cost money, orders or the shop itself; what must hold is looked at after it.

    python -m torture [scene ...] [--nightly]

See docs/torture.md. Nothing here needs a running shop: each scene starts its own, on a free port and in a folder that
goes with it.
"""
