"""Settling the columns and the options, and having the file checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.jobs import enqueue
from leesbouw.core.time import now

from ..engine import importer
from ..engine.reach import area_codes
from ..enums import Reach, RunState, column_label
from ..models import ColumnChoice, ImportRun
from .drafts import header_fingerprint

SETTLED = {RunState.DRAFT, RunState.PREVIEWED}


def needs_file_again(run: ImportRun, mapping: Mapping[str, Sequence[int]]) -> bool:
    """Whether this choice uses columns whose values were not kept."""
    kept = set(run.kept) if run.counts.get("kept") else set()
    return any(at not in kept for places in mapping.values() for at in places)


def choose_columns(
    *, run: ImportRun, mapping: Mapping[str, Sequence[int]], options: Mapping[str, Any], by: Actor
) -> ImportRun:
    """Keeps the chosen columns, for the next file with this header as well, and the options of the run.

    Raises Sentence when a needed column has no header, or when the values of a chosen one were not kept.
    """
    require(by, importer(run.importer).permission)
    kind = importer(run.importer)
    mapping = {code: list(places) for code, places in mapping.items() if places}
    if absent := kind.missing(mapping):
        raise Sentence(_("Choose a column for: %(names)s."), names=", ".join(map(column_label, absent)))
    with write_transaction():
        row = lock_row(ImportRun.objects.all(), pk=run.pk)
        _still_open(row)
        remember_columns(row, mapping, by)
        if needs_file_again(row, mapping):
            raise Sentence(
                _("We did not keep this column. Choose the file once more below, then we read it.")
            )
        row.mapping, row.options = mapping, complete(options, by)
        row.save(update_fields=["mapping", "options"])
        return row


def remember_columns(run: ImportRun, mapping: Mapping[str, Sequence[int]], by: Actor) -> None:
    """So that a file with the same header is read in the same way next time."""
    names = {code: [run.headers[at] for at in places] for code, places in mapping.items()}
    ColumnChoice.objects.update_or_create(
        unit_id=run.unit_id,
        importer=run.importer,
        header_sha256=header_fingerprint(run.headers),
        defaults={"mapping": names, "used_at": now()},
    )


def complete(options: Mapping[str, Any], by: Actor) -> dict[str, Any]:
    """Options with the area as it is today, so that a job later means the same."""
    whole = dict(options)
    if whole.get("reach") == Reach.AREA:
        whole["municipalities"] = area_codes(by)
        if not whole["municipalities"]:
            raise Sentence(_("Your library has no area yet. Choose the municipalities of your area first."))
    return whole


def ask_preview(*, run: ImportRun, by: Actor, url: str = "") -> ImportRun:
    """Queues the check of a file; nothing of it is stored in the register."""
    require(by, importer(run.importer).permission)
    with write_transaction():
        row = lock_row(ImportRun.objects.all(), pk=run.pk)
        _still_open(row)
        row.state = RunState.CHECKING
        row.job = enqueue("exchange.preview", by=by, args={"run_id": row.pk}, subject=row, url=url)
        row.save(update_fields=["state", "job"])
        record(by=by, verb="exchange.check_file", subject=row, unit_id=row.unit_id)
        return row


def _still_open(run: ImportRun) -> None:
    if run.is_lapsed:
        raise Sentence(_("This import has lapsed. Bring the file again."))
    if run.state not in SETTLED and not (run.state == RunState.CHECKING and run.is_stuck):
        raise Sentence(_("This import has already begun."))
