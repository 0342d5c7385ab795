"""What talks leave to the worker: slides."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leesbouw.core import files
from leesbouw.core.db import write_transaction
from leesbouw.core.jobs import RunningJob, job
from leesbouw.ui.export import TYPES

from . import actions, queries
from .permissions import VIEW_TALKS


@job(actions.SLIDES_JOB, label=_("Making slides for a talk"), idempotent=True)
def make_slides(job: RunningJob, *, talk_id: int) -> dict[str, int]:
    """Made with the rights of who ordered them; the file waits under her tasks."""
    talk = queries.talk_by_id(job.actor, talk_id)
    content, name = queries.slides_file(job.actor, talk, get_language() or "nl")
    with write_transaction():
        job.row.result_file = files.store(
            content, name=name, content_type=TYPES["pptx"], by=job.actor, permission=VIEW_TALKS
        )
    return {"bytes": len(content)}
