"""One's own jobs, and files that one may fetch."""

from __future__ import annotations

from django.db.models import QuerySet

from leesbouw.core.access import Actor
from leesbouw.core.files import StoredFile
from leesbouw.core.jobs import Job


def jobs_of(actor: Actor) -> QuerySet[Job]:
    """What this person asked for, newest first."""
    if actor.user_id is None:
        return Job.objects.none()
    return Job.objects.filter(by_user_id=actor.user_id).select_related("result_file").order_by("-pk")


def job_by_id(actor: Actor, job_id: int) -> Job:
    """Raises Job.DoesNotExist for somebody else's."""
    return jobs_of(actor).get(pk=job_id)


def file_by_id(actor: Actor, file_id: int) -> StoredFile:
    """A file of a unit within reach, with the right its holder asks for; or one's own. Raises DoesNotExist."""
    row = StoredFile.objects.get(pk=file_id)
    is_own = actor.user_id is not None and row.created_by_id == actor.user_id and row.unit_id == actor.unit_id
    may = not row.permission or actor.may(row.permission)
    if not (may and (is_own or _within_reach(actor, row.unit_id))):
        raise StoredFile.DoesNotExist
    return row


def _within_reach(actor: Actor, unit_id: int | None) -> bool:
    if unit_id is None:
        return False
    own = actor.unit_id == unit_id
    library = isinstance(actor.libraries, frozenset) and unit_id in actor.libraries
    return own or library
