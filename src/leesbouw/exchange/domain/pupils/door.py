"""The door of a table: what each cell may be when it comes in, by the header above it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from ..columns import candidates
from ..facts import PupilFacts, brin_of, school_year_of
from ..limits import Unreadable
from ..reading import fold
from .cleaning import kind, year_of_birth
from .columns import ALL_NAMES, BIRTH_HEADERS, COLUMNS, TEACHERS_ONLY, forbidden

SCHOOL_YEAR = frozenset(("schooljaar",))
BRIN = frozenset(("brin", "brinnummer", "brin nummer", "brincode"))
MOST_FACTS = 5  # different ones that are remembered; two are too many already
_BIRTH = frozenset(map(fold, BIRTH_HEADERS))
_ALL_NAMES = frozenset(map(fold, ALL_NAMES))


class Door:
    """Looks at the headers once, then cuts row after row and counts what it takes away."""

    def __init__(
        self, headers: Sequence[str], asked: Mapping[str, Sequence[str]], *, birth_years: bool
    ) -> None:
        self.headers = headers
        self.folded = [fold(header) for header in headers]
        self.dropped: Counter[str] = Counter()
        self.warnings: dict[str, None] = {}
        self.years: set[str] = set()
        self.schools: set[str] = set()
        known = candidates(headers, COLUMNS)
        names = {name for chosen in asked.values() for name in chosen if not forbidden(name)}
        places = {at for found in known.values() for at in found}
        places |= {at for at, name in enumerate(headers) if name in names}
        if not places:
            raise Unreadable("no_known_columns")
        self.school_years, self.brins = self._under(SCHOOL_YEAR), self._under(BRIN)
        self.kinds = self._of("who", known, asked)
        self.teachers_only = {at for code in TEACHERS_ONLY for at in self._of(code, known, asked)}
        self.passes: dict[int, Callable[[str], str]] = dict.fromkeys(places, str.strip)
        self._all_names(known)
        for at in {*self._of("birth_year", known, asked), *self._under(_BIRTH)}:
            if birth_years:
                self.passes[at] = year_of_birth
            else:
                self.passes.pop(at, None)

    def through(self, row: Sequence[str]) -> list[str]:
        """The row as it may be kept. Facts of the school are looked at before they go."""
        for at in self.school_years:
            self._remember(self.years, row, at)
        for at in self.brins:
            self._remember(self.schools, row, at)
        is_teacher = any(_is_teacher(row[at]) for at in self.kinds if at < len(row))
        kept = [""] * len(row)
        for at, cell in enumerate(row):
            if not cell or cell.isspace():
                continue
            cut = self.passes.get(at)
            if cut is None or (at in self.teachers_only and not is_teacher):
                self._drop(at)
                continue
            kept[at] = cut(cell)
            if not kept[at]:
                self._drop(at)
                self.warnings["birth_date_odd"] = None
        if self.all_names and not any(kept[at] for at in self.first_names if at < len(row)):
            self._first_of_all(row, kept)
        return kept

    def facts(self, schema: str) -> PupilFacts:
        years = {school_year_of(text) for text in self.years}
        schools = {brin_of(text) for text in self.schools}
        for found, code in ((years, "school_year"), (schools, "brin")):
            if "" in found:
                self.warnings[f"{code}_odd"] = None
        if len(schools) > 1:
            self.warnings["several_schools"] = None
        if len(years) > 1:
            self.warnings["several_school_years"] = None
        if any(len(text.strip()) == 4 for text in self.schools):
            self.warnings["branch_missing"] = None
        return PupilFacts(
            school_year=years.pop() if len(years) == 1 else "",
            brin=schools.pop() if len(schools) == 1 else "",
            schema=schema,
            warnings=tuple(self.warnings),
            dropped=dict(self.dropped),
        )

    def _all_names(self, known: Mapping[str, Sequence[int]]) -> None:
        """All first names of a child are more than we need: the first of them, and only when there is no other."""
        self.all_names = [at for at in known.get("first_name", ()) if self.folded[at] in _ALL_NAMES]
        self.first_names = [at for at in known.get("first_name", ()) if at not in self.all_names]
        for at in self.all_names:
            if self.first_names:
                self.passes.pop(at)
            else:
                self.passes[at] = first_word

    def _first_of_all(self, row: Sequence[str], kept: list[str]) -> None:
        if not self.first_names:
            return
        found = next((row[at] for at in self.all_names if at < len(row) and row[at].strip()), "")
        if found and self.first_names[0] < len(kept):
            kept[self.first_names[0]] = first_word(found)

    def _of(
        self, code: str, known: Mapping[str, Sequence[int]], asked: Mapping[str, Sequence[str]]
    ) -> list[int]:
        """Positions that are known as a column or chosen for it."""
        chosen = set(asked.get(code, ()))
        return [at for at, name in enumerate(self.headers) if at in known.get(code, ()) or name in chosen]

    def _under(self, names: frozenset[str]) -> list[int]:
        return [at for at, name in enumerate(self.folded) if name in names]

    def _remember(self, texts: set[str], row: Sequence[str], at: int) -> None:
        if at < len(row) and row[at].strip() and len(texts) < MOST_FACTS:
            texts.add(row[at].strip()[:20])

    def _drop(self, at: int) -> None:
        if at < len(self.headers) and self.headers[at]:
            self.dropped[self.headers[at]] += 1


def first_word(text: str) -> str:
    return " ".join(text.split()[:1])


def _is_teacher(text: str) -> bool:
    try:
        return kind(text) == "teacher"
    except ValueError:
        return False
