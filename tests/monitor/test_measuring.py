"""From lists to cells, counted by hand."""

from __future__ import annotations

import random
import tomllib
from fractions import Fraction
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from leesbouw.monitor.domain.measuring import (
    CellRow,
    Measured,
    Submitted,
    measure_cells,
    rule_faults,
    rule_of,
)
from leesbouw.monitor.domain.questionnaire import QuestionnaireBody

CONTENT = Path(settings.CONTENT_FOLDER)

LISTS = {
    path.stem: QuestionnaireBody.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))["body"])
    for path in sorted((CONTENT / "questionnaire").glob("*.toml"))
}


def measured(code: str = "m", **rule: object) -> Measured:
    return Measured(code, 1, rule_of(rule))


def pupils(*answers: dict[str, object], **more: object) -> list[Submitted]:
    return [Submitted("po-pupil@1", one, **more) for one in answers]


def only(rows: list[CellRow], breakdown: str = "") -> tuple[float, float, int, float, float] | None:
    """The numbers of the one cell in a breakdown."""
    found = [row for row in rows if row.breakdown == breakdown]
    assert len(found) <= 1
    if not found:
        return None
    return (
        found[0].numerator,
        found[0].denominator,
        found[0].persons,
        found[0].total,
        found[0].sum_squares,
    )


PLEASURE = measured(op="share", questionnaire="po-pupil", item="L10", values=(3, 4))
BORROWS = measured(op="share", questionnaire="po-pupil", item="L50", values=(3, 4, 5))


def test_a_share_counts_who_answered():
    lists = pupils({"L10": 4}, {"L10": 3}, {"L10": 1}, {"L20": 5}, {})
    assert only(measure_cells([PLEASURE], LISTS, lists)) == (2, 3, 3, 2, 2)


def test_who_has_no_school_library_is_not_in_the_base():
    lists = pupils({"L50": 97}, {"L50": 5}, {"L50": 2}, {"L50": 97})
    assert only(measure_cells([BORROWS], LISTS, lists)) == (1, 2, 2, 1, 1)


def test_a_measure_that_nobody_answered_has_no_cell():
    assert measure_cells([PLEASURE], LISTS, pupils({"L20": 1}, {"L50": 97})) == []
    assert measure_cells([PLEASURE], LISTS, []) == []


def test_a_share_of_several_answers_counts_who_chose_one_of_them():
    tip = measured(op="share", questionnaire="po-pupil", item="L41", values=(1,))
    lists = pupils({"L41": [1, 3]}, {"L41": [8]}, {"L41": [2, 5]}, {})
    assert only(measure_cells([tip], LISTS, lists)) == (1, 3, 3, 1, 1)


def test_how_many_people_give_tips_is_a_mean_in_which_nobody_counts_as_none():
    tips = measured(op="count", questionnaire="po-pupil", item="L41")
    lists = pupils({"L41": [1, 3, 5]}, {"L41": [8]}, {"L41": [2]}, {})
    assert only(measure_cells([tips], LISTS, lists)) == (4, 3, 3, 4, 10)


def test_lists_are_split_by_group_year_group_and_what_the_round_asked():
    lists = [
        *pupils({"L10": 4, "L02": 2}, {"L10": 1, "L02": 1}, group=7, year_group=5),
        *pupils({"L10": 3, "L02": 99}, {"L10": 3, "L02": 2}, group=7, year_group=6),
        *pupils({"L10": 1}, group=8, year_group=6),
    ]
    rows = measure_cells([PLEASURE], LISTS, lists)
    assert {row.breakdown: (row.numerator, row.persons) for row in rows} == {
        "": (3, 5),
        "group:7": (3, 4),
        "group:8": (0, 1),
        "year_group:5": (1, 2),
        "year_group:6": (2, 3),
        "sex:1": (0, 1),
        "sex:2": (2, 2),
    }


def test_three_faces_and_four_are_two_measures():
    three = measured("three", op="share", questionnaire="po-pupil", item="L10", values=(3,), variant="sbo")
    lists = pupils({"L10": 3}, {"L10": 4}) + pupils({"L10": 3}, {"L10": 1}, {"L10": 2}, variant="sbo")
    rows = measure_cells([PLEASURE, three, BORROWS], LISTS, lists)
    assert [(row.measure, row.numerator, row.denominator) for row in rows] == [("m", 2, 2), ("three", 1, 3)]
    assert only(measure_cells([BORROWS], LISTS, pupils({"L50": 5}, variant="sbo"))) == (1, 1, 1, 1, 1)


