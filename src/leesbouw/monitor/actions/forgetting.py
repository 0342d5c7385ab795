"""Names that are no longer needed once a round is long over."""

from __future__ import annotations

from collections.abc import Sequence

from leesbouw.core.access import Actor
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction

from ..models import Participation


def forget_authorisations(*, ids: Sequence[int], by: Actor) -> int:
    """Takes out who said yes for these schools; that they said yes, and when, stays. Returns how many."""
    with write_transaction():
        rows = Participation.objects.visible_to(by).filter(pk__in=ids).exclude(authorised_name="")
        count = rows.update(authorised_name="")
        record(by=by, verb="monitor.forget_authorisations", count=count)
        return count
