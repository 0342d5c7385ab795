"""Changing a term, and wiping what is over it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from leesbouw.core import erasures, search
from leesbouw.core.access import Actor, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.jobs import OVER, Cancelled, Job, enqueue
from leesbouw.core.registry import holders, undo
from leesbouw.core.time import now, today

from .domain import mark_of
from .enums import Occasion
from .models import DestructionCount, DestructionRun, RetentionTerm
from .permissions import RUN_RETENTION
from .queries.calendar import calendar, refs_of
from .queries.terms import may_change_here, note_for_many, term_bodies, term_in_force

JOB = "privacy.retention"
Tell = Callable[[int, int], None]
log = logging.getLogger(__name__)


def change_term(*, code: str, days: int, why: str, by: Actor) -> RetentionTerm:
    """Keeps a kind of data longer or shorter from now on. Raises Sentence outside the limits of the content."""
    require(by, RUN_RETENTION)
    if by.kind != "system" and not may_change_here():
        raise Sentence(note_for_many())
    body = term_bodies()[code]
    if not body.least <= days <= body.most:
        raise Sentence(
            _("Choose a number of days from %(least)s to %(most)s."), least=body.least, most=body.most
        )
    if not why.strip():
        raise Sentence(_("Say why; who looks at it later wants to know."))
    with write_transaction():
        before = term_in_force(code).days
        row = RetentionTerm.objects.create(
            code=code, days=days, why=why.strip()[:200], by_user_id=by.user_id, by_unit_id=by.unit_id
        )
        record(
            by=by,
            verb="privacy.change_term",
            subject=row,
            data={"term": code, "from": before, "to": days},
            undo=Undo("privacy.revoke_term", {"term_id": row.pk}),
        )
        return row


@undo.register("privacy.revoke_term")
def revoke_term(*, term_id: int, by: Actor) -> None:
    """Takes a change back: what held before it holds again."""
    require(by, RUN_RETENTION)
    with write_transaction():
        row = RetentionTerm.objects.select_for_update().get(pk=term_id)
        row.revoked_at = now()
        row.save(update_fields=["revoked_at"])
        record(by=by, verb="privacy.revoke_term", subject=row, data={"term": row.code})


def start_run(*, by: Actor) -> Job:
    """Queues a run that somebody asked for. Raises Sentence while one is at work."""
    require(by, RUN_RETENTION)
    with write_transaction():
        if Job.objects.filter(kind=JOB).exclude(state__in=OVER).exists():
            raise Sentence(_("Wiping is already at work. Wait until it is done."))
        run = begin(occasion=Occasion.ASKED, by=by)
        return enqueue(JOB, by=by, args={"run_id": run.pk}, subject=run, url=run.get_absolute_url())


def note_taken(*, what: str, by: Actor) -> None:
    """Notes that somebody took a list of ids along."""
    require(by, RUN_RETENTION)
    with write_transaction():
        record(by=by, verb="ui.export", data={"page": f"privacy.{what}", "format": "csv"})


def begin(*, occasion: Occasion, by: Actor) -> DestructionRun:
    """Notes what will be wiped: of each kind the count, the day before which, and the mark of the list of ids."""
    require(by, RUN_RETENTION)
    lines = [line for line in calendar() if line.due]
    marks = [mark_of(refs_of(line)) for line in lines]
    with write_transaction():
        run = DestructionRun.objects.create(
            code=f"{today():%Y%m%d}-{uuid4().hex[:8]}",
            occasion=occasion,
            by_user_id=by.user_id,
            by_unit_id=by.unit_id,
            sha256=mark_of(f"{line.code} {mark}" for line, mark in zip(lines, marks, strict=True)),
        )
        DestructionCount.objects.bulk_create(
            DestructionCount(
                run=run,
                holder=line.code,
                term=line.term.code,
                days=line.term.days,
                limit_on=line.term.limit,
                due=line.due,
                sha256=mark,
            )
            for line, mark in zip(lines, marks, strict=True)
        )
    return run


def carry_out(*, run: DestructionRun, by: Actor, tell: Tell = lambda done, total: None) -> DestructionRun:
    """Wipes what `begin` noted, kind after kind; may be called again after a fall. Raises Sentence when a kind failed."""
    require(by, RUN_RETENTION)
    open_counts = list(run.counts.filter(erased=None))
    failed = []
    try:
        for done, count in enumerate(open_counts):
            tell(done, len(open_counts))
            if not _wipe(count, run, by):
                failed.append(count.holder)
        tell(len(open_counts), max(len(open_counts), 1))
    except Cancelled:
        _finish(run, by)
        raise
    if failed:
        raise Sentence(_("Not all could be wiped. It goes on by itself tomorrow."))
    return _finish(run, by)


def _wipe(count: DestructionCount, run: DestructionRun, by: Actor) -> bool:
    """One kind; what the rest of the list asks for does not wait for a kind that fails."""
    holder = holders.get(count.holder)
    if holder is None:
        return False
    try:
        holder.erase(limit=count.limit_on, by=by, run=run.code)
    except Exception as error:
        log.error("wiping %s failed: %s", count.holder, type(error).__name__)
        return False
    count.erased = max(count.due - holder.due(count.limit_on), 0)
    with write_transaction():
        count.save(update_fields=["erased"])
    return True


def _finish(run: DestructionRun, by: Actor) -> DestructionRun:
    search.tidy(whole=True)
    erasures.settle()
    with write_transaction():
        row = DestructionRun.objects.select_for_update().get(pk=run.pk)
        if row.finished_at is None:
            row.finished_at = now()
            row.save(update_fields=["finished_at"])
            total = row.counts.aggregate(total=Sum("erased"))["total"] or 0
            data: dict[str, Any] = dict(row.counts.exclude(erased=None).values_list("holder", "erased"))
            record(by=by, verb="privacy.wipe", subject=row, count=total, run=row.code, data=data)
    return row