def test_lists_from_elsewhere_weigh_as_much_as_they_say():
    lists = pupils({"L10": 4}, weight=2.5) + pupils({"L10": 1}, weight=0.5)
    assert only(measure_cells([PLEASURE], LISTS, lists)) == (2.5, 3.0, 2, 2.5, 2.5)


HOME = measured(
    op="score", questionnaire="po-pupil", items=[{"item": f"L6{n}"} for n in range(5)], enough=0.5
)


def test_a_score_is_the_mean_of_its_items_for_who_answered_half_of_them():
    lists = pupils(
        {"L60": 1, "L61": 4, "L62": 1},  # 0, 100, 0: 100 / 3
        {"L60": 4, "L61": 4, "L62": 4, "L63": 4, "L64": 1},  # 80
        {"L60": 4, "L61": 4},  # two of five are too few
    )
    total, base, persons, _, squares = only(measure_cells([HOME], LISTS, lists)) or ()
    assert (base, persons) == (2, 2)
    assert total == pytest.approx(100 / 3 + 80)
    assert squares == pytest.approx((100 / 3) ** 2 + 80**2)


WEEK = {1: 0, 2: 0.1, 3: 0.5, 4: 1, 5: 3, 6: 5}
MINUTES = measured(
    op="product",
    questionnaire="po-teacher",
    factors=[
        {"item": "T12", "points": WEEK},
        {"item": "T13", "points": {1: 5, 2: 12, 3: 18, 4: 25, 5: 35}},
    ],
)
ALOUD = measured(op="share", questionnaire="po-teacher", item="T10", values=(5, 6))


def teachers(*rows: tuple[int | None, int | None, dict[str, object]]) -> list[Submitted]:
    return [Submitted("po-teacher@1", answers, group, year) for group, year, answers in rows]


def test_minutes_a_week_are_times_times_minutes_and_never_is_none():
    lists = teachers(
        (1, 5, {"T12": 6, "T13": 3}),  # 5 × 18 = 90
        (2, 6, {"T12": 1}),  # never: T13 is not asked
        (3, 7, {"T12": 4}),  # how long is not known
    )
    assert only(measure_cells([MINUTES], LISTS, lists)) == (90, 2, 2, 90, 8100)


def test_teachers_who_share_a_group_count_once_together():
    lists = teachers(
        (1, 5, {"T10": 6}),
        (1, 5, {"T10": 2}),
        (2, 3, {"T10": 6}),
        (3, 4, {"T10": 1}),
        (None, 4, {"T10": 5}),
        (3, 4, {}),  # who passed over it takes no part of the other's weight
    )
    rows = measure_cells([ALOUD], LISTS, lists)
    assert only(rows) == (2.5, 4, 5, 2.5, 2.5)
    assert only(rows, "group:1") == (0.5, 1, 2, 0.5, 0.5)
    assert only(rows, "build:lower") == (2, 3, 3, 2, 2)
    assert only(rows, "build:upper") == (0.5, 1, 2, 0.5, 0.5)


def test_a_teacher_who_copied_her_list_for_the_other_half_is_one_person():
    lists = teachers((1, 4, {"T10": 6}), (1, 5, {"T10": 1}), (2, 5, {"T10": 6}))
    rows = measure_cells([ALOUD], LISTS, lists)
    assert only(rows) == (1.5, 2, 2, 1.5, 1.5)
    assert only(rows, "year_group:5") == (1, 2, 2, 1, 1)
    assert only(rows, "build:lower") == (1, 1, 1, 1, 1)


def consultant(answers: dict[str, object]) -> list[Submitted]:
    return [Submitted("po-consultant@1", answers)]


def test_books_per_pupil_is_one_number_divided_by_another():
    per = measured(op="mean", questionnaire="po-consultant", item="C41", per="C01")
    assert only(measure_cells([per], LISTS, consultant({"C41": 900, "C01": 200}))) == (4.5, 1, 1, 4.5, 20.25)
    assert measure_cells([per], LISTS, consultant({"C41": 900, "C01": 0})) == []
    assert measure_cells([per], LISTS, consultant({"C41": 900})) == []


