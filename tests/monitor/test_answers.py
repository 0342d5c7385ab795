"""What is kept of a list: only what was asked, only what is an answer, whatever a device sends."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Collection
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.monitor.domain.answers import Answers, as_form, clean_answers, shown_items
from leesbouw.monitor.domain.questionnaire import QuestionnaireBody

FOLDER = Path(settings.CONTENT_FOLDER) / "questionnaire"
LISTS = {
    path.stem: QuestionnaireBody.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))["body"])
    for path in sorted(FOLDER.glob("*.toml"))
}
PUPIL = LISTS["po-pupil@1"]

# One item of each kind, with a route: A02 and A03 are for who has a library, A04 for who chose 2 there as well.
SMALL = QuestionnaireBody.model_validate(
    {
        "sector": "po",
        "respondent": "teacher",
        "minutes": 1,
        "intro": "Dag.",
        "thanks": "Dank je.",
        "modules": [{"code": "extra", "title": "Extra"}],
        "topics": [{"code": "reading", "title": "Lezen"}],
        "items": [
            {"code": code, "topic": "reading", "text": "Vraag?", "status": "A", **more}
            for code, more in {
                "A00": {
                    "kind": "single",
                    "is_year_group": True,
                    "options": [{"value": n, "label": str(n)} for n in (3, 4, 5)],
                },
                "A01": {
                    "kind": "single",
                    "options": [
                        {"value": 1, "label": "ja"},
                        {"value": 2, "label": "een beetje"},
                        {"value": 97, "label": "is er niet", "counts": False},
                    ],
                },
                "A02": {
                    "kind": "multi",
                    "show_if": {"item": "A01", "values": [1, 2]},
                    "options": [
                        {"value": 1, "label": "oma"},
                        {"value": 2, "label": "opa"},
                        {"value": 3, "label": "niemand", "exclusive": True},
                    ],
                },
                "A03": {"kind": "hours", "high": 40, "year_groups": [3, 4]},
                "A04": {
                    "kind": "number",
                    "low": 1,
                    "high": 2000,
                    "show_if": {"item": "A02", "values": [2]},
                },
                "A05": {"kind": "grade", "low": 1, "high": 10, "module": "extra"},
                "A06": {"kind": "open"},
            }.items()
        ],
    }
)


def codes(questionnaire: QuestionnaireBody, **asked: object) -> list[str]:
    return [item.code for item in shown_items(questionnaire, **asked)]


def test_a_class_that_tells_the_year_group_is_not_asked_for_it():
    assert codes(SMALL) == ["A00", "A01", "A02", "A03", "A04", "A06"]
    assert codes(SMALL, year_group=4) == ["A01", "A02", "A03", "A04", "A06"]
    assert codes(SMALL, year_group=5, modules=["extra"]) == ["A01", "A02", "A04", "A05", "A06"]


def test_a_pupil_gets_no_question_about_her_background_unless_the_round_says_so():
    usual = codes(PUPIL, year_group=6, modules=PUPIL.default_modules())
    assert len(usual) == 23
    assert usual[:2] == ["L10", "L11"]
    assert not {"L02", "L03", "L04", "L80"} & set(usual)
    assert "L50" not in codes(PUPIL, year_group=6)
    assert codes(PUPIL, year_group=6, modules=["background"])[:4] == ["L02", "L03", "L04", "L10"]


def test_a_special_school_gets_at_most_fifteen_questions():
    shown = codes(PUPIL, year_group=6, modules=["school-library", "extra"], variant="sbo")
    assert len(shown) == 14
    assert [option.label for option in PUPIL.answers_of(PUPIL.item("L10"), "sbo")] == [
        "niet leuk",
        "gaat wel",
        "leuk",
    ]


def test_a_whole_list_is_kept_as_it_was_filled_in():
    raw = {
        "A00": ["4"],
        "A01": ["2"],
        "A02": ["2", "1"],
        "A03": ["3,5"],
        "A04": ["1.500"],
        "A05": ["8"],
        "A06": ["  Fijn!\r\nTot ziens.  "],
    }
    assert clean_answers(SMALL, raw, modules=["extra"]) == Answers(
        {"A01": 2, "A02": [1, 2], "A03": 3.5, "A04": 1500, "A05": 8}, {"A06": "Fijn!\nTot ziens."}, 4
    )


@pytest.mark.parametrize(
    ("raw", "coded"),
    [
        ({"A01": ["3"]}, {}),
        ({"A01": ["x"]}, {}),
        ({"A01": []}, {}),
        ({"A01": ["٢"]}, {}),
        ({"A01": ["9", "1"]}, {"A01": 1}),
        ({"Z99": ["1"]}, {}),
        ({"A05": ["8"]}, {}),  # the module is off
        ({"A02": ["3", "1"]}, {"A02": [1]}),  # nobody, and grandmother: grandmother
        ({"A02": ["3"]}, {"A02": [3]}),
        ({"A02": ["1", "1"]}, {"A02": [1]}),
        ({"A03": ["41"]}, {}),
        ({"A03": ["-1"]}, {}),
        ({"A03": ["2.3"]}, {"A03": 2.5}),
        ({"A03": ["nan"]}, {}),
        ({"A03": ["1e1"]}, {}),
        ({"A04": ["12,5"]}, {}),
        ({"A04": ["0"]}, {}),
        ({"A01": ["97"], "A02": ["1"]}, {"A01": 97}),  # there is none, so nobody is asked about it
        ({"A01": ["97"], "A02": ["2"], "A04": ["5"]}, {"A01": 97}),  # nor what hangs on that
        ({"A02": ["1"], "A04": ["5"]}, {"A02": [1]}),
        ({"A04": ["5"]}, {"A04": 5}),  # passed over A01 and A02, which skips nothing
    ],
)
def test_what_is_no_answer_is_left_out(raw: dict[str, list[str]], coded: dict[str, object]):
    assert clean_answers(SMALL, raw, year_group=3) == Answers(coded, {}, 3)


def test_the_year_group_that_was_chosen_decides_what_is_kept():
    assert clean_answers(SMALL, {"A00": ["5"], "A03": ["2"]}) == Answers({}, {}, 5)
    assert clean_answers(SMALL, {"A00": ["3"], "A03": ["2"]}) == Answers({"A03": 2.0}, {}, 3)
    assert clean_answers(SMALL, {"A00": ["5"], "A03": ["2"]}, year_group=3).coded == {"A03": 2.0}


def test_free_text_is_cut_and_holds_nothing_that_a_database_refuses():
    said = clean_answers(SMALL, {"A06": ["\x00\ud800 a\u00a0b\t" + "x" * 600]}, year_group=3).said["A06"]
    assert said == "a b " + "x" * 496
    assert clean_answers(SMALL, {"A06": [" \x00\n "]}, year_group=3).is_empty


def test_in_three_faces_the_fourth_answer_is_none():
    raw = {"L10": ["4"], "L11": ["3"]}
    assert clean_answers(PUPIL, raw, year_group=6, variant="sbo").coded == {"L11": 3}
    assert clean_answers(PUPIL, raw, year_group=6).coded == {"L10": 4, "L11": 3}


def is_valid(questionnaire: QuestionnaireBody, answers: Answers, variant: str) -> bool:
    """Judged apart from the code under test: every value is one that its item has."""
    for code, value in answers.coded.items():
        item = questionnaire.item(code)
        known = {option.value for option in questionnaire.answers_of(item, variant)}
        alone = {option.value for option in questionnaire.answers_of(item, variant) if option.exclusive}
        if item.kind == "single":
            fits = type(value) is int and value in known
        elif item.kind == "multi":
            fits = isinstance(value, list) and value == sorted(set(value)) and set(value) <= known
            fits = fits and (len(value) == 1 or not set(value) & alone)
        else:
            fits = type(value) in (int, float) and item.low <= value <= item.high
        if not fits:
            return False
    return all(0 < len(text) <= 500 for text in answers.said.values())


CODES = sorted({item.code for one in LISTS.values() for item in one.items} | {"Z99", ""})
SENT = st.lists(st.one_of(st.integers(-2, 120).map(str), st.sampled_from(["97", "2,5", "nan"]), st.text()))


@given(
    st.sampled_from(sorted(LISTS)),
    st.dictionaries(st.sampled_from(CODES), SENT),
    st.none() | st.integers(1, 8),
    st.lists(st.sampled_from(["background", "school-library", "information-skills", "ikc", "x"])),
    st.sampled_from(["", "sbo", "x"]),
)
def test_whatever_is_sent_gives_a_valid_list_that_stays_the_same(
    key: str, raw: dict[str, list[str]], year_group: int | None, modules: Collection[str], variant: str
):
    asked = {"year_group": year_group, "modules": modules, "variant": variant}
    answers = clean_answers(LISTS[key], raw, **asked)
    assert is_valid(LISTS[key], answers, variant)
    assert clean_answers(LISTS[key], as_form(LISTS[key], answers), **asked) == answers
    assert json.loads(json.dumps(answers.coded)) == answers.coded
    assert set(answers.coded) | set(answers.said) <= {item.code for item in shown_items(LISTS[key], **asked)}


@given(st.dictionaries(st.text(), st.lists(st.text())))
def test_a_form_of_anything_at_all_is_taken_calmly(raw: dict[str, list[str]]):
    assert clean_answers(SMALL, raw, year_group=3).coded.keys() <= {"A01", "A02", "A03", "A04"}
