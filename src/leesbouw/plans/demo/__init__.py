"""The demo of plans: loose actions and bouwstenen, two years of plans with their goals, routes under way, and own activities."""

from . import blocks, catalogue, library, plans, routes

__all__ = ["blocks", "catalogue", "library", "plans", "routes"]
