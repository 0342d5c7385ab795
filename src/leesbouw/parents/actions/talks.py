"""Talks: planned, and what came of them; each writes down the step of the route that it belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence, check_version
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.models import Location
from leesbouw.plans.actions import StepResult
from leesbouw.plans.enums import RecordKind

from ..domain import OF_LIBRARY, TIMES_A_YEAR, looked_back_everywhere
from ..enums import TalkKind
from ..models import ParentTalk
from ..permissions import EDIT_PARENTS
from ..queries import talk_guide, talks_for
from .choosing import check_reach
from .steps import finish_step

STEPS = {TalkKind.START: "start-talk", TalkKind.DEEPENING: "deepening-talk"}


def plan_talk(
    *, library_id: int, kind: TalkKind, locations: Sequence[Location], planned_on: date, by: Actor
) -> ParentTalk:
    """Plans a talk with one location, or with a school and child care together; a start talk makes the appointment of
    step 8. Raises Sentence for a talk at a location without one, NotAllowed for a location out of reach."""
    _check_places(kind, locations, library_id, by)
    with write_transaction():
        talk = ParentTalk.objects.create(
            library_id=library_id,
            kind=kind,
            planned_on=planned_on,
            guide_version=talk_guide().version,
            by_user_id=by.user_id,
        )
        talk.locations.set(locations)
        if kind == TalkKind.START:
            text = _now("Appointment on %(day)s") % {"day": planned_on.strftime("%d-%m-%Y")}
            _finish(talk, locations, "contact", StepResult(text), by)
        _tell(by, "parents.plan_talk", talk, locations)
        return talk


def _check_places(kind: TalkKind, locations: Sequence[Location], library_id: int, by: Actor) -> None:
    require(by, EDIT_PARENTS)
    if kind in OF_LIBRARY:
        if by.kind != "system" and library_id not in by.libraries:
            raise NotAllowed(EDIT_PARENTS)
        return
    if not locations:
        raise Sentence(_("Choose with which location you talk."))
    for location in locations:
        check_reach(by, location)


@dataclass(frozen=True, slots=True)
class TalkReport:
    """What came of a talk. `present`: who sat there, by function; `agreed` and `next_on` (when to look again after a no,
    else the next talk) are asked at a start talk."""

    held_on: date
    outcome: str
    present: Sequence[str] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    agreed: bool | None = None
    next_on: date | None = None


def hold_talk(*, talk: ParentTalk, report: TalkReport, by: Actor, version: int | None = None) -> ParentTalk:
    """Writes up a talk. Without an agreement at the start, choosing locations begins again.

    Raises Sentence for a day that has not come, a start talk without its answer, or a no without a day to look again;
    Stale when somebody else wrote it up.
    """
    with write_transaction():
        row = lock_row(ParentTalk.objects.visible_to(by), pk=talk.pk)
        locations = list(row.locations.all())
        _check_places(TalkKind(row.kind), locations, row.library_id, by)
        check_version(row, version)
        if report.held_on > today():
            raise Sentence(_("A talk is written up on or after its day."))
        if row.kind == TalkKind.START and report.agreed is None:
            raise Sentence(_("Say whether the location wants to begin."))
        changed = row.held_on is not None and row.agreed != report.agreed
        row.held_on, row.outcome, row.present = report.held_on, report.outcome, list(report.present)
        row.answers, row.agreed, row.next_on = dict(report.answers), report.agreed, report.next_on
        row.version += 1
        row.save()
        _write_steps(row, locations, by, answer_changed=changed)
        _tell(by, "parents.hold_talk", row, locations)
        return row


def _write_steps(talk: ParentTalk, locations: Sequence[Location], by: Actor, *, answer_changed: bool) -> None:
    kind, text = TalkKind(talk.kind), (talk.outcome or str(talk.get_kind_display()))[:500]
    if kind in STEPS:
        answer = RecordKind.DONE
        if kind == TalkKind.START:
            answer = RecordKind.YES if talk.agreed else RecordKind.NO
        result = StepResult(text, answer=answer, on=talk.held_on, review_on=talk.next_on)
        _finish(talk, locations, STEPS[kind], result, by, answer_changed=answer_changed)
    elif kind == TalkKind.SCHOOL:
        for location in locations:
            if _times_this_year(by, location, talk) >= TIMES_A_YEAR:
                _finish(talk, [location], "evaluate-school", StepResult(text, on=talk.held_on), by)
    elif looked_back_everywhere(_held_levels(by, talk)):
        result = StepResult(text, on=talk.held_on)
        finish_step(
            library_id=talk.library_id, unit_id=talk.library_id, step="evaluate-library", result=result, by=by
        )


def _times_this_year(by: Actor, location: Location, talk: ParentTalk) -> int:
    year = SchoolYear.of(talk.held_on or today())
    held = talks_for(by).filter(locations=location.pk, kind=TalkKind.SCHOOL, library=talk.library_id)
    return held.filter(held_on__gte=year.starts_on, held_on__lte=year.ends_on).count()


def _held_levels(by: Actor, talk: ParentTalk) -> set[str]:
    year = SchoolYear.of(talk.held_on or today())
    held = talks_for(by).filter(kind__in=OF_LIBRARY, library=talk.library_id, held_on__gte=year.starts_on)
    return set(held.values_list("kind", flat=True))


def _finish(
    talk: ParentTalk,
    locations: Sequence[Location],
    step: str,
    result: StepResult,
    by: Actor,
    *,
    answer_changed: bool = False,
) -> None:
    for location in locations:
        finish_step(
            library_id=talk.library_id,
            unit_id=location.pk,
            step=step,
            result=result,
            by=by,
            answer_changed=answer_changed,
        )


def _tell(by: Actor, verb: str, talk: ParentTalk, locations: Sequence[Location]) -> None:
    unit = locations[0].pk if locations else talk.library_id
    record(
        by=by, verb=verb, subject=talk, unit_id=unit, count=max(len(locations), 1), data={"kind": talk.kind}
    )
