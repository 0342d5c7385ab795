"""Routes under way at every library of the demo: some nearly done, some quiet, some stuck at a question."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from leesbouw.core.access import SYSTEM
from leesbouw.core.story import Story, Tell, part
from leesbouw.core.time import today
from leesbouw.organisations.enums import Phase, Sector
from leesbouw.organisations.models import Library, Location, Partnership

from ..actions import ActionRow, StepResult, plan_step, record_step, start_routes
from ..enums import RecordKind, Side
from ..models import RouteRun
from ..queries import Route, is_meant_for, routes_of, standing_of_run

PARENTS = "parent-partnership"
TOLD = 4  # locations of each library where parent partnership is under way, each one step further


@part("routes", after=("plans",))
def fill(story: Story, tell: Tell) -> None:
    libraries = list(Library.objects.order_by("pk"))
    for number, library in enumerate(libraries):
        routes = routes_of(library.pk)
        places = _places(library)
        _parents(story, library, routes[PARENTS], places, refused=number == 2)
        _walk(story, routes["monitor-round"], library, library, done=3, begun=70)
        for at, (place, phase) in enumerate(places):
            _at_location(story, library, place, phase, routes, at)
        tell(number + 1, len(libraries))


def _places(library: Library) -> list[tuple[Location, Phase]]:
    """Where the library works for good, with how far that is."""
    rows = Partnership.objects.filter(library=library, ends_on=None).order_by("location_id", "pk")
    found = {row.location_id: row for row in rows.select_related("location") if row.is_structural}
    return [(row.location, Phase(row.phase)) for row in found.values()]


def _parents(
    story: Story, library: Library, route: Route, places: list[tuple[Location, Phase]], *, refused: bool
) -> None:
    """First in the library, then at some locations; one library said “no” at its first question."""
    if refused:
        run = _walk(story, route, library, library, done=1, begun=150)
        _refuse(story, run, "board", "Eerst de scholing van vorig jaar afronden.", review=-6)
        return
    _walk(story, route, library, library, done=7, begun=300)
    fitting = [place for place, _phase in places if is_meant_for(route.body, place)]
    schools = [place for place in fitting if place.is_school]
    chosen = [*schools[: TOLD - 1], *[place for place in fitting if not place.is_school][:1]]
    for done, place in enumerate(chosen, start=1):
        _walk(story, route, library, place, done=done, begun=110)
    if len(schools) > TOLD:
        run = _walk(story, route, library, schools[TOLD], done=1, begun=60)
        _refuse(story, run, "start-talk", "Het team heeft dit jaar geen ruimte.", review=90)
        record_step(
            run=_above(run), step="select", result=_result(story, "Een andere locatie gekozen.", 0), by=SYSTEM
        )


def _above(run: RouteRun) -> RouteRun:
    """The run of the library itself."""
    return RouteRun.objects.get(library=run.library_id, unit=run.library_id, code=run.code, stopped_on=None)


def _at_location(
    story: Story, library: Library, place: Location, phase: Phase, routes: dict[str, Route], at: int
) -> None:
    """One route that fits where a location is; one setting up is stuck at its agreement."""
    chance = Random(f"route {place.code}")
    if phase in (Phase.ACQUISITION, Phase.IMPLEMENTATION):
        code = "boekstart" if place.sector == Sector.CHILDCARE else "implementation"
        run = _walk(
            story, routes[code], library, place, done=chance.randint(1, 4), begun=chance.randint(40, 200)
        )
        if code == "implementation" and run.at_step == "agreement":
            _refuse(story, run, "agreement", "Het bestuur wil eerst de begroting zien.", review=-4)
    elif at % 3 == 0 and is_meant_for(routes["quality-cycle"].body, place):
        _walk(
            story,
            routes["quality-cycle"],
            library,
            place,
            done=chance.randint(1, 4),
            begun=chance.randint(30, 160),
        )
    elif place.sector == Sector.VO:
        _walk(story, routes["vo-with"], library, place, done=chance.randint(2, 5), begun=180)


def _walk(
    story: Story, route: Route, library: Library, unit: Library | Location, *, done: int, begun: int
) -> RouteRun:
    """Starts a route so many days ago and writes down the first steps, evenly; the next is on somebody's list."""
    start = story.workday(today() - timedelta(days=begun), past=True)
    run = start_routes(route=route, library_id=library.pk, units=[unit], started_on=start, by=SYSTEM)[0]
    steps = [one.step for one in standing_of_run(SYSTEM, run).steps]
    for number, step in enumerate(steps[:done], start=1):
        back = begun - number * begun // (done + 1)
        answer = RecordKind.YES if step.gate else RecordKind.DONE
        record_step(run=run, step=step.code, result=_result(story, step.result, back, answer), by=SYSTEM)
    if done < len(steps):
        step = steps[done]
        due = story.workday(today() + timedelta(days=9 + 3 * done))
        row = ActionRow(unit.pk, step.name, Side.LIBRARY, library_id=library.pk, due_on=due, source="route")
        plan_step(run=run, step=step.code, row=row, by=SYSTEM)
    return RouteRun.objects.get(pk=run.pk)


def _refuse(story: Story, run: RouteRun, step: str, why: str, *, review: int) -> None:
    """A “no” some weeks ago; its day to look again lies so many days from now."""
    kept = record_step(run=run, step=step, result=_no(story, why), by=SYSTEM)
    kept.review_on = _day(story, review)
    kept.save(update_fields=["review_on"])
    RouteRun.objects.filter(pk=run.pk).update(review_on=kept.review_on)


def _no(story: Story, why: str) -> StepResult:
    return StepResult(why, answer=RecordKind.NO, on=_day(story, -20), review_on=_day(story, 30))


def _result(story: Story, text: str, back: int, answer: RecordKind = RecordKind.DONE) -> StepResult:
    return StepResult(text, answer=answer, on=story.workday(today() - timedelta(days=back), past=True))


def _day(story: Story, days: int) -> date:
    return story.workday(today() + timedelta(days=days), past=days <= 0)
