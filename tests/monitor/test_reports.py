"""The report of a school: from its lists to what a team reads."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client

from leesbouw.core.access import SYSTEM
from leesbouw.core.audit import AuditEvent
from leesbouw.core.jobs import Job, work_off
from leesbouw.core.time import SchoolYear, today
from leesbouw.indicators.actions import publish
from leesbouw.indicators.models import Cell, Finding
from leesbouw.indicators.queries import findings_for
from leesbouw.monitor import actions, queries
from leesbouw.monitor.actions import FilledIn
from leesbouw.monitor.enums import Respondent
from leesbouw.monitor.models import ClassCode, Participation, Submission
from leesbouw.organisations.models import LocationYear
from tests.factories.cast import Cast
from tests.factories.ground import floor
from tests.factories.monitor import running_round

from .test_rounds import going

pytestmark = pytest.mark.django_db


def lists(group_id: int | None, likes: int, not_likes: int, year_group: int = 5) -> list[FilledIn]:
    """Pupils of one group: so many like reading (L10 is 4), so many do not (L10 is 1)."""
    return [
        FilledIn(
            respondent=Respondent.PUPIL,
            questionnaire="po-pupil@1",
            coded={"L10": value, "L20": 4, "L13": 4},
            group_id=group_id,
            year_group=year_group,
        )
        for value in [4] * likes + [1] * not_likes
    ]


def taking_part(cast: Cast) -> Participation:
    return going(cast).participations.select_related("round", "location").get(location=cast.a1.pk)


@floor
def closed(cast: Cast) -> Participation:
    """A school with two groups of twelve and ten, closed, its figures worked out."""
    row = taking_part(cast)
    actions.store_lists(participation=row, lists=lists(None, 9, 3, 5) + lists(None, 4, 6, 6), by=SYSTEM)
    actions.close_participation(participation=row, by=cast.manager)
    work_off()
    return Participation.objects.select_related("round", "location").get(pk=row.pk)


def test_the_share_is_that_of_who_answered(cast: Cast, closed: Participation) -> None:
    report = queries.school_report(cast.head, closed)
    pleasure = next(topic for topic in report.topics if topic.code == "motivation")

    own = pleasure.charts[0].series[0].points[0]
    assert (own.value, own.base) == (pytest.approx(13 / 22), 22)
    assert pleasure.charts[0].sentence == (
        "59% van de leerlingen vindt lezen leuk. In heel Nederland was het 74% (gepubliceerd, 2022)."
    )
    by_group = pleasure.charts[1]
    assert by_group.sentence == "In groep 5 is het 75%, in groep 6 40%."
    assert [(c, p.value) for c, p in zip(by_group.categories, by_group.series[0].points, strict=True)] == [
        ("groep 5", 0.75),
        ("groep 6", 0.4),
    ]


def test_every_other_question_is_shown_where_it_is_asked_for(
    cast: Cast, closed: Participation, client_for
) -> None:
    def more(*topics: str) -> set[str]:
        report = queries.school_report(cast.head, closed, more=topics)
        return {topic.code for topic in report.topics if topic.more}

    assert more() == set()
    assert more("reading", "nothing") == set()  # one year, and every question that was answered is a main one
    assert more("motivation") == {"motivation"}
    client: Client = client_for(cast.head)
    page = client.get(f"/monitor/deelname/{closed.pk}/rapport/?alles=motivation").content.decode()
    assert "?alles=reading#t-reading" in page


def test_a_topic_that_was_not_asked_says_so(cast: Cast, closed: Participation) -> None:
    report = queries.school_report(cast.head, closed)
    information = next(topic for topic in report.topics if topic.code == "information")
    assert (information.charts, information.more) == ((), ())
    assert information.sentence == "Deze vragen stelden we niet."


def test_working_out_twice_gives_the_same_cells(cast: Cast, closed: Participation) -> None:
    def cells() -> list[tuple[object, ...]]:
        rows = Cell.objects.trusted("test").order_by("code", "breakdown")
        return list(rows.values_list("code", "breakdown", "numerator", "denominator", "persons"))

    before = cells()
    actions.work_out(participation_id=closed.pk, by=SYSTEM)
    assert before
    assert cells() == before


def test_a_group_of_four_shows_nothing_and_takes_another_with_it(cast: Cast) -> None:
    row = taking_part(cast)
    few = lists(None, 1, 3, 7)
    actions.store_lists(participation=row, lists=lists(None, 9, 3, 5) + lists(None, 6, 6, 6) + few, by=SYSTEM)
    actions.close_participation(participation=row, by=cast.manager)
    work_off()

    report = queries.school_report(
        cast.head, Participation.objects.select_related("round", "location").get(pk=row.pk)
    )
    shown = [
        point.value
        for topic in report.topics
        if topic.code == "motivation"
        for chart in topic.charts[1:]
        for point in chart.series[0].points
    ]
    assert sum(value is not None for value in shown) <= 1  # one beside the hidden two would give them away


def test_a_school_with_one_pupil_shows_no_figure_anywhere(cast: Cast, client_for) -> None:
    row = taking_part(cast)
    actions.store_lists(participation=row, lists=lists(None, 1, 0), by=SYSTEM)
    actions.close_participation(participation=row, by=cast.manager)
    work_off()
    closed = Participation.objects.select_related("round", "location").get(pk=row.pk)

    report = queries.school_report(cast.head, closed, more=("motivation", "reading"))
    assert report.minute == ()
    charts = [chart for topic in report.topics for chart in (*topic.charts, *topic.more)]
    assert charts
    assert [point.value for chart in charts for point in chart.points()] == [None] * sum(
        len(list(chart.points())) for chart in charts
    )
    page = client_for(cast.head).get(f"/monitor/deelname/{row.pk}/rapport/").content.decode()
    assert "Er zijn te weinig antwoorden" in page


def test_while_the_school_is_open_there_is_no_report(cast: Cast, client_for) -> None:
    row = taking_part(cast)
    client: Client = client_for(cast.head)
    assert client.get(f"/monitor/deelname/{row.pk}/rapport/").status_code == 404
    with pytest.raises(Exception, match="pas een rapport"):
        actions.order_report(participation=row, format="pdf", by=cast.head)


@pytest.mark.parametrize(
    ("who", "status"), [("head", 200), ("teacher", 200), ("consultant", 200), ("manager", 200)]
)
def test_who_reads_the_report(who: str, status: int, cast: Cast, closed: Participation, client_for) -> None:
    client: Client = client_for(getattr(cast, who))
    assert client.get(f"/monitor/deelname/{closed.pk}/rapport/").status_code == status
    page = client.get(f"/monitor/deelname/{closed.pk}/gesprek/").content.decode()
    assert "Gespreksmodus" in page


@pytest.mark.parametrize("who", ["other_head", "other_library", "outsider", "municipality", "nation", "poi"])
def test_for_others_it_does_not_exist(who: str, cast: Cast, closed: Participation, client_for) -> None:
    client: Client = client_for(getattr(cast, who))
    for page in ("rapport", "gesprek"):
        assert client.get(f"/monitor/deelname/{closed.pk}/{page}/").status_code in {403, 404}
    assert client.post(f"/monitor/deelname/{closed.pk}/rapport/pdf/", {"request_id": "x"}).status_code in {
        403,
        404,
    }


@pytest.mark.parametrize(
    ("format", "head"), [("pdf", b"%PDF"), ("pptx", b"PK"), ("xlsx", b"PK"), ("png", b"PK")]
)
def test_the_report_is_taken_along(
    format: str, head: bytes, cast: Cast, closed: Participation, client_for
) -> None:
    client: Client = client_for(cast.head)
    client.post(f"/monitor/deelname/{closed.pk}/rapport/{format}/", {"request_id": format})
    work_off()
    job = Job.objects.filter(kind=actions.REPORT_JOB).get()
    assert job.state == "done", job.error
    content = job.result_file.read()
    assert content.startswith(head)
    if format == "png":
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
        assert any(name.endswith(".png") for name in names)
    event = AuditEvent.objects.filter(verb="monitor.order_report").get()
    assert event.data == {"format": format}


def test_a_report_asks_a_fixed_number_of_questions(
    cast: Cast, closed: Participation, client_for, django_assert_max_num_queries
) -> None:
    client: Client = client_for(cast.head)
    url = f"/monitor/deelname/{closed.pk}/rapport/"
    actions.mark_discussed(participation=closed, by=cast.head)
    client.get(url)
    with django_assert_max_num_queries(25):
        client.get(url)


def test_a_school_whose_time_is_over_closes_by_itself(cast: Cast) -> None:
    row = taking_part(cast)
    round = row.round
    type(round).objects.filter(pk=round.pk).update(
        prepare_on=today().replace(year=today().year - 1),
        opens_on=today().replace(year=today().year - 1),
        closes_on=today().fromordinal(today().toordinal() - 1),
        report_on=today(),
    )
    assert actions.close_over(by=SYSTEM) == 1
    assert Participation.objects.get(pk=row.pk).closed_on == today()
    assert type(round).objects.get(pk=round.pk).closed_on == today()
    assert actions.close_over(by=SYSTEM) == 0
    assert not Submission.objects.trusted("test").exists()


def test_a_class_that_did_not_take_part_belongs_to_the_school(cast: Cast) -> None:
    running = running_round(cast)
    six = running.groups["6"]
    ClassCode.objects.create(participation=running.participation, group=six, expected=20, code="K7PQ4M")
    LocationYear.objects.filter(location=cast.a1, year=running.round.year).update(
        pupils_by_year_group={"4": 30, "5": 40, "6": 20}
    )
    actions.store_lists(participation=running.participation, lists=lists(six.pk, 9, 3, 6), by=SYSTEM)
    actions.work_out(participation_id=running.participation.pk, by=SYSTEM)

    known = Cell.objects.trusted("test").filter(
        code="reading-pleasure", breakdown__in=("", f"group:{six.pk}")
    )
    assert dict(known.values_list("breakdown", "population")) == {"": 60, f"group:{six.pk}": 20}


def findings_of(cast: Cast) -> list[Finding]:
    return findings_for(cast.head, cast.a1, SchoolYear.running())


def test_what_stands_out_is_kept_when_the_figures_are_there_and_keeps_its_id(
    cast: Cast, closed: Participation
) -> None:
    first = findings_of(cast)
    assert [(one.code, one.direction, one.against, one.position) for one in first] == [
        ("reading-pleasure", "question", "nothing", 0),
        ("reads-daily", "question", "nothing", 1),
        ("reads-never", "question", "nothing", 2),
        ("reads-weekly", "question", "nothing", 3),
    ]
    assert (first[0].value, first[0].base) == (pytest.approx(13 / 22), 22)
    assert queries.school_report(cast.head, closed).minute[0].measure == "reading-pleasure"
    kept = AuditEvent.objects.filter(verb="indicators.store_findings").count()

    publish(year=SchoolYear.running(), by=SYSTEM)

    assert [one.pk for one in findings_of(cast)] == [one.pk for one in first]
    assert AuditEvent.objects.filter(verb="indicators.store_findings").count() == kept


def test_a_school_without_figures_has_nothing_that_stands_out(cast: Cast) -> None:
    row = taking_part(cast)
    actions.store_lists(participation=row, lists=lists(None, 2, 1), by=SYSTEM)
    actions.close_participation(participation=row, by=cast.manager)
    work_off()

    assert findings_of(cast) == []
