"""Published national figures."""

import pytest

from leesbouw.core import content
from leesbouw.indicators.queries import (
    context_for,
    measures,
    newest_reference,
    published,
    references_for,
)

pytestmark = pytest.mark.django_db


def test_the_last_published_figure_of_a_measure_is_the_reference():
    newest = newest_reference("reading-pleasure")
    assert (newest.period, newest.share) == ("2022", 0.74)
    assert [row.value for row in references_for("reads-aloud-often")] == [75, 78]


def test_a_bound_is_shown_as_one_and_is_no_reference():
    pilot = references_for("reading-pleasure")[0]
    assert (pilot.period, pilot.value, pilot.bound) == ("2011 pilot", 90, "at_least")
    assert newest_reference("vo-reading-pleasure").share == 0.39
    assert newest_reference("home-climate") is None


def test_other_studies_are_context_and_never_reference():
    others = [row for row in published().body.rows if row.study == "other"]
    assert others
    assert all(row.measure == "" for row in others)
    assert {row.value for row in context_for("po 10 jaar")} == {81}


def test_every_figure_has_a_source_and_every_measure_exists():
    known = measures()
    for row in published().body.rows:
        assert row.source
        assert row.value is not None or row.words, row
        assert row.measure == "" or row.measure in known


def test_the_note_stays_where_a_source_contradicts_itself():
    noted = [row for row in published().body.rows if row.period == "2022" and row.value == 2269]
    assert "2.296" in noted[0].note
    assert content.current("reference", "published").status == "officieel"
