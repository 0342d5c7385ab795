"""From cells to figures: what is stored, what is published of it, and who sees what."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leesbouw.core import jobs
from leesbouw.core.access import SYSTEM, UnguardedQuery
from leesbouw.core.audit import AuditEvent
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.actions import finders, publish, queue_publication
from leesbouw.indicators.domain.statistics import wilson
from leesbouw.indicators.enums import Reason
from leesbouw.indicators.models import BlockMember, Cell, Published
from leesbouw.indicators.queries import (
    Hidden,
    Shown,
    chosen_figures,
    comparable_figures,
    difference,
    figures,
)
from leesbouw.indicators.queries.cells import band_of
from leesbouw.organisations.actions import YearRow, write_location_years
from leesbouw.organisations.models import Board, Location, LocationYear, Municipality

from .cells import SHARE, YEAR, close, share


def make_schools(cast, number: int) -> list[Location]:  # type: ignore[no-untyped-def]
    """More schools in Elzen, each of its own board's and of the size and weight of a1."""
    elzen, board = Municipality.objects.get(pk=cast.elzen.pk), Board.objects.get(pk=cast.board_y.pk)
    made = [
        Location.objects.create(
            code=f"99Z{n}00", name=f"School {n}", sector="po", municipality=elzen, board=board
        )
        for n in range(number)
    ]
    rows = [YearRow(one.pk, pupils=210) for one in made]
    write_location_years(rows, year=YEAR, by=SYSTEM)
    return made


@pytest.fixture
def year_of(cast):  # type: ignore[no-untyped-def]
    """Everybody's place in the year that the cells are of."""
    rows = [YearRow(one.pk, pupils=205) for one in Location.objects.all()]
    write_location_years(rows, year=YEAR, by=SYSTEM)
    return cast


def one(actor, unit, *, code=SHARE, breakdown="", year=YEAR):  # type: ignore[no-untyped-def]
    found = figures(actor, code, [unit], [year], breakdown)
    assert len(found) <= 1
    return found[0].result if found else None


def values(found) -> dict:  # type: ignore[no-untyped-def, type-arg]
    return {
        figure.breakdown: figure.result.value if isinstance(figure.result, Shown) else figure.result.reason
        for figure in found
    }


# Storing


def test_a_raw_cell_is_in_nobodys_scope(year_of) -> None:
    close(year_of.a1, share(15, 20))

    for actor in (year_of.head, year_of.manager, year_of.nation):
        assert not Cell.objects.visible_to(actor).exists()
        assert not BlockMember.objects.visible_to(actor).exists()
    with pytest.raises(UnguardedQuery):
        Cell.objects.count()


def test_closing_shows_the_school_at_once_what_may_be_seen(year_of) -> None:
    close(
        year_of.a1,
        share(24, 31),
        share(12, 20, "group:1"),
        share(8, 8, "group:2"),
        share(4, 3, "group:3"),
    )

    assert values(figures(year_of.head, SHARE, [year_of.a1], [YEAR], "group")) == {
        "group:1": 0.6,
        "group:2": Reason.PROTECTS,
        "group:3": Reason.FEW_PERSONS,
    }
    assert one(year_of.head, year_of.a1).value == 24 / 31


def test_a_hidden_figure_has_no_numbers_in_the_database(year_of) -> None:
    close(year_of.a1, share(3, 4))

    row = Published.objects.get(unit=year_of.a1)
    assert (row.hidden, row.numerator, row.denominator, row.persons, row.population) == ("few", 0, 0, 0, None)
    assert one(year_of.head, year_of.a1) == Hidden(Reason.FEW_PERSONS)


def test_who_could_have_answered_makes_the_interval_smaller(year_of) -> None:
    close(year_of.a1, share(15, 20), populations={("pupils", ""): 24})

    shown = one(year_of.head, year_of.a1)
    assert shown.population == 24
    assert shown.interval == wilson(0.75, 20, population=24)


def test_closing_again_replaces_what_was_there_and_leaves_other_years(year_of) -> None:
    close(year_of.a1, share(15, 20), share(9, 10, "group:1"))
    close(year_of.a1, share(10, 20), year=YEAR.previous)

    assert close(year_of.a1, share(12, 20)) == 1
    assert values(figures(year_of.head, SHARE, [year_of.a1], [YEAR], "group")) == {}
    assert one(year_of.head, year_of.a1).value == 0.6
    assert one(year_of.head, year_of.a1, year=YEAR.previous).value == 0.5
    assert AuditEvent.objects.filter(verb="indicators.store_cells").count() == 3


def test_an_unknown_measure_is_an_error_and_stores_nothing(year_of) -> None:
    with pytest.raises(LookupError):
        close(year_of.a1, share(15, 20), share(15, 20, measure="invented"))

    assert Published.objects.count() == 0


