"""Who does what: a list to begin with, what changed and by whom, both agree, the next year, and the pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.time import SchoolYear
from leesbouw.plans.actions import agree_tasks, begin_plan, divide_tasks
from leesbouw.plans.domain.tasks import Accord, Said, accord_of, changed_tasks
from leesbouw.plans.enums import PlanKind, Side
from leesbouw.plans.models import TaskAgreement, TaskShare
from leesbouw.plans.queries import Begun, division_of, plan_document, plan_view
from leesbouw.rendering.documents import Grid

YEAR = SchoolYear.running()
PAGE = "/school/99AA00/taakverdeling/"
THEN = datetime(2026, 9, 1, tzinfo=UTC)
SAID = st.builds(Said, st.sampled_from(["", "library", "partner"]), st.sampled_from(["", "hoe"]))
LISTS = st.dictionaries(st.sampled_from("abcd"), SAID)


@given(st.none() | st.integers(-3, 3), st.lists(st.integers(-3, 3)))
def test_an_agreement_is_about_the_list_as_it_was(agreed, changes) -> None:  # type: ignore[no-untyped-def]
    at = [THEN + timedelta(days=day) for day in changes]
    accord = accord_of(None if agreed is None else THEN + timedelta(days=agreed), at)
    assert (accord is Accord.NO) == (agreed is None)
    assert (accord is Accord.YES) == (agreed is not None and all(day <= agreed for day in changes))


@given(LISTS, LISTS)
def test_what_changed_is_what_differs(before, after) -> None:  # type: ignore[no-untyped-def]
    changed = changed_tasks(before, after)
    assert changed == changed_tasks(after, before)
    assert {code: one for code, one in before.items() if code not in changed} == {
        code: one for code, one in after.items() if code not in changed
    }


def side_of(cast, code: str, year: SchoolYear = YEAR) -> str:  # type: ignore[no-untyped-def]
    return next(one.side for one in division_of(cast.head, cast.a1, year).lines if one.code == code)


@pytest.mark.parametrize(("unit", "number"), [("a1", 20), ("b1", 15), ("k1", 12)])
def test_every_kind_of_location_has_a_list_to_begin_with(cast, unit: str, number: int) -> None:
    division = division_of(SYSTEM, getattr(cast, unit), YEAR)
    assert (division.begun, len(division.lines), division.status) == (Begun.SHIPPED, number, "voorbeeld")
    assert all(line.block and line.side and not line.changed_by for line in division.lines)
    assert not division.is_agreed


def test_a_change_shows_who_and_asks_the_other_side_again(cast) -> None:
    agree_tasks(unit=cast.a1, year=YEAR, by=cast.consultant)
    agree_tasks(unit=cast.a1, year=YEAR, by=cast.head)
    assert division_of(cast.manager, cast.a1, YEAR).is_agreed
    divide_tasks(unit=cast.a1, year=YEAR, said={"lend": Said("library", "Op dinsdag")}, by=cast.head)
    division = division_of(cast.consultant, cast.a1, YEAR)
    assert [accord for _side, accord, _told in division.sides] == [Accord.BEFORE, Accord.BEFORE]
    lines = {line.code: line for line in division.lines}
    assert (lines["lend"].changed_by, lines["lend"].note) == (cast.head.name, "Op dinsdag")
    assert lines["vision"].changed_by == cast.consultant.name
    assert TaskShare.objects.visible_to(cast.manager).filter(unit=cast.a1.pk).count() == 20
    agree_tasks(unit=cast.a1, year=YEAR, by=cast.head)
    stand = {side: accord for side, accord, _told in division_of(cast.head, cast.a1, YEAR).sides}
    assert stand == {Side.LIBRARY: Accord.BEFORE, Side.PARTNER: Accord.YES}
    assert TaskAgreement.objects.visible_to(cast.manager).count() == 2


def test_the_next_year_begins_with_this_list_and_who_said_it(cast) -> None:
    divide_tasks(
        unit=cast.a1, year=YEAR, said={"lend": Said("library")}, own="De leeshoek stoffen", by=cast.head
    )
    carried = division_of(cast.head, cast.a1, YEAR.next)
    assert (carried.begun, carried.from_year, side_of(cast, "lend", YEAR.next)) == (
        Begun.CARRIED,
        YEAR,
        "library",
    )
    assert carried.lines[-1].text == "De leeshoek stoffen"
    divide_tasks(unit=cast.a1, year=YEAR.next, said={"lend": Said("partner")}, by=cast.consultant)
    assert (side_of(cast, "lend"), side_of(cast, "lend", YEAR.next)) == ("library", "partner")
    kept = division_of(cast.head, cast.a1, YEAR.next)
    assert {line.changed_by for line in kept.lines} == {cast.head.name, cast.consultant.name}
    own = kept.lines[-1].code
    divide_tasks(unit=cast.a1, year=YEAR.next, said={own: Said("")}, by=cast.head)
    assert own not in {line.code for line in division_of(cast.head, cast.a1, YEAR.next).lines}
    assert own in {line.code for line in division_of(cast.head, cast.a1, YEAR).lines}


@pytest.mark.parametrize(
    ("name", "year"), [("teacher", YEAR), ("board", YEAR), ("outsider", YEAR), ("head", YEAR.previous)]
)
def test_who_may_not_divide(cast, name: str, year: SchoolYear) -> None:
    for act in (agree_tasks, divide_tasks):
        with pytest.raises(NotAllowed):
            act(
                unit=cast.a1,
                year=year,
                by=getattr(cast, name),
                **({"said": {}} if act is divide_tasks else {}),
            )


@pytest.mark.parametrize(
    ("name", "reads", "writes"),
    [
        ("consultant", 200, 200),
        ("head", 200, 200),
        ("teacher", 200, 403),
        ("municipality", 403, 403),
        ("outsider", 404, 404),
    ],
)
def test_who_reads_and_who_writes(cast, client_for, name: str, reads: int, writes: int) -> None:
    client = client_for(getattr(cast, name))
    assert [client.get(url).status_code for url in (PAGE, f"{PAGE}wijzigen/")] == [reads, writes]
    assert client.get(f"{PAGE.rstrip('/')}.pdf").status_code == reads


def test_the_list_is_changed_and_agreed_with_on_its_pages(cast, client_for) -> None:
    client = client_for(cast.head)
    form = client.get(f"{PAGE}wijzigen/").context["form"]
    sent = {f"taak_{line.code}": line.side for line in form.lines}
    sent |= {
        "taak_lend": "library",
        "hoe_lend": "<b>Dinsdag</b>",
        "taak_vision": "",
        "own": "Planten water geven",
    }
    assert client.post(f"{PAGE}wijzigen/", sent).status_code == 302
    assert [side_of(cast, code) for code in ("lend", "vision", "every-week")] == ["library", "", "partner"]
    assert client.post(f"{PAGE}akkoord/").status_code == 302
    page = client.get(PAGE).content.decode()
    assert "&lt;b&gt;Dinsdag" in page
    assert "Planten water geven" in page
    assert "niemand hier" in page
    assert "taakverdeling/akkoord/" not in page
    assert "taakverdeling/akkoord/" in client_for(cast.consultant).get(PAGE).content.decode()
    assert PAGE in client.get("/school/99AA00/").content.decode()


def test_two_at_once_meet(cast, client_for) -> None:
    client = client_for(cast.head)
    divide_tasks(unit=cast.a1, year=YEAR, said={}, by=cast.head)
    version = client.get(f"{PAGE}wijzigen/").context["form"].initial["version"]
    divide_tasks(unit=cast.a1, year=YEAR, said={"lend": Said("library")}, by=cast.consultant)
    answer = client.post(f"{PAGE}wijzigen/", {"taak_lend": "together", "version": version})
    assert answer.status_code == 409
    assert side_of(cast, "lend") == "library"


def test_it_stands_in_the_plan_on_paper_once_somebody_wrote_it(cast) -> None:
    begin_plan(unit=cast.a1, kind=PlanKind.YEAR, year=YEAR, by=cast.head)

    def grids() -> list[Grid]:
        view = plan_view(cast.head, cast.a1, PlanKind.YEAR, YEAR)
        document = plan_document(cast.head, cast.a1, view)
        return [
            one
            for part in document.sections
            if part.title == "Wie doet wat"
            for one in part.blocks
            if isinstance(one, Grid)
        ]

    assert grids() == []
    divide_tasks(unit=cast.a1, year=YEAR, said={"vision": Said("")}, by=cast.head)
    assert [len(grid.rows) for grid in grids()] == [19]


def test_the_page_costs_the_same_for_one_and_three(cast, client_for, queries_of) -> None:
    client = client_for(cast.manager)
    divide_tasks(unit=cast.a1, year=YEAR, said={}, own="Een", by=cast.manager)
    few = queries_of(client, PAGE)
    for own in ("Twee", "Drie"):
        divide_tasks(unit=cast.a1, year=YEAR, said={}, own=own, by=cast.manager)
    assert queries_of(client, PAGE) == few <= 10
