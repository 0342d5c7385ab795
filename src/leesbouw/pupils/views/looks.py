"""Who saw a child, for a parent who asks that."""

from __future__ import annotations

from typing import Any

from leesbouw.privacy.queries.terms import term_in_force
from leesbouw.ui.pages import Page

from .. import queries
from ..permissions import RIGHTS
from .base import OfPupil


class Looks(OfPupil, Page):
    """Everybody who looked at this child or at a list with its name, and when."""

    right = RIGHTS
    template_name = "pupils/looks.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        looks = queries.looks_at(self.actor, self.pupil)
        return super().get_context_data(**kwargs, looks=looks, kept=term_in_force("audit").length)
