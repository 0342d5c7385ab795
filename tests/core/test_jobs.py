"""A job runs once, tells how far it is, can be stopped, and is never left hanging."""

import errno
import os
import subprocess
import sys
from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError

from leesbouw.core import jobs, workers
from leesbouw.core.access import SYSTEM
from leesbouw.core.errors import Sentence
from leesbouw.core.jobs import Job, JobKind, State
from leesbouw.core.time import now


@pytest.fixture
def kind(db, monkeypatch):
    """Registers a kind of job for one test: kind(function, idempotent=…)."""

    def add(run, *, idempotent=False):
        monkeypatch.setitem(jobs.job_kinds._items, "test.kind", JobKind(run, "Proef", idempotent))
        return "test.kind"

    return add


def test_runs_to_its_end_and_keeps_the_result(kind):
    def run(job, number):
        job.progress(1, 2)
        return {"twice": number * 2}

    row = jobs.enqueue(kind(run), by=SYSTEM, args={"number": 21})
    assert jobs.work_off() == 1
    row.refresh_from_db()
    assert (row.state, row.result, row.share) == (State.DONE, {"twice": 42}, 1.0)


def test_a_sentence_reaches_the_user(kind):
    def run(job):
        raise Sentence("Dit bestand is leeg.")

    row = jobs.enqueue(kind(run), by=SYSTEM)
    jobs.work_off()
    row.refresh_from_db()
    assert (row.state, row.error) == (State.FAILED, "Dit bestand is leeg.")


def test_a_mistake_of_ours_tells_nothing_about_data(kind):
    def run(job):
        raise ValueError("Noor Vos, geboren in 2016")

    row = jobs.enqueue(kind(run), by=SYSTEM)
    jobs.work_off()
    row.refresh_from_db()
    assert row.state == State.FAILED
    assert "Noor" not in row.error


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left on device"), OperationalError("database or disk is full")]
)
def test_a_full_disk_is_told_as_that(kind, error):
    def run(job):
        raise error

    row = jobs.enqueue(kind(run), by=SYSTEM)
    jobs.work_off()
    row.refresh_from_db()
    assert (row.state, row.error) == (
        State.FAILED,
        "De schijf is vol. Er is niets half gedaan. Maak ruimte en probeer het opnieuw.",
    )


def test_stops_between_two_steps(kind):
    steps = []

    def run(job):
        for n in range(100):
            job._told = 0
            steps.append(n)
            if n == 3:
                jobs.cancel(job=job.row, by=SYSTEM)
            job.progress(n, 100)

    row = jobs.enqueue(kind(run), by=SYSTEM)
    jobs.work_off()
    row.refresh_from_db()
    assert row.state == State.CANCELLED
    assert steps == [0, 1, 2, 3]


def test_one_that_waits_stops_at_once(kind):
    row = jobs.enqueue(kind(lambda job: None), by=SYSTEM)
    jobs.cancel(job=row, by=SYSTEM)
    assert jobs.claim() is None
    with pytest.raises(Sentence):
        jobs.cancel(job=row, by=SYSTEM)


@pytest.mark.parametrize(("idempotent", "expected"), [(True, State.QUEUED), (False, State.BROKEN_OFF)])
def test_a_silent_worker(kind, idempotent, expected):
    row = jobs.enqueue(kind(lambda job: None, idempotent=idempotent), by=SYSTEM)
    assert jobs.claim().pk == row.pk
    with time_machine.travel(now() + timedelta(seconds=119)):
        assert jobs.recover() == 0
    with time_machine.travel(now() + timedelta(seconds=121)):
        assert jobs.recover() == 1
    row.refresh_from_db()
    assert row.state == expected


@pytest.mark.parametrize(("idempotent", "expected"), [(True, State.QUEUED), (False, State.BROKEN_OFF)])
def test_a_worker_of_this_machine_that_ended_is_not_waited_for(kind, idempotent, expected):
    row = jobs.enqueue(kind(lambda job: None, idempotent=idempotent), by=SYSTEM)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        assert jobs.claim().worker == workers.name_of(os.getpid())
        Job.objects.update(worker=workers.name_of(other.pid))
        assert jobs.recover() == 0  # it is still there
        other.kill()
        other.wait()
    assert jobs.recover() == 1
    row.refresh_from_db()
    assert row.state == expected


@pytest.mark.parametrize("part", [0, 1, 2])
def test_a_worker_of_elsewhere_may_be_silent_for_a_while(kind, part):
    """Another machine or start of it, another container, another user: its number says nothing here."""
    jobs.enqueue(kind(lambda job: None, idempotent=True), by=SYSTEM)
    jobs.claim()
    words = f"{workers.place()}/999999999/1".split("/")
    Job.objects.update(worker="/".join(words))
    assert workers.has_ended("/".join(words))
    words[part] = "other"
    Job.objects.update(worker="/".join(words))
    assert jobs.recover() == 0
    with time_machine.travel(now() + timedelta(seconds=121)):
        assert jobs.recover() == 1


@pytest.mark.parametrize("name", ["", "1", "a/b/c", "a/b/c/d/e"])
def test_a_worker_without_a_name_never_counts_as_ended(name):
    assert not workers.has_ended(name)


def test_a_number_that_is_used_again_is_another_worker():
    name = workers.name_of(os.getpid())
    assert not workers.has_ended(name)
    assert workers.has_ended(name + "0")


def test_taken_up_again_three_times_at_most(kind):
    row = jobs.enqueue(kind(lambda job: None, idempotent=True), by=SYSTEM)
    at = now()
    for _attempt in range(jobs.ATTEMPTS):
        with time_machine.travel(at):
            assert jobs.claim().pk == row.pk
        at += timedelta(minutes=3)
        with time_machine.travel(at):
            jobs.recover()
    row.refresh_from_db()
    assert row.state == State.BROKEN_OFF


def test_the_schedule_queues_what_is_due_once(kind, monkeypatch):
    kind(lambda job: None)
    monkeypatch.setattr(
        jobs.schedule, "_items", {"s": jobs.Scheduled("test.kind", timedelta(hours=1), timedelta(0))}
    )
    assert jobs.queue_scheduled() == 1
    assert jobs.queue_scheduled() == 0
    with time_machine.travel(now() + timedelta(hours=2)):
        assert jobs.queue_scheduled() == 1
    assert Job.objects.filter(kind="test.kind").count() == 1  # the first still waits; no second beside it
