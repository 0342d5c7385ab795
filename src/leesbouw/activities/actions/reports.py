"""What came of a visit, in four fields; the next step can become an action."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence, check_version
from leesbouw.core.time import now, today
from leesbouw.plans.actions import ActionRow, add_action
from leesbouw.plans.enums import Side

from ..models import Visit, VisitCancellation, VisitReport
from ..permissions import EDIT_VISITS

SOURCE = "visit"  # of the actions that came of a visit


@dataclass(frozen=True, slots=True)
class ReportRow:
    """What one writes after a visit. With `due_on` the next step becomes an action of who went."""

    done: str
    minutes: int
    noticed: str = ""
    next_step: str = ""
    as_action: bool = False
    due_on: date | None = None
    written_at: datetime | None = None


def write_report(*, visit: Visit, row: ReportRow, by: Actor, version: int | None = None) -> VisitReport:
    """Writes what came of a visit, or changes it. Raises Stale, and Sentence for a visit that is still to come."""
    require(by, EDIT_VISITS)
    with write_transaction():
        held = _held(by, visit.pk)
        if held.day > today():
            raise Sentence(_("This visit is still to come."))
        if VisitCancellation.objects.filter(visit=held.pk).exists():
            raise Sentence(_("This visit is cancelled."))
        report = VisitReport.objects.visible_to(by).filter(visit=held.pk).first()
        first = report is None
        report = report or VisitReport(
            visit=held, library_id=held.library_id, version=0, by_user_id=by.user_id
        )
        check_version(report, version)
        _fill(report, row)
        if row.as_action and row.next_step and report.action_id is None:
            report.action = add_action(_action(held, row), by=by)
        report.version += 1
        report.save()
        verb = "activities.write_report" if first else "activities.change_report"
        record(by=by, verb=verb, subject=held, unit_id=held.unit_id)
        return report


def _held(by: Actor, visit_id: int) -> Visit:
    try:
        held: Visit = lock_row(Visit.objects.visible_to(by), pk=visit_id)
    except Visit.DoesNotExist:
        raise NotAllowed(EDIT_VISITS) from None
    return held


def _fill(report: VisitReport, row: ReportRow) -> None:
    report.done, report.minutes = row.done, row.minutes
    report.noticed, report.next_step = row.noticed, row.next_step


def _action(visit: Visit, row: ReportRow) -> ActionRow:
    return ActionRow(
        unit_id=visit.unit_id,
        what=row.next_step,
        side=Side.LIBRARY,
        library_id=visit.library_id,
        staff_id=visit.staff_id,
        due_on=row.due_on,
        source=SOURCE,
    )


def write_reports(pairs: Sequence[tuple[Visit, ReportRow]], *, by: Actor) -> list[VisitReport]:
    """Reports of many visits with one event, such as those of the demo; none becomes an action."""
    require(by, EDIT_VISITS)
    if not pairs:
        return []
    with write_transaction():
        ids = {visit.pk for visit, _row in pairs}
        if Visit.objects.visible_to(by).filter(pk__in=ids).count() != len(ids):
            raise NotAllowed(EDIT_VISITS)
        reports = []
        for visit, row in pairs:
            report = VisitReport(visit=visit, library_id=visit.library_id, by_user_id=by.user_id)
            report.written_at = row.written_at or now()
            _fill(report, row)
            reports.append(report)
        VisitReport.objects.bulk_create(reports)
        record(by=by, verb="activities.write_reports", count=len(reports))
        return reports
