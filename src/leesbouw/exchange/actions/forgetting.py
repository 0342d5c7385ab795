"""What need not be kept is forgotten: rows and before-images after fourteen days, runs after two years."""

from __future__ import annotations

from datetime import timedelta

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import CHUNK, write_transaction
from leesbouw.core.time import now

from ..enums import RunState
from ..models import ColumnChoice, ImportPart, ImportRow, ImportRun
from ..permissions import IMPORT

RUNS_KEPT = timedelta(days=730)
OPEN = [RunState.DRAFT, RunState.CHECKING, RunState.PREVIEWED, RunState.FAILED]


def forget_old(*, by: Actor) -> dict[str, int]:
    """Deletes rows of runs that can no longer be undone, and lets runs lapse that nobody finished."""
    old = ImportRun.objects.filter(expires_at__lte=now())
    gone = 0
    for model in (ImportRow, ImportPart):
        while ids := list(model.objects.filter(run__in=old).values_list("pk", flat=True)[: CHUNK * 4]):
            with write_transaction():
                gone += model.objects.filter(pk__in=ids).delete()[0]
    with write_transaction():
        lapsed = old.filter(state__in=OPEN).update(state=RunState.EXPIRED)
        runs = ImportRun.objects.filter(created_at__lt=now() - RUNS_KEPT).delete()[0]
        ColumnChoice.objects.filter(used_at__lt=now() - RUNS_KEPT).delete()
        if gone or lapsed or runs:
            record(by=by, verb="exchange.forget_old", count=gone + lapsed + runs)
    return {"rows": gone, "lapsed": lapsed, "runs": runs}


def discard_run(*, run: ImportRun, by: Actor) -> None:
    """Throws away a file that was brought and not stored."""
    require(by, IMPORT)
    with write_transaction():
        row = ImportRun.objects.select_for_update().get(pk=run.pk)
        if row.state in {RunState.DRAFT, RunState.PREVIEWED}:
            record(by=by, verb="exchange.discard_file", subject=row, unit_id=row.unit_id)
            row.delete()
