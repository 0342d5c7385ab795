"""The code of a class: starting, pausing, reading together, late codes and closing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.core.access import NotAllowed
from leesbouw.core.audit import AuditEvent
from leesbouw.core.errors import Sentence
from leesbouw.core.time import today
from leesbouw.monitor.actions import doors as actions
from leesbouw.monitor.actions.submitting import Outcome, submit_pupil
from leesbouw.monitor.domain import doors
from leesbouw.monitor.models import ClassCode, OpenAnswer, Participation, Submission
from leesbouw.monitor.queries.doors import door, group_lines
from leesbouw.organisations.actions import record_agreement
from leesbouw.organisations.models import ClassGroup
from tests.factories.cast import add_person
from tests.factories.monitor import running_round
from tests.factories.pupils import make_class


def agree(cast):
    record_agreement(
        location=cast.a1,
        library=cast.library_a,
        version="4.0",
        signed_on=today(),
        starts_on=today(),
        signer_name="Ria Bos",
        signer_function="directeur",
        content=b"%PDF-1.7",
        by=cast.manager,
    )


def stranger(cast):
    """A consultant of a library that has nothing to do with the school; she runs classes elsewhere."""
    return add_person("stranger", "reading-consultant", cast.library_c)


def start(cast, name="6", by=None):
    running = running_round(cast)
    return actions.start_class(group_id=running.groups[name].pk, by=by or cast.teacher)


def fill_in(row, number=3):
    for n in range(number):
        form = {"L10": [str(1 + n % 4)], "L90": [f"boek {n}"], "receipt": [f"{n:032x}"]}
        assert submit_pupil(code=row.code, form=form) is Outcome.STORED
    row.refresh_from_db()


def rows_of(participation):
    return list(Submission.objects.trusted("test").filter(participation=participation).order_by("pk"))


# Codes


@given(st.text(alphabet=doors.ALPHABET, min_size=6, max_size=6))
def test_a_code_is_read_back_however_it_is_typed(code: str) -> None:
    assert doors.read_code(f" {code[:3].lower()} {code[3:].lower()} ") == code
    assert doors.read_code(f"{code[:3]}-{code[3:]}") == code


@given(st.text())
def test_what_is_no_code_is_none(typed: str) -> None:
    code = doors.read_code(typed)

    assert code in {"", doors.read_code(code)}


def test_a_code_is_spelled_sign_by_sign() -> None:
    assert doors.spelled("K7PQ4M") == "K 7 P, Q 4 M"


@pytest.mark.parametrize(
    ("sent", "minutes"), [("7", 7), ("", None), ("-1", None), ("99999", 90), ("1.5", None)]
)
def test_minutes_are_whole_and_capped(sent: str, minutes: int | None) -> None:
    assert doors.read_minutes(sent) == minutes


def test_a_new_code_has_no_look_alikes() -> None:
    signs = set("".join(doors.new_class_code() for _ in range(400)))

    assert signs == set(doors.ALPHABET)
    for alike in ("0O", "1IL", "2Z", "5S", "6G", "8B", "UV"):
        assert not signs & set(alike)


def test_what_leads_to_figures_has_a_longer_code() -> None:
    code = doors.new_class_code(doors.TEAM_LENGTH)

    assert (len(doors.new_class_code()), len(code)) == (6, 8)
    assert doors.read_code(f"{code[:4]} {code[4:]}".lower(), doors.TEAM_LENGTH) == code
    assert (doors.read_code(code), doors.read_code(code[:6], doors.TEAM_LENGTH)) == ("", "")
    assert doors.spelled("K7PQ4MXY") == "K 7 P Q, 4 M X Y"


# Starting


def test_a_class_gets_one_code_however_often_it_is_started(cast) -> None:
    row = start(cast)

    assert actions.start_class(group_id=row.group_id, by=cast.teacher).pk == row.pk
    assert ClassCode.objects.count() == 1
    assert AuditEvent.objects.filter(verb="monitor.start_class").count() == 1


def test_pupils_expected_are_those_in_the_group(cast) -> None:
    agree(cast)
    pupils = make_class(cast.a1)
    running_round(cast)

    assert actions.start_class(group_id=pupils.groups["6"].pk, by=cast.teacher).expected == 1


def test_who_is_not_of_the_school_starts_nothing(cast) -> None:
    running = running_round(cast)
    group = running.groups["6"].pk

    with pytest.raises(ClassGroup.DoesNotExist):
        actions.start_class(group_id=group, by=stranger(cast))
    with pytest.raises(NotAllowed):
        actions.start_class(group_id=group, by=cast.volunteer)
    assert not ClassCode.objects.exists()


def test_a_group_that_is_asked_nothing_has_no_class(cast) -> None:
    running = running_round(cast)

    with pytest.raises(ClassGroup.DoesNotExist):
        actions.start_class(group_id=running.groups["3"].pk, by=cast.teacher)


@pytest.mark.parametrize(
    "values",
    [
        {"authorised_on": None},
        {"closed_on": today()},
        {"declined_on": today()},
        {"extended_to": today() - timedelta(days=1)},
    ],
)
def test_no_class_starts_while_the_school_is_not_open(cast, values) -> None:
    running = running_round(cast)
    Participation.objects.update(**values)

    with pytest.raises(Sentence):
        actions.start_class(group_id=running.groups["6"].pk, by=cast.teacher)


def test_the_groups_of_a_school_ask_five_questions(cast, django_assert_num_queries) -> None:
    running = running_round(cast)
    actions.start_class(group_id=running.groups["6"].pk, by=cast.teacher)
    group_lines(cast.teacher)

    with django_assert_num_queries(4):
        lines = group_lines(cast.teacher)
    assert [(line.group.name, line.state) for line in lines] == [("6", "running"), ("7/8", "new")]
    assert group_lines(cast.outsider) == []
    assert group_lines(cast.volunteer) == []


def test_the_number_expected_can_be_corrected(cast) -> None:
    row = start(cast)

    assert actions.change_expected(class_code_id=row.pk, expected=26, by=cast.teacher).expected == 26
    with pytest.raises(Sentence):
        actions.change_expected(class_code_id=row.pk, expected=0, by=cast.teacher)
    with pytest.raises(ClassCode.DoesNotExist):
        actions.change_expected(class_code_id=row.pk, expected=5, by=stranger(cast))


# Running


def test_a_pause_holds_what_comes_in_until_it_goes_on(cast) -> None:
    row = start(cast)
    form = {"L10": ["4"], "receipt": ["a" * 32]}
    actions.pause_class(class_code_id=row.pk, by=cast.teacher)

    assert submit_pupil(code=row.code, form=form) is Outcome.PAUSED
    actions.resume_class(class_code_id=row.pk, by=cast.teacher)
    assert submit_pupil(code=row.code, form=form) is Outcome.STORED


def test_the_teacher_reads_a_question_of_the_list(cast) -> None:
    row = start(cast)

    assert actions.read_question(class_code_id=row.pk, item="L10", by=cast.teacher).at_item == "L10"
    assert actions.read_question(class_code_id=row.pk, item=doors.END, by=cast.teacher).at_item == "end"
    with pytest.raises(Sentence):
        actions.read_question(class_code_id=row.pk, item="L02", by=cast.teacher)  # a module that is off
    assert actions.read_question(class_code_id=row.pk, item="", by=cast.teacher).at_item == ""
    verbs = (
        AuditEvent.objects.filter(verb__startswith="monitor.").order_by("pk").values_list("verb", flat=True)
    )
    assert list(verbs) == ["monitor.start_class", "monitor.read_to_class", "monitor.stop_reading"]


# Closing


def test_closing_writes_the_rows_anew_without_receipts(cast, monkeypatch) -> None:
    row = start(cast)
    fill_in(row)
    before = {one.pk for one in rows_of(row.participation)}
    said = {one.pk for one in OpenAnswer.objects.trusted("test")}
    monkeypatch.setattr("random.SystemRandom.shuffle", lambda _self, rows: rows.reverse())

    closed = actions.close_class(class_code_id=row.pk, by=cast.teacher)

    after = rows_of(row.participation)
    assert (closed.closed_on, closed.done) == (today(), 3)
    assert [one.answers for one in after] == [{"L10": 3}, {"L10": 2}, {"L10": 1}]
    assert {one.receipt for one in after} == {None}
    assert not before & {one.pk for one in after}
    told = list(OpenAnswer.objects.trusted("test").order_by("pk"))
    assert [one.text for one in told] == ["boek 2", "boek 1", "boek 0"]
    assert not said & {one.pk for one in told}


def test_a_closed_class_takes_nothing_more_and_cannot_go_on(cast) -> None:
    row = start(cast)
    fill_in(row)
    actions.close_class(class_code_id=row.pk, by=cast.teacher)
    actions.close_class(class_code_id=row.pk, by=cast.teacher)

    form = {"L10": ["4"], "receipt": ["f" * 32]}
    assert submit_pupil(code=row.code, form=form) is Outcome.CLOSED
    with pytest.raises(Sentence):
        actions.resume_class(class_code_id=row.pk, by=cast.teacher)
    assert AuditEvent.objects.filter(verb="monitor.close_class").count() == 1
    assert len(rows_of(row.participation)) == 3


def test_a_late_code_works_so_many_times_and_hides_who_was_late(cast, monkeypatch) -> None:
    row = start(cast)
    fill_in(row)
    with pytest.raises(Sentence):
        actions.make_late_code(class_code_id=row.pk, by=cast.teacher)
    actions.close_class(class_code_id=row.pk, by=cast.teacher)
    late = actions.make_late_code(class_code_id=row.pk, times=1, by=cast.teacher)
    monkeypatch.setattr("random.SystemRandom.shuffle", lambda _self, rows: rows.reverse())
    form = {"L10": ["4"], "receipt": ["e" * 32]}

    assert submit_pupil(code=late.code, form=form) is Outcome.STORED
    assert submit_pupil(code=late.code, form=form) is Outcome.STORED
    assert submit_pupil(code=late.code, form=form | {"receipt": ["d" * 32]}) is Outcome.CLOSED
    rows = rows_of(row.participation)
    assert rows[0].answers["L10"] == 4  # not the last any more
    assert len(rows) == 4
    assert door(late.code).late.left == 0
    row.refresh_from_db()
    assert row.done == 4


def test_when_the_school_closes_every_door_does(cast) -> None:
    running = running_round(cast)
    rows = [actions.start_class(group_id=running.groups[name].pk, by=cast.teacher) for name in ("6", "7/8")]
    fill_in(rows[0])
    actions.close_class(class_code_id=rows[0].pk, by=cast.teacher)
    late = actions.make_late_code(class_code_id=rows[0].pk, times=2, by=cast.teacher)
    form = {"L10": ["4"], "receipt": ["e" * 32]}
    submit_pupil(code=late.code, form=form)

    assert actions.close_doors(participation=running.participation) == 1
    assert set(ClassCode.objects.values_list("closed_on", flat=True)) == {today()}
    assert door(late.code).late.left == 0
    assert {one.receipt for one in rows_of(running.participation)} == {None}
