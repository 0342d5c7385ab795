"""Ordering a report as a file. What is in it is decided when it is made, with the rights of who ordered it."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.jobs import Job, enqueue
from leesbouw.core.time import SchoolYear

from ..enums import MonitorKind
from ..models import Participation
from ..permissions import REPORT
from ..queries import Choice, Level, level_by_id

FORMATS = {
    "pdf": pgettext_lazy("report", "Print (PDF)"),
    "pptx": pgettext_lazy("report", "Slides (PPTX)"),
    "xlsx": pgettext_lazy("report", "Figures (XLSX)"),
    "png": pgettext_lazy("report", "Pictures (PNG)"),
}
REPORT_JOB = "monitor.make_report"
LEVEL_JOB = "monitor.make_level_report"
CHOSEN_JOB = "monitor.make_chosen_report"


def order_report(*, participation: Participation, format: str, by: Actor) -> Job:
    """Queues the making of a report. Raises NotAllowed, and Sentence for another format or a location that is open."""
    require(by, REPORT)
    if format not in FORMATS:
        raise Sentence(_("A report does not come in this format."))
    with write_transaction():
        row = Participation.objects.visible_to(by).get(pk=participation.pk)
        if row.closed_on is None:
            raise Sentence(_("There is no report before the school is closed."))
        record(
            by=by, verb="monitor.order_report", subject=row, unit_id=row.location_id, data={"format": format}
        )
        return enqueue(
            REPORT_JOB,
            by=by,
            args={"participation_id": row.pk, "format": format},
            subject=row,
            unit_id=row.location_id,
        )


def order_level_report(*, level: Level, kind: MonitorKind, year: SchoolYear, format: str, by: Actor) -> Job:
    """The same of a level. Raises NotAllowed, Unit.DoesNotExist for a level out of reach, and Sentence as above."""
    require(by, REPORT)
    if format not in FORMATS:
        raise Sentence(_("A report does not come in this format."))
    unit = level_by_id(by, level.pk).unit
    told: dict[str, int | str | bool | list[int]] = {"format": format, "kind": kind.value, "year": year.first}
    with write_transaction():
        record(by=by, verb="monitor.order_level_report", subject=unit, unit_id=unit.pk, data=told)
        return enqueue(LEVEL_JOB, by=by, args={"unit_id": unit.pk, **told}, subject=unit, unit_id=unit.pk)


def order_chosen_report(*, choice: Choice, ids: Collection[int], format: str, by: Actor) -> Job:
    """The same of a set that somebody chose. Raises NotAllowed, and Sentence as above and for fewer than two."""
    require(by, REPORT)
    if format not in FORMATS:
        raise Sentence(_("A report does not come in this format."))
    units = sorted(unit.pk for unit in choice.among(ids))
    if len(units) < 2:
        raise Sentence(_("Choose at least two."))
    told: dict[str, int | str | bool | list[int]] = {
        "format": format,
        "of": choice.of.value,
        "kind": choice.kind.value,
        "year": choice.year.first,
        "units": units,
    }
    with write_transaction():
        record(by=by, verb="monitor.order_chosen_report", count=len(units), data=told)
        return enqueue(CHOSEN_JOB, by=by, args=told)
