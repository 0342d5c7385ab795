"""60,000 pupils over 200 schools brought in school by school: checked and stored, while somebody else opens pages.

Budgets: with preview 15 s and 500 MB in all; one school of 400 pupils 1 s until its preview; pages meanwhile p95 100 ms.
The import runs in a process of its own, so that the memory told is its own. Pages are asked here, of the same database.
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import string
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any

from tests.factories import pupil_files as files

from . import measure
from .bench_pages import queries_of, signed_in
from .bench_pupils import megabytes

SCHOOLS, PER_SCHOOL, PER_GROUP = 200, 300, 25
ONE_SCHOOL, LARGE_SCHOOL = 400, 800
PAGES = ("/vandaag/", "/scholen/?volgorde=-leerlingen", "/scholen/?zoek=school+12")


def code_of(number: int) -> str:
    letters = string.ascii_uppercase
    return f"98{letters[number // 26 % 26]}{letters[number % 26]}{number // 676:02d}"


def list_of(school: int, pupils: int) -> bytes:
    """What one school brings, in the layout of ParnasSys."""
    return files.parnassys_csv(
        files.Child(
            key=f"{number:06d}",
            first_name=f"Kind{(number * 31 + school) % 977}",
            infix="van den" if number % 5 == 0 else "",
            last_name=f"Achternaam{(number * 17 + school) % 7919}",
            group=f"{1 + number // PER_GROUP % 8}{'abcdefgh'[number // PER_GROUP // 8]}",
            year_group=str(1 + number // PER_GROUP % 8),
            eck_id=f"https://ketenid.example/{school:04d}{number:060d}",
        )
        for number in range(pupils)
    )


def fill() -> tuple[Any, list[int]]:
    """The cast, and schools of library A that all have an agreement."""
    from leesbouw.core.access import SYSTEM  # late: after set-up
    from leesbouw.core.time import SchoolYear
    from leesbouw.organisations.actions import LocationRow, put_locations, record_agreements
    from leesbouw.organisations.models import Location, Partnership
    from tests.factories.cast import make_cast

    cast = make_cast()
    rows = [
        LocationRow(
            code=code_of(number),
            sector="po",
            name=f"School {number}",
            municipality="9901",
            board="99001",
            town="Elzen",
        )
        for number in range(SCHOOLS + 2)
    ]
    made = put_locations(rows, by=SYSTEM).created
    ids = [made[row.code] for row in rows]
    starts_on = SchoolYear.running().starts_on
    places = list(Location.objects.filter(pk__in=ids))
    record_agreements(
        library=cast.library_a,
        locations=places,
        version="4.0",
        signed_on=starts_on,
        starts_on=starts_on,
        signer_name="M. Kaya",
        signer_function="directeur",
        by=SYSTEM,
    )
    Partnership.objects.bulk_create(
        Partnership(
            library=cast.library_a,
            location=place,
            type="dbos",
            phase="execution",
            phase_since=starts_on,
            starts_on=starts_on,
        )
        for place in places
    )
    return cast, ids


def check(content: bytes, location: int) -> Any:
    from leesbouw.core.access import SYSTEM  # late: after set-up
    from leesbouw.exchange import actions

    run = actions.begin_run(
        content=content,
        file_name="leerlingen.csv",
        importer_code="pupils",
        by=SYSTEM,
        options={"location": location},
    )
    return actions.preview_run(run=run, by=SYSTEM)


def store(run: Any) -> None:
    from leesbouw.core.access import SYSTEM  # late: after set-up
    from leesbouw.exchange import actions

    actions.apply_run(run=actions.start_run(run=run, by=SYSTEM, queue=False), by=SYSTEM)


def bring(ids: Sequence[int], answer: Connection) -> None:
    """All schools one after the other: first every check, then everything is stored; times, CPU seconds and memory."""
    import django

    django.setup()
    from django.conf import settings

    from leesbouw.core.memory import settle  # late: after set-up

    settings.DEBUG = False  # nobody keeps a list of queries while importing
    settle()
    lists = [list_of(school, PER_SCHOOL) for school in range(len(ids))]
    check(list_of(0, PER_GROUP), ids[0])  # warm
    began, cpu = time.perf_counter(), time.process_time()
    runs = [check(content, pk) for content, pk in zip(lists, ids, strict=True)]
    checked, checked_cpu = time.perf_counter() - began, time.process_time() - cpu
    assert all(run.counts["new"] == PER_SCHOOL for run in runs)
    for run in runs:
        store(run)
    answer.send((checked, checked_cpu, time.perf_counter() - began, time.process_time() - cpu, megabytes()))


def pages_until(client: Any, here: Connection | None, rounds: int = 0) -> list[float]:
    """Milliseconds of every page that was asked until the other process answers, or in so many rounds."""
    took: list[float] = []
    while (here is not None and not here.poll()) or (here is None and len(took) < rounds * len(PAGES)):
        for path in PAGES:
            took.append(1000 * measure.seconds(lambda path=path: client.get(path)))
        time.sleep(0.01)
    return sorted(took)


def say_pages(what: str, took: Sequence[float]) -> None:
    p95 = took[int(len(took) * 0.95)]
    median = round(statistics.median(took), 1)
    measure.say(what, p95, "ms p95", f"{len(took)} pages", p50=median, most=round(took[-1]))


def main() -> None:
    os.environ["LEESBOUW_DEBUG"] = "yes"  # static files straight from their folders
    measure.start()
    from django.conf import settings

    settings.ALLOWED_HOSTS.append("testserver")
    settings.DEBUG = False
    cast, ids = fill()
    client = signed_in(cast.administrator)
    say_pages("pages before the import", pages_until(client, None, 20))

    processes = multiprocessing.get_context("spawn")
    here, there = processes.Pipe()
    process = processes.Process(target=bring, args=(ids[:SCHOOLS], there))
    process.start()
    took = pages_until(client, here)
    checked, checked_cpu, whole, whole_cpu, memory = here.recv()
    process.join()
    pupils = SCHOOLS * PER_SCHOOL
    measure.say(
        "60,000 pupils over 200 schools, read and checked",
        checked,
        "s",
        "made files",
        cpu=round(checked_cpu, 1),
        a_second=round(pupils / checked),
    )
    measure.say(
        "60,000 pupils over 200 schools, with preview and stored",
        whole,
        "s",
        "made files",
        cpu=round(whole_cpu, 1),
        memory_mb=round(memory),
    )
    say_pages("pages during the import", took)
    one_school(ids[SCHOOLS:])
    large_school(client, ids[-1])


def one_school(ids: Sequence[int]) -> None:
    content = list_of(900, ONE_SCHOOL)
    figures = []
    for _time in range(3):
        cpu = time.process_time()
        figures.append((measure.seconds(lambda: check(content, ids[0])), time.process_time() - cpu))
    best = min(figures)
    measure.say("one school of 400 pupils until the preview", best[0], "s", "CSV", cpu=round(best[1], 2))


def large_school(client: Any, location: int) -> None:
    from leesbouw.organisations.models import Location  # late: after set-up

    store(check(list_of(901, LARGE_SCHOOL), location))
    path = f"/school/{Location.objects.get(pk=location).code}/leerlingen/"
    queries = queries_of(client, path)
    median, p95 = measure.spread(lambda: client.get(path))
    measure.say("pupils of a school with 800", p95, "ms p95", "page", p50=round(median, 1), queries=queries)


if __name__ == "__main__":
    main()
