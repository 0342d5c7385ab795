"""DUO's schools: what a file would do, what it did, and the way back."""

from __future__ import annotations

from datetime import date

import pytest

from leesbouw.core import search
from leesbouw.core.access import SYSTEM
from leesbouw.core.audit import AuditEvent
from leesbouw.core.errors import Sentence
from leesbouw.core.time import SchoolYear
from leesbouw.exchange import actions
from leesbouw.exchange.models import ImportPart, ImportRow
from leesbouw.exchange.queries import blocked_rows
from leesbouw.organisations.actions import start_partnership
from leesbouw.organisations.models import (
    Board,
    Location,
    LocationYear,
    Municipality,
    Partnership,
    Province,
    Unit,
)

from . import files
from .files import a_school, schools
from .steps import bring, check, counts, errors, row, store, take_back

REGENBOOG = a_school("99AA00", "De Regenboog")  # is there already


def test_a_new_school_with_its_board_municipality_and_year(cast) -> None:
    elsewhere = {
        "GEMEENTENUMMER": "9950",
        "GEMEENTENAAM": "LINDEN",
        "PROVINCIE": "Friesland",
        "BEVOEGD GEZAG NUMMER": "777",
    }
    run = check(schools(a_school("99ZA00"), a_school("99ZB00", **elsewhere)), cast.administrator)

    assert counts(run) == {"new": 2, "gone": 3}
    assert (run.counts["boards"], run.counts["municipalities"], run.counts["years"]) == (1, 1, 2)
    assert not Location.objects.filter(code="99ZA00").exists()

    store(run, cast.administrator)

    school = Location.objects.select_related("board", "municipality__province").get(code="99ZB00")
    assert (school.board.code, school.board.name) == ("00777", "Schoolbestuur 00777")
    assert (school.municipality.name, school.municipality.province.name) == ("Linden", "Fryslân")
    year = LocationYear.objects.get(location=school)
    assert (year.year, year.board, year.municipality) == (SchoolYear(2021), school.board, school.municipality)
    assert not ImportPart.objects.exists()


def test_the_same_file_twice_changes_nothing(cast) -> None:
    content = schools(a_school("99ZA00"), REGENBOOG)
    bring(content, cast.administrator)
    versions = dict(Location.objects.values_list("code", "version"))
    again = check(content, cast.administrator)

    assert counts(again) == {"same": 2, "gone": 2}
    assert again.counts["writes"] == 0
    store(again, cast.administrator)
    assert dict(Location.objects.values_list("code", "version")) == versions


def test_a_change_is_shown_as_old_and_new_and_an_empty_cell_changes_nothing(cast) -> None:
    Location.objects.filter(code="99AA00").update(phone="0201112233", website="https://zelf.example")
    run = check(
        schools(a_school("99AA00", "De Nieuwe Regenboog", INTERNETADRES="", TELEFOONNUMMER=" ")),
        cast.administrator,
    )

    changes = row(run, "99AA00").changes
    assert changes["name"] == ["De Regenboog", "De Nieuwe Regenboog"]
    assert not {"phone", "website"} & set(changes)
    store(run, cast.administrator)
    school = Location.objects.get(code="99AA00")
    assert (school.name, school.phone) == ("De Nieuwe Regenboog", "0201112233")


def test_a_school_that_says_nothing_new_still_gets_the_year_of_the_file(cast) -> None:
    content = schools(REGENBOOG)
    bring(content, cast.administrator)
    run = check(content, cast.administrator, year=2022)

    assert counts(run) == {"same": 1, "gone": 2}
    assert (run.counts["years"], run.counts["writes"]) == (1, 1)
    store(run, cast.administrator)
    years = LocationYear.objects.filter(location__code="99AA00").values_list("year", flat=True)
    assert {SchoolYear(2021), SchoolYear(2022)} <= set(years)


def test_what_is_not_in_the_file_is_listed_and_left_alone(cast) -> None:
    run = bring(schools(REGENBOOG), cast.administrator)

    gone = set(ImportRow.objects.filter(run=run, kind="gone").values_list("code", flat=True))
    assert gone == {"99AB00", "99CA00"}  # other primary schools; not the secondary school, not child care
    assert not Location.objects.exclude(closed_on=None).exists()


def test_what_is_not_in_the_file_is_closed_when_asked_and_a_great_many_only_when_sure(cast) -> None:
    run = check(schools(REGENBOOG), cast.administrator, gone="close", closed_on="2026-07-31")

    with pytest.raises(Sentence):
        store(run, cast.administrator)
    store(run, cast.administrator, sure=True)

    closed = dict(Location.objects.exclude(closed_on=None).values_list("code", "closed_on"))
    assert closed == {"99AB00": date(2026, 7, 31), "99CA00": date(2026, 7, 31)}
    take_back(run, cast.administrator)
    assert not Location.objects.exclude(closed_on=None).exists()


