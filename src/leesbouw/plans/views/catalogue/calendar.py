"""The campaigns of a year by month, with the school holidays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from leesbouw.ui.pages import Page

from ... import forms, queries
from ...enums import Region
from ...permissions import VIEW_CATALOGUE

ALL = len(Region)


class Calendar(Page):
    """The campaigns of a school year by month, with the school holidays."""

    permission = VIEW_CATALOGUE
    template_name = "plans/calendar.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wish = forms.RegionForm(
            self.request.GET
            if "regio" in self.request.GET
            else {"regio": queries.region_of_actor(self.actor) or ""}
        )
        region = wish.cleaned_data["regio"] if wish.is_valid() else ""
        months = [_month_after(self.year.starts_on, number) for number in range(12)]
        location = queries.own_location(self.actor)
        campaigns = [
            one
            for one in queries.campaigns_between(self.actor, self.year.starts_on, self.year.ends_on)
            if location is None or location.sector in one.form.body.sectors
        ]
        holidays = queries.holidays_between(region, self.year.starts_on, self.year.ends_on)
        return super().get_context_data(
            **kwargs,
            for_year=self.year,
            region_form=wish,
            region=region,
            months=[
                (
                    first,
                    [one for one in campaigns if one.starts_on <= last and one.ends_on >= first],
                    _at_once(
                        [one for one in holidays if one.starts_on <= last and one.ends_on >= first],
                        every=not region,
                    ),
                )
                for first, last in months
            ],
            knows_holidays=bool(holidays),
        )


def _month_after(first: date, number: int) -> tuple[date, date]:
    """The first and last day of the month that lies so many months later."""
    year, month = divmod(first.month - 1 + number, 12)
    begin = date(first.year + year, month + 1, 1)
    return begin, (begin + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _at_once(holidays: Sequence[queries.Holiday], *, every: bool) -> list[tuple[queries.Holiday, str]]:
    """Each holiday once, with the regions that have it on these days; without those where all have, or one was chosen."""
    regions: dict[tuple[str, date, date], list[queries.Holiday]] = {}
    for one in holidays:
        regions.setdefault((one.name, one.starts_on, one.ends_on), []).append(one)
    return [
        (
            same[0],
            ", ".join(str(one.region.label).lower() for one in same) if every and len(same) < ALL else "",
        )
        for same in regions.values()
    ]
