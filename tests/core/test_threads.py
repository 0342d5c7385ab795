"""Two at once, on the real database of each kind. Run by `make machine`."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import IntegrityError, close_old_connections, connection

from leesbouw.core import jobs, once
from leesbouw.core.access import SYSTEM
from leesbouw.core.audit import AuditEvent, record
from leesbouw.core.db import retrying, write_transaction
from leesbouw.core.jobs import Job, JobKind, State
from leesbouw.core.stamp import Stamp

pytestmark = [pytest.mark.threads, pytest.mark.usefixtures("committed_db")]


def at_once(number: int, work: Callable[[int], object]) -> list[BaseException]:
    """Runs `work` in so many threads that start together; returns what went wrong."""
    gate, wrong = threading.Barrier(number), []

    def run(index: int) -> None:
        try:
            gate.wait(10)
            work(index)
        except BaseException as error:
            wrong.append(error)
        finally:
            connection.close()
            close_old_connections()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return wrong


def test_thirty_writers_lose_nothing():
    assert at_once(30, lambda n: _write(n)) == []
    assert AuditEvent.objects.filter(verb="test.write").count() == 30 * 5


def _write(number: int) -> None:
    for step in range(5):
        with write_transaction():
            record(by=SYSTEM, verb="test.write", data={"n": number, "step": step})


def test_a_counter_counts_every_press():
    Stamp.objects.create(name="counter", value="0")

    def press(_: int) -> None:
        def work() -> None:
            with write_transaction():
                row = Stamp.objects.select_for_update().get(pk="counter")
                row.value = str(int(row.value) + 1)
                row.save()

        retrying(work)

    assert at_once(20, press) == []
    assert Stamp.objects.get(pk="counter").value == "20"


def test_the_same_request_in_ten_threads_is_done_once():
    done = []

    def submit(_: int) -> None:
        with suppress(IntegrityError), write_transaction():
            if once.first_answer(SYSTEM, "same") is None:
                once.remember(SYSTEM, "same", "/")
                done.append(record(by=SYSTEM, verb="test.once").pk)

    at_once(10, submit)
    assert AuditEvent.objects.filter(verb="test.once").count() == 1


def test_eight_workers_run_each_job_once(monkeypatch):
    ran, lock = [], threading.Lock()

    def run(job: jobs.RunningJob, number: int) -> None:
        with lock:
            ran.append(number)

    monkeypatch.setitem(jobs.job_kinds._items, "test.kind", JobKind(run, "Proef", False))
    for number in range(24):
        jobs.enqueue("test.kind", by=SYSTEM, args={"number": number})

    assert at_once(8, lambda _: jobs.work_off()) == []
    assert sorted(ran) == list(range(24))
    assert set(Job.objects.values_list("state", flat=True)) == {State.DONE}


def test_inside_another_write_it_joins_and_a_failure_undoes_all():
    def work(_: int) -> None:
        with suppress(RuntimeError), write_transaction():
            record(by=SYSTEM, verb="test.outer")
            with write_transaction():
                record(by=SYSTEM, verb="test.inner")
            raise RuntimeError

    assert at_once(4, work) == []
    assert not AuditEvent.objects.filter(verb__startswith="test.").exists()
