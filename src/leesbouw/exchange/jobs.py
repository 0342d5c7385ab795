"""Work of imports that takes longer than a page may. All of it may be run again after a fall."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leesbouw.core.jobs import Cancelled, RunningJob, job

from . import actions
from .enums import RunState
from .models import ImportRun


@job("exchange.preview", label=_("Checking a file"), idempotent=True)
def preview(job: RunningJob, *, run_id: int) -> dict[str, int]:
    run = ImportRun.objects.get(pk=run_id)
    if run.state != RunState.CHECKING:
        return {}
    try:
        return actions.preview_run(run=run, by=job.actor, tell=job.progress).counts
    except BaseException:
        actions.fail_run(run)
        raise


@job("exchange.apply", label=_("Importing a file"), idempotent=True)
def apply(job: RunningJob, *, run_id: int) -> dict[str, int]:
    run = ImportRun.objects.get(pk=run_id)
    if run.state != RunState.RUNNING:
        return {}
    try:
        return actions.apply_run(run=run, by=job.actor, tell=job.progress).counts
    except Cancelled:
        actions.stop_and_take_back(run=run, by=job.actor)
        raise
    except Exception:
        actions.fail_run(run)
        raise


@job("exchange.undo", label=_("Undoing an import"), idempotent=True)
def undo(job: RunningJob, *, run_id: int) -> dict[str, int]:
    run = ImportRun.objects.get(pk=run_id)
    if run.state != RunState.UNDOING:
        return {}
    try:
        return actions.undo_run(run=run, by=job.actor, tell=job.progress).counts
    except Exception:
        actions.fail_run(run)
        raise
