"""A school with some children, and who may see them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from leesbouw.core.access import Actor
from tests.factories.cast import Cast, add_person
from tests.factories.pupils import Class, make_class

TODAY = "2026-11-16 10:00+01:00"


@pytest.fixture(autouse=True)
def _a_monday_in_november(request: pytest.FixtureRequest) -> Iterator[None]:
    if "cast" in request.fixturenames:
        request.getfixturevalue("cast")
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def school(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Class:
    """School A1 with four children; there is a processing agreement."""
    monkeypatch.setattr("leesbouw.pupils.actions.storing.has_agreement", lambda *_: True)
    monkeypatch.setattr("leesbouw.pupils.queries.gate.has_agreement", lambda *_: True)
    return make_class(cast.a1)


@pytest.fixture
def coordinator(cast: Cast) -> Actor:
    return add_person("coordinator", "reading-coordinator", cast.a1)
