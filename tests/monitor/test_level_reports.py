"""The reports above the school: what a level shows, to whom, and that no school is named."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.audit import AuditEvent
from leesbouw.core.errors import Sentence
from leesbouw.core.jobs import Job, work_off
from leesbouw.core.time import SchoolYear, today
from leesbouw.indicators.actions import publish
from leesbouw.indicators.models import PublishedLink
from leesbouw.monitor import actions, queries, tables
from leesbouw.monitor.enums import MonitorKind
from leesbouw.monitor.models import Participation
from leesbouw.organisations.actions import YearRow, write_location_years
from leesbouw.organisations.models import Board, Location, LocationYear, Municipality, Unit
from tests.factories.cast import Cast
from tests.factories.ground import floor
from tests.indicators.cells import Made, close, share

from .test_reports import lists
from .test_rounds import going

pytestmark = pytest.mark.django_db
NOW = SchoolYear.running()
PLEASURE, PLAN = "reading-pleasure", "reading-in-school-plan"


def more_schools(cast: Cast, number: int) -> list[Location]:
    elzen, board = Municipality.objects.get(pk=cast.elzen.pk), Board.objects.get(pk=cast.board_y.pk)
    return [
        Location.objects.create(
            code=f"99Z{n}00", name=f"Zeskant {n}", sector="po", municipality=elzen, board=board
        )
        for n in range(number)
    ]


@floor
def measured(cast: Cast) -> Cast:
    """Two schools of Elzen in two years, and two newcomers; 30 of 40 liked reading, then 20 of 40, with 0 of 40 new."""
    new = more_schools(cast, 2)
    for year in (NOW.previous, NOW):
        write_location_years([YearRow(one.pk) for one in Location.objects.all()], year=year, by=SYSTEM)
    for school in (cast.a1, cast.a2):
        close(
            school,
            share(15, 20),
            share(10, 10, "year_group:5"),
            share(5, 10, "year_group:6"),
            year=NOW.previous,
        )
        close(school, share(10, 20), share(8, 10, "year_group:5"), share(2, 10, "year_group:6"), year=NOW)
    for school in new:
        close(school, share(0, 20), year=NOW)
    for year in (NOW.previous, NOW):
        publish(year=year, by=SYSTEM)
    return cast


def report(cast: Cast, who: str, unit: str, year: SchoolYear = NOW, more: tuple[str, ...] = ()):
    level = queries.level_by_id(getattr(cast, who), getattr(cast, unit).pk)
    return queries.level_report(getattr(cast, who), level, MonitorKind.PO, year, more=more)


def motivation(found):
    return next(topic for topic in found.topics if topic.code == "motivation")


def test_a_level_tells_of_everybody_and_of_the_same_schools(measured: Cast) -> None:
    found = report(measured, "manager", "library_a")
    dots, years = motivation(found).charts[0], motivation(found).charts[-1]

    assert dots.sentence == (
        "25% van de leerlingen vindt lezen leuk. Op dezelfde 2 locaties was het vorige keer 75% en nu 50%."
        " Dat is duidelijk minder. In heel Nederland was het 74% (gepubliceerd, 2022)."
    )
    assert dots.asked == "Locaties in deze cijfers: 4."
    assert [(one.name, one.points[0].value, one.points[0].base) for one in dots.series] == [
        ("Bibliotheek Elzen", 0.25, 80),
        ("gepubliceerd voor heel Nederland", 0.74, None),
        ("vorige keer", 0.75, 40),
    ]
    assert [(one.name, [(point.value, point.base) for point in one.points]) for one in years.series] == [
        ("Bibliotheek Elzen", [(0.75, 40), (0.25, 80)]),
        ("dezelfde locaties", [(0.75, 40), (0.5, 40)]),
    ]
    assert [(said.sign, said.measure) for said in found.minute] == [("down", PLEASURE)]


def test_year_groups_stand_apart_only_where_every_school_has_enough(measured: Cast) -> None:
    by_group = motivation(report(measured, "manager", "elzen", NOW.previous)).charts[1]

    assert by_group.categories == ("groep 5", "groep 6")
    assert [point.value for point in by_group.series[0].points] == [1.0, 0.5]


def test_a_level_stands_beside_those_above_it(measured: Cast) -> None:
    beside = motivation(report(measured, "manager", "elzen")).beside

    assert beside is not None
    assert beside.heads == ("Elzen", "Bibliotheek Elzen", "Waterland", "Nederland")
    assert beside.rows == (
        (
            "Leesplezier",
            (
                ("Elzen", "25% (80)"),
                ("Bibliotheek Elzen", "25% (80)"),
                ("Waterland", "Er deden te weinig locaties mee."),
                ("Nederland", "Er deden te weinig locaties mee."),
            ),
        ),
    )


def test_the_levels_are_drawn_one_below_the_other(measured: Cast) -> None:
    beside = motivation(report(measured, "manager", "elzen")).beside

    assert beside is not None
    assert beside.chart is not None
    assert (beside.chart.title, beside.chart.sentence) == (
        "Leesplezier, per niveau",
        "Elzen: 25%; Bibliotheek Elzen: 25%.",
    )
    few = "Er deden te weinig locaties mee."
    assert [
        (name, point.value, point.hidden)
        for name, point in zip(beside.chart.categories, beside.chart.points(), strict=True)
    ] == [
        ("Elzen", 0.25, ""),
        ("Bibliotheek Elzen", 0.25, ""),
        ("Waterland", None, few),
        ("Nederland", None, few),
    ]


def test_a_school_stands_beside_every_level(measured: Cast) -> None:
    round = going(measured)
    row = round.participations.get(location=measured.a1.pk)
    Participation.objects.filter(pk=row.pk).update(closed_on=today())

    found = queries.school_report(measured.head, queries.participation_by_id(measured.head, row.pk))
    beside = motivation(found).beside
    assert [
        (name, point.value)
        for name, point in zip(beside.chart.categories, beside.chart.points(), strict=True)
    ] == [
        ("Deze school", 0.5),
        ("Vergelijkbare scholen", None),
        ("Elzen", 0.25),
        ("Bibliotheek Elzen", 0.25),
        ("Waterland", None),
        ("Nederland", None),
    ]


def test_two_levels_of_one_name_are_told_apart(measured: Cast) -> None:
    Unit.objects.filter(pk=measured.province.pk).update(name="Elzen")

    beside = motivation(report(measured, "manager", "library_a")).beside
    assert beside.heads == ("Bibliotheek Elzen", "Elzen", "Nederland")
    round = going(measured)
    Participation.objects.filter(round=round).update(closed_on=today())
    row = queries.participations_of(measured.head, round, [round.participations.get().pk])[0]
    heads = motivation(queries.school_report(measured.head, row)).beside.heads
    assert heads[2:] == ("Elzen (gemeente)", "Bibliotheek Elzen", "Elzen (provincie)", "Nederland")


def test_who_took_part_and_is_not_in_it_is_told(measured: Cast) -> None:
    close(measured.b1, share(9, 20), year=NOW)
    publish(year=NOW, by=SYSTEM)

    chart = motivation(report(measured, "board", "board_x")).charts[0]
    assert chart.asked == "Locaties in deze cijfers: 2."
    hidden = report(measured, "board", "berken")
    few = motivation(hidden).charts[0]
    assert few.sentence == "Er deden te weinig locaties mee."
    assert [topic.sentence for topic in hidden.topics if not topic.charts] == [
        "Hierover zijn er geen cijfers die hier mogen staan."
    ] * 6
    assert [point.hidden for point in few.series[0].points] == ["Er deden te weinig locaties mee."]


def test_of_locations_a_level_gives_a_share_and_a_school_yes_or_no(measured: Cast) -> None:
    for school, has in ((measured.a1, 1), (measured.a2, 0)):
        close(school, share(has, 1, measure=PLAN), year=NOW)
    publish(year=NOW, by=SYSTEM)

    found = report(measured, "manager", "library_a", more=("blocks",))
    chart = next(topic for topic in found.topics if topic.code == "blocks").charts[0]
    assert chart.sentence.startswith("50% (1 van de 2) van de locaties ")
    assert chart.counted == "locaties"


def test_a_score_of_few_ends_at_the_end_of_its_scale(measured: Cast) -> None:
    for school, total in ((measured.a1, 90), (measured.a2, 100)):
        close(school, Made("block-plan", 1, "", 0, 1, 1, total, total**2), year=NOW)
    publish(year=NOW, by=SYSTEM)

    blocks = next(one for one in report(measured, "manager", "library_a").topics if one.code == "blocks")
    (point,) = blocks.charts[0].points()
    assert (point.value, point.base, point.high) == (95, 2, 100)


@pytest.mark.parametrize(
    ("slope", "low", "high", "said"),
    [
        (
            0.09,
            0.03,
            0.15,
            "“Boeken introduceren, elke maand” gaat samen met “Leesplezier”: in groepen waar dat gebeurt is het"
            " 9 punten hoger, waarschijnlijk tussen 3 en 15.",
        ),
        (
            -0.09,
            -0.15,
            -0.03,
            "“Boeken introduceren, elke maand” gaat samen met minder “Leesplezier”: in groepen waar dat gebeurt is"
            " het 9 punten lager, waarschijnlijk tussen 3 en 15.",
        ),
        (
            0.02,
            -0.03,
            0.07,
            "We zien niet dat “Boeken introduceren, elke maand” samengaat met “Leesplezier”. Het verschil ligt"
            " waarschijnlijk tussen -3 en 7 punten.",
        ),
    ],
)
def test_what_goes_together_is_never_called_an_effect(
    slope: float, low: float, high: float, said: str, measured: Cast, client_for
) -> None:
    client: Client = client_for(measured.manager)
    url = f"/monitor/niveau/{measured.library_a.pk}/"
    assert "Vanaf 30 scholen lees je hier" in client.get(url).content.decode()
    PublishedLink.objects.create(
        unit_id=measured.library_a.pk,
        year=NOW,
        outcome=PLEASURE,
        factor="introduces-books",
        slope=slope,
        low=low,
        high=high,
        groups=66,
        schools=34,
    )

    found = report(measured, "manager", "library_a").together
    base = "66 groepen van 34 scholen, vergeleken met groepen van hetzelfde leerjaar."
    assert found is not None
    assert found.said == ((said, base),)
    assert "zegt niet dat het een door het ander komt" in client.get(url).content.decode()
    assert report(measured, "manager", "elzen").together is None


def test_lists_that_came_in_are_told_by_who_fills_them_in(cast: Cast) -> None:
    round = going(cast)
    Participation.objects.create(
        round=round, location=Location.objects.get(pk=cast.a2.pk), authorised_on=today()
    )
    of_elzen = LocationYear.objects.filter(location__in=(cast.a1.pk, cast.a2.pk), year=NOW)
    of_elzen.update(pupils_by_year_group={"5": 20, "6": 10})
    for number, row in enumerate(round.participations.order_by("pk")):
        actions.store_lists(participation=row, lists=lists(None, 9 + number, 4, 5), by=SYSTEM)
        actions.work_out(participation_id=row.pk, by=SYSTEM)
        Participation.objects.filter(pk=row.pk).update(closed_on=today())
    publish(year=NOW, by=SYSTEM)

    found = report(cast, "municipality", "elzen")
    assert [(one.name, one.done, one.expected, one.locations) for one in found.response] == [
        ("Lijsten van leerlingen", 27, 60, 2),
        ("Lijsten over de school", 0, 2, 2),
    ]
    assert found.takes_part == queries.TakesPart(there=2, invited=2, closed=2, declined=0)
    assert report(cast, "head", "elzen").takes_part is None
    assert report(cast, "head", "elzen").response == found.response


def test_of_one_school_the_response_is_hidden_as_well(measured: Cast) -> None:
    close(measured.b1, share(12, 20, measure="vo-response-pupils"), year=NOW)
    publish(year=NOW, by=SYSTEM)

    level = queries.level_by_id(measured.nation, measured.berken.pk)
    found = queries.level_report(measured.nation, level, MonitorKind.VO, NOW)
    assert [(one.name, one.expected, one.hidden) for one in found.response] == [
        ("Lijsten van leerlingen", 0, "Er deden te weinig locaties mee.")
    ]


@pytest.mark.parametrize(
    ("format", "head"), [("pdf", b"%PDF"), ("pptx", b"PK"), ("xlsx", b"PK"), ("png", b"PK")]
)
def test_the_report_of_a_level_is_taken_along(format: str, head: bytes, measured: Cast, client_for) -> None:
    client: Client = client_for(measured.municipality)
    url = f"/monitor/niveau/{measured.elzen.pk}/{format}/?soort=po&jaar={NOW.previous}"
    answer = client.post(url, {"request_id": format})
    assert answer.headers["Location"] == f"/monitor/niveau/{measured.elzen.pk}/?soort=po&jaar={NOW.previous}"
    work_off()

    job = Job.objects.get(kind=actions.LEVEL_JOB)
    assert job.state == "done", job.error
    assert job.result_file.read().startswith(head)
    event = AuditEvent.objects.get(verb="monitor.order_level_report")
    assert (event.unit_id, event.data) == (
        measured.elzen.pk,
        {"format": format, "kind": "po", "year": NOW.previous.first},
    )


def test_a_file_holds_what_the_page_shows_and_names_no_school(measured: Cast) -> None:
    level = queries.level_by_id(measured.manager, measured.library_a.pk)
    content, name = queries.level_file(measured.manager, level, MonitorKind.PO, NOW, "xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(1).to_python()

    told = {(row[2], row[3]): (row[4], row[7]) for row in rows if row[1] == "Leesplezier door de jaren"}
    first, last = str(NOW.previous.first + 1), str(NOW.first + 1)
    assert told == {
        (first, "Bibliotheek Elzen"): (0.75, 40),
        (first, "dezelfde locaties"): (0.75, 40),
        (last, "Bibliotheek Elzen"): (0.25, 80),
        (last, "dezelfde locaties"): (0.5, 40),
    }
    assert name == f"leesbouw_bibliotheek-elzen_monitor_{today()}.xlsx"
    assert not [cell for row in rows for cell in row if "Anker" in str(cell) or "Regenboog" in str(cell)]


def test_a_level_out_of_reach_gives_no_file(measured: Cast, client_for) -> None:
    level = queries.level_by_id(measured.nation, measured.berken.pk)
    with pytest.raises(Unit.DoesNotExist):
        actions.order_level_report(
            level=level, kind=MonitorKind.PO, year=NOW, format="pdf", by=measured.municipality
        )
    with pytest.raises(NotAllowed):
        actions.order_level_report(
            level=level, kind=MonitorKind.PO, year=NOW, format="pdf", by=measured.volunteer
        )
    with pytest.raises(Sentence):
        actions.order_level_report(
            level=level, kind=MonitorKind.PO, year=NOW, format="exe", by=measured.nation
        )
    client: Client = client_for(measured.municipality)
    assert client.post(f"/monitor/niveau/{level.pk}/pdf/", {"request_id": "x"}).status_code == 404
    assert Job.objects.filter(kind=actions.LEVEL_JOB).count() == 0


@pytest.mark.parametrize(
    ("who", "unit", "status"),
    [
        ("manager", "library_a", 200),
        ("consultant", "elzen", 200),
        ("head", "library_a", 200),
        ("board", "board_x", 200),
        ("board", "board_y", 404),
        ("municipality", "elzen", 200),
        ("municipality", "berken", 404),
        ("poi", "province", 200),
        ("nation", "library_c", 200),
        ("other_library", "library_a", 404),
        ("outsider", "library_a", 404),
        ("outsider", "elzen", 404),
        ("outsider", "nation_unit", 200),
        ("manager", "a1", 404),
        ("volunteer", "library_a", 403),
    ],
)
def test_who_reads_which_level(who: str, unit: str, status: int, measured: Cast, client_for) -> None:
    client: Client = client_for(getattr(measured, who))
    answer = client.get(f"/monitor/niveau/{getattr(measured, unit).pk}/")
    assert answer.status_code == status
    own = {"head": "Regenboog"}.get(who)  # stands in her menu
    names = [name for name in ("Regenboog", "Anker", "Zeskant") if name != own]
    assert [name for name in names if name in answer.content.decode()] == []


def test_the_page_opens_at_the_newest_year_that_shows_something(measured: Cast, client_for) -> None:
    close(measured.a1, share(9, 20, measure="vo-reading-pleasure"), year=NOW)
    publish(year=NOW, by=SYSTEM)
    client: Client = client_for(measured.manager)
    url = f"/monitor/niveau/{measured.library_a.pk}/"

    assert client.get(url).context["report"].year == NOW
    assert client.get(f"{url}?jaar={NOW.previous}").context["report"].year == NOW.previous
    assert client.get(f"{url}?jaar=1999-2000").context["report"].year == NOW
    other = client.get(f"{url}?soort=vo").context["report"]
    assert (other.kind, other.year, other.minute) == ("vo", NOW, ())
    assert "alles=reading#t-reading" not in client.get(url).content.decode()  # nothing of it was asked
    assert f"soort=po&amp;jaar={NOW}&amp;alles=motivation#t-motivation" in client.get(url).content.decode()


def test_the_list_names_levels_and_no_figures(measured: Cast, client_for, django_assert_num_queries) -> None:
    client: Client = client_for(measured.municipality)
    answer = client.get("/monitor/niveaus/")

    assert [
        (one.unit.name, one.newest(MonitorKind.PO)) for one in queries.levels_for(measured.municipality)
    ] == [
        ("Bibliotheek Elzen", NOW),
        ("Elzen", NOW),
        ("Stichting X", NOW),
        ("Stichting Y", NOW),
        ("Waterland", NOW),
        ("Nederland", NOW),
    ]
    assert [tables.newest(one, MonitorKind.PO) for one in queries.levels_for(measured.municipality)][
        2
    ] == "te weinig"
    assert "%" not in answer.content.decode().partition("<table")[2].partition("</table")[0]
    with django_assert_num_queries(4):
        queries.levels_for(measured.nation)
    assert client.get("/monitor/").status_code == 403
    assert client_for(measured.volunteer).get("/monitor/niveaus/").status_code == 403


def test_a_level_asks_a_fixed_number_of_questions(
    measured: Cast, client_for, django_assert_max_num_queries
) -> None:
    client: Client = client_for(measured.manager)
    url = f"/monitor/niveau/{measured.library_a.pk}/"
    client.get(url)
    with django_assert_max_num_queries(25):
        client.get(url)


def test_conversation_mode_of_a_level_shows_what_stands_out_with_a_question(
    measured: Cast, client_for
) -> None:
    found = report(measured, "municipality", "elzen")
    slides = queries.level_slides(found)
    assert [(one.text, bool(one.question)) for one in slides[: len(found.minute)]] == [
        (said.text, True) for said in found.minute
    ]
    client = client_for(measured.municipality)
    address = f"/monitor/niveau/{measured.elzen.pk}/gesprek/?soort=po&jaar={NOW}"
    assert (
        address.replace("&", "&amp;") in client.get(f"/monitor/niveau/{measured.elzen.pk}/").content.decode()
    )
    page = client.get(address).content.decode()
    assert page.count('class="slide"') == len(slides) > 0
    assert slides[0].text in page
    assert "Zeskant" not in page
    assert f'href="/monitor/niveau/{measured.elzen.pk}/?soort=po&amp;jaar={NOW}"' in page
    assert client_for(measured.outsider).get(address).status_code in (403, 404)
