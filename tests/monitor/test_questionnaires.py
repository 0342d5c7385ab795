"""Questionnaires as content: what a file must be, and what the shipped ones are."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from pydantic import ValidationError

from leesbouw.monitor.domain.answers import shown_items
from leesbouw.monitor.domain.questionnaire import QuestionnaireBody
from leesbouw.monitor.queries import questionnaire, questionnaires_of, versions_of

FOLDER = Path(settings.CONTENT_FOLDER) / "questionnaire"


def small(**changes: object) -> dict[str, object]:
    """The smallest list with a route, a variant and an answer that does not count."""
    body: dict[str, object] = {
        "sector": "po",
        "respondent": "pupil",
        "minutes": 1,
        "intro": "Dag.",
        "thanks": "Dank je.",
        "scales": {
            "S2": [{"value": 1, "label": "nee"}, {"value": 2, "label": "ja"}],
            "S3": [{"value": 1, "label": "a"}, {"value": 2, "label": "b"}, {"value": 3, "label": "c"}],
        },
        "topics": [{"code": "reading", "title": "Lezen"}],
        "variants": [{"code": "sbo", "title": "Kort", "sectors": ["sbo"], "items": ["A01"]}],
        "items": [
            item(
                code="A01",
                scale="S2",
                variants={"sbo": "S3"},
                options=[{"value": 97, "label": "is er niet", "counts": False}],
            ),
            item(code="A02", scale="S2", show_if={"item": "A01", "values": [2]}),
        ],
    }
    return body | changes


def item(**changes: object) -> dict[str, object]:
    return {"topic": "reading", "text": "Lees je?", "kind": "single", "status": "A"} | changes


def test_the_answers_of_an_item_are_those_of_its_scale_and_then_its_own():
    body = QuestionnaireBody.model_validate(small())
    assert [option.value for option in body.answers_of(body.item("A01"))] == [1, 2, 97]
    assert [option.value for option in body.answers_of(body.item("A01"), "sbo")] == [1, 2, 3, 97]
    assert body.variant_for("sbo") == "sbo"
    assert body.variant_for("po") == ""


@pytest.mark.parametrize(
    ("items", "fault"),
    [
        ([item(code="A01", scale="S2"), item(code="A01", scale="S3")], "A01 occurs twice"),
        ([item(code="A01", scale="S9")], "unknown scale S9"),
        ([item(code="A01", scale="S2", topic="x")], "A01: unknown topic"),
        ([item(code="A01", scale="S2", module="x")], "A01: unknown topic, module or variant"),
        ([item(code="A01", scale="S2", variants={"x": "S3"})], "A01: unknown topic, module or variant"),
        ([item(code="A01")], "choices, and only choices"),
        ([item(code="A01", kind="open", scale="S2")], "choices, and only choices"),
        ([item(code="A01", kind="grade")], "a grade runs from 1 to 10"),
        (
            [item(code="A01", scale="S2", show_if={"item": "A01", "values": [1]})],
            "A01: routing must point back",
        ),
        (
            [
                item(code="A01", kind="open"),
                item(code="A02", scale="S2", show_if={"item": "A01", "values": [1]}),
            ],
            "A02: routing must point back to an earlier choice",
        ),
        (
            [
                item(code="A01", scale="S2"),
                item(code="A02", scale="S2", show_if={"item": "A01", "values": [3]}),
            ],
            "A02: A01 has no such answer",
        ),
        ([item(code="A01", scale="S2", options=[{"value": 4, "label": "d"}])], "1, 2, … in order"),
        (
            [item(code="A01", scale="S2", options=[{"value": 3, "label": "d", "counts": False}])],
            "what does not count is 97, 98 or 99",
        ),
        (
            [item(code="A01", scale="S2", options=[{"value": 3, "label": "d", "exclusive": True}])],
            "put out the others",
        ),
        ([item(code="a-1", scale="S2")], "code"),
        ([item(code="A01", options=[{"value": 1, "label": "", "face": "wow"}])], "label"),
    ],
)
def test_a_list_whose_parts_do_not_fit_is_refused(items: list[dict[str, object]], fault: str):
    with pytest.raises(ValidationError, match=fault):
        QuestionnaireBody.model_validate(small(items=items, variants=[]))


def test_a_scale_and_a_topic_that_nothing_uses_are_refused():
    extra = [{"code": "reading", "title": "Lezen"}, {"code": "home", "title": "Thuis"}]
    with pytest.raises(ValidationError, match="topic home has no item"):
        QuestionnaireBody.model_validate(small(topics=extra))
    only = [item(code="A01", scale="S2")]
    with pytest.raises(ValidationError, match="scale S3 is never used"):
        QuestionnaireBody.model_validate(small(items=only, variants=[]))


def test_the_list_of_pupils_is_found_by_its_key_and_by_sector(db):
    pupil = questionnaire("po-pupil@1")
    assert (pupil.key, pupil.status, pupil.body.minutes) == ("po-pupil@1", "voorbeeld", 10)
    assert questionnaires_of("po")["pupil"] == pupil
    assert versions_of("po-pupil") == [pupil]
    assert pupil.body.default_modules() == ("school-library",)
    for key in ("po-pupil@2", "po-pupil", "po-pupil@x", "nothing@1"):
        with pytest.raises(LookupError):
            questionnaire(key)


@pytest.mark.parametrize(
    ("sector", "lists"),
    [
        (
            "po",
            {"pupil": ("po-pupil", 40), "teacher": ("po-teacher", 38), "consultant": ("po-consultant", 44)},
        ),
        (
            "vo",
            {"pupil": ("vo-pupil", 33), "teacher": ("vo-teacher", 27), "consultant": ("vo-consultant", 28)},
        ),
        (
            "ko",
            {
                "worker": ("childcare-worker", 30),
                "coordinator": ("childcare-coordinator", 23),
                "library": ("childcare-library", 8),
            },
        ),
    ],
)
def test_everybody_who_answers_has_a_list(db, sector: str, lists: dict[str, tuple[str, int]]):
    found = {who: (one.code, len(one.body.items)) for who, one in questionnaires_of(sector).items()}
    assert found == lists


def test_who_teaches_a_lower_group_is_not_asked_about_information_skills():
    body = QuestionnaireBody.model_validate(
        tomllib.loads((FOLDER / "po-teacher@1.toml").read_text(encoding="utf-8"))["body"]
    )
    asked = {group: len(shown_items(body, group, ["information-skills"])) for group in (1, 4, 5, 8)}
    assert asked == {1: 28, 4: 28, 5: 36, 8: 36}


def test_no_shipped_list_calls_itself_official():
    for path in FOLDER.glob("*.toml"):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        assert data["status"] == "voorbeeld", path.name
        assert "officieel" not in data["title"].lower()
        assert "niet de officiële vragenlijst" in data["source"]
        assert {item.get("official_code", "") for item in data["body"]["items"]} == {""}
