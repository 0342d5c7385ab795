"""Two at once, on a real database: one run starts once, and one of a unit's runs is busy."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from leesbouw.core.errors import Sentence
from leesbouw.core.jobs import Job, work_off
from leesbouw.exchange import actions
from leesbouw.exchange.models import ImportRun
from leesbouw.organisations.models import Location

from .files import a_school, schools
from .steps import check

pytestmark = [pytest.mark.threads, pytest.mark.usefixtures("committed_db")]


def at_once(*works: Callable[[], object]) -> list[object]:
    """What each gave, or the sentence it was told; all begin at the same moment."""
    barrier, results = threading.Barrier(len(works)), [None] * len(works)

    def go(at: int, work: Callable[[], object]) -> None:
        try:
            barrier.wait()
            results[at] = work()
        except Sentence as sentence:
            results[at] = str(sentence)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def test_one_run_is_started_once(committed_db, cast) -> None:
    run = check(schools(a_school("99ZA00")), cast.administrator)

    results = at_once(*(lambda: actions.start_run(run=run, by=cast.administrator) for _ in range(4)))

    assert sum(isinstance(result, ImportRun) for result in results) == 1
    assert Job.objects.filter(kind="exchange.apply").count() == 1
    work_off()
    assert Location.objects.filter(code="99ZA00").count() == 1


def test_of_two_runs_of_a_unit_one_waits(committed_db, cast) -> None:
    runs = [check(schools(a_school(code)), cast.administrator) for code in ("99ZA00", "99ZB00")]

    results = at_once(*(lambda run=run: actions.start_run(run=run, by=cast.administrator) for run in runs))

    assert sum(isinstance(result, ImportRun) for result in results) == 1
    assert any("andere import" in str(result) for result in results)
