"""The retention calendar: terms, what is over them, and what a run leaves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leesbouw.core import jobs, mail
from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.audit import AuditEvent, record, undo_event
from leesbouw.core.errors import Sentence
from leesbouw.core.mail import Outgoing
from leesbouw.core.registry import Holder, counts, holders
from leesbouw.core.time import now, today
from leesbouw.people.actions import ContactRow, save_contact
from leesbouw.people.models import Contact
from leesbouw.privacy import actions, domain
from leesbouw.privacy.actions import begin, carry_out, change_term, start_run
from leesbouw.privacy.enums import Occasion
from leesbouw.privacy.models import DestructionRun, RetentionTerm
from leesbouw.privacy.queries.calendar import calendar, trial, trial_rows
from leesbouw.privacy.queries.terms import term_bodies, term_in_force


@pytest.fixture
def alone(monkeypatch):
    """An installation with one library, which may change its terms."""
    monkeypatch.setitem(counts._items, "library", lambda: 1)


def old_contact(cast, name: str = "Weg Geweest", days: int = 800) -> Contact:
    contact = save_contact(ContactRow(cast.a1.pk, name, "head", "strategic"), by=cast.manager)
    every = Contact.objects.visible_to(cast.manager)
    every.filter(pk=contact.pk).update(
        starts_on=today() - timedelta(days=days + 1), left_on=today() - timedelta(days=days)
    )
    return contact


def due(code: str) -> int:
    return next(line.due for line in calendar() if line.code == code)


def test_the_mark_of_a_list_is_the_checksum_of_its_lines():
    assert domain.mark_of(["1", "2"]) == "a6e2b7a040683432de03a18fd8a1939a2fdf82585b364bfc874bdd4095c4cae1"
    assert domain.mark_of(["12"]) != domain.mark_of(["1", "2"])


@pytest.mark.parametrize(("days", "years"), [(365, 1), (730, 2), (364, None), (0, None), (2555, 7)])
def test_a_year_is_365_days(days, years):
    assert domain.in_years(days) == years


def test_every_holder_has_a_term_and_every_limit_holds_its_default(db):
    bodies = term_bodies()

    assert {holder.term for holder in holders.values()} <= set(bodies)
    assert [code for code, body in bodies.items() if not body.least <= body.days <= body.most] == []


@pytest.mark.parametrize(("days", "gone"), [(730, 0), (731, 1)])
def test_a_term_is_over_once_it_lasted_whole(cast, days, gone):
    old_contact(cast, days=days)

    assert due("contact") == gone


def test_a_run_wipes_what_is_over_its_term_and_nothing_else(cast):
    gone, kept = old_contact(cast), old_contact(cast, "Pas Weg", days=10)
    run = carry_out(run=begin(occasion=Occasion.SHELL, by=SYSTEM), by=SYSTEM)

    assert list(Contact.objects.visible_to(cast.manager).values_list("pk", flat=True)) == [kept.pk]
    count = run.counts.get(holder="contact")
    assert (count.due, count.erased, count.days, count.limit_on) == (1, 1, 730, today() - timedelta(days=730))
    assert count.sha256 == domain.mark_of([str(gone.pk)])
    event = AuditEvent.objects.get(verb="privacy.wipe")
    assert (event.count, event.data["contact"], event.run) == (1, 1, run.code)
    assert "Weg Geweest" not in str(event.data)


def test_the_proof_is_of_exactly_the_list_that_the_trial_named(cast):
    old_contact(cast)
    listed = [ref for code, _term, ref in trial_rows() if code == "contact"]
    run = begin(occasion=Occasion.ASKED, by=SYSTEM)

    assert [one.refs for one in trial() if one.line.code == "contact"] == [tuple(listed)]
    assert run.counts.get(holder="contact").sha256 == domain.mark_of(listed)


def test_more_than_one_chunk_goes_whole(cast):
    long_ago = now() - timedelta(days=40)
    Outgoing.objects.bulk_create(
        Outgoing(to="x@y.example", subject="x", body="", created_at=long_ago, send_after=long_ago)
        for _number in range(1201)
    )
    mail.send(to="x@y.example", subject="x", body="", by=SYSTEM)
    run = carry_out(run=begin(occasion=Occasion.DAILY, by=SYSTEM), by=SYSTEM)

    assert run.counts.get(holder="mail").erased == 1201
    assert Outgoing.objects.count() == 1


def test_a_run_that_fell_goes_on_where_it_was(cast, monkeypatch):
    old_contact(cast)
    holder = holders["contact"]

    def falls(**_kwargs: object) -> int:
        raise RuntimeError("the power went out")

    broken = Holder(holder.label, holder.term, holder.due, falls, holder.refs)
    run = begin(occasion=Occasion.DAILY, by=SYSTEM)
    with monkeypatch.context() as patch:
        patch.setitem(holders._items, "contact", broken)
        with pytest.raises(Sentence):
            carry_out(run=run, by=SYSTEM)
    assert DestructionRun.objects.get().finished_at is None
    assert due("contact") == 1

    DestructionRun.objects.update(started_at=now() - timedelta(hours=3))
    jobs.enqueue(actions.JOB, by=SYSTEM)
    assert jobs.work_off() == 1
    run.refresh_from_db()
    assert (run.finished_at is not None, run.counts.get(holder="contact").erased) == (True, 1)
    assert due("contact") == 0


def test_events_of_the_house_stay_longer_than_those_of_daily_work(cast):
    AuditEvent.objects.all().delete()
    record(by=cast.manager, verb="ui.export")
    record(by=cast.manager, verb="accounts.add_role")
    AuditEvent.objects.update(at=now() - timedelta(days=400))
    carry_out(run=begin(occasion=Occasion.DAILY, by=SYSTEM), by=SYSTEM)

    assert set(AuditEvent.objects.values_list("verb", flat=True)) == {"accounts.add_role", "privacy.wipe"}


def test_a_changed_term_holds_at_once_and_can_be_undone(cast, alone):
    old_contact(cast, days=100)
    change_term(code="contact", days=90, why="Wij bewaren minder", by=cast.administrator)
    assert (term_in_force("contact").words, due("contact")) == ("90 dagen na vertrek", 1)

    event = AuditEvent.objects.get(verb="privacy.change_term")
    assert event.data == {"term": "contact", "from": 730, "to": 90}
    undo_event(event_id=event.pk, by=cast.administrator)
    assert (term_in_force("contact").words, due("contact")) == ("2 jaar na vertrek", 0)


@pytest.mark.parametrize(("days", "why"), [(1826, "x"), (90, "  ")])
def test_a_term_stays_within_its_limits_and_has_a_reason(cast, alone, days, why):
    with pytest.raises(Sentence):
        change_term(code="contact", days=days, why=why, by=cast.administrator)
    assert not RetentionTerm.objects.exists()


def test_one_of_more_libraries_does_not_decide_for_the_others(cast):
    with pytest.raises(Sentence, match="elke bibliotheek"):
        change_term(code="contact", days=90, why="x", by=cast.administrator)
    assert change_term(code="contact", days=90, why="x", by=SYSTEM).days == 90


def test_only_who_may_wipes_or_changes(cast, alone):
    for act in (
        lambda: change_term(code="contact", days=90, why="x", by=cast.manager),
        lambda: start_run(by=cast.manager),
        lambda: begin(occasion=Occasion.ASKED, by=cast.manager),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_one_run_at_a_time(cast):
    start_run(by=cast.administrator)

    with pytest.raises(Sentence, match="al gewist"):
        start_run(by=cast.administrator)
