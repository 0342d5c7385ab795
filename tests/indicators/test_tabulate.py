"""Tables of any file of answers, and the same rule of suppression in SQL as in Python."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leesbouw.indicators.domain.statistics import mean_of_sums, wilson
from leesbouw.indicators.domain.suppression import look_inside
from leesbouw.indicators.domain.tabulate import (
    AnswerRow,
    MeanRow,
    Question,
    TableError,
    count_groups,
    open_answers,
    tabulate,
)


def write(path: Path, *rows: tuple[str, ...]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def told(rows: list) -> list[tuple]:  # type: ignore[type-arg]
    return [(row.question, row.part, row.answer, row.count, row.base, row.left_out) for row in rows]


def test_every_column_is_a_question_and_empty_is_no_answer(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", ("L10", "L20"), ("3", "1"), ("4", ""), ("3", "2"))

    assert told(tabulate(file)) == [
        ("L10", "", "3", 2, 3, 0),
        ("L10", "", "4", 1, 3, 0),
        ("L20", "", "1", 1, 2, 0),
        ("L20", "", "2", 1, 2, 0),
    ]


def test_what_does_not_count_is_told_apart(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", ("L50",), ("1",), ("3",), ("3",), ("97",), ("",))

    rows = tabulate(file, [Question("L50", counting=("1", "2", "3"))])

    assert told(rows) == [("L50", "", "1", 1, 3, 1), ("L50", "", "3", 2, 3, 1)]
    assert isinstance(rows[1], AnswerRow)
    assert (rows[1].share.value, rows[1].share.interval) == (2 / 3, wilson(2 / 3, 3))


def test_shares_by_a_column_with_weights(tmp_path: Path) -> None:
    rows = (("school", "w", "q"), ("A", "2", "y"), ("A", "1", "y"), ("A", "1", "n"), ("B", "0.5", "n"))

    found = tabulate(write(tmp_path / "a.csv", *rows), by="school", weight="w")

    assert told(found) == [("q", "A", "n", 1, 4, 0), ("q", "A", "y", 3, 4, 0), ("q", "B", "n", 0.5, 0.5, 0)]
    assert isinstance(found[1], AnswerRow)
    assert found[1].share.interval == wilson(0.75, 16 / 6)


def test_a_part_that_is_empty_is_a_part(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('school,q\n"",1\n,1\nA,1\n', encoding="utf-8")

    assert told(tabulate(tmp_path / "a.csv", by="school")) == [
        ("q", "", "1", 2, 2, 0),
        ("q", "A", "1", 1, 1, 0),
    ]


def test_means_of_numbers_with_a_decimal_comma(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", ("minutes", "x"), ("2", ""), ("4", ""), ("4", ""), ("6,0", ""))

    (row,) = tabulate(file, [Question("minutes", mean=True)])

    assert isinstance(row, MeanRow)
    assert (row.mean, row.base, row.persons) == (mean_of_sums(4, 16, 72), 4, 4)


def test_codes_stay_as_they_are_and_names_of_columns_may_be_anything(tmp_path: Path) -> None:
    name = 'x"; DROP TABLE answers; --'
    file = write(tmp_path / "a.csv", (name, "by"), ("01", "1"), ("1", "1"))

    assert [(row.question, row.answer) for row in tabulate(file, by="by")] == [(name, "01"), (name, "1")]


@pytest.mark.parametrize(
    ("columns", "by", "weight", "told_as"),
    [
        (["q"], "school", "", "school"),
        (["nothing"], "", "", "nothing"),
        (["q"], "", "w", "w"),
    ],
)
def test_what_cannot_be_made_says_which_column(
    tmp_path: Path, columns: list[str], by: str, weight: str, told_as: str
) -> None:
    file = write(tmp_path / "a.csv", ("q", "w"), ("1", "much"), ("2", "1"))

    with pytest.raises(TableError, match=told_as):
        tabulate(file, [Question(name) for name in columns], by=by, weight=weight)


@pytest.mark.parametrize("weight", ["-1", "inf", "nan", ""])
def test_a_weight_is_a_number_from_nought(tmp_path: Path, weight: str) -> None:
    file = write(tmp_path / "a.csv", ("q", "w"), ("1", weight), ("2", "1"))

    with pytest.raises(TableError):
        tabulate(file, weight="w")


def test_a_word_among_numbers_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", ("q",), ("1",), ("many",))

    with pytest.raises(TableError, match="q"):
        tabulate(file, [Question("q", mean=True)])
    with pytest.raises(TableError, match=r"gone\.csv"):
        tabulate(tmp_path / "gone.csv")


@given(st.lists(st.lists(st.integers(1, 25), min_size=1, max_size=5), min_size=1, max_size=4))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_groups_are_hidden_in_sql_as_in_python(tmp_path: Path, schools: list[list[int]]) -> None:
    rows = [
        (str(school), str(school * 10 + group), str(1 + pupil % 4))
        for school, sizes in enumerate(schools)
        for group, size in enumerate(sizes)
        for pupil in range(size)
    ]
    connection = open_answers(write(tmp_path / "a.csv", ("school", "grp", "q"), *rows))
    count_groups(connection, {"q": (3, 4)}, fewest=10)
    shown = dict(connection.execute("SELECT grp, base FROM shown WHERE base IS NOT NULL").fetchall())
    connection.close()

    expected = {}
    for school, sizes in enumerate(schools):
        persons = {f"group:{school * 10 + group}": size for group, size in enumerate(sizes)}
        # The total is not shown here, so a school that is too small as a whole hides its groups all the same.
        seen = look_inside({"": sum(sizes), **persons}, lambda kind: 10, {}).shown
        expected |= {name[6:]: persons[name] for name in seen if name}
    assert shown == expected


def test_hits_are_answers_that_count_in_the_share(tmp_path: Path) -> None:
    rows = [("1", "11", str(1 + pupil % 4)) for pupil in range(12)]
    connection = open_answers(write(tmp_path / "a.csv", ("school", "grp", "q"), *rows))
    count_groups(connection, {"q": (3, 4)}, fewest=10)

    assert connection.execute("SELECT item, base, hits FROM shown").fetchall() == [(0, 12, 6)]
    connection.close()
