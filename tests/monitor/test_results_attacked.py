"""Results from a file that would tell of one child, of a school that said no, or break what was measured here."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import ObjectDoesNotExist

from leesbouw.core.access import SYSTEM
from leesbouw.core.errors import Sentence
from leesbouw.core.jobs import Job, work_off
from leesbouw.core.time import SchoolYear, today
from leesbouw.indicators.models import Cell, Fact, Finding, Published
from leesbouw.indicators.queries import figures
from leesbouw.monitor.actions import remove_results, working_out
from leesbouw.monitor.domain.results import Fault
from leesbouw.monitor.models import Participation, Round, Submission
from tests.core.test_threads import at_once
from tests.factories.cast import make_cast
from tests.factories.monitor import running_round

from .test_results import YEAR, brought_in, read

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["9" * 5000, "99999", "0", "77", "٦"])
def test_a_year_group_that_is_none_is_told_and_not_kept(text: str) -> None:
    found = read(["V1", "klas"], ["stom", text])
    assert found.faults == (Fault(2, "year_group", text),)
    assert [one.answers.year_group for one in found.lists] == [None]


@pytest.mark.parametrize("text", ["0,000001", "1e-9", "nan", "1e400", "0"])
def test_a_weight_that_would_be_kept_as_nothing_is_none(text: str) -> None:
    found = read(["V1", "gewicht"], ["stom", text])
    assert found.faults == (Fault(2, "weight", text),)
    assert found.lists == ()


def test_no_list_weighs_so_much_that_the_figure_is_that_of_one_child(cast) -> None:
    rows = [["heel leuk", "900"]] + [["stom", "0,001"]] * 11
    with pytest.raises(Sentence, match="weegt"):
        brought_in(cast, results=read(["V1", "gewicht"], *rows))
    assert not Submission.objects.trusted("test").exists()
    fair = read(["V1", "gewicht"], ["heel leuk", "10"], *[["stom", "1"]] * 11)
    assert max(one.weight for one in fair.lists) == Decimal(10)
    brought_in(cast, results=fair)
    assert Submission.objects.trusted("test").count() == 12


def test_nothing_comes_in_of_a_school_that_said_no(cast) -> None:
    row = running_round(cast, year=YEAR, closed_on=YEAR.ends_on).participation
    row.closed_on, row.declined_on = None, today()
    row.save()
    with pytest.raises(Sentence, match="doet niet mee"):
        brought_in(cast)
    assert not Submission.objects.trusted("test").exists()


def test_what_the_school_filled_in_with_another_library_is_not_written_over(cast) -> None:
    here = running_round(cast, year=YEAR, closed_on=YEAR.ends_on).participation
    Submission.objects.create(participation=here, respondent="pupil", questionnaire="po-pupil@1")
    Round.objects.filter(pk=here.round_id).update(library=cast.library_b.pk)
    with pytest.raises(Sentence, match="met een andere bibliotheek"):
        brought_in(cast)
    assert Round.objects.count() == 1


@pytest.mark.parametrize("first", [1900, 1999])
def test_a_year_without_years_before_it_is_refused(cast, first: int) -> None:
    with pytest.raises(Sentence, match="vanaf 2000-2001"):
        brought_in(cast, year=SchoolYear(first))
    assert not Round.objects.exists()


def test_a_word_that_no_database_keeps_is_a_fault() -> None:
    found = read(["V1", "L20"], ["stom", "\x00"], ["<b>stom</b>", "1"])
    assert found.faults == (Fault(2, "L20", "\x00"), Fault(3, "L10", "<b>stom</b>"))


def test_what_is_taken_away_before_the_worker_came_leaves_no_figure_and_no_failure(cast) -> None:
    remove_results(participation=brought_in(cast), by=SYSTEM)
    work_off()
    assert not Cell.objects.trusted("test").exists()
    assert not Published.objects.exists()
    assert {job.state for job in Job.objects.all()} == {"done"}


def test_what_is_taken_away_while_the_worker_adds_it_up_leaves_nothing(cast, monkeypatch) -> None:
    row, keep = brought_in(cast), working_out.keep_findings

    def taken_away_meanwhile(**values: object) -> int:
        found = keep(**values)
        remove_results(participation=row, by=SYSTEM)
        store(**stored[0])  # as if the worker's last write came after it
        return found

    stored, store = [], working_out.store_cells
    monkeypatch.setattr(working_out, "store_cells", lambda **values: stored.append(values) or store(**values))
    monkeypatch.setattr(working_out, "keep_findings", taken_away_meanwhile)
    work_off()

    assert stored
    assert not Cell.objects.trusted("test").exists()
    assert not Published.objects.exists()
    assert {job.state for job in Job.objects.all()} == {"done"}


def test_what_came_again_meanwhile_is_added_up_again(cast, monkeypatch) -> None:
    row, keep = brought_in(cast), working_out.keep_findings

    def taken_away_and_brought_in(**values: object) -> int:
        monkeypatch.setattr(working_out, "keep_findings", keep)
        remove_results(participation=row, by=SYSTEM)
        brought_in(cast, likes=6, others=6)
        return 0

    monkeypatch.setattr(working_out, "keep_findings", taken_away_and_brought_in)
    work_off()

    own = figures(SYSTEM, "reading-pleasure", [cast.a1], [YEAR])[0].result
    assert (own.value, own.persons) == (0.5, 12)


def test_what_stood_out_and_was_told_is_taken_away_as_well(cast) -> None:
    row = brought_in(cast)
    work_off()
    told = {"unit": cast.a1, "year": YEAR}
    Fact.objects.create(**told, code="pupils", number=12, origin="from the list")
    Finding.objects.create(**told, code="reading-pleasure", measure_version=1, value=0.5, base=12)

    remove_results(participation=row, by=SYSTEM)

    assert not Fact.objects.filter(**told).exists()
    assert not Finding.objects.filter(**told).exists()


@pytest.mark.threads
@pytest.mark.usefixtures("committed_db")
def test_a_double_press_brings_one_file_in_once_and_takes_it_away_once() -> None:
    cast, outcomes = make_cast(), []

    def press(work: Callable[[], object]) -> None:
        try:
            work()
            outcomes.append("done")
        except (Sentence, ObjectDoesNotExist):
            outcomes.append("refused")

    assert at_once(6, lambda _number: press(lambda: brought_in(cast))) == []
    assert sorted(outcomes) == ["done"] + ["refused"] * 5
    assert Submission.objects.trusted("test").count() == 12
    row, outcomes[:] = Participation.objects.get(), []
    assert at_once(6, lambda _number: press(lambda: remove_results(participation=row, by=SYSTEM))) == []
    assert sorted(outcomes) == ["done"] + ["refused"] * 5
    assert not Round.objects.exists()
