"""Closing: no list comes in any more, of one school or of a whole round."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.time import today

from ..models import Participation, Round
from ..permissions import COORDINATE
from .doors import close_doors
from .rounds import held_round
from .working_out import queue_work


def close_participation(*, participation: Participation, by: Actor) -> Participation:
    """Closes one school: its doors, then its figures, which the worker adds up. Raises Sentence before the round opened.

    A second time does nothing.
    """
    require(by, COORDINATE)
    with write_transaction():
        row: Participation = lock_row(
            Participation.objects.visible_to(by).select_related("round"), pk=participation.pk
        )
        if row.round.opened_on is None:
            raise Sentence(_("This round is not open yet."))
        if row.closed_on is None:
            row.closed_on = today()
            row.version += 1
            row.save(update_fields=["closed_on", "version"])
            close_doors(participation=row)
            record(by=by, verb="monitor.close_participation", subject=row, unit_id=row.location_id)
            queue_work(participation=row, by=by)
        return row


def close_over(*, by: Actor) -> int:
    """Closes the schools whose last day is behind us, so that their report is there the next morning; how many.

    A round whose schools are all closed is closed with them: the term of the names in it begins to run.
    """
    rows = Participation.objects.visible_to(by).filter(
        closed_on=None, declined_on=None, round__opened_on__isnull=False, round__closed_on=None
    )
    over = [one for one in rows.select_related("round") if one.closes_on < today()]
    for one in over:
        close_participation(participation=one, by=by)
    rounds = Round.objects.visible_to(by).filter(
        opened_on__isnull=False, closed_on=None, closes_on__lt=today()
    )
    waiting = Participation.objects.visible_to(by).filter(closed_on=None, declined_on=None)
    for row in rounds.exclude(pk__in=waiting.values("round")):
        close_round(round=row, by=by)
    return len(over)


def close_participations(*, round: Round, ids: Sequence[int], by: Actor) -> int:
    """Closes several schools of a round; returns how many were still open."""
    with write_transaction():
        row = held_round(round, by)
        rows = list(row.participations.filter(pk__in=ids, closed_on=None, declined_on=None))
        for one in rows:
            close_participation(participation=one, by=by)
        return len(rows)


def close_round(*, round: Round, by: Actor) -> Round:
    """Closes a round with every school that is still open; a school with more time is closed too.

    Raises Sentence when it is not open.
    """
    with write_transaction():
        row = held_round(round, by)
        if row.opened_on is None or row.closed_on is not None:
            raise Sentence(_("Only a round that is open can be closed."))
        for one in row.participations.filter(closed_on=None, declined_on=None):
            close_participation(participation=one, by=by)
        row.closed_on = today()
        row.version += 1
        row.save(update_fields=["closed_on", "version"])
        record(by=by, verb="monitor.close_round", subject=row, unit_id=row.library_id)
        return row