def test_what_a_school_without_a_library_was_not_asked_counts_as_nothing_in_its_score():
    block = measured(
        op="score",
        questionnaire="po-consultant",
        items=[{"item": "C40"}, {"item": "C41", "top": 2000}, {"item": "C44"}, {"item": "C46"}],
        passed_is_zero=True,
    )
    assert only(measure_cells([block], LISTS, consultant({"C40": 1}))) == (0, 1, 1, 0, 0)
    whole = {"C40": 4, "C41": 1000, "C44": 3, "C46": 1}
    assert only(measure_cells([block], LISTS, consultant(whole))) == (62.5, 1, 1, 62.5, 3906.25)
    assert measure_cells([block], LISTS, consultant({"C40": 4})) == []


def test_hours_have_a_share_of_who_has_at_least_so_many():
    some = measured(op="share", questionnaire="po-consultant", item="C20", at_least=2)
    lists = consultant({"C20": 1.5}) + consultant({"C20": 2.0}) + consultant({})
    assert only(measure_cells([some], LISTS, lists)) == (1, 2, 2, 1, 1)


def test_a_version_that_lacks_the_item_or_the_answers_gives_no_cell():
    pupil = LISTS["po-pupil@1"]
    shorter = pupil.model_copy(update={"items": tuple(i for i in pupil.items if i.code != "L10")})
    lists = [Submitted("po-pupil@2", {"L10": 4})]
    assert measure_cells([PLEASURE], {"po-pupil@2": shorter}, lists) == []
    with pytest.raises(LookupError):
        measure_cells([PLEASURE], LISTS, lists)


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ({"op": "share", "item": "L99", "values": [1]}, "no item L99"),
        ({"op": "share", "item": "L50", "values": [97]}, "L50: a share needs answers that count"),
        (
            {"op": "share", "item": "L22", "values": [1, 2]},
            "L22: a share of every answer is always everybody",
        ),
        ({"op": "share", "item": "L90", "values": [1]}, "L90: a share of numbers needs a least number"),
        ({"op": "count", "item": "L10"}, "L10: only several choices can be counted"),
        ({"op": "mean", "item": "L10"}, "L10: its answers have no points"),
        ({"op": "mean", "item": "L10", "points": {1: 0, 2: 1, 3: 2}}, "L10: not every answer has points"),
        ({"op": "mean", "item": "L10", "per": "L20"}, "L10: there is no number L20 to divide it by"),
    ],
)
def test_a_rule_that_does_not_fit_its_list_is_named(rule: dict[str, object], fault: str):
    faults = list(rule_faults(rule_of({"questionnaire": "po-pupil", **rule}), LISTS["po-pupil@1"]))
    assert fault in faults


def test_a_rule_of_another_kind_is_refused():
    with pytest.raises(ValidationError):
        rule_of({"op": "guess", "questionnaire": "po-pupil", "item": "L10"})


CODED = st.fixed_dictionaries(
    {},
    optional={
        "L10": st.integers(1, 4),
        "L41": st.lists(st.integers(1, 8), min_size=1, unique=True).map(sorted),
        "L50": st.sampled_from([1, 2, 3, 4, 5, 97]),
        "L60": st.integers(1, 4),
        "L61": st.integers(1, 4),
        "L62": st.integers(1, 4),
    },
)


@given(st.lists(st.tuples(CODED, st.integers(1, 3), st.integers(5, 8)), max_size=12), st.randoms())
def test_groups_add_up_to_the_whole_and_order_makes_no_difference(
    rows: list[tuple[dict[str, object], int, int]], chance: random.Random
):
    lists = [Submitted("po-pupil@1", answers, group, year) for answers, group, year in rows]
    cells = measure_cells([PLEASURE, HOME, BORROWS], LISTS, lists)
    shuffled = list(lists)
    chance.shuffle(shuffled)
    assert measure_cells([PLEASURE, HOME, BORROWS], LISTS, shuffled) == cells
    for kind in ("group:", "year_group:"):
        parts = [row for row in cells if row.breakdown.startswith(kind)]
        whole = [row for row in cells if row.breakdown == ""]
        assert sum(row.persons for row in parts) == sum(row.persons for row in whole)
        assert sum(Fraction(row.denominator) for row in parts) == sum(
            Fraction(row.denominator) for row in whole
        )
    for row in cells:
        assert row.sum_squares * row.denominator - row.total**2 + 1e-6 >= 0
