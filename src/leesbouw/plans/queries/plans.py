"""Plans: what a plan of a kind consists of, what stands in it, and where it is on its way to approval."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, partial
from typing import Annotated, Any, Literal

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.timezone import localtime
from pydantic import Field

from leesbouw.core.access import Actor
from leesbouw.core.content import Body, content_kinds, current, in_version
from leesbouw.core.time import SchoolYear, now
from leesbouw.organisations.enums import Sector, UnitKind
from leesbouw.organisations.models import Location, Unit

from ..domain import words_changed
from ..enums import PlanKind, VersionReason
from ..models import Plan, PlanApproval, PlanComment, PlanField, PlanVersion
from ..permissions import APPROVE_PLANS
from .activities import planned_activities
from .goals import aim_words, goal_rules, goals_of, may_write_plans

TEMPLATES = "plan-template"
TEAM_READS_FOR = timedelta(weeks=3)  # after that a plan asks the team no more
Shows = Literal["text", "goals", "structural", "activities", "effort"]


class Section(Body):
    """A part of a plan: a text that people write, or something that has its home elsewhere and is shown here."""

    code: str
    title: str
    ask: str = ""
    shows: Shows = "text"


class TemplateBody(Body):
    """What a plan of a kind consists of; `years` is how long it runs when nothing else is said."""

    about: str
    years: Annotated[int, Field(ge=1, le=8)]
    sections: tuple[Section, ...]


content_kinds.add(TEMPLATES, TemplateBody)

OTHER = Section(code="other", title="Overig")  # what a Word file held under no heading of ours
SLUGS = {
    PlanKind.POLICY: "leesbeleidsplan",
    PlanKind.YEAR: "jaarplan",
    PlanKind.MEDIA: "mediaplan",
    PlanKind.READ_ALOUD: "voorleesplan",
    PlanKind.SECONDARY: "lees-en-mediaplan",
}
BY_SLUG = {slug: kind for kind, slug in SLUGS.items()}
OF_SECTOR = {
    Sector.CHILDCARE: (PlanKind.READ_ALOUD, PlanKind.YEAR),
    Sector.VO: (PlanKind.SECONDARY, PlanKind.YEAR),
    Sector.PRO: (PlanKind.SECONDARY, PlanKind.YEAR),
    Sector.MBO: (PlanKind.SECONDARY, PlanKind.YEAR),
}
OF_SCHOOL = (PlanKind.YEAR, PlanKind.POLICY, PlanKind.MEDIA)


class PlanState(StrEnum):
    """How far a plan is."""

    NONE = "none"
    DRAFT = "draft"
    SENT = "sent"
    APPROVED = "approved"
    CHANGED = "changed"  # since the head agreed


def kinds_for(unit: Location) -> Sequence[PlanKind]:
    """Which plans a location can have, the one that lives most first."""
    return OF_SECTOR.get(Sector(unit.sector), OF_SCHOOL)


def template_of(kind: PlanKind, version: int | None = None) -> tuple[TemplateBody, int]:
    """What a plan consists of, in the newest version or in the one it was begun with."""
    item = current(TEMPLATES, kind) if version is None else in_version(TEMPLATES, kind, version)
    return item.body, item.version


def plan_url(unit: Location, kind: PlanKind, year: SchoolYear) -> str:
    """The page of a plan, or of one that is not begun yet."""
    return reverse("plans:plan", args=[unit.place, unit.code, SLUGS[kind], str(year)])


def plans_url(unit: Location) -> str:
    """The page with all plans of a location."""
    return reverse("plans:plans", args=[unit.place, unit.code])


def plans_of(actor: Actor, unit: Unit) -> QuerySet[Plan]:
    """Every plan of a unit, the newest first."""
    return Plan.objects.visible_to(actor).filter(unit=unit.pk).select_related("unit__as_location")


def plan_in(actor: Actor, unit: Unit, kind: PlanKind, year: SchoolYear) -> Plan | None:
    """The plan of a kind that holds in a year."""
    rows = plans_of(actor, unit).filter(kind=kind, first_year__lte=year, last_year__gte=year)
    return rows.order_by("-first_year").first()


@dataclass(frozen=True, slots=True)
class SectionText:
    """A section with what stands in it; `row` is None while nobody wrote. `lines` gives the goals or activities that
    it shows from their own home; they are read when somebody asks, and once."""

    section: Section
    row: PlanField | None
    lines: Callable[[], Sequence[str]] = tuple

    @property
    def text(self) -> str:
        return self.row.text if self.row else ""

    @property
    def said(self) -> str:
        """All that one reads in it: a version keeps this, and two versions differ in it."""
        return "; ".join([*self.lines(), *([self.text] if self.text else [])])

    @property
    def version(self) -> int:
        return self.row.version if self.row else 0


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as its page shows it. `newest` is the last kept version, `approval` the last time that somebody agreed."""

    kind: PlanKind
    year: SchoolYear
    plan: Plan | None
    about: str
    texts: Sequence[SectionText]
    newest: PlanVersion | None
    sent: PlanVersion | None
    approval: PlanApproval | None

    @property
    def state(self) -> PlanState:
        if self.plan is None:
            return PlanState.NONE
        if self.approval is not None:
            return PlanState.CHANGED if self.changed_since_approval else PlanState.APPROVED
        return PlanState.SENT if self.sent is not None else PlanState.DRAFT

    @property
    def changed_since_approval(self) -> bool:
        """Whether a text, a goal or an activity is otherwise than what the head agreed with."""
        return self.approval is not None and bool(changes_since(self, self.approval.version))

    @property
    def asks_approval(self) -> bool:
        return self.kind in goal_rules().approval


