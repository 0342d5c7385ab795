"""What came of a year: a row for each location, or a line for each number through the years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Location
from leesbouw.plans.domain import Counted, Sums
from leesbouw.ui.tables import Column, NumberColumn, Table

from .queries import YearLine

YEAR = "year_"  # before the first calendar year of a school year: its column
SEEN = {  # what a row shows at first; the rest is offered
    Counted.GOALS: _("Goals set"),
    Counted.REACHED: _("Reached"),
    Counted.UNDECIDED: _("Not looked back on yet"),
    Counted.HOURS_AGREED: _("Hours, agreed"),
    Counted.HOURS_MADE: _("Hours, made"),
    Counted.DONE: _("Activities done"),
    Counted.VISITS: _("Visits made"),
}
MORE = {
    Counted.CLOSER: _("Clearly closer"),
    Counted.CHANCE: _("No clear difference"),
    Counted.BACK: _("Further away"),
    Counted.UNMEASURED: _("Not measured again yet"),
    Counted.DESCRIBED: _("Without a figure"),
    Counted.CONTINUE: _("Go on with it"),
    Counted.ADJUST: _("Adjust"),
    Counted.ANCHOR: _("Keep as a habit"),
    Counted.STOP: _("Stop"),
    Counted.BLOCKS_UP: _("Building blocks forward"),
    Counted.BLOCKS_DOWN: _("Building blocks back"),
    Counted.HOURS_PLANNED: _("Hours, planned"),
    Counted.ACTIVITIES: _("Activities planned"),
    Counted.TEACHER_AWAY: _("Without the teacher"),
    Counted.TEACHER_THERE: _("The teacher was there"),
    Counted.TOGETHER: _("Done together"),
    Counted.TEACHER_ALONE: _("The teacher did it alone"),
}


class CountColumn(NumberColumn):
    """One number of each location; never to sort by, because schools are not ranked."""

    def __init__(self, code: Counted, label: Any, told: Mapping[int, Sums], **kwargs: Any) -> None:
        self.code, self.told = code, told
        super().__init__(label, param=code, accessor="pk", orderable=False, **kwargs)

    def render(self, value: int) -> Any:
        return super().render(self.told[value][self.code])

    def value(self, value: int) -> Decimal:
        return self.told[value][self.code]


class LookBackTable(Table):
    """Locations with what was agreed and what came of it, by name."""

    name = Column(_("Name"), param="naam")
    municipality = Column(
        _("Municipality"), param="gemeente", accessor="municipality__name", order_by="municipality__name"
    )

    class Meta:
        order_by = "name"

    def __init__(
        self,
        data: Any,
        *,
        told: Mapping[int, Sums],
        year: SchoolYear,
        without: Sequence[Counted] = (),
        **kwargs: Any,
    ) -> None:
        self.year = year
        kwargs["extra_columns"] = [
            (code.name.lower(), CountColumn(code, label, told, visible=code in SEEN))
            for code, label in (SEEN | MORE).items()
            if code not in without
        ]
        super().__init__(data, **kwargs)

    def row_url(self, record: Location) -> str:
        url = reverse("activities:location-hours", args=[record.place, record.code])
        return url if self.year == SchoolYear.running() else f"{url}?jaar={self.year}"


class YearColumn(NumberColumn):
    """One year; empty where nothing may be shown."""

    def __init__(self, year: SchoolYear) -> None:
        self.year = year
        super().__init__(str(year), param=str(year), accessor="values", orderable=False, default="–")

    def render(self, value: Mapping[SchoolYear, Decimal]) -> Any:
        return super().render(value[self.year]) if self.year in value else "–"

    def value(self, value: Mapping[SchoolYear, Decimal]) -> Decimal | None:
        return value.get(self.year)


class YearsTable(Table):
    """Every number of a level through the years."""

    label = Column(pgettext_lazy("look back", "What"), param="wat", orderable=False)
    heading = Column(pgettext_lazy("look back", "About"), param="over", orderable=False)

    def __init__(self, data: Sequence[YearLine], *, years: Sequence[SchoolYear], **kwargs: Any) -> None:
        kwargs["extra_columns"] = [(f"{YEAR}{year.first}", YearColumn(year)) for year in years]
        super().__init__(data, **kwargs)
