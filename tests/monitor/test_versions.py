"""What changed between two versions of a list, and a list as the columns of a table."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.monitor.domain.answers import clean_answers
from leesbouw.monitor.domain.codebook import codebook, lines_of, raw_of, rows_of
from leesbouw.monitor.domain.measuring import rule_of
from leesbouw.monitor.domain.questionnaire import Item, QuestionnaireBody
from leesbouw.monitor.domain.versions import Change, broken_measures, difference
from leesbouw.monitor.queries import codebook_rows, questionnaire

FILE = Path(settings.CONTENT_FOLDER) / "questionnaire" / "po-pupil@1.toml"
PUPIL = QuestionnaireBody.model_validate(tomllib.loads(FILE.read_text(encoding="utf-8"))["body"])


@pytest.fixture
def pupil() -> QuestionnaireBody:
    return PUPIL


def with_items(body: QuestionnaireBody, items: list[Item]) -> QuestionnaireBody:
    return body.model_copy(update={"items": tuple(items)})


def changed(body: QuestionnaireBody, code: str, **fields: object) -> QuestionnaireBody:
    return with_items(body, [i.model_copy(update=fields) if i.code == code else i for i in body.items])


def what(before: QuestionnaireBody, after: QuestionnaireBody) -> list[tuple[str, set[Change], bool]]:
    return [(one.code, set(one.changes), one.breaks_series) for one in difference(before, after)]


def test_a_list_does_not_differ_from_itself(pupil: QuestionnaireBody):
    assert difference(pupil, pupil) == []


def test_another_wording_or_other_answers_break_a_series(pupil: QuestionnaireBody):
    reworded = changed(pupil, "L10", text="Vind je lezen leuk?")
    assert what(pupil, reworded) == [("L10", {Change.REWORDED}, True)]
    other = changed(pupil, "L20", scale="FREQ4")
    assert what(pupil, other) == [("L20", {Change.ANSWERS}, True)]
    both = changed(pupil, "L20", scale="FREQ4", hint="")
    assert what(pupil, both) == [("L20", {Change.REWORDED, Change.ANSWERS}, True)]


def test_another_word_in_a_scale_changes_every_item_that_uses_it(pupil: QuestionnaireBody):
    can = pupil.scales["KAN4"]
    scale = (*can[:3], can[3].model_copy(update={"label": "dat kan ik supergoed"}))
    after = pupil.model_copy(update={"scales": {**pupil.scales, "KAN4": scale}})
    assert [one.code for one in difference(pupil, after)] == ["L80", "L81", "L82", "L83"]
    faceless = tuple(option.model_copy(update={"face": ""}) for option in pupil.scales["LEUK4"])
    assert difference(pupil, pupil.model_copy(update={"scales": {**pupil.scales, "LEUK4": faceless}})) == []


def test_asking_others_breaks_no_series(pupil: QuestionnaireBody):
    assert what(pupil, changed(pupil, "L70", year_groups=(7, 8))) == [("L70", {Change.ASKED}, False)]
    assert what(pupil, changed(pupil, "L52", show_if=None)) == [("L52", {Change.ASKED}, False)]


def test_what_came_went_and_moved_is_told_apart(pupil: QuestionnaireBody):
    items = [item for item in pupil.items if item.code != "L13"]
    new = pupil.item("L22").model_copy(update={"code": "L24"})
    items = [items[-1], *items[:-1], new]
    assert what(pupil, with_items(pupil, items)) == [
        ("L90", {Change.MOVED}, False),
        ("L24", {Change.ADDED}, False),
        ("L13", {Change.GONE}, False),
    ]


def test_a_measure_breaks_with_any_item_that_it_reads(pupil: QuestionnaireBody):
    share = {"op": "share", "questionnaire": "po-pupil", "item": "L10", "values": [3, 4]}
    home = {"op": "score", "questionnaire": "po-pupil", "items": [{"item": "L60"}, {"item": "L63"}]}
    rules = {"pleasure": rule_of(share), "home": rule_of(home)}
    assert broken_measures(rules, pupil, pupil) == frozenset()
    assert broken_measures(rules, pupil, changed(pupil, "L10", text="Lees je graag?")) == {"pleasure"}
    assert broken_measures(rules, pupil, changed(pupil, "L10", year_groups=(7, 8))) == frozenset()
    shorter = with_items(pupil, [item for item in pupil.items if item.code != "L63"])
    assert broken_measures(rules, pupil, shorter) == broken_measures(rules, shorter, pupil) == {"home"}


@given(st.permutations(range(7)), st.randoms())
def test_the_items_that_stayed_keep_their_order(order: list[int], chance: random.Random):
    body = QuestionnaireBody.model_validate(
        {
            "sector": "po",
            "respondent": "pupil",
            "minutes": 1,
            "intro": "Dag.",
            "thanks": "Dank je.",
            "topics": [{"code": "reading", "title": "Lezen"}],
            "items": [
                {"code": f"A0{n}", "topic": "reading", "text": "?", "kind": "open", "status": "A"}
                for n in range(7)
            ],
        }
    )
    after = with_items(body, [body.items[place] for place in order])
    moved = {one.code for one in difference(body, after)}
    stayed = [item.code for item in after.items if item.code not in moved]
    assert stayed == sorted(stayed)
    longest = max(
        sum(1 for n in range(7) if mask >> n & 1)
        for mask in range(1 << 7)
        if (kept := [place for place in order if mask >> place & 1]) == sorted(kept)
    )
    assert len(stayed) == longest


def test_several_choices_have_a_column_each(pupil: QuestionnaireBody):
    columns = codebook(pupil)
    names = [column.name for column in columns]
    assert names[:5] == ["L02", "L03", "L04", "L10", "L10_sbo"]
    assert [name for name in names if name.startswith("L41")] == [f"L41_{n}" for n in range(1, 9)]
    assert "L90" not in names
    assert len(names) == len(set(names)) == 31 + 4 + 14 + 8 + 9 + 8 + 9 + 8 + 6
    row = dict(zip(names, rows_of(columns)({"L10": 4, "L41": [1, 3]}), strict=True))
    assert (row["L10"], row["L41_1"], row["L41_2"], row["L20"], row["L40_1"]) == (4, 1, 0, None, None)


def test_a_codebook_says_what_the_numbers_mean_and_who_is_in_the_base(db):
    rows = {row.column: row for row in codebook_rows(questionnaire("po-pupil@1"))}
    assert rows["L53"].values[0] == (1, "nooit of bijna nooit")
    assert rows["L53"].base == (
        "Iedereen die antwoord gaf. Alleen gevraagd als het onderdeel “De bibliotheek op school” aan staat."
        " Niet gevraagd aan wie bij L50 iets anders koos dan nooit of bijna nooit, een paar keer in het jaar,"
        " één keer in de maand, een paar keer in de maand, elke week."
    )
    assert rows["L50"].values[-1] == (97, "die is er niet")
    assert rows["L50"].base.endswith("Telt nooit mee: die is er niet.")
    assert rows["L41_1"].text == "Van wie krijg je tips voor leuke boeken? [van de juf of meester]"
    assert rows["L41_1"].values == ((0, "niet gekozen"), (1, "gekozen"))
    assert rows["L10"].topic == "Wat vind je van lezen?"
    teacher = {row.column: row for row in codebook_rows(questionnaire("po-teacher@1"))}
    assert "Alleen gevraagd in groep of leerjaar 5, 6, 7, 8." in teacher["T61"].base


def test_a_table_is_read_by_code_official_code_number_and_words(pupil: QuestionnaireBody):
    official = changed(pupil, "L20", official_code="LF-3")
    row = {
        "L10": " Erg leuk ",
        "LF-3": "4",
        "L22": "misschien",
        "L40": "1| ze staan bij ons thuis",
        "L41_1": "1",
        "L41_3": "X",
        "L41_5": "0",
        "Schooltje": "1",
        "L01": "groep 6",
    }
    answers = clean_answers(official, raw_of(official, row))
    assert answers.coded == {"L10": 4, "L20": 4, "L40": [1, 4], "L41": [1, 3]}
    assert answers.year_group == 6


LISTS = st.fixed_dictionaries(
    {},
    optional={
        "L10": st.integers(1, 4),
        "L50": st.sampled_from([1, 5, 97]),
        "L41": st.lists(st.integers(1, 7), min_size=1, unique=True).map(sorted),
        "L40": st.lists(st.integers(1, 8), min_size=1, unique=True).map(sorted) | st.just([9]),
    },
)


@given(LISTS)
def test_what_leaves_as_a_table_comes_back_the_same(coded: dict[str, object]):
    columns = codebook(PUPIL)
    row = {
        column.name: "" if value is None else str(value)
        for column, value in zip(columns, rows_of(columns)(coded), strict=True)
    }
    assert clean_answers(PUPIL, raw_of(PUPIL, row), modules=["school-library"]).coded == coded


@given(LISTS, st.sampled_from(["", "sbo"]))
def test_a_line_says_the_same_as_a_row(coded: dict[str, object], variant: str):
    columns = codebook(PUPIL)
    row = rows_of(columns, variant)(coded)
    assert lines_of(columns, variant)(coded).split(";") == ["" if cell is None else str(cell) for cell in row]


def test_a_half_hour_stands_in_a_line_with_the_sign_of_its_country():
    (column, *_rest) = codebook(PUPIL)
    line = lines_of([column], decimal=",")
    assert [line({column.item.code: hours}) for hours in (1, 1.5, 1.0, 0)] == ["1", "1,5", "1", "0"]
