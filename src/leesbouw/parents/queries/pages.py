"""What stands on the pages: parent partnership of the library, and of one location."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from leesbouw.core.access import Actor, within
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Location
from leesbouw.people.queries import library_id_for
from leesbouw.plans.enums import Audience, RecordKind
from leesbouw.plans.models import PlannedActivity, RouteRun
from leesbouw.plans.queries import (
    RunStanding,
    StepStanding,
    activities_of,
    library_of,
    open_run,
    runs_for,
    standing_of_run,
)

from ..domain import OF_LIBRARY
from ..enums import Condition, TalkKind
from ..models import ConditionCheck, ParentTalk, ParentWish, PlanDiscussion, ProjectJudgement
from ..permissions import EDIT_PARENTS
from .guide import ConditionText, guide
from .selection import ROUTE


def works_at_library(actor: Actor) -> bool:
    return actor.unit_kind in {UnitKind.LIBRARY, UnitKind.BRANCH}


def library_for(actor: Actor, location: Location) -> int | None:
    """On whose behalf the actor writes about a location."""
    return library_of(actor) if works_at_library(actor) else library_id_for(actor, location.pk)


def may_write(actor: Actor, location: Location) -> bool:
    return actor.may(EDIT_PARENTS) and location.pk in actor.locations


def talks_for(actor: Actor) -> QuerySet[ParentTalk]:
    return ParentTalk.objects.visible_to(actor).prefetch_related("locations")


def talk_by_id(actor: Actor, talk_id: int) -> ParentTalk:
    """Raises ParentTalk.DoesNotExist."""
    return talks_for(actor).get(pk=talk_id)


def talks_to_write_up(actor: Actor, day: object) -> QuerySet[ParentTalk]:
    """Talks whose day has come and of which nobody wrote what came of it."""
    return talks_for(actor).filter(held_on=None, planned_on__lte=day).order_by("planned_on", "pk")


@dataclass(frozen=True, slots=True)
class Home:
    """Parent partnership of a library: its own run, the locations under way, and where it looked back."""

    run: RouteRun | None
    locations: list[RouteRun]
    talks: list[ParentTalk]


def home(actor: Actor, library_id: int) -> Home:
    """Three queries."""
    runs = list(runs_for(actor).filter(library=library_id, code=ROUTE, stopped_on=None))
    own = [run for run in runs if run.unit_id == run.library_id]
    places = [run for run in runs if run.unit_id != run.library_id]
    talks = talks_for(actor).filter(library=library_id, kind__in=OF_LIBRARY)
    return Home(own[0] if own else None, places, list(talks[:12]))


@dataclass(frozen=True, slots=True)
class Place:
    """Parent partnership at one location."""

    location: Location
    standing: RunStanding | None
    talks: list[ParentTalk]
    plan: list[PlannedActivity]
    discussions: list[PlanDiscussion]
    wishes: list[ParentWish]
    conditions: list[tuple[ConditionText, Condition | None]]
    checked: ConditionCheck | None

    @property
    def decision(self) -> StepStanding | None:
        """The answer to whether the location begins, as the route keeps it; also when it was given there."""
        steps = self.standing.steps if self.standing else ()
        answers = {RecordKind.YES.value, RecordKind.NO.value}
        return next((one for one in steps if one.step.gate and one.last and one.last.kind in answers), None)

    @property
    def looked_back(self) -> list[ParentTalk]:
        return [talk for talk in self.talks if talk.kind == TalkKind.SCHOOL and talk.held_on]


def place_page(actor: Actor, location: Location, year: SchoolYear) -> Place:
    """At most nine queries."""
    library = library_for(actor, location)
    run = open_run(actor, library, location.pk, ROUTE) if library else None
    here = Q(locations=location.pk)
    if library and not works_at_library(actor):
        here &= Q(library=library)
    checks = ConditionCheck.objects.visible_to(actor).filter(location=location.pk)
    checked = checks.first()
    return Place(
        location=location,
        standing=standing_of_run(actor, run) if run else None,
        talks=list(talks_for(actor).filter(here)),
        plan=plan_with_parents(actor, location, year),
        discussions=list(PlanDiscussion.objects.visible_to(actor).filter(location=location.pk)),
        wishes=list(ParentWish.objects.visible_to(actor).filter(location=location.pk)),
        conditions=_conditions(checked),
        checked=checked,
    )


def plan_with_parents(actor: Actor, location: Location, year: SchoolYear) -> list[PlannedActivity]:
    """The lines of the year plan that are for parents: the activity plan of step 11."""
    return list(activities_of(actor, location, year).filter(audience=Audience.PARENTS))


def _conditions(checked: ConditionCheck | None) -> list[tuple[ConditionText, Condition | None]]:
    answers = checked.answers if checked else {}
    return [
        (one, Condition(answers[one.code]) if answers.get(one.code) else None) for one in guide().conditions
    ]


def place_url(location: Location) -> str:
    return reverse("parents:location", args=[location.place, location.code])


def others_to_invite(actor: Actor, location: Location) -> QuerySet[Location]:
    """Locations that may share a talk: others of the same place within reach that are of the same town or board."""
    near = Q(town=location.town) & ~Q(town="") | Q(board=location.board_id, board__isnull=False)
    rows = Location.objects.visible_to(actor).filter(within(actor.locations, "pk"), near, closed_on=None)
    return rows.exclude(pk=location.pk).order_by("name", "pk")


def wish_by_id(actor: Actor, location: Location, wish_id: int) -> ParentWish:
    """Raises ParentWish.DoesNotExist."""
    return ParentWish.objects.visible_to(actor).get(pk=wish_id, location=location.pk)


def judgements(actor: Actor) -> QuerySet[ProjectJudgement]:
    return ProjectJudgement.objects.visible_to(actor)
