"""What came out of the questions that a library added itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from leesbouw.core.access import SYSTEM
from leesbouw.core.jobs import work_off
from leesbouw.core.time import SchoolYear, today
from leesbouw.indicators import queries as indicators
from leesbouw.indicators.enums import Reason
from leesbouw.indicators.models import Published
from leesbouw.indicators.queries import Hidden, Shown
from leesbouw.monitor import actions, queries
from leesbouw.monitor.actions import FilledIn
from leesbouw.monitor.domain.calendar import Calendar
from leesbouw.monitor.enums import Respondent
from leesbouw.monitor.models import LocalQuestion, Participation, Round
from tests.factories.cast import Cast

from .test_rounds import plan

pytestmark = pytest.mark.django_db
OPTIONS = ["in bed", "op school", "nooit"]


def asked(cast: Cast, respondent: str = "pupil") -> tuple[Round, LocalQuestion]:
    """A round that opened today with school A1 in it, and one question of the library itself."""
    day = today()
    calendar = Calendar(day, day, day + timedelta(days=60), day + timedelta(days=70))
    row = plan(cast, year=SchoolYear.running(), calendar=calendar)
    question = actions.save_local_question(
        round=row, respondent=respondent, text="Waar lees je?", options=OPTIONS, by=cast.manager
    )
    actions.save_local_question(round=row, respondent=respondent, text="Waarom?", by=cast.manager)
    actions.enrol(round=row, location_ids=[cast.a1.pk], by=cast.manager)
    return actions.open_round(round=row, by=cast.manager), question


def closed_with(cast: Cast, row: Round, respondent: str, *numbers: int) -> Participation:
    """The school closes after so many gave each answer; the last number skipped the question."""
    key = row.questionnaires[respondent]
    values = [value for value, many in enumerate(numbers, 1) for _each in range(many)]
    one = row.participations.get()
    lists = [
        FilledIn(Respondent(respondent), key, {"EV01": value} if value <= len(OPTIONS) else {}, year_group=6)
        for value in values
    ]
    actions.store_lists(participation=one, lists=lists, by=SYSTEM)
    actions.close_participation(participation=one, by=cast.manager)
    work_off()
    return Participation.objects.select_related("round__library", "location").get(pk=one.pk)


def test_a_question_of_the_library_is_the_last_topic_of_the_report(cast: Cast) -> None:
    row, _question = asked(cast)
    one = closed_with(cast, row, "pupil", 6, 3, 1, 4)

    topic = queries.school_report(cast.head, one).topics[-1]
    (chart,) = topic.charts
    assert (topic.title, topic.number, chart.title) == ("Vragen van de bibliotheek", 8, "Waar lees je?")
    assert chart.sentence == "Het vaakst gekozen: “in bed”, door 60% van 10 leerlingen."
    assert list(chart.categories) == OPTIONS
    assert [(point.value, point.base) for point in chart.series[0].points] == [
        (0.6, 10),
        (0.3, 10),
        (0.1, 10),
    ]
    assert len(chart.series) == 1  # one school is no library


def test_a_report_without_such_questions_has_no_such_topic(cast: Cast) -> None:
    day = today()
    calendar = Calendar(day, day, day + timedelta(days=60), day + timedelta(days=70))
    row = plan(cast, year=SchoolYear.running(), calendar=calendar)
    actions.enrol(round=row, location_ids=[cast.a1.pk], by=cast.manager)
    one = closed_with(cast, actions.open_round(round=row, by=cast.manager), "pupil", 6)
    assert "own" not in {topic.code for topic in queries.school_report(cast.head, one).topics}


@pytest.mark.parametrize(
    ("respondent", "many", "is_shown"),
    [
        ("pupil", 4, False),
        ("pupil", 5, True),
        ("teacher", 2, False),
        ("teacher", 3, True),
    ],
)
def test_four_pupils_or_two_teachers_stay_unknown(
    respondent: str, many: int, is_shown: bool, cast: Cast
) -> None:
    row, _question = asked(cast, respondent)
    one = closed_with(cast, row, respondent, many, 0, 0, 9)

    (chart,) = queries.school_report(cast.head, one).topics[-1].charts
    assert [point.value for point in chart.series[0].points] == ([1.0, 0.0, 0.0] if is_shown else [None] * 3)
    assert chart.series[0].points[0].hidden == ("" if is_shown else Reason.FEW_PERSONS.label)


def test_the_library_shows_two_schools_together_and_not_one(cast: Cast) -> None:
    row, question = asked(cast)
    code = f"local:pupils:{question.pk}:1"
    closed_with(cast, row, "pupil", 6, 3, 1)
    (alone,) = indicators.figures(cast.manager, code, [cast.library_a], [SchoolYear.running()])
    assert alone.result == Hidden(Reason.FEW_LOCATIONS, 1)
    assert queries.own_charts(cast.manager, row, cast.library_a)[0].series[0].points[0].value is None

    Participation.objects.create(round=row, location=cast.a2, authorised_on=today())
    second = Participation.objects.get(location=cast.a2)
    lists = [FilledIn(Respondent.PUPIL, "po-pupil@1", {"EV01": 2}, year_group=6) for _each in range(10)]
    actions.store_lists(participation=second, lists=lists, by=SYSTEM)
    actions.close_participation(participation=second, by=SYSTEM)
    work_off()

    (together,) = indicators.figures(cast.manager, code, [cast.library_a], [SchoolYear.running()])
    assert isinstance(together.result, Shown)
    assert (together.result.value, together.result.base, together.result.locations) == (0.3, 20, 2)
    (chart,) = queries.own_charts(cast.manager, row, cast.library_a)
    assert chart.sentence == "Het vaakst gekozen: “op school”, door 65% van 20 leerlingen."


def test_such_a_question_is_counted_for_everybody_together_only(cast: Cast) -> None:
    row, question = asked(cast)
    one = closed_with(cast, row, "pupil", 6, 6, 0)
    rows = Published.objects.filter(unit=one.location_id, code__startswith=f"local:pupils:{question.pk}:")
    assert sorted(rows.values_list("code", "breakdown")) == [
        (f"local:pupils:{question.pk}:{value}", "") for value in (1, 2, 3)
    ]


def test_the_coordinator_reads_it_on_the_page_of_the_round(cast: Cast, client_for) -> None:
    row, _question = asked(cast)
    closed_with(cast, row, "pupil", 6, 3, 1)
    client: Client = client_for(cast.manager)
    assert (
        f"/monitor/ronde/{row.pk}/eigen-vragen/" in client.get(f"/monitor/ronde/{row.pk}/").content.decode()
    )
    page = client.get(f"/monitor/ronde/{row.pk}/eigen-vragen/").content.decode()
    assert "Wat eruit kwam" in page
    assert str(Reason.FEW_LOCATIONS.label) in page
    assert client_for(cast.other_library).get(f"/monitor/ronde/{row.pk}/eigen-vragen/").status_code == 404


def test_a_code_that_is_of_nobody_is_no_measure() -> None:
    assert indicators.measure("local:pupils:12:3").key == "local:pupils:12:3@1"
    with pytest.raises(LookupError):
        indicators.measure("nobody:pupils:12:3")
