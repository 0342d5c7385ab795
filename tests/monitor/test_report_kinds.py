"""A report is in the words of its measurement: a child-care location reads of its workers, not of teachers and classes."""

from __future__ import annotations

import pytest

from leesbouw.core.access import SYSTEM
from leesbouw.core.jobs import work_off
from leesbouw.monitor import actions, queries
from leesbouw.monitor.actions import FilledIn
from leesbouw.monitor.models import Participation
from tests.factories.cast import Cast
from tests.factories.ground import floor
from tests.factories.monitor import running_round

pytestmark = pytest.mark.django_db


def worker(aloud: int) -> FilledIn:
    """A worker with babies who reads aloud so often (5 is every day)."""
    coded = {"PM02": [1], "PM10a": aloud}
    return FilledIn(respondent="worker", questionnaire="childcare-worker@1", coded=coded)


@floor
def closed(cast: Cast) -> Participation:
    running = running_round(cast, kind="ko", location=cast.k1)
    lists = [worker(5)] * 3 + [worker(1)]
    library = FilledIn(respondent="library", questionnaire="childcare-library@1", coded={"BB10": 2})
    actions.store_lists(participation=running.participation, lists=[*lists, library], by=SYSTEM)
    actions.close_participation(participation=running.participation, by=cast.manager)
    work_off()
    return Participation.objects.select_related("round", "location").get(pk=running.participation.pk)


def test_it_speaks_of_workers_and_leaves_out_what_is_never_asked(closed: Participation) -> None:
    report = queries.school_report(SYSTEM, closed)

    assert [(topic.number, topic.title) for topic in report.topics] == [
        (1, "Boeken op de groep"),
        (2, "Ouders"),
        (3, "Voorlezen op de groep"),
        (4, "De bouwstenen"),
    ]
    aloud = report.topics[2].charts[0]
    assert aloud.sentence == "75% (3 van de 4) van de medewerkers leest elke dag voor aan baby’s."
    assert aloud.counted == "medewerkers"
    assert [(said.text, said.base) for said in report.minute] == [
        (aloud.sentence, "4 medewerkers gaven antwoord.")
    ]
    assert queries.wording(closed.round.kind).title == "Wat medewerkers vertelden"


def test_the_one_list_about_a_location_has_no_base_and_no_interval(closed: Participation) -> None:
    blocks = queries.school_report(SYSTEM, closed).topics[3].charts[0]
    assert blocks.sentence == "Vaste medewerker BoekStart: ja."
    point = blocks.series[0].points[0]
    assert (point.value, point.base, point.low, point.high) == (1.0, None, None, None)


def test_everybody_who_works_there_has_a_list_of_her_own(closed: Participation) -> None:
    assert queries.progress_of_one(SYSTEM, closed).standing.teachers == (4, 4)


def test_a_secondary_school_reads_of_years_and_not_of_groups(cast: Cast) -> None:
    running = running_round(cast, kind="vo", location=cast.b1)
    lists = [
        FilledIn(respondent="pupil", questionnaire="vo-pupil@1", coded={"VL10": likes}, year_group=year)
        for year, likes in [(1, 4)] * 9 + [(1, 1)] * 3 + [(2, 4)] * 4 + [(2, 1)] * 6
    ]
    actions.store_lists(participation=running.participation, lists=lists, by=SYSTEM)
    actions.close_participation(participation=running.participation, by=SYSTEM)
    work_off()

    row = Participation.objects.select_related("round", "location").get(pk=running.participation.pk)
    pleasure = queries.school_report(SYSTEM, row).topics[0].charts[1]
    assert pleasure.title == "Leesplezier per leerjaar of klas"
    assert pleasure.sentence == "In leerjaar 1 is het 75%, in leerjaar 2 40%."
    assert pleasure.categories == ("leerjaar 1", "leerjaar 2")


def test_groups_that_are_the_same_are_not_held_against_each_other(cast: Cast) -> None:
    running = running_round(cast)
    lists = [
        FilledIn(respondent="pupil", questionnaire="po-pupil@1", coded={"L10": likes}, year_group=year)
        for year in (5, 6)
        for likes in [4] * 6 + [1] * 6
    ]
    actions.store_lists(participation=running.participation, lists=lists, by=SYSTEM)
    actions.close_participation(participation=running.participation, by=SYSTEM)
    work_off()

    row = Participation.objects.select_related("round", "location").get(pk=running.participation.pk)
    pleasure = queries.school_report(SYSTEM, row).topics[0].charts[1]
    assert pleasure.sentence == "In elke groep die hier staat, is het 50%."