# Publishing


def test_a_municipality_adds_up_its_schools(year_of) -> None:
    close(year_of.a1, share(15, 20))
    close(year_of.a2, share(10, 30))
    publish(year=YEAR, by=SYSTEM)

    shown = one(year_of.head, year_of.elzen)
    assert (shown.value, shown.base, shown.persons, shown.locations) == (0.5, 50, 50, 2)
    assert one(year_of.head, year_of.library_a).value == 0.5
    assert one(year_of.head, year_of.nation_unit) == Hidden(Reason.FEW_LOCATIONS, left_out=2)


def test_one_school_is_no_municipality(year_of) -> None:
    close(year_of.a1, share(15, 20))
    publish(year=YEAR, by=SYSTEM)

    assert one(year_of.head, year_of.elzen) == Hidden(Reason.FEW_LOCATIONS, left_out=1)


def test_small_schools_count_together_and_who_fits_nowhere_does_not(year_of) -> None:
    more = make_schools(year_of, 3)
    close(year_of.a1, share(15, 20))
    close(year_of.a2, share(10, 20))
    for school, number in zip(more, (4, 4, 3), strict=True):
        close(school, share(1, number))
    publish(year=YEAR, by=SYSTEM)

    shown = one(year_of.manager, year_of.elzen)
    assert (shown.persons, shown.locations, shown.left_out) == (51, 5, 0)
    blocks = BlockMember.objects.trusted("a test").values_list("block", "location_id")
    assert sorted(blocks) == [(more[0].pk, one.pk) for one in more]

    close(more[2], share(1, 1))
    publish(year=YEAR, by=SYSTEM)

    shown = one(year_of.manager, year_of.elzen)
    assert (shown.persons, shown.locations, shown.left_out) == (40, 2, 3)


def test_publishing_twice_changes_nothing(year_of) -> None:
    close(year_of.a1, share(15, 20))
    close(year_of.a2, share(10, 30))
    first = publish(year=YEAR, by=SYSTEM)
    rows = sorted(Published.objects.values_list("pk", "unit", "hidden", "numerator"))

    assert publish(year=YEAR, by=SYSTEM) == first
    assert sorted(Published.objects.values_list("pk", "unit", "hidden", "numerator")) == rows


def test_a_row_that_is_no_row_any_more_goes(year_of) -> None:
    close(year_of.a1, share(15, 20), share(15, 20, "year_group:5"))
    close(year_of.a2, share(10, 30), share(10, 30, "year_group:5"))
    publish(year=YEAR, by=SYSTEM)
    assert values(figures(SYSTEM, SHARE, [year_of.elzen], [YEAR], "year_group")) == {"year_group:5": 0.5}

    close(year_of.a1, share(15, 20))
    close(year_of.a2, share(10, 30))
    publish(year=YEAR, by=SYSTEM)

    assert figures(SYSTEM, SHARE, [year_of.elzen], [YEAR], "year_group") == []
    assert one(SYSTEM, year_of.elzen).value == 0.5


def test_a_year_is_told_by_who_the_schools_belonged_to_then(year_of) -> None:
    close(year_of.a1, share(15, 20))
    close(year_of.a2, share(10, 30))
    Location.objects.filter(pk=year_of.a2.pk).update(municipality=year_of.berken)
    publish(year=YEAR, by=SYSTEM)

    assert one(SYSTEM, year_of.elzen).locations == 2
    assert one(SYSTEM, year_of.berken) is None


def two_years(cast, newcomers: int) -> None:  # type: ignore[no-untyped-def]
    """Two schools that measured in both years, and so many that are new."""
    new = make_schools(cast, newcomers)
    rows = [YearRow(one.pk) for one in Location.objects.all()]
    write_location_years(rows, year=YEAR.previous, by=SYSTEM)
    for school, before, after in ((cast.a1, 10, 15), (cast.a2, 5, 10)):
        close(school, share(before, 20), year=YEAR.previous)
        close(school, share(after, 20))
    for school in new:
        close(school, share(0, 20))
    publish(year=YEAR, by=SYSTEM)


def test_equal_panels_hold_who_took_part_in_both_years(year_of) -> None:
    two_years(year_of, newcomers=2)

    found = figures(SYSTEM, SHARE, [year_of.elzen], [YEAR.previous, YEAR], panel=True)
    assert [(one.year, one.panel, one.result.value, one.result.locations) for one in found] == [
        (YEAR.previous, YEAR, 15 / 40, 2),
        (YEAR, YEAR.previous, 25 / 40, 2),
    ]
    assert one(SYSTEM, year_of.elzen).value == 25 / 80


def test_one_newcomer_is_no_difference_of_a_panel_and_everybody(year_of) -> None:
    two_years(year_of, newcomers=1)

    assert one(SYSTEM, year_of.elzen).value == 25 / 60
    assert figures(SYSTEM, SHARE, [year_of.elzen], [YEAR.previous, YEAR], panel=True) == []


