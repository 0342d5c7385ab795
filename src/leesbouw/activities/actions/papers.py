"""Ordering on paper what came of a year. What is in it is decided when it is made, with the rights of who ordered it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.jobs import Job, enqueue
from leesbouw.core.time import SchoolYear
from leesbouw.plans.queries import works_at_library

from ..permissions import VIEW_LOOK_BACK

PAPER_JOB = "activities.make_look_back"
PAPERS = {"pdf": _("Everything together as PDF"), "docx": _("Everything together as Word")}


def order_look_back(*, year: SchoolYear, format: str, by: Actor) -> Job:
    """Queues the paper of a library with all its locations. Raises NotAllowed, and Sentence for another format."""
    require(by, VIEW_LOOK_BACK)
    if not works_at_library(by):
        raise NotAllowed(VIEW_LOOK_BACK)
    if format not in PAPERS:
        raise Sentence(_("It does not come in this format."))
    told: dict[str, int | str | bool | list[int]] = {"year": year.first, "format": format}
    with write_transaction():
        record(by=by, verb="activities.order_look_back", unit_id=by.unit_id, data=told)
        return enqueue(PAPER_JOB, by=by, args=told)
