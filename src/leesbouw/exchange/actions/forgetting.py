"""What is thrown away of imports, by hand or because its time is over."""

from __future__ import annotations

from collections.abc import Sequence

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction

from ..engine import importer
from ..enums import RunState
from ..models import ImportRun

OPEN = [RunState.DRAFT, RunState.CHECKING, RunState.PREVIEWED, RunState.FAILED]


def lapse_runs(*, ids: Sequence[int], by: Actor) -> None:
    """Closes runs that nobody finished, once their rows may no longer be kept."""
    with write_transaction():
        ImportRun.objects.filter(pk__in=ids, state__in=OPEN).update(state=RunState.EXPIRED)


def discard_run(*, run: ImportRun, by: Actor) -> None:
    """Throws away a file that was brought and not stored."""
    require(by, importer(run.importer).permission)
    with write_transaction():
        row = ImportRun.objects.select_for_update().get(pk=run.pk)
        if row.state in {RunState.DRAFT, RunState.PREVIEWED}:
            record(by=by, verb="exchange.discard_file", subject=row, unit_id=row.unit_id)
            row.delete()
