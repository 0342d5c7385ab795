"""Tables of answers by DuckDB: of any file in the shell, and of the whole country in a job. Never on a page.

Names of columns come from files, so they are always quoted; values are only ever parameters. DuckDB gets no network and
reads no file but the one that it is given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from pathlib import Path
from typing import Any

from .statistics import Mean, Share, effective_n, mean_of_sums, share_of

CSV = "all_varchar = true, header = true, sample_size = -1, null_padding = true, parallel = false"
Counts = dict[
    tuple[str, str], dict[str, tuple[float, int, float]]
]  # by question and part: Σw, n and Σw² per answer


@dataclass(frozen=True, slots=True)
class Question:
    """A column with answers. `counting` are those in the base; None: all that are filled in. `mean`: they are numbers."""

    column: str
    counting: Collection[str] | None = None
    mean: bool = False


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """How many of a part gave an answer. `base` is weighted, `persons` counts; `left_out` answers are not in the base."""

    question: str
    part: str
    answer: str
    count: float
    persons: int
    base: float
    share: Share
    left_out: int


@dataclass(frozen=True, slots=True)
class MeanRow:
    """The mean of a question in a part."""

    question: str
    part: str
    base: float
    persons: int
    mean: Mean
    left_out: int


class TableError(Exception):
    """A table that cannot be made; the text says which column is missing or what is no number."""


def tabulate(
    source: Path, questions: Sequence[Question] | None = None, *, by: str = "", weight: str = ""
) -> list[AnswerRow | MeanRow]:
    """Shares with their base, means and intervals of a CSV or Parquet file, of everybody or by a column.

    Without `questions` every column but `by` and `weight` is one. With weights a share is Σ w·x / Σ w and its interval is
    that of the effective number of answers. Nothing is suppressed: the file is the asker's own. Raises TableError.
    """
    with _connection() as connection:
        _load(connection, source)
        columns = [row[0] for row in connection.execute("DESCRIBE answers").fetchall()]
        asked = questions or [Question(name) for name in columns if name not in (by, weight)]
        missing = {one.column for one in asked} | {name for name in (by, weight) if name}
        if missing := missing - set(columns):
            raise TableError(", ".join(sorted(missing)))
        counts = count_answers(connection, [one.column for one in asked], by=by, weight=weight)
    return [row for one in asked for row in _rows(one, counts)]


def columns_of(source: Path) -> list[str]:
    """The columns of a file. Raises TableError where it cannot be read."""
    with _connection() as connection:
        _load(connection, source)
        return [row[0] for row in connection.execute("DESCRIBE answers").fetchall()]


def count_answers(connection: Any, columns: Sequence[str], *, by: str = "", weight: str = "") -> Counts:
    """Every answer to every question in every part of the table `answers`; what is empty is no answer."""
    weights = _number_in(weight) if weight else ""
    if weight and _has_bad_weights(connection, weights):
        raise TableError(weight)
    sums = (
        f"sum({weights}), count(*), sum({weights} * {weights})" if weight else "count(*), count(*), count(*)"
    )
    part = _quoted(by) if by else "''"
    selects = [
        f"SELECT {number}, coalesce(part::VARCHAR, ''), answer::VARCHAR, total, persons, squares FROM ("  # noqa: S608 -- quoted
        f"SELECT {part}, {_quoted(column)}, {sums} FROM answers GROUP BY 1, 2"
        ") AS found (part, answer, total, persons, squares) WHERE answer::VARCHAR <> ''"
        for number, column in enumerate(columns)
    ]
    counts: Counts = defaultdict(dict)
    for number, of_part, answer, *found in connection.execute(" UNION ALL ".join(selects)).fetchall():
        answers = counts[columns[number], of_part]
        known = answers.get(answer)  # an empty part and one that is missing are the same
        answers[answer] = tuple(map(sum, zip(known, found, strict=True))) if known else tuple(found)  # type: ignore[assignment]
    return dict(counts)


def count_groups(connection: Any, columns: Mapping[str, Sequence[int]], *, fewest: int) -> None:
    """Makes the table `shown` of how many count in each item per group, with what is too small hidden.

    The table `answers` has a row per pupil with `school`, `grp` and a number per item; `columns` gives the answers of an
    item that count in its share. `shown` has item (its place in `columns`, from 0), school, grp, base and hits; of what
    is hidden base and hits are NULL. The rule is that of `suppression.look_inside` for groups: none is hidden, or the
    smallest, until two or more together pass.
    """
    names = list(columns)
    sums = ", ".join(
        f"count({_quoted(name)})::INT AS b{i},"
        f" coalesce(sum(({_quoted(name)} IN ({_numbers(columns[name])}))::TINYINT), 0)::INT AS h{i}"
        for i, name in enumerate(names)
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE counted AS SELECT school, grp, {sums} FROM answers GROUP BY school, grp"  # noqa: S608
    )
    smallest = ", ".join(f"min(nullif(b{i}, 0)) AS m{i}" for i in range(len(names)))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE smallest AS SELECT school, {smallest} FROM counted GROUP BY school"  # noqa: S608
    )
    of_item = " UNION ALL ".join(
        f"SELECT {i} AS item, school, grp, b{i} AS base, h{i} AS hits, m{i} AS least"  # noqa: S608
        f" FROM counted JOIN smallest USING (school) WHERE b{i} > 0"
        for i in range(len(names))
    )
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE shown AS
        WITH least AS ({of_item}),
        small AS (
            SELECT item, school, grp, base, hits,
                row_number() OVER w AS place,
                sum(base) OVER w - base AS before
            FROM least WHERE least < {int(fewest)}
            WINDOW w AS (PARTITION BY item, school ORDER BY base, grp ROWS UNBOUNDED PRECEDING)
        ),
        judged AS (
            SELECT item, school, grp, base, hits, false AS hidden FROM least WHERE least >= {int(fewest)}
            UNION ALL
            SELECT item, school, grp, base, hits,
                base < {int(fewest)} OR place <= 2 OR before < {int(fewest)} FROM small
        )
        SELECT item, school, grp,
            CASE WHEN NOT hidden THEN base END AS base, CASE WHEN NOT hidden THEN hits END AS hits
        FROM judged
        """  # noqa: S608 -- numbers only
    )


