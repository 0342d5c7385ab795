"""The catalogue: forms, campaigns and programmes as content, what a library or school adds, and the school holidays.

For other rooms: `forms_for`, `form_by_code`, `campaigns_between` and `holidays_between`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.urls import reverse
from pydantic import Field

from leesbouw.core.access import Actor
from leesbouw.core.content import Body, Status, all_current, content_kinds
from leesbouw.core.search import Entry
from leesbouw.indicators.queries import measures as all_measures
from leesbouw.organisations.enums import Sector, UnitKind
from leesbouw.organisations.models import Location, Unit

from ..domain import pick_of_day
from ..enums import Audience, ConsultantRole, FormKind, Region
from ..models import CampaignDates, OwnForm
from ..permissions import EDIT_CATALOGUE, VIEW_CATALOGUE
from .building import BLOCKS

FORMS, CALENDAR, HOLIDAYS = "activity-form", "campaign-calendar", "school-holidays"
OWN = "eigen-"  # before the id of an own form: its code
OWN_FORM = "activity-form"  # kind in the search index
QUICK = 15  # minutes at most of something for today


class FormBody(Body):
    """One form of the catalogue. `groups` are year groups, none for all; `minutes` and `preparation` are for one time.

    `roles` tells for each role of the consultant who does what. `hours` and `school_hours` are examples of ours for all
    `times` together, without the lesson itself for the school. `measures` are codes that it may move; `ours` when no
    source names the form.
    """

    name: str
    kind: FormKind = FormKind.FORM
    sectors: tuple[Sector, ...]
    groups: tuple[int, ...] = ()
    audience: tuple[Audience, ...] = (Audience.CHILDREN,)
    aim: str
    minutes: int = Field(ge=0)
    preparation: int = Field(default=0, ge=0)
    times: int = Field(default=1, ge=0)
    materials: tuple[str, ...] = ()
    steps: tuple[str, ...]
    roles: dict[ConsultantRole, str] = {}
    hours: Decimal = Decimal(0)
    school_hours: Decimal = Decimal(0)
    block: str = "activities"
    measures: tuple[str, ...] = ()
    evidence: str = ""
    ours: bool = False


class DatesOfCampaign(Body):
    """The days of a campaign, and how sure they are."""

    form: str
    starts_on: date
    ends_on: date
    status: Status
    why: str


class CalendarBody(Body):
    dates: tuple[DatesOfCampaign, ...]


class Holiday(Body):
    """A holiday of the schools in one region."""

    name: str
    region: Region
    starts_on: date
    ends_on: date
    status: Status


class HolidaysBody(Body):
    holidays: tuple[Holiday, ...]


content_kinds.add(FORMS, FormBody)
content_kinds.add(CALENDAR, CalendarBody)
content_kinds.add(HOLIDAYS, HolidaysBody)


@dataclass(frozen=True, slots=True)
class ActivityForm:
    """A form as the catalogue shows it: shipped, or somebody's `own`."""

    code: str
    body: FormBody
    source: str
    status: str
    own: OwnForm | None = None

    @property
    def name(self) -> str:
        return self.body.name

    @property
    def url(self) -> str:
        return reverse("plans:form", args=[self.code])

    @property
    def is_archived(self) -> bool:
        return self.own is not None and self.own.archived_at is not None

    @property
    def is_quick(self) -> bool:
        """Whether a teacher can do it today, within a quarter of an hour and without preparing anything."""
        one = self.body
        return one.kind == FormKind.FORM and 0 < one.minutes <= QUICK and not one.preparation


def forms_for(actor: Actor, *, sector: str = "", year_groups: Iterable[int] = ()) -> list[ActivityForm]:
    """What this actor can choose from, by name: the shipped forms and the own ones within reach, without what was
    archived. A form stays when it is for the sector, and for one of the year groups. One query."""
    own = OwnForm.objects.visible_to(actor).filter(archived_at=None).select_related("unit")
    found = [*shipped_forms(), *(_own(row) for row in own)]
    wanted = set(year_groups)
    return sorted(
        (one for one in found if _fits(one.body, sector, wanted)), key=lambda one: one.name.casefold()
    )


