"""Bringing a file: read it, drop what may not be kept, store the rest until the columns are settled."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import CHUNK, write_transaction
from leesbouw.core.errors import Sentence

from ..domain.columns import doors, kept_positions, propose, raw_values
from ..domain.limits import Unreadable
from ..domain.reading import Table, fold
from ..engine import Importer, all_importers, importer
from ..enums import FILE_REASONS
from ..models import ImportPart, ImportRun
from ..queries import chosen_columns
from .storing import storing


@dataclass(slots=True)
class Draft:
    """A file that was read and cut down, not stored yet."""

    run: ImportRun
    rows: list[list[Any]]


def read_file(
    *,
    content: bytes,
    file_name: str,
    importer_code: str,
    by: Actor,
    mapping: Mapping[str, Sequence[str]] | None = None,
    options: Mapping[str, Any] | None = None,
) -> Draft:
    """Reads a file, before any write begins. `mapping` (column → names of headers) replaces what we would propose.

    Raises Sentence for anything that is not such a file. Values of dropped and unknown columns are gone after this;
    when a needed column is missing all values are.
    """
    kind = importer(importer_code)
    require(by, kind.permission)
    wishes = kind.default_options(file_name, by) | dict(options or {})
    kind.admit(wishes, by)
    table = _read(content, kind, wishes, mapping)
    names = mapping or chosen_columns(by, kind.code, header_fingerprint(table.headers))
    if kind.about_children and names and not mapping:  # what nobody chose was thrown away while reading
        table = _read(content, kind, wishes, names)
    positions = _positions(table, kind, names)
    used = {at for places in positions.values() for at in places}
    kept = sorted(used | set(kept_positions(table.headers, kind.columns)))
    proposed = kind.options_of(table, wishes) | kind.options_from(raw_values(table.rows[0], positions))
    rows = [] if kind.missing(positions) else list(_kept_rows(table, positions, kept, kind))
    run = ImportRun(
        importer=kind.code,
        file_name=_file_name(file_name),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        unit_id=by.unit_id or 0,
        headers=table.headers,
        mapping=positions,
        kept=kept,
        options=wishes | proposed | dict(options or {}),
        notices=[["doubled", name] for name in table.doubled],
        counts={"read": len(table.rows), "kept": len(rows)},
        by_user_id=by.user_id,
    )
    return Draft(run, rows)


def keep_draft(*, draft: Draft, by: Actor) -> ImportRun:
    """Stores what was read, until the columns are settled and the rows are stored or the run lapses."""
    require(by, importer(draft.run.importer).permission)
    run, rows = draft.run, draft.rows
    with storing(), write_transaction():
        run.save()
        ImportPart.objects.bulk_create(
            ImportPart(run=run, number=at, first=abs(rows[at][0]), rows=rows[at : at + CHUNK])
            for at in range(0, len(rows), CHUNK)
        )
        record(
            by=by,
            verb="exchange.bring_file",
            subject=run,
            unit_id=run.unit_id,
            count=len(rows),
            data={"importer": run.importer},
        )
    return run


def begin_run(*, by: Actor, **file: Any) -> ImportRun:
    """Reads a file and keeps its draft: `read_file` and `keep_draft` in one, for the shell."""
    return keep_draft(draft=read_file(by=by, **file), by=by)


def _read(
    content: bytes,
    kind: Importer,
    options: Mapping[str, Any],
    chosen: Mapping[str, Sequence[str]] | None,
) -> Table:
    try:
        table = kind.read(content, options, chosen)
    except Unreadable as error:
        raise Sentence(FILE_REASONS[error.code], **error.values) from None
    mine = kind.merit(table.headers)
    best = max(all_importers(), key=lambda each: each.merit(table.headers))
    if best is not kind and best.merit(table.headers) > mine and best.merit(table.headers)[0]:
        raise Sentence(FILE_REASONS["other_importer"], label=best.label)
    if not mine[1]:
        raise Sentence(FILE_REASONS["no_known_columns"])
    return table


def header_fingerprint(headers: Sequence[str]) -> str:
    """The same for files whose header lines say the same."""
    return hashlib.sha256("\n".join(fold(header) for header in headers).encode()).hexdigest()


def _positions(table: Table, kind: Importer, names: Mapping[str, Sequence[str]]) -> dict[str, list[int]]:
    """Column → positions: by these names of headers, else as we propose."""
    if not names:
        return propose(table.headers, kind.columns)
    at = {name: position for position, name in reversed(list(enumerate(table.headers)))}
    return {code: [at[name] for name in wanted if name in at] for code, wanted in names.items()}


def _kept_rows(
    table: Table, positions: Mapping[str, Sequence[int]], kept: Sequence[int], kind: Importer
) -> Iterator[list[Any]]:
    """Row number and the texts of the kept columns, cut down at their door; rows that may not be kept at all are
    passed over."""
    width = len(table.headers)
    door = doors(table.headers, positions, kind.columns)
    judged = {code: positions.get(code, ()) for code in kind.judged_by}
    for number, row in zip(table.numbers, table.rows, strict=True):
        if not judged or kind.may_be_kept(raw_values(row, judged)):
            cells = [row[at].strip() if at < len(row) else "" for at in kept]
            if door:
                cells = [
                    door[at](cell) if cell and at in door else cell
                    for at, cell in zip(kept, cells, strict=True)
                ]
            yield [-number if len(row) < width else number, *cells]


def _file_name(name: str) -> str:
    """The last part of a path, without signs that no file name has."""
    plain = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in plain if sign.isprintable())[:200] or str(_("file without a name"))
