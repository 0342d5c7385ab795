"""The demo of plans: loose actions and bouwstenen, and routes under way."""

from . import blocks, routes

__all__ = ["blocks", "routes"]
