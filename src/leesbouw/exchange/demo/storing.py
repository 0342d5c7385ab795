"""Storing a file of the demo the way a person would, its job included."""

from __future__ import annotations

from leesbouw.core.access import Actor
from leesbouw.core.jobs import Job, State, work_off

from ..actions import start_run
from ..models import ImportRun


def store(run: ImportRun, by: Actor) -> None:
    """Raises RuntimeError when the job of the import fails."""
    run = start_run(run=run, by=by)
    work_off()
    job = Job.objects.get(pk=run.job_id)
    if job.state != State.DONE:
        raise RuntimeError(f"the import of the demo ended as {job.state}: {job.error}")