def test_a_board_has_an_equal_panel_of_its_own_schools(year_of) -> None:
    write_location_years([YearRow(one.pk) for one in Location.objects.all()], year=YEAR.previous, by=SYSTEM)
    for school in (year_of.a1, year_of.b1):
        close(school, share(10, 20), year=YEAR.previous)
        close(school, share(15, 20))
    publish(year=YEAR, by=SYSTEM)

    found = figures(SYSTEM, SHARE, [year_of.board_x], [YEAR.previous, YEAR], panel=True)
    assert [(one.year, one.result.value, one.result.locations) for one in found] == [
        (YEAR.previous, 0.5, 2),
        (YEAR, 0.75, 2),
    ]
    assert figures(SYSTEM, SHARE, [year_of.berken], [YEAR.previous, YEAR], panel=True) == []


def test_the_worker_publishes_a_year(year_of) -> None:
    close(year_of.a1, share(15, 20))
    close(year_of.a2, share(10, 30))
    queue_publication(year=YEAR, by=SYSTEM)

    assert jobs.work_off() == 1
    assert one(SYSTEM, year_of.elzen).value == 0.5


def test_schools_that_close_together_are_one_publication(year_of) -> None:
    for school in (year_of.a1, year_of.a2, year_of.b1):
        close(school, share(15, 20))
        queue_publication(year=YEAR, by=year_of.manager)
    queue_publication(year=YEAR.previous, by=SYSTEM)
    assert jobs.Job.objects.count() == 2

    first = jobs.claim()  # what comes in from here on it may miss
    queue_publication(year=YEAR, by=SYSTEM)
    assert jobs.Job.objects.exclude(pk=first.pk).count() == 2


def test_only_what_a_closing_school_is_compared_with_is_looked_at_again(year_of, monkeypatch) -> None:
    looked: list[set[int]] = []
    monkeypatch.setitem(
        finders._items, "monitor", lambda *, year, locations, codes, by: looked.append(set(locations))
    )
    alike = make_schools(year_of, 6)
    larger, alike = alike[:3], alike[3:]
    write_location_years([YearRow(one.pk, pupils=450) for one in larger], year=YEAR, by=SYSTEM)
    for school in (*alike, *larger):
        close(school, share(12, 20))
    publish(year=YEAR, by=SYSTEM)
    publish(year=YEAR, by=SYSTEM)
    assert looked[0] >= {one.pk for one in (*alike, *larger)}
    assert looked[1] == set()

    close(year_of.a1, share(5, 20))
    publish(year=YEAR, by=SYSTEM)
    assert looked[2] >= {year_of.a1.pk, *(one.pk for one in alike)}
    assert not looked[2] & {one.pk for one in larger}


# Who sees what


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("head", {"a1", "elzen", "library_a", "board_x", "province", "nation_unit"}),
        ("teacher", {"a1", "elzen", "library_a", "board_x", "province", "nation_unit"}),
        ("other_head", {"a2", "elzen", "library_a", "board_y", "province", "nation_unit"}),
        ("consultant", {"a1", "elzen", "library_a", "board_x", "board_y", "province", "nation_unit"}),
        ("other_library", {"b1", "berken", "board_x", "province", "nation_unit"}),
        ("municipality", {"elzen", "library_a", "board_x", "board_y", "province", "nation_unit"}),
        ("board", {"elzen", "berken", "library_a", "board_x", "province", "nation_unit"}),
        ("poi", {"elzen", "berken", "library_a", "board_x", "board_y", "province", "nation_unit"}),
        ("outsider", {"board_y", "nation_unit"}),
    ],
)
def test_who_sees_the_figures_of_what(year_of, name: str, sees: set[str]) -> None:
    close(year_of.a1, share(15, 20))
    close(year_of.a2, share(10, 30))
    close(year_of.b1, share(10, 30))
    publish(year=YEAR, by=SYSTEM)
    units = (
        "a1",
        "a2",
        "b1",
        "elzen",
        "berken",
        "library_a",
        "board_x",
        "board_y",
        "province",
        "nation_unit",
    )

    found = figures(getattr(year_of, name), SHARE, [getattr(year_of, unit) for unit in units], [YEAR])

    assert {unit for unit in units if getattr(year_of, unit).pk in {one.unit_id for one in found}} == sees


def test_forty_measures_of_six_units_cost_no_more_queries_than_one(year_of) -> None:
    close(year_of.a1, share(15, 20), share(3, 20, measure="reads-daily"))
    close(year_of.a2, share(10, 30), share(3, 30, measure="reads-daily"))
    publish(year=YEAR, by=SYSTEM)
    units = [year_of.a1, year_of.elzen, year_of.library_a, year_of.nation_unit]

    def queries(codes: list[str], units: list) -> int:  # type: ignore[type-arg]
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert figures(year_of.head, codes, units, [YEAR.previous, YEAR])
        return len(caught)

    assert queries([SHARE], units[:1]) == 1
    assert queries([SHARE, "reads-daily"], units) == 1


