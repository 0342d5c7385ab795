"""The paper of what was signed with a link: made afterwards, because setting type takes a while."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leesbouw.core.jobs import RunningJob, job
from leesbouw.organisations.actions import attach_paper
from leesbouw.organisations.models import ProcessingAgreement
from leesbouw.rendering.documents import flowing

from .queries import signed_document


@job("agreements.make_paper", label=_("Making the paper of a processing agreement"), idempotent=True)
def make_paper(job: RunningJob, agreement_id: int) -> dict[str, int]:
    """Prints the agreement with both annexes and keeps it with its row; one that has a file is left alone."""
    rows = ProcessingAgreement.objects.visible_to(job.actor).select_related("location", "library")
    row = rows.filter(pk=agreement_id, file=None).first()
    if row is None:
        return {"papers": 0}
    attach_paper(agreement=row, content=flowing(signed_document(row)), by=job.actor)
    return {"papers": 1}
