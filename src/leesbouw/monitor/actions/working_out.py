"""What a location's answers come to: its cells, once, when it closes, and what stands out in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from leesbouw.core.access import Actor
from leesbouw.core.jobs import Job, enqueue
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.actions import drop_cells, queue_publication, store_cells
from leesbouw.organisations.models import Location

from ..domain.measuring import Measured, Submitted, measure_cells, rule_of
from ..domain.response import response_cells
from ..enums import Respondent
from ..models import ClassCode, Participation, Submission
from ..queries import progress_of_one
from ..queries.lists import body_of, local_measures_of
from ..queries.reports.reading import measures_of
from ..queries.rounds import pupils_asked
from .finding import keep_findings
from .telling import keep_told

WORK_OUT_JOB = "monitor.work_out"


def queue_work(*, participation: Participation, by: Actor) -> Job:
    """Has the figures of a location that closed worked out by the worker, and those of every level after it."""
    return enqueue(
        WORK_OUT_JOB,
        by=by,
        args={"participation_id": participation.pk},
        subject=participation,
        unit_id=participation.location_id,
    )


def work_out(*, participation_id: int, by: Actor) -> int:
    """Adds the lists of a closed location up to cells; returns how many cells. The same lists give the same cells."""
    row = Participation.objects.visible_to(by).select_related("round", "location").get(pk=participation_id)
    location = Location.objects.visible_to(by).get(pk=row.location_id)
    lists = list(Submission.objects.trusted("added up to cells").filter(participation=row))
    bodies = {key: body_of(row.round, key) for key in {one.questionnaire for one in lists}}
    measures = [
        Measured(one.code, one.version, rule_of(one.body.rule))
        for one in measures_of(row.round.questionnaires)
    ]
    own = local_measures_of(row.round, bodies)
    cells = measure_cells(
        [*measures, *own],
        bodies,
        (
            Submitted(
                questionnaire=one.questionnaire,
                answers=one.answers,
                group=one.group_id,
                year_group=one.year_group,
                weight=float(one.weight),
                variant=bodies[one.questionnaire].variant_for(location.sector),
            )
            for one in lists
        ),
    )
    alone = {one.code for one in own}  # of everybody together only: five questions need no table each
    cells = [one for one in cells if not one.breakdown or one.measure not in alone]
    keep_told(participation=row, lists=lists, bodies=bodies, by=by)
    year: SchoolYear = row.round.year  # type: ignore[assignment]
    came = response_cells(row.round.kind, progress_of_one(by, row).standing)
    count = store_cells(
        location=location, year=year, cells=[*cells, *came], by=by, populations=_expected(by, row, lists)
    )
    keep_findings(participation=row, by=by)
    return 0 if _was_taken_away(row, by) else count


def _was_taken_away(row: Participation, by: Actor) -> bool:
    """Results from a file may go while they are added up: then what was just stored goes too."""
    if Participation.objects.filter(pk=row.pk).exists():
        return False
    year: SchoolYear = row.round.year  # type: ignore[assignment]
    drop_cells(location=row.location, year=year, by=by)
    queue_publication(year=year, by=by)
    again = Participation.objects.visible_to(by).filter(location=row.location_id, round__year=year)
    for one in again.filter(closed_on__isnull=False):
        queue_work(participation=one, by=by)
    return True


def _expected(by: Actor, row: Participation, lists: Iterable[Submission]) -> dict[tuple[str, str], int]:
    """How many pupils could have answered, by group and in all; nothing where more answered than were expected.

    Of the whole school it is never fewer than its register counts: a class that did not take part belongs to it.
    """
    came: dict[int | None, int] = Counter(one.group_id for one in lists if one.respondent == Respondent.PUPIL)
    codes = ClassCode.objects.visible_to(by).filter(participation=row).exclude(group=None)
    expected = {code.group_id: code.expected for code in codes if code.expected >= came[code.group_id]}
    found = {("pupils", f"group:{group}"): number for group, number in expected.items()}
    year: SchoolYear = row.round.year  # type: ignore[assignment]
    counted = pupils_asked(by, [row.location_id], row.round.kind, year).get(row.location_id)
    if counted and set(came) <= set(expected):
        found["pupils", ""] = max(counted, sum(expected.values()))
    return found


def queue_levels(*, participation: Participation, by: Actor) -> Job:
    """The figures of every level of the year in which this location measured."""
    year: SchoolYear = participation.round.year  # type: ignore[assignment]
    return queue_publication(year=year, by=by)
