"""Campaigns with their days, and the school holidays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from leesbouw.core.access import Actor
from leesbouw.core.content import all_current
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Unit

from ...enums import Region
from ...models import CampaignDates
from .bodies import CALENDAR, HOLIDAYS, Holiday
from .forms import ActivityForm, forms_for


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign with its days. `status` is "lokaal" and `owner` the organisation where somebody set her own."""

    form: ActivityForm
    starts_on: date
    ends_on: date
    status: str
    why: str
    owner: Unit | None = None


def campaigns_between(actor: Actor, start: date, end: date) -> list[Campaign]:
    """Campaigns of which a day lies between these two, both included, the earliest first. Own days go before those of
    the library, and those before what we ship; the days of a school do not count for its library. Two queries."""
    counts = Q(unit=actor.unit_id) | Q(unit__kind=UnitKind.LIBRARY)
    own = CampaignDates.objects.visible_to(actor).filter(counts).select_related("unit").order_by("pk")
    kept = {
        (row.form, row.year.first): row for row in sorted(own, key=lambda row: row.unit_id == actor.unit_id)
    }
    forms = {one.code: one for one in forms_for(actor)}
    found = [
        Campaign(forms[row.form], row.starts_on, row.ends_on, "lokaal", "", row.unit)
        for row in kept.values()
        if row.form in forms
    ]
    for year, item in all_current(CALENDAR).items():
        found += [
            Campaign(forms[one.form], one.starts_on, one.ends_on, one.status, one.why)
            for one in item.body.dates
            if one.form in forms and (one.form, int(year[:4])) not in kept
        ]
    return sorted(
        (one for one in found if one.starts_on <= end and one.ends_on >= start),
        key=lambda one: (one.starts_on, one.form.name),
    )


def holidays_between(region: str, start: date, end: date) -> list[Holiday]:
    """School holidays of a region, or of all three for "", of which a day lies between these two, the earliest first.
    What we do not know yet is not there."""
    every = (one for item in all_current(HOLIDAYS).values() for one in item.body.holidays)
    return sorted(
        (
            one
            for one in every
            if (not region or one.region == region) and one.starts_on <= end and one.ends_on >= start
        ),
        key=lambda one: (one.starts_on, list(Region).index(one.region)),
    )


def own_dates(actor: Actor, code: str, year: Any) -> CampaignDates | None:
    """The days that the actor's own organisation set for a campaign."""
    rows = CampaignDates.objects.visible_to(actor).filter(unit=actor.unit_id, form=code, year=year)
    return rows.first()
