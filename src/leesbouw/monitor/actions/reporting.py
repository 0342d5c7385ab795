"""Ordering a report as a file. What is in it is decided when it is made, with the rights of who ordered it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.jobs import Job, enqueue

from ..models import Participation
from ..permissions import REPORT

FORMATS = {
    "pdf": pgettext_lazy("report", "Print (PDF)"),
    "pptx": pgettext_lazy("report", "Slides (PPTX)"),
    "xlsx": pgettext_lazy("report", "Figures (XLSX)"),
    "png": pgettext_lazy("report", "Pictures (PNG)"),
}
REPORT_JOB = "monitor.make_report"


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
