"""Permission codes that the papers ask; they live with the agreement itself."""

from leesbouw.organisations.permissions import EDIT_AGREEMENT, VIEW_AGREEMENT

__all__ = ["EDIT_AGREEMENT", "VIEW_AGREEMENT"]