def test_one_province_or_the_own_area_leaves_the_rest_out(cast) -> None:
    there = {"GEMEENTENUMMER": "9903", "GEMEENTENAAM": "EIKEN", "PROVINCIE": "Heuvelrug"}
    content = schools(
        a_school("99ZA00"), a_school("99ZB00", **there), a_school("99ZC00", POSTCODE="x", **there)
    )

    province = check(content, cast.administrator, reach="province", province="Waterland")
    area = check(content, cast.administrator, reach="area", municipalities=["9901"])

    for run in (province, area):
        assert (run.counts["new"], run.counts["faulty"], run.counts["outside"]) == (1, 0, 2)
        assert "99CA00" not in ImportRow.objects.filter(run=run).values_list("code", flat=True)


def test_faulty_rows_are_told_by_row_and_left_out(cast) -> None:
    run = bring(
        schools(
            a_school("99ZA00"), a_school("99ZB00", POSTCODE="12"), a_school("99ZC00", GEMEENTENUMMER="x")
        ),
        cast.administrator,
    )

    assert errors(run) == [(3, "postcode", "postcode"), (4, "municipality", "municipality_code")]
    assert set(Location.objects.filter(code__startswith="99Z").values_list("code", flat=True)) == {"99ZA00"}


def test_a_row_that_stops_half_way_is_told_as_such(cast) -> None:
    content = schools(a_school("99ZA00")) + b"Waterland;99001;99"

    assert errors(check(content, cast.administrator)) == [(3, "", "short_row")]


def test_a_code_that_comes_twice(cast) -> None:
    same, other = a_school("99ZA00"), a_school("99ZA00", "Een andere naam")
    run = check(schools(same, same, other), cast.administrator)

    assert run.counts["new"] == 1
    assert run.counts["repeated"] == 1
    assert errors(run) == [(4, "code", "double")]


def test_a_row_without_a_readable_code_does_not_close_the_school_it_may_mean(cast) -> None:
    run = check(schools(REGENBOOG, a_school("99AB00", "'t Anker", VESTIGINGSNUMMER="??")), cast.administrator)

    assert set(ImportRow.objects.filter(run=run, kind="gone").values_list("code", flat=True)) == {"99CA00"}


# Doubt


def test_the_same_name_and_place_under_another_code_is_a_doubt(cast) -> None:
    Location.objects.filter(code="99AA00").update(postcode="1234 AB")
    run = check(schools(a_school("99ZZ00", "De  Regenboog")), cast.administrator)

    assert row(run, "99ZZ00").errors == [["code", "looks_like"]]
    assert "99AA00" not in ImportRow.objects.filter(run=run, kind="gone").values_list("code", flat=True)
    store(run, cast.administrator)
    assert not Location.objects.filter(code="99ZZ00").exists()  # nobody decided


def test_a_doubt_that_somebody_takes_along_is_stored(cast) -> None:
    Location.objects.filter(code="99AA00").update(postcode="1234 AB")
    run = check(schools(a_school("99ZZ00", "De Regenboog")), cast.administrator)
    actions.decide_rows(run=run, ids=[row(run, "99ZZ00").pk], decision="take", by=cast.administrator)
    store(run, cast.administrator)

    assert Location.objects.filter(code="99ZZ00").exists()
    assert not blocked_rows(cast.administrator, run).exists()


def test_a_closed_school_that_is_in_the_file_is_a_doubt_and_opens_when_taken(cast) -> None:
    Location.objects.filter(code="99AA00").update(closed_on=date(2020, 7, 31))
    run = check(schools(REGENBOOG), cast.administrator)

    assert row(run, "99AA00").errors == [["closed_on", "closed_here"]]
    actions.decide_rows(run=run, ids=[row(run, "99AA00").pk], decision="take", by=cast.administrator)
    store(run, cast.administrator)
    assert Location.objects.get(code="99AA00").closed_on is None
    take_back(run, cast.administrator)
    assert Location.objects.get(code="99AA00").closed_on == date(2020, 7, 31)


# The way back


def snapshot() -> dict[str, object]:
    """Everything an import may touch, without ids that were never there."""
    return {
        "units": list(Unit.objects.order_by("pk").values_list("pk", "kind", "code", "name")),
        "locations": list(Location.objects.order_by("pk").values()),
        "years": list(LocationYear.objects.order_by("pk").values()),
    }


