"""A year in which a measure got another version: part of the schools had closed, and part had not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leesbouw.core.access import SYSTEM
from leesbouw.core.content import ContentItem, forget_cache
from leesbouw.core.time import today
from leesbouw.indicators.actions import publish
from leesbouw.indicators.queries import measure
from leesbouw.monitor.models import Participation
from leesbouw.monitor.queries.reports import reading
from leesbouw.organisations.models import Location
from tests.factories.cast import Cast
from tests.indicators.cells import close, share

from .test_level_reports import NOW, PLEASURE, motivation, report
from .test_level_reports import measured as measured
from .test_rounds import going

pytestmark = pytest.mark.django_db


def otherwise() -> None:
    """The newcomers measured after reading pleasure got another version, which may stand in no line with the first."""
    first = measure(PLEASURE).body
    ContentItem.objects.create(
        kind="measure",
        code=PLEASURE,
        version=2,
        title="Leesplezier",
        source="een toets",
        status="voorbeeld",
        sha256="2",
        data=first.model_dump(mode="json"),
    )
    forget_cache()
    for school in Location.objects.filter(name__startswith="Zeskant"):
        close(
            school,
            *(replace(one, version=2) for one in (share(16, 20), share(8, 10, "year_group:5"))),
            year=NOW,
        )
    publish(year=NOW, by=SYSTEM)


def test_what_was_counted_in_an_earlier_version_is_told_as_left_out(measured: Cast) -> None:
    otherwise()
    found = motivation(report(measured, "manager", "elzen"))

    assert found.charts[0].asked == (
        "Locaties in deze cijfers: 2. Een deel van de locaties telde dit op een eerdere manier en zit er niet in:"
        " Leesplezier."
    )
    assert [(one.name, one.points[0].value) for one in found.charts[0].series] == [
        ("Elzen", 0.8),
        ("gepubliceerd voor heel Nederland", 0.74),
    ]
    assert not any("groep 5" in chart.categories for chart in found.charts)  # one group alone is no picture
    assert found.beside.rows[0][1][:2] == (("Elzen", "80% (40)"), ("Bibliotheek Elzen", "80% (40)"))


def test_a_school_stands_beside_what_was_counted_as_its_own(measured: Cast) -> None:
    """The two that closed before the new version are held against each other, and never against the newcomers."""
    otherwise()
    round = going(measured)
    Participation.objects.filter(round=round, location=measured.a1.pk).update(closed_on=today())
    row = Participation.objects.get(round=round, location=measured.a1.pk)
    lines = {line.code: line for line in reading.lines_of(measured.manager, row)}
    assert lines[PLEASURE].version == 1
    assert dict(lines[PLEASURE].levels)["Elzen"].value == 0.5
    assert [label for label, _figure in lines[PLEASURE].groups] == ["groep 5", "groep 6"]