def _fits(body: FormBody, sector: str, groups: set[int]) -> bool:
    return (not sector or sector in body.sectors) and (
        not groups or not body.groups or bool(groups & set(body.groups))
    )


def form_by_code(actor: Actor, code: str) -> ActivityForm:
    """One form, also when it was archived, for a plan may name it. Raises LookupError."""
    if not code.startswith(OWN):
        item = all_current(FORMS).get(code)
        if item is None:
            raise LookupError(f"no form {code}")
        return ActivityForm(code, item.body, item.source, item.status)
    number = code.removeprefix(OWN)
    rows = OwnForm.objects.visible_to(actor).select_related("unit")
    row = rows.filter(pk=int(number)).first() if number.isascii() and number.isdigit() else None
    if row is None:
        raise LookupError(f"no form {code}")
    return _own(row)


def shipped_forms() -> Iterator[ActivityForm]:
    """What comes with Leesbouw, without a query."""
    for code, item in all_current(FORMS).items():
        yield ActivityForm(code, item.body, item.source, item.status)


def _own(row: OwnForm) -> ActivityForm:
    body = FormBody.model_validate(row.body)
    return ActivityForm(f"{OWN}{row.pk}", body, row.unit.name, "lokaal", row)


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


def own_location(actor: Actor) -> Location | None:
    """The school or child-care location somebody works at; None for whoever works elsewhere. One query."""
    if actor.unit_kind != UnitKind.LOCATION:
        return None
    return Location.objects.visible_to(actor).filter(pk=actor.unit_id).first()


def quick_forms(actor: Actor, sector: str, year_groups: Sequence[int] = ()) -> list[ActivityForm]:
    """What can be done today without preparation, for children of this sector and these year groups."""
    return [
        one
        for one in forms_for(actor, sector=sector, year_groups=year_groups)
        if one.is_quick and Audience.CHILDREN in one.body.audience
    ]


def idea_of_day(forms: Sequence[ActivityForm], day: date, other: int = 0) -> ActivityForm | None:
    """Today's one of these; None where there is none."""
    by_code = {one.code: one for one in forms}
    return by_code[pick_of_day(list(by_code), day, other)] if by_code else None


def may_add_forms(actor: Actor) -> bool:
    """Who may add a form of her own library or location."""
    return actor.may(EDIT_CATALOGUE) and actor.unit_kind in (UnitKind.LIBRARY, UnitKind.LOCATION)


def may_change_form(actor: Actor, form: ActivityForm) -> bool:
    """Only who works where the form was made changes it."""
    return may_add_forms(actor) and form.own is not None and form.own.unit_id == actor.unit_id


def block_name(code: str) -> str:
    """What a bouwsteen is called."""
    item = all_current(BLOCKS).get(code)
    return str(item.body.name) if item else code


def names_of_measures(codes: Sequence[str]) -> list[str]:
    """What the measures are called that a form may move."""
    known = all_measures()
    return [known[code].body.name for code in codes if code in known]


def own_dates(actor: Actor, code: str, year: Any) -> CampaignDates | None:
    """The days that the actor's own organisation set for a campaign."""
    rows = CampaignDates.objects.visible_to(actor).filter(unit=actor.unit_id, form=code, year=year)
    return rows.first()


def form_entries(ids: Iterable[int] | None = None) -> Iterator[Entry]:
    """Index entries of the own forms that are in use: these, or all. Their schools find those of a library on the page."""
    rows = OwnForm.objects.filter(archived_at=None).select_related("unit")
    for row in rows if ids is None else rows.filter(pk__in=list(ids)):
        yield form_entry(row)


def form_entry(row: OwnForm) -> Entry:
    form = _own(row)
    return Entry(
        kind=OWN_FORM,
        object_id=row.pk,
        title=form.name,
        subtitle=row.unit.name,
        url=form.url,
        scope=frozenset({row.unit_id}),
        body=form.body.aim,
        permission=VIEW_CATALOGUE,
    )
