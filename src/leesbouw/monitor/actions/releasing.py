"""Calling the national figures of a year final, and taking that back."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.registry import undo
from leesbouw.core.time import SchoolYear

from ..enums import MonitorKind
from ..models import Release
from ..permissions import RESEARCH
from ..queries.releases import checks_of, release_line


def release(*, kind: MonitorKind, year: SchoolYear, by: Actor) -> Release:
    """From now on the national figures of this year are final; a second time changes nothing.

    Raises NotAllowed, LookupError where nothing was measured, and Sentence while a check is not green.
    """
    require(by, RESEARCH)
    with write_transaction():
        line = release_line(by, kind, year)
        if line.release:
            return line.release
        if not all(one.is_green for one in checks_of(by, line)):
            raise Sentence(_("Not every check is green yet."))
        row, is_new = Release.objects.get_or_create(kind=kind, year=year)
        if is_new:
            back = Undo("monitor.withdraw_release", {"kind": kind.value, "year": year.first})
            record(by=by, verb="monitor.release", subject=row, data={"year": str(year)}, undo=back)
        return row


def withdraw_release(*, kind: MonitorKind, year: SchoolYear, by: Actor) -> int:
    """The figures of this year are provisional again; returns how many rows went. Raises NotAllowed."""
    require(by, RESEARCH)
    with write_transaction():
        rows = list(Release.objects.visible_to(by).filter(kind=kind, year=year))
        for row in rows:
            record(by=by, verb="monitor.withdraw_release", subject=row, data={"year": str(year)})
            row.delete()
        return len(rows)


@undo.register("monitor.withdraw_release")
def _back(*, kind: str, year: int, by: Actor) -> None:
    withdraw_release(kind=MonitorKind(kind), year=SchoolYear(year), by=by)