def open_answers(source: Path) -> Any:
    """A connection with the table `answers` over a file; close it."""
    connection = _connection()
    _load(connection, source, whole=False)
    return connection


def _connection() -> Any:
    import duckdb  # late: slow import, and only jobs and the shell make tables

    connection = duckdb.connect(
        config={"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    )
    connection.execute("SET threads = 2")
    return connection


def _load(connection: Any, source: Path, *, whole: bool = True) -> None:
    """The file as `answers`; every column of a CSV is text, so that 01 stays 01.

    The separator is found out from all of a CSV, because a quote may first stand far down; a row may be
    too short, and a cell may hold lines, which DuckDB reads together only one by one.
    """
    is_parquet = source.suffix == ".parquet"
    reader = "read_parquet($1)" if is_parquet else f"read_csv($1, {CSV})"
    if is_parquet and not whole:
        name = str(source).replace("'", "''")
        connection.execute(f"CREATE VIEW answers AS SELECT * FROM read_parquet('{name}')")  # noqa: S608
        return
    try:
        connection.execute(f"CREATE TABLE answers AS SELECT * FROM {reader}", [str(source)])  # noqa: S608
    except Exception as error:
        raise TableError(source.name) from error


def _number_in(column: str) -> str:
    """A column as numbers, whether it was written with a comma or a point."""
    return f"TRY_CAST(replace({_quoted(column)}::VARCHAR, ',', '.') AS DOUBLE)"


def _has_bad_weights(connection: Any, weights: str) -> bool:
    """Whether a weight is no number, infinite or below zero; DuckDB says NULL for what is no number."""
    found = connection.execute(
        f"SELECT count(*) FROM answers WHERE {weights} IS NULL OR NOT isfinite({weights}) OR {weights} < 0"  # noqa: S608
    ).fetchone()
    return bool(found[0])


def _rows(question: Question, counts: Counts) -> Iterator[AnswerRow | MeanRow]:
    for part in sorted(part for column, part in counts if column == question.column):
        answers = counts[question.column, part]
        inside = {
            answer: found
            for answer, found in answers.items()
            if question.counting is None or answer in question.counting
        }
        persons = sum(found[1] for found in inside.values())
        left_out = sum(found[1] for found in answers.values()) - persons
        base = fsum(found[0] for found in inside.values())
        n = effective_n(base, fsum(found[2] for found in inside.values()))
        if question.mean:
            numbers = [(_number(question.column, answer), found[0]) for answer, found in inside.items()]
            total = fsum(weight * number for number, weight in numbers)
            squares = fsum(weight * number**2 for number, weight in numbers)
            mean = mean_of_sums(base, total, squares, n=n)
            if mean is not None:
                yield MeanRow(question.column, part, base, persons, mean, left_out)
            continue
        for answer, (count, of_answer, _squares) in sorted(inside.items()):
            share = share_of(count, base, n=n)
            if share is not None:
                yield AnswerRow(question.column, part, answer, count, of_answer, base, share, left_out)


def _number(column: str, answer: str) -> float:
    try:
        return float(answer.replace(",", "."))
    except ValueError:
        raise TableError(column) from None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _numbers(values: Sequence[int]) -> str:
    return ", ".join(str(int(value)) for value in values)
