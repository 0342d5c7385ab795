"""The dry run: every row cleaned and held against the register, nothing stored in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db.models import Max

from leesbouw.core.access import Actor, require
from leesbouw.core.db import CHUNK, add_rows, in_chunks, write_transaction

from ..domain.columns import Cleaned, kept_places, raw_values
from ..engine import Importer, Tell, importer, tell_nobody
from ..enums import Decision, RowKind, RunState
from ..models import ImportPart, ImportRow, ImportRun
from .storing import storing


def preview_run(*, run: ImportRun, by: Actor, tell: Tell = tell_nobody) -> ImportRun:
    """Makes the rows of a run anew from what was kept of its file. Safe to run again after a fall."""
    require(by, importer(run.importer).permission)
    kind = importer(run.importer)
    total = 2 * int(run.counts.get("kept") or 0)
    cleaned = list(_cleaned(run, kind, lambda done: tell(done, total)))
    records = kind.combine(cleaned)
    preview = kind.match(run, records)
    last = _last_row(run)
    _keep_decisions(run, preview.rows)
    done = 0
    for chunk in in_chunks(preview.rows):
        with storing(), write_transaction():
            add_rows(chunk)
        done += len(chunk)
        tell(min(total // 2 + done, total), total)
    _forget_rows(run, last)
    found = Counter(row.kind for row in preview.rows)
    kept = {key: run.counts[key] for key in ("read", "kept") if key in run.counts}
    writes = sum(kind.wants(row, run) for row in preview.rows if row.kind != RowKind.DOUBTFUL)  # asked later
    kinds = {code: found.get(code, 0) for code in RowKind.values}
    run.counts = kept | preview.counts | kinds | {"writes": writes}
    if len(records) != len(cleaned):
        run.counts["records"] = len(records)
    run.state = RunState.PREVIEWED
    with write_transaction():
        run.save(update_fields=["counts", "state"])
    return run


def _cleaned(run: ImportRun, kind: Importer, tell_done) -> Iterator[Cleaned]:  # type: ignore[no-untyped-def]
    """Every kept row, cleaned by the columns that were chosen."""
    mapping = kept_places(run.mapping, run.kept)
    done = 0
    for part in ImportPart.objects.filter(run=run).order_by("number").iterator(chunk_size=20):
        for number, *texts in part.rows:
            record = kind.clean(abs(number), raw_values(texts, mapping), run.options)
            if number < 0 and record.is_faulty:
                record.errors = [("", "short_row")]
            yield record
        done += len(part.rows)
        tell_done(done)


def _last_row(run: ImportRun) -> int:
    return ImportRow.objects.filter(run=run).aggregate(last=Max("pk"))["last"] or 0


def _keep_decisions(run: ImportRun, rows: Iterable[ImportRow]) -> None:
    """What somebody said about a row still holds when a later check finds the same about it."""
    decided = ImportRow.objects.filter(run=run).exclude(decision=Decision.NONE)
    said = {(row.number, row.kind, str(row.errors)): row.decision for row in decided}
    for row in rows if said else ():
        row.decision = said.get((row.number, row.kind, str(row.errors)), Decision.NONE)


def _forget_rows(run: ImportRun, last: int) -> None:
    """Rows of an earlier check go once the new ones are there, in pieces."""
    old = ImportRow.objects.filter(run=run, pk__lte=last)
    while ids := list(old.values_list("pk", flat=True)[: CHUNK * 4]):
        with write_transaction():
            ImportRow.objects.filter(pk__in=ids).delete()
