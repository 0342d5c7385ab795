"""The demo's visits: two years at every location where somebody works, what came of them, other work, and today's three."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from leesbouw.core.access import SYSTEM
from leesbouw.core.story import Row, Story, Tell, part
from leesbouw.core.time import AMSTERDAM, SchoolYear, now, today
from leesbouw.organisations.enums import Sector
from leesbouw.organisations.models import Location
from leesbouw.people.models import ConsultantAssignment, StaffMember
from leesbouw.plans.enums import Side
from leesbouw.plans.models import PlannedActivity

from .actions import (
    HoursRow,
    ReportRow,
    RhythmRow,
    VisitRow,
    add_hours,
    cancel_visit,
    count_year,
    keep_rhythm,
    make_proposal,
    plan_visits,
    take_over_visit,
    write_group_note,
    write_reports,
)
from .domain import monday_of
from .enums import Done
from .models import Visit

SERVED_FOR = timedelta(weeks=3)
HOURS_A_VISIT = 3  # of what was agreed; the rest is preparation and travel
MOST_A_YEAR = 24
STARTS = (time(8, 45), time(10, 30), time(13, 15))
TODAY = (time(9), time(11), time(13, 30))
HOLIDAYS = (1, 8, 18, 43, 52, 53)  # calendar weeks in which most schools are closed
DONE = (Done.YES,) * 8 + (Done.PARTLY,) * 2 + (Done.NO,)


@part("activities", after=("goals", "network"))
def fill(story: Story, tell: Tell) -> None:
    told, plans = list(_told(story)), _plans()
    made: list[tuple[Visit, Row]] = []
    for number, (assignment, location) in enumerate(told, 1):
        pairs = [(_served(row, plans), kind) for row, kind in _rows(story, assignment, location)]
        made += zip(
            plan_visits([row for row, _kind in pairs], by=SYSTEM), [kind for _row, kind in pairs], strict=True
        )
        tell(number, len(told))
    _report(made)
    _notes(made)
    _other_work(story, {one.staff for one, _location in told})
    ria = story.made["people"].get("ria-van-dongen")
    if ria is not None:
        _today(story, ria, plans)
        rhythm = RhythmRow((1, 2, 4, 5), time(8, 30), time(15, 30), 3, 20)
        keep_rhythm(staff=ria, rhythm=rhythm, by=SYSTEM)
        make_proposal(staff=ria, by=SYSTEM)
    for year in (SchoolYear.running().previous, SchoolYear.running()):
        count_year(year=year, by=SYSTEM)


Plans = dict[tuple[int, SchoolYear], list[PlannedActivity]]


def _plans() -> Plans:
    """What stands in the year plans of each location for the library to do."""
    found: Plans = defaultdict(list)
    rows = PlannedActivity.objects.trusted("the demo's visits").filter(
        dropped_at=None, side__in=[Side.LIBRARY, Side.TOGETHER]
    )
    for row in rows.order_by("pk"):
        found[row.unit_id, row.year].append(row)
    return found


def _served(row: VisitRow, plans: Plans) -> VisitRow:
    """A visit of last year or of the coming weeks is for something of the year plan, where there is one: each in its
    turn. What comes later still waits for a proposal."""
    day = row.starts_at.date()
    year = SchoolYear.of(day)
    mine = plans.get((row.unit_id, year))
    is_near = today() <= day <= today() + SERVED_FOR
    if not mine or not (is_near or year < SchoolYear.running()):
        return row
    one = mine.pop(0)
    mine.append(one)
    about = {"audience": one.audience, "groups": tuple(one.groups[:2])}
    return replace(row, activity_id=one.pk, what=one.what[:160], **about)


def _told(story: Story) -> Iterator[tuple[ConsultantAssignment, Location]]:
    rows = ConsultantAssignment.objects.trusted("the demo's visits").filter(hours_per_year__isnull=False)
    for row in rows.select_related("staff", "partnership__location").order_by("pk"):
        yield row, row.partnership.location


def _kinds(story: Story, location: Location) -> list[Row]:
    where = {Sector.CHILDCARE: "childcare", Sector.VO: "vo"}.get(Sector(location.sector), "school")
    return [kind for kind in story.lists["visit_kinds"] if kind["for"] == where]


def _rows(
    story: Story, assignment: ConsultantAssignment, location: Location
) -> Iterator[tuple[VisitRow, Row]]:
    """So many visits a year as the hours allow, spread over the weeks in which there is school."""
    chance = Random(f"bezoeken {location.code} {assignment.pk}")
    kinds = _kinds(story, location)
    running = SchoolYear.of(story.today)
    number = max(4, min(MOST_A_YEAR, int(assignment.hours_per_year or 0) // HOURS_A_VISIT))
    for year in (running.previous, running):
        weeks = list(_weeks(year))
        for turn in range(number):
            monday = weeks[turn * len(weeks) // number]
            day = monday + timedelta(days=chance.randrange(5))
            at, kind = chance.choice(STARTS), kinds[(turn + year.first) % len(kinds)]
            ended = assignment.ends_on and day > assignment.ends_on
            if day == story.today or day < assignment.starts_on or ended:
                continue  # today is told apart
            yield _row(assignment, location.pk, kind, day, at, chance), kind


def _weeks(year: SchoolYear) -> Iterator[date]:
    """Mondays of weeks with school: not in summer, and not in the weeks in which most schools have a holiday."""
    monday = monday_of(year.starts_on + timedelta(days=35))
    while monday < year.ends_on - timedelta(days=28):
        if monday.isocalendar().week not in HOLIDAYS:
            yield monday
        monday += timedelta(days=7)


def _row(
    assignment: ConsultantAssignment, unit_id: int, kind: Row, day: date, at: time, chance: Random
) -> VisitRow:
    begins = datetime.combine(day, at, AMSTERDAM)
    groups = (chance.choice(kind["groups"]),) if kind["groups"] else ()
    return VisitRow(
        unit_id=unit_id,
        library_id=assignment.staff.library_id,
        staff_id=assignment.staff_id,
        starts_at=begins,
        ends_at=begins + timedelta(minutes=kind["minutes"]),
        what=kind["what"],
        take="\n".join(kind["take"]),
        groups=groups,
        audience=kind["audience"],
        part=kind["part"],
        created_at=begins - timedelta(days=21),
    )


def _report(made: list[tuple[Visit, Row]]) -> None:
    """Everything of the past is written up, but for the last visit of each colleague of the days just gone."""
    past = [pair for pair in made if pair[0].ends_at < now()]
    newest: dict[int | None, Any] = {}
    for visit, _kind in past:
        if visit.ends_at > now() - timedelta(days=10):
            newest[visit.staff_id] = visit.pk
    chance = Random("verslagen")
    write_reports(
        [(visit, _told_of(visit, kind, chance)) for visit, kind in past if visit.pk not in newest.values()],
        by=SYSTEM,
    )


GROUP_NOTES = (
    "De groep praat graag over dierenboeken. Leg er een paar vooraan.",
    "Samen raden hoe het afloopt werkte goed. Dat kan bij elk voorleesboek.",
    "Veel kinderen kiezen een strip als eerste. Vraag eens welk plaatje ze het mooist vinden.",
)


def _notes(made: list[tuple[Visit, Row]]) -> None:
    """After some visits to groups of the last weeks there is something for the teacher."""
    begin = now() - timedelta(weeks=4)
    told = [visit for visit, _kind in made if begin < visit.ends_at < now() and visit.groups]
    for visit in told[::2]:
        note = GROUP_NOTES[visit.pk % len(GROUP_NOTES)]
        name = visit.staff.name if visit.staff else SYSTEM.name
        write_group_note(visit=visit, text=note, by=replace(SYSTEM, name=name))


def _told_of(visit: Visit, kind: Row, chance: Random) -> ReportRow:
    note = chance.choice(kind["notes"])
    return ReportRow(
        done=chance.choice(DONE),
        minutes=visit.minutes + chance.choice((0, 0, 15, 30)),
        noticed=note["noticed"],
        next_step=note.get("next", ""),
        written_at=visit.ends_at + timedelta(minutes=10),
    )


def _other_work(story: Story, people: set[StaffMember]) -> None:
    """Every week of this year what a consultant does besides, until last week."""
    rows = []
    for staff in sorted(people, key=lambda one: one.pk):
        if staff.ends_on and staff.ends_on < story.today:
            continue
        for number, monday in enumerate(_weeks(SchoolYear.of(story.today))):
            for kind in story.lists["hour_kinds"]:
                day = monday + timedelta(days=4)
                if number % kind["every"] == 0 and day < story.today and day >= staff.starts_on:
                    about = (staff.pk, staff.library_id, day, kind["work"], kind["minutes"])
                    rows.append(HoursRow(*about, words=kind["words"]))
    add_hours(rows, by=SYSTEM)


def _today(story: Story, ria: StaffMember, plans: Plans) -> None:
    """Three visits of today; one that a colleague's illness brought her, and one that does not go on."""
    mine = list(_of(ria))
    chance = Random("vandaag")
    for at, (assignment, location), turn in zip(TODAY, (mine * 3)[:3], range(3), strict=True):
        kind = _kinds(story, location)[turn]
        row = _row(assignment, location.pk, kind, story.today, at, chance)
        plan_visits([_served(row, plans)], by=SYSTEM)
    assignment, location = mine[0]
    off = _row(assignment, location.pk, _kinds(story, location)[1], _workday(story, 1), STARTS[0], chance)
    cancel_visit(visit=plan_visits([off], by=SYSTEM)[0], reason="Het team heeft een studiedag", by=SYSTEM)
    daan = story.made["people"].get("daan-mulder")
    theirs = next(iter(_of(daan)), None) if daan else None
    if theirs is not None:
        assignment, location = theirs
        row = _row(assignment, location.pk, _kinds(story, location)[0], _workday(story, 2), STARTS[1], chance)
        taken = plan_visits([replace(row, staff_id=daan.pk)], by=SYSTEM)[0]
        take_over_visit(visit=taken, staff=ria, why="Daan is ziek", by=SYSTEM)


def _of(staff: StaffMember) -> Iterator[tuple[ConsultantAssignment, Location]]:
    rows = ConsultantAssignment.objects.trusted("the demo's visits").filter(staff=staff, ends_on=None)
    for row in rows.select_related("staff", "partnership__location").order_by("pk"):
        yield row, row.partnership.location


def _workday(story: Story, days: int) -> date:
    return story.workday(story.today + timedelta(days=days))
