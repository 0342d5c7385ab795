"""Who was erased stays erased, also when an older backup is put back.

An erasure of a person is noted by id, in the database and in a file beside it. A backup that is put back brings a
database that does not know of later erasures; the file does, and they are done again before anybody is served.
"""

from __future__ import annotations

import fcntl
import logging
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.db import connection, models, transaction

from . import search
from .access import Actor
from .db import CHUNK, data_folder, in_chunks, write_transaction
from .registry import holders
from .time import now

LOG = "erasures.log"
LONGEST = 100
CODE = re.compile(
    rf"[A-Za-z0-9._:-]{{1,{LONGEST}}}"
)  # ids and codes; a name with a space or an accent does not pass
BUSY = 200  # ms that clearing the journal may wait for readers

log = logging.getLogger(__name__)


class Erasure(models.Model):
    """One person who was erased: the code of the holder, and the id she had there."""

    kind = models.CharField(max_length=40)
    ref = models.CharField(max_length=LONGEST)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "ref", "at"], name="core_erasure_once")]

    class Privacy:
        none = "id kind ref at"


class Line(NamedTuple):
    """One line of the file."""

    at: str  # ISO 8601, UTC
    kind: str
    ref: str


def path() -> Path:
    return data_folder() / LOG


def note(kind: str, refs: Iterable[str]) -> None:
    """Notes who was erased; call inside the action's write transaction. `kind` is the code of a holder with `replay`.

    `refs` are ids, never names: anything else raises ValueError. The file follows once the write is sure.
    """
    at = now()
    rows = [Erasure(kind=kind, ref=ref, at=at) for ref in dict.fromkeys(map(str, refs))]
    for row in rows:
        if not CODE.fullmatch(row.kind) or not CODE.fullmatch(row.ref):
            raise ValueError("an erasure is noted by ids and codes only")
    with write_transaction():
        Erasure.objects.bulk_create(rows, batch_size=CHUNK)
        transaction.on_commit(lambda: _write_down([_line(row) for row in rows]))


def _write_down(lines: Sequence[Line]) -> None:
    """After the write: the file, then the journal of the database. The table makes up for a file that failed."""
    try:
        append(lines)
    except OSError as error:
        log.error("erasures could not be written to %s: %s", LOG, type(error).__name__)
    settle()


def _line(row: Erasure) -> Line:
    return Line(row.at.isoformat(), row.kind, row.ref)


def append(lines: Sequence[Line]) -> None:
    """Adds lines to the file, for its owner only, and waits until they are on the disk."""
    if not lines:
        return
    handle = os.open(path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.writelines(f"{' '.join(line)}\n" for line in lines)
        file.flush()
        os.fsync(file.fileno())


def read(file: Path) -> list[Line]:
    """The lines of a file, oldest first; a line that a full disk cut off is passed by."""
    if not file.exists():
        return []
    found = []
    for text in file.read_text(encoding="ascii", errors="replace").splitlines():
        parts = text.split(" ")
        if len(parts) == 3 and _is_instant(parts[0]) and all(CODE.fullmatch(part) for part in parts[1:]):
            found.append(Line(*parts))
    return list(dict.fromkeys(found))


def _is_instant(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def merge(other: Path) -> int:
    """Adds what another file knows, such as the one in a backup; returns how many lines were new."""
    known = set(read(path()))
    fresh = [line for line in read(other) if line not in known]
    append(fresh)
    return len(fresh)


def complete() -> tuple[list[Line], set[Line]]:
    """Adds to the file what only the database knows; returns the lines the file had, and those of the database."""
    written = read(path())
    stored = {_line(row) for row in Erasure.objects.order_by("pk").iterator()}
    append(sorted(stored - set(written)))
    return written, stored


def sync(*, by: Actor) -> int:
    """Makes file and database tell the same, and erases once more whom only the file knows of; returns how many came
    back.

    Call before anybody is served: at that moment no id can have been given out anew.
    """
    written, stored = complete()
    unknown: dict[str, list[Line]] = defaultdict(list)
    for line in written:
        if line not in stored:
            unknown[line.kind].append(line)
    return sum(_again(kind, lines, by) for kind, lines in unknown.items())


def _again(kind: str, lines: Sequence[Line], by: Actor) -> int:
    """Erases these once more, and only then believes that it was done; returns how many were there again."""
    holder = holders.get(kind)
    if holder is None or holder.replay is None:
        log.error("erasures of %s cannot be done again: nothing here knows how", kind)
        return 0
    back = 0
    for chunk in in_chunks(lines, CHUNK):
        back += holder.replay(refs=[line.ref for line in chunk], by=by)
        with write_transaction():
            Erasure.objects.bulk_create(
                [Erasure(kind=kind, ref=line.ref, at=datetime.fromisoformat(line.at)) for line in chunk],
                ignore_conflicts=True,
            )
    settle()
    return back


def settle() -> bool:
    """Leaves nothing of what was erased in the search index and in the journal of SQLite; False while readers hold it.

    SQLite overwrites erased pages with zeros (`secure_delete`), but the old pages stay in the journal until it is
    emptied. What is left because somebody read goes at night.
    """
    search.tidy()
    if connection.vendor != "sqlite":
        return True
    if connection.in_atomic_block:  # the journal is emptied between writes, never inside one
        return False
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout={BUSY}")
        try:
            return cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
        finally:
            cursor.execute(f"PRAGMA busy_timeout={int(before)}")
