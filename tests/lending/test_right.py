"""The lending right: which rule holds for a school, and a list without persons."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.cli.main import main
from leesbouw.collection.actions import ProvisionRow, set_provision
from leesbouw.collection.domain import LendingRight
from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.jobs import Job, work_off
from leesbouw.core.time import SchoolYear, today
from leesbouw.lending.actions import give_back, lend, order_right, renew, right_file
from leesbouw.lending.domain.right import regime_of
from leesbouw.lending.enums import Regime
from leesbouw.lending.queries import right_lines
from tests.factories.cast import add_person
from tests.rendering.test_sheets import read_xlsx

YEAR = SchoolYear.running()


def agree_on(location, **more):  # type: ignore[no-untyped-def]
    values = {
        "ways": ["own"],
        "owner": "library",
        "manager": "library",
        "responsible": "library",
        "system": "leesbouw",
        "goes_home": "yes",
    }
    return set_provision(location=location, row=ProvisionRow(**values | more), by=SYSTEM)


@given(st.sampled_from(["", "library", "school", "both"]), *(st.none() | st.booleans() for _ in range(2)))
def test_the_government_pays_only_when_all_three_hold(responsible: str, system, home) -> None:  # type: ignore[no-untyped-def]
    right = LendingRight(responsible == "library" if responsible else None, system, home)
    found = regime_of(responsible, right)
    assert (found == Regime.PAID) == (responsible == "library" and system is True and home is True)
    assert (found == Regime.EXEMPT) == (responsible == "school")
    if found == Regime.UNMET:
        assert None not in right.conditions


def lent(shelf, desk):  # type: ignore[no-untyped-def]
    """One title twice, one of the two renewed."""
    for who in (shelf.noor, shelf.sem):
        lend(copy_id=shelf.copies[0].pk, to=who, location_id=shelf.location.pk, by=desk)
        if who == shelf.noor:
            renew(copy_id=shelf.copies[0].pk, location_id=shelf.location.pk, by=desk)
        give_back(copy_id=shelf.copies[0].pk, location_id=shelf.location.pk, by=desk)


def test_a_year_as_csv_and_as_workbook_without_persons(shelf, desk, cast) -> None:
    agree_on(shelf.location)
    lent(shelf, desk)
    content, number = right_file(library=cast.library_a, year=YEAR, ext="csv", by=SYSTEM)
    text = content.decode("utf-8-sig")
    _head, row = text.splitlines()
    assert number == 1
    assert row.split(";")[:5] == [
        str(YEAR),
        "99AA00",
        "De Regenboog",
        "de overheid betaalt",
        "de bibliotheek",
    ]
    assert (row.split(";")[6], row.split(";")[8]) == ("Pluk van de Petteflet", "2")
    for pupil in shelf.children.pupils:
        assert pupil.last_name not in text
    assert not any(card.barcode in text for card in shelf.cards)
    book, _number = right_file(library=cast.library_a, year=YEAR, ext="xlsx", by=SYSTEM)
    assert read_xlsx(book, 1)[1][-1] == 2
    assert "De Regenboog (99AA00)" in str(read_xlsx(book, 0))


def test_why_a_school_does_not_count_stands_there(shelf, cast, django_assert_num_queries) -> None:
    agree_on(
        shelf.location,
        goes_home="no",
        goes_home_why="Te weinig boeken",
        review_on=today() + timedelta(days=90),
    )
    with django_assert_num_queries(3):
        lines = {line.place.code: line for line in right_lines(SYSTEM, cast.library_a.pk, YEAR)}
    assert (lines["99AA00"].regime, len(lines["99AA00"].why)) == (Regime.UNMET, 1)
    agree_on(shelf.location, responsible="school")
    lines = {line.place.code: line for line in right_lines(SYSTEM, cast.library_a.pk, YEAR)}
    assert lines["99AA00"].regime == Regime.EXEMPT
    others = [line for code, line in lines.items() if code != "99AA00"]
    assert {line.regime for line in others} <= {Regime.UNKNOWN, Regime.OUTSIDE}
    assert all((line.regime == Regime.OUTSIDE) != line.place.is_school for line in others)


def test_who_orders_gets_the_file_and_nobody_elses(shelf, desk, cast, client_for) -> None:
    keeper = add_person("Hester Lijst", "collection", cast.library_a)
    lent(shelf, desk)
    page = client_for(keeper)
    assert page.get("/boeken/leenrecht/").status_code == 200
    assert page.post("/boeken/leenrecht/csv/").status_code == 302
    work_off()
    assert Job.objects.get(kind="lending.make_right").result_file is not None
    assert client_for(cast.head).get("/boeken/leenrecht/").status_code == 404
    with pytest.raises(NotAllowed):
        order_right(library=cast.library_b, year=YEAR, ext="csv", by=keeper)
    assert page.post("/boeken/leenrecht/pdf/").status_code == 404


def test_from_the_shell(shelf, desk, cast, tmp_path, capsys) -> None:
    lent(shelf, desk)
    target = tmp_path / "recht.csv"
    options = ["--library", cast.library_a.code, "--year", str(YEAR)]
    assert main(["export", "lending-right", str(target), *options]) == 0
    assert "Pluk van de Petteflet" in target.read_text("utf-8-sig")
    assert main(["export", "lending-right", "-", *options[:2]]) == 0
    assert "Pluk" not in capsys.readouterr().out  # last year nothing was lent
