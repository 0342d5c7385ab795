"""What makes one look twice at a year plan. The rules are `domain.feasible`; the diary of a consultant asks the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Location
from leesbouw.ui.templatetags.ui import euros

from ..domain import meets, too_much
from ..models import PlannedActivity
from .activities import effort_of
from .catalogue import Campaign, campaigns_between


@dataclass(frozen=True, slots=True)
class Feasible:
    """What there is for a year plan and what it asks: sentences for the whole, and by activity the campaigns it meets."""

    hints: Sequence[str]
    campaigns: Mapping[int, str] = field(default_factory=dict)


def campaigns_met(
    campaigns: Iterable[Campaign], start: date | None, end: date | None = None, form: str = ""
) -> str:
    """The names of the campaigns that something on these days falls in; a campaign does not meet itself."""
    return ", ".join(
        one.form.name
        for one in campaigns
        if one.form.code != form and meets(start, end, one.starts_on, one.ends_on)
    )


def feasible(
    actor: Actor,
    unit: Location,
    year: SchoolYear,
    activities: Sequence[PlannedActivity],
    *,
    hours: Decimal | None,
    money: int | None,
) -> Feasible:
    """How the activities of a year stand to the hours that were agreed, the money in cents, and the campaigns of the
    year. Two queries, none for a plan without activities."""
    if not activities:
        return Feasible([])
    around = [
        one
        for one in campaigns_between(actor, year.starts_on, year.ends_on)
        if unit.sector in one.form.body.sectors
    ]
    met = {row.pk: campaigns_met(around, row.from_on, row.until_on, row.form) for row in activities}
    return Feasible(
        [*_of_hours(activities, hours), *_of_money(activities, money), *_of_people(activities)],
        {pk: names for pk, names in met.items() if names},
    )


def _of_hours(activities: Sequence[PlannedActivity], hours: Decimal | None) -> list[str]:
    over = too_much(effort_of(activities).hours, hours)
    told = _("The plan asks %(hours)s hours more than was agreed.")
    return [told % {"hours": floatformat(over)}] if over else []


def _of_money(activities: Sequence[PlannedActivity], money: int | None) -> list[str]:
    over = too_much(effort_of(activities).cost_cents, money)
    told = _("The activities cost %(money)s more than there is.")
    return [told % {"money": euros(int(over))}] if over else []


def _of_people(activities: Sequence[PlannedActivity]) -> list[str]:
    undated = sum(one.from_on is None for one in activities)
    alone = sum(one.staff_id is None and one.contact_id is None for one in activities)
    hints = []
    if undated:
        hints.append(
            ngettext("%(number)s activity has no day yet.", "%(number)s activities have no day yet.", undated)
            % {"number": undated}
        )
    if alone:
        hints.append(
            ngettext(
                "Of %(number)s activity nobody knows yet who does it.",
                "Of %(number)s activities nobody knows yet who does it.",
                alone,
            )
            % {"number": alone}
        )
    return hints
