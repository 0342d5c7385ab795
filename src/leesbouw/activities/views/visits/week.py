"""The visits of a week."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from leesbouw.organisations.domain import is_school_code
from leesbouw.organisations.enums import UnitKind
from leesbouw.ui.pages import Page

from ... import queries
from ...permissions import SHARE_CALENDAR, VIEW_VISITS
from .base import may_edit


class Week(Page):
    """The visits of a week: of oneself, a colleague or everybody."""

    template_name = "activities/week.html"
    permission = VIEW_VISITS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET
        return super().get_context_data(
            **kwargs,
            page=queries.week_page(self.actor, asked.get("week", ""), asked.get("wie", "")),
            may_edit=may_edit(self.actor),
            at_location=self.actor.unit_kind == UnitKind.LOCATION,
            may_share=self.actor.may(SHARE_CALENDAR),
            hours_url=self.hours_url(),
        )

    def hours_url(self) -> str:
        """The hours and visits of one's own location; empty for who works at the library."""
        if self.actor.unit_kind != UnitKind.LOCATION:
            return ""
        place = "school" if is_school_code(self.actor.unit_code) else "kinderopvang"
        return reverse("activities:location-hours", args=[place, self.actor.unit_code])
