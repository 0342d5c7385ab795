"""The demo of plans: loose actions and bouwstenen, two years of plans with their goals, and routes under way."""

from . import blocks, plans, routes

__all__ = ["blocks", "plans", "routes"]
