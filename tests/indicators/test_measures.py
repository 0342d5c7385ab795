"""Measures as content: what a file must say, and which version is meant."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from leesbouw.core.content import ContentItem, forget_cache
from leesbouw.indicators.domain.measures import MeasureBody
from leesbouw.indicators.queries import measure, measures

SHARE = {
    "name": "Leesplezier",
    "says": "vindt lezen leuk",
    "population": "pupils",
    "kind": "share",
    "topic": "motivation",
    "definition": "Het deel van de leerlingen dat lezen best leuk of erg leuk vindt.",
}


def store(code: str, version: int, **changes: Any) -> ContentItem:
    forget_cache()
    return ContentItem.objects.create(
        kind="measure",
        code=code,
        version=version,
        title=code,
        source="een toets",
        status="voorbeeld",
        sha256=f"{code}{version}",
        data={**SHARE, **changes},
    )


def test_a_measure_says_what_it_needs_and_the_rest_has_a_default() -> None:
    body = MeasureBody.model_validate(SHARE)

    assert (body.unit, body.main, body.higher_is_better) == ("%", False, True)
    assert (body.comparable_with, body.rule) == ((), {})


@pytest.mark.parametrize(
    "changes",
    [
        {"population": "parents"},
        {"kind": "median"},
        {"unit": "minuten per week"},
        {"kind": "mean"},
        {"definition": ""},
        {"comparable_with": [0]},
        {"colour": "red"},
    ],
)
def test_a_measure_that_is_none_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        MeasureBody.model_validate({**SHARE, **changes})


@pytest.mark.django_db
def test_the_newest_version_counts_unless_an_older_one_is_asked() -> None:
    store("reading-at-test", 1)
    store("reading-at-test", 2, comparable_with=[1], name="Plezier in lezen")

    assert measures()["reading-at-test"].key == "reading-at-test@2"
    assert measure("reading-at-test").body.name == "Plezier in lezen"
    assert measure("reading-at-test", 1).body.name == "Leesplezier"
    assert measure("reading-at-test").chain == (1, 2)


@pytest.mark.django_db
def test_a_measure_that_is_not_there_is_an_error() -> None:
    store("reading-at-test", 1)

    with pytest.raises(LookupError, match="reading-at-test@3"):
        measure("reading-at-test", 3)
    with pytest.raises(LookupError, match="no content measure/nothing"):
        measure("nothing")