def plan_view(actor: Actor, unit: Unit, kind: PlanKind, year: SchoolYear) -> PlanView:
    """A plan with its texts, sent version and approval; four queries, whatever stands in it, and two more when
    somebody asks what changed in its goals and activities."""
    plan = plan_in(actor, unit, kind, year)
    body, _version = template_of(kind, plan.template_version if plan else None)
    if plan is None:
        return PlanView(
            kind, year, None, body.about, [SectionText(one, None) for one in body.sections], *[None] * 3
        )
    rows = {row.code: row for row in plan.fields.all()}
    versions = list(
        plan.versions.filter(reason__in=[VersionReason.SENT, VersionReason.APPROVED]).select_related(
            "approval"
        )
    )
    agreed = [one for one in versions if one.reason == VersionReason.APPROVED]
    sections = [*body.sections, *([OTHER] if OTHER.code in rows else [])]
    return PlanView(
        kind=kind,
        year=year,
        plan=plan,
        about=body.about,
        texts=[
            SectionText(one, rows.get(one.code), cache(partial(_lines, actor, unit, year, one)))
            for one in sections
        ],
        newest=plan.versions.first(),
        sent=versions[0] if versions else None,
        approval=agreed[0].approval if agreed else None,
    )


def _lines(actor: Actor, unit: Unit, year: SchoolYear, section: Section) -> Sequence[str]:
    """What a section shows from elsewhere, a line each: goals with where one wants to go, and activities."""
    if section.shows == "goals":
        return [f"{goal.what} ({aim_words(goal)})" for goal in goals_of(actor, unit, year)]
    if section.shows == "activities":
        rows = planned_activities(actor, year).filter(unit=unit.pk)
        return list(rows.order_by("pk").values_list("what", flat=True))
    return ()


def plan_standings(actor: Actor, unit: Location, year: SchoolYear) -> list[PlanView]:
    """Every plan that a location can have in a year, with how far it is."""
    return [plan_view(actor, unit, kind, year) for kind in kinds_for(unit)]


def versions_of(actor: Actor, plan: Plan) -> QuerySet[PlanVersion]:
    """What was kept of a plan, the newest first."""
    return PlanVersion.objects.filter(plan__in=plans_of(actor, plan.unit).filter(pk=plan.pk)).select_related(
        "approval"
    )


def comments_on(actor: Actor, plan: Plan) -> QuerySet[PlanComment]:
    """What people said about a plan, the oldest first."""
    return PlanComment.objects.visible_to(actor).filter(plan=plan.pk)


@dataclass(frozen=True, slots=True)
class WaitingPlan:
    """A plan that asks something of somebody since a day: to agree with it, or only to read along."""

    plan: Plan
    kind: PlanKind
    since: date
    asks_approval: bool


def plans_waiting(actor: Actor) -> list[WaitingPlan]:
    """Plans of the actor's own location that were sent to the team and ask something of her.

    Who agrees with plans meets those that need it until she did. Any other plan asks the team to read along: somebody
    meets it until she said something, or for three weeks.
    """
    newest = PlanVersion.objects.filter(plan=OuterRef("pk")).order_by("-number")
    said = PlanComment.objects.visible_to(actor).filter(plan=OuterRef("pk"), written_by_id=actor.user_id)
    rows = (
        Plan.objects.visible_to(actor)
        .filter(unit=actor.unit_id, last_year__gte=SchoolYear.running())
        .annotate(
            sent_at=Subquery(newest.filter(reason=VersionReason.SENT).values("made_at")[:1]),
            agreed_at=Subquery(newest.filter(reason=VersionReason.APPROVED).values("made_at")[:1]),
            has_spoken=Exists(said),
        )
        .exclude(sent_at=None)
        .select_related("unit__as_location")
    )
    fresh, may_agree, rules = now() - TEAM_READS_FOR, actor.may(APPROVE_PLANS), goal_rules()
    found = []
    for row in rows:
        asks = may_agree and row.kind in rules.approval
        if (row.agreed_at is None or row.agreed_at < row.sent_at) and (
            asks or (not row.has_spoken and row.sent_at > fresh)
        ):
            found.append(WaitingPlan(row, PlanKind(row.kind), localtime(row.sent_at).date(), asks))
    return found


def may_write_plan(actor: Actor, unit: Unit, kind: PlanKind, year: SchoolYear) -> bool:
    """The policy plan is the school's own: the library reads along and comments. Other plans both write.

    A plan for more years can be written in each of them, so the year that is asked for is the one that is looked at.
    """
    at_location = actor.unit_kind == UnitKind.LOCATION or actor.kind == "system"
    return may_write_plans(actor, unit, year) and (at_location or kind != PlanKind.POLICY)


def may_approve(actor: Actor, unit: Unit) -> bool:
    """Who agrees with the plans of a location: somebody of that location who leads it."""
    return actor.may(APPROVE_PLANS) and actor.unit_id == unit.pk


def body_of(view: PlanView) -> dict[str, Any]:
    """A plan as a version keeps it: by section what one reads there at this moment."""
    return {"texts": {one.section.code: one.said for one in view.texts if one.said}}


@dataclass(frozen=True, slots=True)
class Change:
    """How one section differs between a kept version and now: pieces with "same", "gone" or "new"."""

    section: Section
    pieces: Sequence[tuple[str, str]]


def changes_since(view: PlanView, version: PlanVersion) -> list[Change]:
    """What changed since a version, section by section; a section that says the same is left out."""
    then = version.body["texts"]
    return [
        Change(one.section, words_changed(then.get(one.section.code, ""), one.said))
        for one in view.texts
        if one.said != then.get(one.section.code, "")
    ]
