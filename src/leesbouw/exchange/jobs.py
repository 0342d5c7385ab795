"""Work of imports that takes longer than a page may. All of it may be run again after a fall."""

from __future__ import annotations

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leesbouw.collection.actions import check_library
from leesbouw.collection.permissions import EDIT_TITLES
from leesbouw.core import files
from leesbouw.core.db import write_transaction
from leesbouw.core.jobs import Cancelled, RunningJob, job
from leesbouw.core.time import today
from leesbouw.organisations.models import Library
from leesbouw.rendering.sheets import file_name
from leesbouw.ui.export import TYPES

from . import actions, queries
from .domain.marc_out import marcxml
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


@job(actions.MARCXML_JOB, label=_("Making a file of the catalogue"), idempotent=True)
def make_marcxml(job: RunningJob, *, library_id: int) -> dict[str, int]:
    """Made with the rights of who ordered it; the file waits under her tasks."""
    check_library(job.actor, library_id)
    library = Library.objects.get(pk=library_id)
    number, titles = queries.titles_to_export(job.actor, library.pk)
    pieces = []
    for at, piece in enumerate(marcxml(titles, agency=library.code, on=today())):
        pieces.append(piece)
        job.progress(at, number)
    with write_transaction():
        job.row.result_file = files.store(
            "".join(pieces).encode(),
            name=file_name("", _now("catalogue"), today(), "xml"),
            content_type=TYPES["xml"],
            by=job.actor,
            unit_id=library.pk,
            permission=EDIT_TITLES,
        )
    return {"titles": number}
