"""What is kept of a pupil's list, once, and what is not kept at all."""

from __future__ import annotations

import pytest

from leesbouw.core.access import SYSTEM
from leesbouw.core.audit import AuditEvent
from leesbouw.core.time import today
from leesbouw.monitor.actions import doors as actions
from leesbouw.monitor.actions.submitting import Outcome, submit_pupil
from leesbouw.monitor.domain.local import Question, with_local
from leesbouw.monitor.models import ClassCode, LocalQuestion, OpenAnswer, Participation, Submission
from leesbouw.monitor.queries.doors import door
from leesbouw.monitor.queries.questionnaires import questionnaire
from leesbouw.organisations.models import Location
from tests.core.test_threads import at_once
from tests.factories.cast import make_cast
from tests.factories.monitor import running_round


@pytest.fixture
def running(cast):
    return running_round(cast)


def start(cast, running, name="6"):
    return actions.start_class(group_id=running.groups[name].pk, by=cast.teacher)


def send(row, **values):
    form = {name: value if isinstance(value, list) else [value] for name, value in values.items()}
    return submit_pupil(code=row.code, form=form)


def only_row():
    return Submission.objects.trusted("test").get()


def test_a_list_is_kept_without_anything_that_leads_back(cast, running) -> None:
    row = start(cast, running)
    events = AuditEvent.objects.count()

    outcome = send(
        row, L10="4", L41=["1", "3"], L90="Ik houd van strips", mode="aloud", minutes="7", receipt="a" * 32
    )

    kept, said = only_row(), OpenAnswer.objects.trusted("test").get()
    row.refresh_from_db()
    running.participation.refresh_from_db()
    assert outcome is Outcome.STORED
    assert (kept.answers, kept.year_group, kept.minutes, kept.mode) == (
        {"L10": 4, "L41": [1, 3]},
        6,
        7,
        "aloud",
    )
    assert (kept.questionnaire, kept.respondent, kept.group) == ("po-pupil@1", "pupil", running.groups["6"])
    assert (said.item, said.text, said.participation) == ("L90", "Ik houd van strips", running.participation)
    assert (row.done, running.participation.started_on) == (1, today())
    assert AuditEvent.objects.count() == events


def test_the_same_receipt_stores_once(cast, running) -> None:
    row = start(cast, running)

    assert [send(row, L10=value, receipt="a" * 32) for value in ("4", "1")] == [Outcome.STORED] * 2
    assert only_row().answers == {"L10": 4}
    row.refresh_from_db()
    assert row.done == 1


def test_without_a_receipt_each_list_is_one(cast, running) -> None:
    row = start(cast, running)
    for _ in range(2):
        send(row, L10="4", receipt="made by hand")

    assert Submission.objects.trusted("test").filter(receipt=None).count() == 2


def test_an_empty_list_is_not_kept(cast, running) -> None:
    row = start(cast, running)

    assert (
        send(row, L10="9", L02="1", receipt="a" * 32) is Outcome.EMPTY
    )  # no answer, and a module that is off
    assert not Submission.objects.trusted("test").exists()
    row.refresh_from_db()
    assert row.done == 0


def test_an_unknown_code_is_unknown(db) -> None:
    assert submit_pupil(code="444444", form={}) is Outcome.UNKNOWN
    assert submit_pupil(code="' OR 1", form={}) is Outcome.UNKNOWN


def test_a_pupil_of_a_combination_group_chooses_among_its_year_groups(cast, running) -> None:
    row = start(cast, running, "7/8")
    send(row, L01="8", L10="4", receipt="a" * 32)
    send(row, L01="5", L10="3", receipt="b" * 32)

    kept = Submission.objects.trusted("test").order_by("pk").values_list("year_group", "answers")
    assert list(kept) == [(8, {"L10": 4}), (None, {"L10": 3})]


def test_special_education_gets_the_short_list_with_three_faces(cast, running) -> None:
    Location.objects.filter(pk=cast.a1.pk).update(sector="sbo")
    row = start(cast, running)
    send(row, L10="4", L11="3", L13="2", receipt="a" * 32)

    assert only_row().answers == {"L11": 3}  # three faces, and L13 is not asked


def test_questions_of_the_library_come_last_in_every_variant(cast, running) -> None:
    LocalQuestion.objects.create(
        round=running.round, respondent="pupil", position=1, text="Waar lees je?", options=["bed", "bank"]
    )
    LocalQuestion.objects.create(round=running.round, respondent="pupil", position=2, text="Wat nog?")
    row = start(cast, running)

    assert [item.code for item in door(row.code).list.items][-2:] == ["EV01", "EV02"]
    send(row, EV01="2", EV02="Niets", receipt="a" * 32)
    assert only_row().answers == {"EV01": 2}
    assert OpenAnswer.objects.trusted("test").get().item == "EV02"
    body = with_local(questionnaire("po-pupil@1").body, [Question(1, "Waar?", ("a",))], "Zelf")
    assert body.variants[0].items[-1] == "EV01"


@pytest.mark.threads
@pytest.mark.usefixtures("committed_db")
def test_thirty_pupils_at_the_same_instant_are_thirty() -> None:
    cast = make_cast()
    running = running_round(cast)
    row = start(cast, running)

    def press(number: int) -> None:
        assert send(row, L10="3", receipt=f"{number:032x}") is Outcome.STORED

    assert at_once(30, press) == []
    assert Submission.objects.trusted("test").count() == 30
    assert ClassCode.objects.get().done == 30
    assert Participation.objects.get().started_on == today()


@pytest.mark.threads
@pytest.mark.usefixtures("committed_db")
def test_one_receipt_in_thirty_threads_is_one_list() -> None:
    cast = make_cast()
    row = start(cast, running_round(cast))

    assert at_once(30, lambda _: send(row, L10="3", receipt="a" * 32)) == []
    assert Submission.objects.trusted("test").count() == 1
    assert ClassCode.objects.get().done == 1


@pytest.mark.threads
@pytest.mark.usefixtures("committed_db")
def test_a_late_code_for_one_lets_one_of_thirty_in() -> None:
    cast = make_cast()
    row = start(cast, running_round(cast))
    actions.close_class(class_code_id=row.pk, by=SYSTEM)
    late = actions.make_late_code(class_code_id=row.pk, by=SYSTEM)

    assert at_once(30, lambda n: send(late, L10="3", receipt=f"{n:032x}")) == []
    assert Submission.objects.trusted("test").count() == 1


@pytest.mark.threads
@pytest.mark.usefixtures("committed_db")
def test_nothing_comes_in_behind_a_class_that_closes_meanwhile() -> None:
    cast = make_cast()
    row = start(cast, running_round(cast))
    outcomes = []

    def work(number: int) -> None:
        if number == 10:
            actions.close_class(class_code_id=row.pk, by=SYSTEM)
        else:
            outcomes.append(send(row, L10="3", receipt=f"{number:032x}"))

    assert at_once(20, work) == []
    stored = outcomes.count(Outcome.STORED)
    rows = Submission.objects.trusted("test")
    assert rows.count() == ClassCode.objects.get().done == stored
    assert rows.exclude(receipt=None).count() == 0
