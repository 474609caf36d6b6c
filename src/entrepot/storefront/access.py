"""Who a page is for."""

from __future__ import annotations

from enum import Enum, auto


class Visitor(Enum):
    """A page without one of these is for everybody."""

    SIGNED_IN = auto()
    """A guest is sent to sign in first, and comes back afterwards."""
    GUEST = auto()
    """Who is signed in already is sent to the dashboard."""
