"""Figures of a set that somebody puts together: sums of what she sees one by one."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from leesbouw.accounts.queries import actor_of_assignment
from leesbouw.core.access import SYSTEM
from leesbouw.core.audit import AuditEvent
from leesbouw.core.errors import Sentence
from leesbouw.core.jobs import Job, work_off
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.actions import publish
from leesbouw.monitor import actions, queries
from leesbouw.monitor.enums import MonitorKind
from leesbouw.organisations.actions import YearRow, start_partnership, write_location_years
from leesbouw.organisations.models import Location
from tests.factories.cast import START, Cast
from tests.factories.ground import floor
from tests.indicators.cells import close, share

from .test_level_reports import more_schools

pytestmark = pytest.mark.django_db
NOW = SchoolYear.running()
URL = "/monitor/eigen-keuze/"


@floor
def measured(cast: Cast) -> Cast:
    """Four schools of Elzen, three of which the library works with: 15, 5 and 0 of 20 like reading."""
    third, strange = more_schools(cast, 2)
    schools = [Location.objects.get(pk=cast.a1.pk), Location.objects.get(pk=cast.a2.pk), third, strange]
    write_location_years([YearRow(one.pk) for one in schools], year=NOW, by=SYSTEM)
    for school, likes in zip(schools, (15, 5, 0, 20), strict=True):
        close(school, share(likes, 20), year=NOW)
    for school in schools[1:3]:
        start_partnership(
            library=cast.library_a,
            location=school,
            by=SYSTEM,
            starts_on=START,
            programme="po",
            domains=["reading"],
            phase="execution",
        )
    publish(year=NOW, by=SYSTEM)
    cast.units |= {"third": third, "strange": strange}
    cast.actors["manager"] = actor_of_assignment(cast.manager.assignment_id)
    return cast


def choice(cast: Cast, who: str = "manager", of: str = "location") -> queries.Choice:
    return queries.choice_of(getattr(cast, who), of, MonitorKind.PO, NOW)


def ids(cast: Cast, *names: str) -> list[int]:
    return [getattr(cast, name).pk for name in names]


def test_one_chooses_from_what_one_sees_one_by_one(measured: Cast) -> None:
    assert [unit.name for unit in choice(measured).units] == ["'t Anker", "De Regenboog", "Zeskant 0"]
    assert [(one.of, one.year) for one in queries.choices_for(measured.manager, MonitorKind.PO)] == [
        ("location", NOW)
    ]
    assert queries.choices_for(measured.municipality, MonitorKind.PO) == []
    with pytest.raises(LookupError):
        choice(measured, "municipality")


def test_a_set_is_the_sum_of_its_figures_beside_all(measured: Cast) -> None:
    found = queries.chosen_report(measured.manager, choice(measured), ids(measured, "a1", "a2", "strange"))

    assert found is not None
    assert [unit.name for unit in found.units] == ["'t Anker", "De Regenboog"]
    chart = next(topic for topic in found.topics if topic.code == "motivation").charts[0]
    assert [(one.name, one.points[0].value, one.points[0].base) for one in chart.series] == [
        ("jouw keuze", 0.5, 40),
        ("alles waaruit je kunt kiezen", 20 / 60, 60),
    ]
    assert chart.sentence == (
        "50% van de leerlingen vindt lezen leuk. Van alles waaruit je kunt kiezen: 33%."
        " In heel Nederland was het 74% (gepubliceerd, 2022)."
    )
    assert chart.asked == "Locaties in deze cijfers: 2."


def test_beside_the_set_stand_those_of_it_that_measured_both_times(measured: Cast, client_for) -> None:
    """Last year the first two: 20 and 10 of 20. The third is new this year, and liked nothing."""
    for name, likes in (("a1", 20), ("a2", 10)):
        close(Location.objects.get(pk=getattr(measured, name).pk), share(likes, 20), year=NOW.previous)
    chosen = ids(measured, "a1", "a2", "third")

    found = queries.chosen_report(measured.manager, choice(measured), chosen)

    assert found is not None
    motivation = next(topic for topic in found.topics if topic.code == "motivation")
    years = motivation.charts[-1]
    assert [(one.name, [point.value for point in one.points]) for one in years.series] == [
        ("jouw keuze", [0.75, 20 / 60]),
        ("dezelfde locaties", [0.75, 0.5]),
    ]
    assert "Op dezelfde 2 locaties was het vorige keer 75% en nu 50%." in years.sentence
    assert [said.sign for said in found.minute] == ["down"]
    address = f"soort=po&van=location&jaar={NOW}&" + "&".join(f"kies={one}" for one in chosen)
    slides = client_for(measured.manager).get(f"{URL}gesprek/?{address}").context["slides"]
    assert [slide.text for slide in slides] == [found.minute[0].text]
    assert client_for(measured.manager).get(f"{URL}gesprek/").status_code == 404


@pytest.mark.parametrize("format", ["pdf", "pptx", "png"])
def test_a_set_leaves_in_every_format_of_a_report(measured: Cast, format: str) -> None:
    content, name = queries.chosen_file(measured.manager, choice(measured), ids(measured, "a1", "a2"), format)
    assert content[:4] == (b"%PDF" if format == "pdf" else b"PK\x03\x04")
    assert name.endswith(".zip" if format == "png" else f".{format}")


def test_one_is_no_set(measured: Cast, client_for) -> None:
    assert queries.chosen_report(measured.manager, choice(measured), ids(measured, "a1")) is None
    assert queries.chosen_report(measured.manager, choice(measured), ids(measured, "a1", "strange")) is None
    with pytest.raises(Sentence):
        actions.order_chosen_report(
            choice=choice(measured), ids=ids(measured, "a1"), format="xlsx", by=measured.manager
        )
    page = client_for(measured.manager).get(f"{URL}?kies={measured.a1.pk}").content.decode()
    assert "Kies er minstens twee.</span>" in page


def test_the_address_keeps_the_choice(measured: Cast, client_for, django_assert_max_num_queries) -> None:
    client: Client = client_for(measured.manager)
    url = f"{URL}?soort=po&van=location&jaar={NOW}&kies={measured.a1.pk}&kies={measured.third.pk}"
    client.get(url)
    with django_assert_max_num_queries(34):
        answer = client.get(url)

    assert [unit.name for unit in answer.context["report"].units] == ["De Regenboog", "Zeskant 0"]
    page = answer.content.decode()
    assert page.count(" checked") == 2
    assert f"kies={measured.third.pk}&amp;alles=motivation" in page
    other = client.get(f"{URL}?soort=vo&van=location&kies={measured.a1.pk}")
    assert (other.context["choice"], other.context["report"]) == (None, None)


def test_who_has_nothing_to_choose_from_reads_why(measured: Cast, client_for) -> None:
    assert "Nog niets om uit te kiezen" in client_for(measured.municipality).get(URL).content.decode()
    assert client_for(measured.municipality).post(f"{URL}xlsx/", {"request_id": "x"}).status_code == 404
    assert client_for(measured.volunteer).get(URL).status_code == 403


def test_a_set_is_taken_along_as_a_workbook(measured: Cast, client_for) -> None:
    one, other = ids(measured, "a1", "a2")
    client: Client = client_for(measured.manager)
    client.post(f"{URL}xlsx/?soort=po&van=location&jaar={NOW}&kies={one}&kies={other}", {"request_id": "x"})
    work_off()

    job = Job.objects.get(kind=actions.CHOSEN_JOB)
    assert job.state == "done", job.error
    book = CalamineWorkbook.from_filelike(io.BytesIO(job.result_file.read()))
    told, rows = (book.get_sheet_by_index(at).to_python() for at in (0, 1))
    assert ["Gekozen", "'t Anker, De Regenboog"] in [row[:2] for row in told]
    assert [(row[3], row[4], row[7]) for row in rows[1:]] == [
        ("jouw keuze", 0.5, 40),
        ("alles waaruit je kunt kiezen", pytest.approx(1 / 3), 60),
    ]
    event = AuditEvent.objects.get(verb="monitor.order_chosen_report")
    assert event.data == {
        "format": "xlsx",
        "of": "location",
        "kind": "po",
        "year": NOW.first,
        "units": sorted([one, other]),
    }