def without_versions(values: dict[str, object]) -> dict[str, object]:
    rows = [{key: one[key] for key in one if key != "version"} for one in values["locations"]]  # type: ignore[attr-defined]
    return {**values, "locations": rows}


def test_undo_puts_everything_back(cast) -> None:
    before = without_versions(snapshot())
    elsewhere = {
        "GEMEENTENUMMER": "9950",
        "GEMEENTENAAM": "LINDEN",
        "PROVINCIE": "Friesland",
        "BEVOEGD GEZAG NUMMER": "777",
    }
    changed = a_school("99AB00", "Het Anker", **elsewhere)
    run = bring(
        schools(a_school("99ZA00"), a_school("99ZB00", **elsewhere), changed, REGENBOOG), cast.administrator
    )
    assert without_versions(snapshot()) != before
    assert Province.objects.filter(name="Fryslân").exists()
    assert search.find(cast.administrator, "99ZA00")

    done = take_back(run, cast.administrator)

    assert done.counts["blocked"] == 0
    assert without_versions(snapshot()) == before
    assert not search.find(cast.administrator, "99ZA00")


def test_undo_leaves_alone_what_somebody_changed_since_and_says_so(cast) -> None:
    run = bring(schools(a_school("99ZA00"), a_school("99ZB00")), cast.administrator)
    Location.objects.filter(code="99ZA00").update(phone="0100000000")

    done = take_back(run, cast.administrator)

    assert done.counts["blocked"] == 1
    assert row(run, "99ZA00").errors == [["", "changed_since"]]
    assert set(Location.objects.filter(code__startswith="99Z").values_list("code", flat=True)) == {"99ZA00"}


def test_undo_leaves_alone_what_somebody_works_with(cast) -> None:
    run = bring(schools(a_school("99ZA00"), a_school("99ZB00")), cast.administrator)
    start_partnership(library=cast.library_a, location=Location.objects.get(code="99ZA00"), by=SYSTEM)

    done = take_back(run, cast.administrator)

    assert done.counts["blocked"] == 1
    assert row(run, "99ZA00").errors == [["", "in_use"]]
    assert Location.objects.filter(code="99ZA00").exists()
    Partnership.objects.filter(location__code="99ZA00").delete()
    assert take_back(done, cast.administrator).counts["blocked"] == 0  # the rest may still go
    assert not Location.objects.filter(code="99ZA00").exists()


def test_a_municipality_that_became_somebodys_area_stays(cast) -> None:
    from leesbouw.organisations.actions import choose_area

    run = bring(schools(a_school("99ZA00", GEMEENTENUMMER="9950", GEMEENTENAAM="LINDEN")), cast.administrator)
    town = Municipality.objects.get(code="9950")
    mine = [cast.elzen.pk, town.pk]
    choose_area(library=cast.library_a, municipality_ids=mine, starts_on=date(2026, 1, 1), by=SYSTEM)
    take_back(run, cast.administrator)

    assert Municipality.objects.filter(code="9950").exists()
    assert not Location.objects.filter(code="99ZA00").exists()


def test_a_board_gets_its_name_and_gets_its_old_name_back(cast) -> None:
    content = files.csv_text(
        [{**files.SCHOOL, **REGENBOOG, "BEVOEGD GEZAG NAAM": "Stichting Nieuw"}]
    ).encode()
    run = bring(content, cast.administrator)

    assert Board.objects.get(code="99001").name == "Stichting Nieuw"
    assert row(run, "99AA00").changes["board_name"] == ["Stichting X", "Stichting Nieuw"]
    take_back(run, cast.administrator)
    assert Board.objects.get(code="99001").name == "Stichting X"


def test_a_file_with_numbers_alone_leaves_the_names_of_boards(cast) -> None:
    bring(schools(REGENBOOG), cast.administrator)

    assert Board.objects.get(code="99001").name == "Stichting X"


def test_one_event_tells_of_the_whole_run_and_none_holds_a_name(cast) -> None:
    run = bring(schools(a_school("99ZA00")), cast.administrator)
    events = AuditEvent.objects.filter(verb__startswith="exchange.")

    assert list(events.order_by("pk").values_list("verb", flat=True)) == [
        "exchange.bring_file",
        "exchange.start_import",
        "exchange.finish_import",
    ]
    assert events.get(verb="exchange.finish_import").run == str(run.pk)
    assert "proef" not in str(list(events.values_list("data", flat=True)))


def test_found_by_search_at_once(cast) -> None:
    bring(schools(a_school("99ZA00", "De Tamarinde")), cast.administrator)

    assert [hit.title for hit in search.find(cast.administrator, "tamarinde")] == ["De Tamarinde"]
