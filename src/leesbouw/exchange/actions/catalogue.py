"""The catalogue of a library as a file for another system."""

from __future__ import annotations

from leesbouw.collection.actions import check_library
from leesbouw.core.access import Actor
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction
from leesbouw.core.jobs import Job, enqueue
from leesbouw.organisations.models import Library

MARCXML_JOB = "exchange.make_marcxml"


def order_marcxml(*, library: Library, by: Actor) -> Job:
    """Queues the file with all titles and copies of a library; who asked finds it under her tasks."""
    check_library(by, library.pk)
    with write_transaction():
        record(by=by, verb="exchange.order_marcxml", subject=library, unit_id=library.pk)
        return enqueue(
            MARCXML_JOB, by=by, args={"library_id": library.pk}, subject=library, unit_id=library.pk
        )
