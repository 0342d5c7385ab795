"""What the catalogue consists of, as content."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pydantic import Field

from leesbouw.core.content import Body, Status, content_kinds
from leesbouw.organisations.enums import Sector

from ...enums import Audience, ConsultantRole, FormKind, Region, Transfer

FORMS, CALENDAR, HOLIDAYS = "activity-form", "campaign-calendar", "school-holidays"
TRAITS = "parent-traits"
REGIONS = "school-region"


class ParentGroup(Body):
    """A kind of parents, by how much they read; no judgement about one of them."""

    code: str
    name: str
    text: str


class Characteristic(Body):
    """What makes an activity with parents succeed: one of A-G."""

    code: str
    letter: str
    text: str


class TraitsBody(Body):
    """What one tells an activity with parents by."""

    groups: tuple[ParentGroup, ...]
    characteristics: tuple[Characteristic, ...]


class WithParents(Body):
    """What an activity has for parents: characteristics and kinds of parents by their codes, and how they get it."""

    characteristics: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    transfer: tuple[Transfer, ...] = ()
    age: str = ""


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
    parents: WithParents | None = None
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


class RegionOf(Body):
    """A municipality that lies in another region than its province. `note`: where in it that differs again."""

    code: str
    name: str
    region: Region
    note: str = ""


class RegionsBody(Body):
    """In which region of the school holidays a province lies, and which of its municipalities lie elsewhere."""

    provinces: dict[Region, tuple[str, ...]]
    municipalities: tuple[RegionOf, ...]


content_kinds.add(REGIONS, RegionsBody)
content_kinds.add(TRAITS, TraitsBody)
content_kinds.add(FORMS, FormBody)

content_kinds.add(CALENDAR, CalendarBody)

content_kinds.add(HOLIDAYS, HolidaysBody)