def test_comparable_schools_are_told_without_names(year_of) -> None:
    more = make_schools(year_of, 4)
    for number, school in enumerate([year_of.a1, *more]):
        close(school, share(10 + number, 20))
    publish(year=YEAR, by=SYSTEM)

    (found,) = comparable_figures(year_of.head, SHARE, year_of.a1, [YEAR])
    assert (found.result.value, found.result.locations) == (60 / 100, 5)
    assert comparable_figures(year_of.other_head, SHARE, year_of.a1, [YEAR]) == []


def test_four_comparable_schools_are_too_few(year_of) -> None:
    for school in [year_of.a1, *make_schools(year_of, 3)]:
        close(school, share(10, 20))
    publish(year=YEAR, by=SYSTEM)

    (found,) = comparable_figures(year_of.head, SHARE, year_of.a1, [YEAR])
    assert found.result == Hidden(Reason.FEW_LOCATIONS, left_out=4)


@pytest.mark.parametrize(
    ("pupils", "weight", "band"),
    [
        (99, None, "po-0-"),
        (100, Decimal(28), "po-1-1"),
        (250, Decimal("27.99"), "po-2-0"),
        (650, Decimal(40), "po-5-3"),
        (None, Decimal(30), ""),
    ],
)
def test_bands_of_comparable_schools(pupils: int | None, weight: Decimal | None, band: str) -> None:
    assert band_of("po", pupils, weight) == band


# A set of one's own


def test_a_chosen_set_is_the_sum_of_what_one_sees(year_of) -> None:
    close(year_of.a1, share(15, 20))
    close(year_of.a2, share(10, 30))
    close(year_of.k1, share(5, 10))

    (found,) = chosen_figures(year_of.manager, SHARE, [year_of.a1, year_of.k1, year_of.a2], [YEAR])

    shown = found.result
    assert (shown.value, shown.locations, shown.left_out) == (20 / 30, 2, 1)  # no partnership with a2
    (found,) = chosen_figures(year_of.head, SHARE, [year_of.a1, year_of.a2], [YEAR])
    assert found.result == Hidden(Reason.FEW_LOCATIONS, 1)


def test_a_chosen_set_is_of_one_kind(year_of) -> None:
    with pytest.raises(ValueError, match="one kind"):
        chosen_figures(year_of.manager, SHARE, [year_of.a1, year_of.elzen], [YEAR])


def test_the_panel_of_a_set_holds_who_shows_a_figure_in_both_years(year_of) -> None:
    """a1 and k1 in both years; of k2 there are four children in the first one."""
    for school, likes, before in ((year_of.a1, 15, 20), (year_of.k1, 5, 10)):
        close(school, share(likes, 20))
        close(school, share(before, 20), year=YEAR.previous)
    schools = [year_of.a1, year_of.k1]

    def panel(actor, units):  # type: ignore[no-untyped-def]
        found = chosen_figures(actor, SHARE, units, [YEAR.previous, YEAR], panel=True)
        return [(one.year, one.panel, one.result.value, one.result.locations) for one in found]

    assert panel(year_of.manager, schools) == [
        (YEAR, YEAR.previous, 0.5, 2),
        (YEAR.previous, YEAR, 0.75, 2),
    ]
    assert panel(year_of.manager, [year_of.a1]) == []
    assert panel(year_of.head, schools) == []
    assert panel(year_of.outsider, schools) == []
    close(year_of.k1, share(3, 4), year=YEAR.previous)
    assert panel(year_of.manager, schools) == []


def test_the_difference_of_two_figures(year_of) -> None:
    close(year_of.a1, share(80, 100))
    close(year_of.a1, share(50, 100), year=SchoolYear(2025))
    now, before = (one(year_of.head, year_of.a1, year=year) for year in (YEAR, SchoolYear(2025)))

    found = difference(now, before)

    assert found is not None
    assert (round(found.value, 9), found.judgement, found.direction) == (0.3, "clear", "up")


def test_a_location_without_a_place_in_the_year_counts_nowhere(year_of) -> None:
    close(year_of.a1, share(15, 20))
    close(year_of.a2, share(10, 30))
    LocationYear.objects.filter(location=year_of.a2, year=YEAR).delete()
    publish(year=YEAR, by=SYSTEM)

    assert one(SYSTEM, year_of.elzen) == Hidden(Reason.FEW_LOCATIONS, left_out=1)
    assert one(year_of.other_head, year_of.a2).value == 1 / 3
