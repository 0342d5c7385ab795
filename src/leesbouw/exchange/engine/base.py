"""What every importer has: columns, a way to clean and match rows, and to apply and undo a chunk of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor

from ..domain.columns import Cleaned, Column, Dropped, candidates, known_headers, missing
from ..domain.reading import Table, read_table
from ..enums import Decision, Gone, RowKind
from ..models import ImportRow, ImportRun
from ..permissions import IMPORT

MANY_GONE = 0.2  # of the locations we know in that area; more is a reason to ask whether it is the right file

Tell = Callable[[int, int], None]


def tell_nobody(done: int, total: int) -> None:
    """For who does not want to follow the progress."""


@dataclass(slots=True)
class Preview:
    """What a file would do: rows to show, and counts of what is not shown."""

    rows: list[ImportRow] = field(default_factory=list)
    counts: dict[str, Any] = field(default_factory=dict)  # numbers, and what the next step must know

    def count(self, code: str, number: int = 1) -> None:
        self.counts[code] = self.counts.get(code, 0) + number


class Importer:
    """One kind of file. Subclasses fill in the words, the columns and the six steps."""

    code = ""
    slug = ""  # in the address
    icon = "file"
    label: Any = ""  # "DUO: school locations"
    what: Any = ""  # "Which schools there are, with address and board."
    guide: Sequence[Any] = ()  # where the file comes from, a sentence each
    columns: tuple[Column, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()  # of each of these at least one column is needed
    asks: frozenset[str] = frozenset()  # sector, year, reach, gone, types
    about_children = False  # rows that were taken back are forgotten at once
    settled: tuple[str, ...] = ()  # options that hold from the moment the file is brought
    only_read: frozenset[str] = frozenset()  # columns that are looked at and not stored in the register
    judged_by: tuple[str, ...] = ()  # columns that say whether a row may be stored; empty: every row may
    notes: Sequence[Any] = ()  # what people should know about what is kept
    summary = "exchange/parts/summary.html"  # the template that tells in a few words what a file would do
    leads_to_area = False  # whether one goes on to the municipalities where the library works
    leads_to_locations = False  # whether the list of locations shows what came in, in the year of the file
    accepts = ".csv,.txt,.xlsx"  # what the file chooser proposes
    hint: Any = _("CSV or Excel (xlsx), 64 MB at most.")
    permission = IMPORT  # who may bring such a file
    decisions: Sequence[str] = (Decision.TAKE, Decision.SKIP)  # what one may say of a doubtful row

    # Columns

    @property
    def known(self) -> frozenset[str]:
        return known_headers(self.columns, self.dropped)

    def columns_shown(self, actor: Actor) -> tuple[Column, ...]:
        """The columns that the first page says are kept."""
        return self.columns

    def column(self, code: str) -> Column:
        return next(column for column in self.columns if column.code == code)

    def missing(self, mapping: Mapping[str, Sequence[int]]) -> list[str]:
        """Codes of columns without which nothing can be read; of a choice between columns the first."""
        absent = missing(mapping, self.columns)
        return absent + [choice[0] for choice in self.one_of if not any(mapping.get(code) for code in choice)]

    def merit(self, headers: Sequence[str]) -> tuple[bool, int]:
        """How well a header line fits: whether all that is needed is there, and how many columns are."""
        found = candidates(headers, self.columns)
        return not self.missing(found), len(found)

    # The file

    def admit(self, options: Mapping[str, Any], by: Actor) -> None:
        """Raises Sentence when this person may not bring such a file, with these options, at this moment."""

    def read(
        self, content: bytes, options: Mapping[str, Any], mapping: Mapping[str, Sequence[str]] | None = None
    ) -> Table:
        """The table in a file. Raises Unreadable, or Sentence for a file that is not meant."""
        return read_table(content, self.known)

    # Options

    def default_options(self, file_name: str, by: Actor) -> dict[str, Any]:
        """What the wizard proposes for this file and this person."""
        return {}

    def options_from(self, raw: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        """What the first row itself says about the options."""
        return {}

    def options_of(self, table: Table, options: Mapping[str, Any]) -> dict[str, Any]:
        """What the file as a whole says about the options, beside those that were given."""
        return {}

    # Rows, without the database

    def closed(self, by: Actor) -> str:
        """Why this actor can bring no such file at all; nothing when she can."""
        return ""

    def keeps(self, code: str, options: Mapping[str, Any]) -> bool:
        """Whether a column that is read is stored, with what was chosen for this file."""
        return True

    def may_be_kept(self, raw: Mapping[str, Sequence[str]]) -> bool:
        """False for a row that must not be stored at all, judged by the columns in `judged_by`."""
        return True

    def check_typed(self, code: str, text: str) -> None:
        """Raises Sentence for a text that nobody may type into this column when mending a row."""

    def clean(self, number: int, raw: Mapping[str, Sequence[str]], options: Mapping[str, Any]) -> Cleaned:
        raise NotImplementedError

    def combine(self, rows: Iterable[Cleaned]) -> list[Cleaned]:
        """Rows of the file to records; one to one unless a register spreads a record over rows."""
        return list(rows)

    # Rows against the database

    def match(self, run: ImportRun, records: list[Cleaned]) -> Preview:
        raise NotImplementedError

    def is_outdated(self, run: ImportRun) -> bool:
        """Whether what the check held the file against has changed so much since that it must be done again."""
        return False

    def wants(self, row: ImportRow, run: ImportRun) -> bool:
        """Whether this row of a preview is to be applied."""
        return row.kind in {RowKind.NEW, RowKind.CHANGED}

    def many_gone(self, run: ImportRun) -> bool:
        """Whether so much is gone by this run that somebody must say first that it is the right file."""
        known = sum(int(run.counts.get(kind) or 0) for kind in (RowKind.SAME, RowKind.CHANGED, RowKind.GONE))
        gone = int(run.counts.get(RowKind.GONE) or 0)
        return run.options.get("gone") == Gone.CLOSE and gone > MANY_GONE * known

    def gone_words(self, run: ImportRun) -> Any:
        """What happens to what we know and the file does not name."""
        return ""

    def pieces(self, ids: Sequence[int], size: int, *, back: bool = False) -> Iterable[Sequence[int]]:
        """Which rows are written together, about so many at once; `back` when they are undone."""
        return [ids[at : at + size] for at in range(0, len(ids), size)]

    def apply(self, rows: Sequence[ImportRow], *, run: ImportRun, by: Actor) -> None:
        """Applies at most 500 rows inside the caller's write; sets object_id, before and applied of each."""
        raise NotImplementedError

    def refuse_undo(self, run: ImportRun) -> None:
        """Raises Sentence when this run cannot be taken back as a whole at this moment."""

    def undo(self, rows: Sequence[ImportRow], *, run: ImportRun, by: Actor) -> None:
        """Takes rows back inside the caller's write. Sets applied=False, or an error on rows that cannot go back."""
        raise NotImplementedError

    def settle(self, run: ImportRun, by: Actor) -> None:
        """After the last chunk of a run or of its undo, outside any write: it takes its own, small ones. Safe to run
        again, because a run is not over before this is done."""


def faulty_row(run: ImportRun, record: Cleaned) -> ImportRow:
    """The row of a record that cannot be used, with the texts that were kept of it."""
    return ImportRow(
        run=run,
        number=record.number,
        kind=RowKind.FAULTY,
        code=str(record.values.get("code", ""))[:20],
        label=str(record.values.get("name") or record.raw.get("name", ""))[:160],
        cleaned=record.raw,
        errors=[list(error) for error in record.errors],
    )


def refuse_doubles(records: Sequence[Cleaned]) -> None:
    """A code that came before makes a later row faulty; one that says exactly the same is left out as repeated."""
    first: dict[str, Cleaned] = {}
    for record in records:
        code = record.values.get("code", "")
        if not code or record.is_faulty or record.left_out:
            continue
        earlier = first.setdefault(code, record)
        if earlier is record:
            continue
        if earlier.values == record.values:
            record.left_out = "repeated"
        else:
            record.raw = {key: str(value) for key, value in record.values.items()}
            record.errors.append(("code", "double"))
