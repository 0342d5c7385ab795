"""Figures of schools that lend with another system: read, refused by row, counted like any other, taken back."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.cli.main import main
from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.time import AMSTERDAM, SchoolYear, today
from leesbouw.exchange.domain.lending import amount, month
from leesbouw.exchange.models import ImportRun
from leesbouw.indicators.queries import Shown, facts, figures
from leesbouw.lending.actions import MonthRow, PastLoan, bring_loans, store_months
from leesbouw.lending.domain.months import month_of
from leesbouw.lending.models import LendingMonth
from leesbouw.lending.queries import place_figures
from leesbouw.organisations.actions import start_partnership
from tests.factories.cast import START, add_person
from tests.factories.lending import make_shelf

from .steps import bring, check, counts, errors, take_back

THIS = month_of(today())
LAST = month_of(date.fromordinal(THIS.toordinal() - 1))
YEAR = SchoolYear.of(LAST)
HEAD = "BRIN;Maand;Uitleningen;Mee naar huis;Leners;Leden;Bezit\n"
CODES = [
    "loans-per-pupil",
    "borrowed-last-month",
    "loans-at-home",
    "collection-turnover",
    "shelf-books-per-pupil",
]


def line(code: str = "99AA00", at: date = LAST, rest: str = "120;60;30;40;200") -> str:
    return f"{code};{at.month:02d}-{at.year};{rest}\n"


def bring_figures(cast, text: str):  # type: ignore[no-untyped-def]
    return bring((HEAD + text).encode(), SYSTEM, "lending-figures", library=cast.library_a.pk)


def shown(place) -> dict[str, float]:  # type: ignore[no-untyped-def]
    return {
        one.code: round(one.result.value, 3)
        for one in figures(SYSTEM, CODES, [place], [YEAR])
        if isinstance(one.result, Shown)
    }


@pytest.mark.parametrize(
    "text",
    ["2026-10", "10-2026", "10/2026", "oktober 2026", "Okt. 2026", "2026-10-01", "1-10-2026", "202610"],
)
def test_a_month_in_every_usual_way(text: str) -> None:
    assert month(text) == "2026-10-01"


@pytest.mark.parametrize("text", ["", "13-2026", "okt", "2026", "gisteren", "10-26"])
def test_no_month(text: str) -> None:
    with pytest.raises(ValueError, match="month"):
        month(text)


@given(st.integers(0, 1_000_000))
def test_amounts_with_and_without_signs(number: int) -> None:
    assert amount(str(number)) == amount(f"{number:,}".replace(",", ".")) == amount(f"{number},0") == number


def test_a_file_makes_the_same_figures_with_their_origin(cast) -> None:
    keeper = add_person("Hester Cijfer", "collection", cast.library_a)
    run = bring_figures(cast, line())
    assert counts(run) == {"new": 1}
    assert shown(cast.a1) == {
        "loans-per-pupil": 3,
        "borrowed-last-month": 0.75,
        "loans-at-home": 0.5,
        "collection-turnover": 0.6,
        "shelf-books-per-pupil": 5,
    }
    page = place_figures(keeper, cast.a1, YEAR)
    assert page.origin == "uit een bestand van een ander uitleensysteem"
    if SchoolYear.running() == YEAR:
        told = facts(keeper, cast.a1, YEAR)["borrowed-last-month"]
        assert (told.value, told.origin) == (75, "uit een bestand van een ander uitleensysteem")


def test_the_same_file_twice_and_a_better_one(cast) -> None:
    bring_figures(cast, line())
    content = (HEAD + line()).encode()
    assert counts(check(content, SYSTEM, "lending-figures", library=cast.library_a.pk)) == {"same": 1}
    run = bring_figures(cast, line(rest="160;60;30;40;200"))
    assert counts(run) == {"changed": 1}
    assert shown(cast.a1)["loans-per-pupil"] == 4
    take_back(run, SYSTEM)
    assert shown(cast.a1)["loans-per-pupil"] == 3


def test_taken_back_nothing_is_left(cast) -> None:
    run = bring_figures(cast, line())
    take_back(run, SYSTEM)
    assert not LendingMonth.objects.trusted("figures of lending").exists()
    assert shown(cast.a1) == {}
    if SchoolYear.running() == YEAR:
        assert facts(SYSTEM, cast.a1, YEAR)["lending-system"].value is None


def test_what_is_wrong_stands_at_its_row(cast) -> None:
    rows = [
        line(),
        line(),  # twice
        line("99ZZ99"),
        line(at=THIS),
        "99AA00;nooit;1;;;;\n",
        line(at=LAST.replace(year=LAST.year - 1), rest="10;20;5;40;200"),
        line(at=LAST.replace(year=LAST.year - 1), rest="10;2;50;40;200"),
        line(at=LAST.replace(year=LAST.year - 1), rest="10;2;12;40;200"),
        line(at=LAST.replace(year=LAST.year - 1), rest="veel;;;;"),
        "99AA00;;;;;;\n",
    ]
    run = bring_figures(cast, "".join(rows))
    assert [error[1:] for error in errors(run)] == [
        ("month", "double_month"),
        ("school", "unknown_location"),
        ("month", "month_runs"),
        ("month", "month"),
        ("at_home", "more_home"),
        ("borrowers", "more_borrowers"),
        ("borrowers", "more_than_loans"),
        ("loans", "amount"),
        ("month", "missing"),
        ("loans", "missing"),
    ]
    assert LendingMonth.objects.trusted("figures of lending").count() == 1


def test_of_a_school_that_lends_here_no_file_tells_the_month(cast) -> None:
    shelf = make_shelf(cast.library_a, cast.a1)
    at = LAST.replace(day=3)
    moment = datetime(at.year, at.month, at.day, 10, tzinfo=AMSTERDAM)
    rows = [PastLoan(shelf.copies[0].pk, moment, at, shelf.noor, ended_at=moment)]
    bring_loans(rows, location=cast.a1, by=SYSTEM)
    run = bring_figures(cast, line())
    assert errors(run)[0][1:] == ("month", "lends_here")


def test_by_page_and_by_shell(cast, client_for, tmp_path, capsys) -> None:
    keeper = add_person("Hester Cijfer", "collection", cast.library_a)
    assert client_for(keeper).get("/import/uitleencijfers/").status_code == 200
    assert client_for(cast.teacher).get("/import/uitleencijfers/").status_code == 403
    file = tmp_path / "cijfers.csv"
    file.write_text(HEAD + line())
    assert main(["import", "lending-figures", str(file), "--library", cast.library_a.code]) == 0
    assert shown(cast.a1)["loans-per-pupil"] == 3
    number = ImportRun.objects.get().pk
    assert main(["import", "undo", str(number)]) == 0
    assert shown(cast.a1) == {}


def test_a_school_brings_its_own_figures_and_no_others(cast, client_for) -> None:
    start_partnership(library=cast.library_a, location=cast.a2, by=SYSTEM, starts_on=START, programme="po")
    joke = add_person("Joke Cijfer", "reading-coordinator", cast.a1)
    assert client_for(joke).get("/import/uitleencijfers/").status_code == 200
    page = client_for(joke).get("/school/99AA00/uitleen/").content.decode()
    assert 'href="/import/uitleencijfers/"' in page
    run = bring((HEAD + line() + line("99AB00")).encode(), joke, "lending-figures", library=cast.library_a.pk)
    assert errors(run) == [(3, "school", "unknown_location")]
    assert shown(cast.a1)["loans-per-pupil"] == 3
    assert shown(cast.a2) == {}
    take_back(run, joke)
    assert shown(cast.a1) == {}
    with pytest.raises(NotAllowed):
        store_months({cast.a2.pk: [MonthRow(LAST, 1)]}, by=joke)
    with pytest.raises(NotAllowed):
        store_months({cast.a1.pk: [MonthRow(LAST, 1)]}, by=cast.head)


def test_every_page_of_the_wizard_opens(cast, client_for) -> None:
    keeper = add_person("Hester Wizard", "collection", cast.library_a)
    run = check(
        (HEAD + line() + line(at=THIS)).encode(), keeper, "lending-figures", library=cast.library_a.pk
    )
    page = client_for(keeper).get(f"/import/run/{run.pk}/controle/").content.decode()
    assert "1 is goed" in page
    assert "schrijven we op" not in page, "what other files say of years"
    done = bring((HEAD + line()).encode(), keeper, "lending-figures", library=cast.library_a.pk)
    assert client_for(keeper).get(f"/import/run/{done.pk}/").status_code == 200
    assert client_for(keeper).get(f"/import/run/{done.pk}/ontvangstbewijs.pdf").status_code == 200
