"""The shipped measures: each can be read from its list, and each question has its figure."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.indicators.domain.measures import MeasureBody
from leesbouw.monitor.domain.answers import clean_answers
from leesbouw.monitor.domain.measuring import Measured, Submitted, measure_cells, rule_faults, rule_of
from leesbouw.monitor.domain.questionnaire import CHOICES, Item, QuestionnaireBody

CONTENT = Path(settings.CONTENT_FOLDER)
POPULATIONS = {
    "pupil": "pupils",
    "teacher": "teachers",
    "worker": "teachers",
    "consultant": "locations",
    "coordinator": "locations",
    "library": "locations",
}
OF_LENDING = {"loans-last-year", "borrowed-last-month"}  # facts that lending counts, with figures of its own
PROFILE = {"background", "school", "location"}  # who one is and how large: no figure about reading


def read(kind: str) -> dict[str, dict[str, object]]:
    files = sorted((CONTENT / kind).glob("*.toml"))
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8"))["body"] for path in files}


LISTS = {key: QuestionnaireBody.model_validate(body) for key, body in read("questionnaire").items()}
BODIES = {key.partition("@")[0]: MeasureBody.model_validate(body) for key, body in read("measure").items()}
# Not every measure is the Monitor's: lending and collection will have rules of their own.
MEASURES = [
    Measured(code, 1, rule_of(body.rule)) for code, body in BODIES.items() if "questionnaire" in body.rule
]


def test_every_measure_can_be_read_from_its_list():
    faults = [
        f"{one.code}: {fault}"
        for one in MEASURES
        for fault in rule_faults(one.rule, LISTS[f"{one.rule.questionnaire}@1"])
    ]
    assert faults == []


def test_a_measure_says_of_whom_it_is_and_what_kind_of_number():
    for one in MEASURES:
        body, of = BODIES[one.code], LISTS[f"{one.rule.questionnaire}@1"]
        assert body.population == POPULATIONS[of.respondent], one.code
        assert (body.kind == "share") == (one.rule.op == "share"), one.code
        assert (body.unit == "van 100") == (one.rule.op == "score"), one.code


def test_every_question_about_reading_has_a_figure():
    measured = {
        (one.rule.questionnaire, name)
        for one in MEASURES
        for part in one.rule.parts()
        for name in (part.item, part.per)
    }
    left = [
        f"{key} {item.code}"
        for key, one in LISTS.items()
        for item in one.items
        if item.kind != "open" and item.topic not in PROFILE and item.fact not in OF_LENDING
        if (key.partition("@")[0], item.code) not in measured
    ]
    assert left == []


def test_the_main_measures_of_primary_schools_are_those_of_the_published_reports():
    main = {
        code
        for code, body in BODIES.items()
        if body.main and str(body.rule.get("questionnaire"))[:3] == "po-"
    }
    assert main == {
        "reading-pleasure",
        "reading-pleasure-three-faces",
        "reads-weekly",
        "reads-daily",
        "reads-never",
        "borrows-at-school",
        "visits-public-library",
        "likes-school-library",
        "likes-school-library-three-faces",
        "finds-books-at-school",
        "tips-from-teacher",
        "home-climate",
        "talks-about-reading-at-home",
        "free-reading-daily",
        "free-reading-minutes",
        "reads-aloud-often",
        "reads-aloud-daily",
        "introduces-books",
        "book-circle",
        "school-library-weekly",
        "talks-with-parents",
        "teacher-activity",
        "books-per-pupil",
        *(
            f"block-{block}"
            for block in (
                "network",
                "expertise",
                "plan",
                "collection",
                "activities",
                "monitor",
                "digital",
            )
        ),
    }


def test_no_measure_calls_itself_official():
    for one in MEASURES:
        data = tomllib.loads((CONTENT / "measure" / f"{one.code}@1.toml").read_text(encoding="utf-8"))
        assert data["status"] == "voorbeeld"
        assert "niet die van de officiële Monitor" in data["source"]
        assert data["title"] == data["body"]["name"]


def sent_for(item: Item, questionnaire: QuestionnaireBody) -> st.SearchStrategy[list[str]]:
    """What a device may send for an item, nothing included."""
    if item.kind in CHOICES:
        one = st.sampled_from([str(option.value) for option in questionnaire.answers_of(item)])
        return st.lists(one, max_size=3)
    return st.lists(st.integers(int(item.low), int(item.high)).map(str), max_size=1)


@given(st.data(), st.sampled_from(sorted(LISTS)))
def test_any_list_gives_shares_of_one_and_scores_of_a_hundred(data: st.DataObject, key: str):
    asked = LISTS[key]
    raw = {item.code: data.draw(sent_for(item, asked)) for item in asked.items}
    answers = clean_answers(asked, raw, modules=[module.code for module in asked.modules])
    rows = measure_cells(MEASURES, LISTS, [Submitted(key, answers.coded, year_group=answers.year_group)])
    for row in rows:
        assert row.persons == row.denominator == 1
        assert row.total >= 0
        if BODIES[row.measure].kind == "share":
            assert row.numerator in (0, 1)
        elif BODIES[row.measure].unit == "van 100":
            assert row.total <= 100 + 1e-9
