"""A run from draft to receipt: resumed after a fall, stopped, one at a time, forgotten after fourteen days."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError

from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.errors import Sentence
from leesbouw.core.health import Condition
from leesbouw.core.jobs import SILENT_FOR, Cancelled, Job, State, cancel, claim, recover, work_off
from leesbouw.core.time import now
from leesbouw.exchange import actions, jobs
from leesbouw.exchange.engine.schools import SchoolImporter
from leesbouw.exchange.enums import RunState
from leesbouw.exchange.models import ColumnChoice, ImportPart, ImportRow, ImportRun
from leesbouw.exchange.providers import imports_health
from leesbouw.organisations.models import Location
from tests.factories.forgetting import forgotten

from .files import a_school, schools
from .steps import bring, check, store, take_back

MANY = schools(*(a_school(f"{number:02d}ZA00") for number in range(12)))

ROWS = ("import-rows", "import-parts", "import-open")


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five rows a chunk, so that twelve rows are three."""
    for name in ("running", "undoing"):
        monkeypatch.setattr(f"leesbouw.exchange.actions.{name}.CHUNK", 5)


def stored() -> int:
    return Location.objects.filter(code__endswith="ZA00").count()


def falls_at(monkeypatch: pytest.MonkeyPatch, step: str, number: int, error: BaseException) -> None:
    """Makes the `number`-th chunk of `apply` or `undo` fail half-way, after it wrote."""
    real, calls = getattr(SchoolImporter, step), []

    def failing(self: SchoolImporter, rows, **kwargs):  # type: ignore[no-untyped-def]
        calls.append(1)
        real(self, rows, **kwargs)
        if len(calls) == number:
            raise error

    monkeypatch.setattr(SchoolImporter, step, failing)


# The job


def test_check_and_store_and_undo_as_jobs(cast) -> None:
    run = actions.begin_run(content=MANY, file_name="a.csv", importer_code="schools", by=cast.administrator)
    options = {**run.options, "sector": "po", "reach": "all"}
    run = actions.choose_columns(run=run, mapping=run.mapping, options=options, by=cast.administrator)
    actions.ask_preview(run=run, by=cast.administrator)
    work_off()
    run.refresh_from_db()
    assert (run.state, run.counts["new"], stored()) == (RunState.PREVIEWED, 12, 0)

    actions.start_run(run=run, by=cast.administrator)
    work_off()
    run.refresh_from_db()
    assert (run.state, run.counts["applied"], stored()) == (RunState.FINISHED, 12, 12)
    assert run.job.done == run.job.total == 12

    actions.start_undo(run=run, by=cast.administrator)
    work_off()
    run.refresh_from_db()
    assert (run.state, stored()) == (RunState.UNDONE, 0)


def test_a_worker_that_is_killed_half_way_is_taken_up_where_it_was(
    cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    run = check(MANY, cast.administrator)
    started = actions.start_run(run=run, by=cast.administrator)
    with monkeypatch.context() as patch:
        falls_at(patch, "apply", 2, Killed())
        with pytest.raises(Killed):
            jobs.apply(_running(claim()), run_id=run.pk)
    assert stored() == 5  # the second chunk is not there at all
    assert ImportRow.objects.filter(run=run, applied=True).count() == 5

    Job.objects.filter(pk=started.job_id).update(heartbeat_at=now() - SILENT_FOR * 2)
    assert recover() == 1
    work_off()
    run.refresh_from_db()
    assert (run.state, stored()) == (RunState.FINISHED, 12)
    take_back(run, cast.administrator)
    assert stored() == 0


def _running(job: Job | None):  # type: ignore[no-untyped-def]
    from leesbouw.core.jobs import RunningJob

    assert job is not None
    return RunningJob(job)


def test_an_undo_that_is_killed_half_way_goes_on_as_well(cast, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    run = bring(MANY, cast.administrator)
    begun = actions.start_undo(run=run, by=cast.administrator, queue=False)
    with monkeypatch.context() as patch:
        falls_at(patch, "undo", 2, Killed())
        with pytest.raises(Killed):
            actions.undo_run(run=begun, by=cast.administrator)
    assert stored() == 7
    done = actions.undo_run(run=begun, by=cast.administrator)
    assert (done.state, stored(), done.counts["blocked"]) == (RunState.UNDONE, 0, 0)


def test_an_error_leaves_a_run_that_can_go_on_or_back(cast, monkeypatch: pytest.MonkeyPatch) -> None:
    run = check(MANY, cast.administrator)
    actions.start_run(run=run, by=cast.administrator)
    with monkeypatch.context() as patch:
        falls_at(patch, "apply", 3, RuntimeError("x"))
        work_off()
    run.refresh_from_db()
    assert (run.state, stored(), run.job.state) == (RunState.FAILED, 10, State.FAILED)
    assert imports_health().condition == Condition.FAILED

    store(run, cast.administrator)
    assert stored() == 12


def test_a_full_disk_is_a_sentence_and_nothing_half_written(cast, monkeypatch: pytest.MonkeyPatch) -> None:
    run = check(MANY, cast.administrator)
    actions.start_run(run=run, by=cast.administrator)
    with monkeypatch.context() as patch:
        falls_at(patch, "apply", 1, OperationalError("database or disk is full"))
        work_off()
    run.refresh_from_db()

    assert "schijf is vol" in run.job.error
    assert stored() == 0


def test_a_full_disk_while_bringing_a_file(cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(ImportPart.objects, "bulk_create", full)
    with pytest.raises(Sentence, match="schijf is vol"):
        actions.begin_run(content=MANY, file_name="a.csv", importer_code="schools", by=cast.administrator)
    assert not ImportRun.objects.exists()


# Stopping


def test_stopping_takes_back_what_was_stored_and_it_may_start_again(
    cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = check(MANY, cast.administrator)
    actions.start_run(run=run, by=cast.administrator)
    told = []

    def stop_at_second(self, done: int, total: int | None = None) -> None:  # type: ignore[no-untyped-def]
        told.append(done)
        if done >= 10:
            raise Cancelled

    with monkeypatch.context() as patch:
        patch.setattr("leesbouw.core.jobs.RunningJob.progress", stop_at_second)
        work_off()
    run.refresh_from_db()
    assert (told, run.state, stored(), run.job.state) == ([5, 10], RunState.PREVIEWED, 0, State.CANCELLED)
    store(run, cast.administrator)
    assert stored() == 12


def test_stopping_a_job_that_still_waits(cast) -> None:
    run = check(MANY, cast.administrator)
    started = actions.start_run(run=run, by=cast.administrator)
    actions.stop_run(run=started, by=cast.administrator)
    run.refresh_from_db()

    assert run.state == RunState.PREVIEWED
    assert work_off() == 0
    with pytest.raises(Sentence):
        actions.stop_run(run=run, by=cast.administrator)


# One at a time, once


def test_one_run_of_a_unit_at_a_time_and_another_unit_need_not_wait(cast) -> None:
    first, second = check(MANY, cast.administrator), check(MANY, cast.administrator)
    elsewhere = check(schools(a_school("98ZZ00")), SYSTEM)
    actions.start_run(run=first, by=cast.administrator)

    with pytest.raises(Sentence, match="andere import"):
        actions.start_run(run=second, by=cast.administrator)
    store(elsewhere, SYSTEM)
    work_off()
    store(second, cast.administrator)
    assert stored() == 12


def test_a_run_starts_once(cast) -> None:
    run = check(MANY, cast.administrator)
    actions.start_run(run=run, by=cast.administrator)

    with pytest.raises(Sentence, match="al begonnen"):
        actions.start_run(run=run, by=cast.administrator)


def test_a_run_whose_job_is_gone_holds_nobody_up(cast) -> None:
    first, second = check(MANY, cast.administrator), check(MANY, cast.administrator)
    started = actions.start_run(run=first, by=cast.administrator)
    Job.objects.filter(pk=started.job_id).update(state=State.BROKEN_OFF)
    first.refresh_from_db()
    assert first.is_stuck

    store(second, cast.administrator)
    first.refresh_from_db()
    assert (first.state, stored()) == (RunState.FAILED, 12)


def test_cancelling_in_the_tray_is_the_same_as_stopping(cast) -> None:
    first, second = check(MANY, cast.administrator), check(MANY, cast.administrator)
    started = actions.start_run(run=first, by=cast.administrator)
    cancel(job=started.job, by=cast.administrator)

    store(second, cast.administrator)
    assert stored() == 12


def test_two_imports_of_the_same_schools_meet(cast) -> None:
    """Both were checked when the schools were not there; the second finds them and changes nothing."""
    first, second = check(MANY, cast.administrator), check(MANY, SYSTEM)
    store(first, cast.administrator)
    store(second, SYSTEM)
    versions = set(Location.objects.filter(code__endswith="ZA00").values_list("version", flat=True))

    assert (stored(), versions) == (12, {1})


# Time


def test_after_fourteen_days_rows_go_and_undo_is_over(cast) -> None:
    run, draft = bring(MANY, cast.administrator), check(MANY, cast.administrator)
    ImportRun.objects.update(expires_at=now() - timedelta(days=1))
    run.refresh_from_db()

    with pytest.raises(Sentence, match="niet meer"):
        actions.start_undo(run=run, by=cast.administrator)
    with pytest.raises(Sentence, match="verlopen"):
        actions.start_run(run=draft, by=cast.administrator)
    for holder in ROWS:
        forgotten(holder, days=14)
    run.refresh_from_db()
    draft.refresh_from_db()
    assert (run.state, draft.state) == (RunState.FINISHED, RunState.EXPIRED)
    assert not ImportRow.objects.exists()
    assert not ImportPart.objects.exists()
    assert stored() == 12


def test_what_may_still_be_undone_is_kept(cast) -> None:
    bring(MANY, cast.administrator)

    assert [forgotten(holder, days=14) for holder in ROWS] == [0, 0, 0]
    assert ImportRow.objects.exists()


def test_runs_are_forgotten_after_two_years(cast) -> None:
    run = bring(MANY, cast.administrator)
    ImportRun.objects.filter(pk=run.pk).update(
        created_at=now() - timedelta(days=732), expires_at=now() - timedelta(days=700)
    )
    forgotten("import", days=730)

    assert not ImportRun.objects.exists()


# Rights and columns


def test_who_may_not_import_may_do_none_of_it(cast) -> None:
    run = bring(MANY, cast.administrator)
    for by in (cast.consultant, cast.head, cast.outsider, cast.nation):
        for act in (
            lambda by=by: actions.begin_run(content=MANY, file_name="a", importer_code="schools", by=by),
            lambda by=by: actions.choose_columns(run=run, mapping={}, options={}, by=by),
            lambda by=by: actions.ask_preview(run=run, by=by),
            lambda by=by: actions.start_run(run=run, by=by),
            lambda by=by: actions.decide_rows(run=run, ids=[], decision="take", by=by),
            lambda by=by: actions.stop_run(run=run, by=by),
            lambda by=by: actions.start_undo(run=run, by=by),
            lambda by=by: actions.discard_run(run=run, by=by),
        ):
            with pytest.raises(NotAllowed):
                act()


def test_columns_somebody_chose_are_remembered_for_the_next_file(cast) -> None:
    content = schools(a_school("99ZA00")).replace(b"VESTIGINGSNAAM", b"HOE HEET HET")
    first = actions.begin_run(
        content=content, file_name="a.csv", importer_code="schools", by=cast.administrator
    )
    at = first.headers.index("HOE HEET HET")
    mapping = {**first.mapping, "name": [at]}
    with pytest.raises(Sentence, match="niet bewaard"):
        actions.choose_columns(run=first, mapping=mapping, options=first.options, by=cast.administrator)

    names = {code: [first.headers[place] for place in places] for code, places in mapping.items()}
    again = actions.begin_run(
        content=content, file_name="a.csv", importer_code="schools", by=cast.administrator, mapping=names
    )
    actions.choose_columns(run=again, mapping=again.mapping, options=again.options, by=cast.administrator)
    next_year = actions.begin_run(
        content=content, file_name="b.csv", importer_code="schools", by=cast.administrator
    )

    assert next_year.mapping["name"] == [at]
    assert ColumnChoice.objects.get().mapping["name"] == ["HOE HEET HET"]


def test_a_file_of_another_kind_is_sent_to_its_own_door(cast) -> None:
    from .files import childcare, sizes

    for content, importer, word in (
        (sizes({}), "schools", "Leerlingaantallen"),
        (childcare({}), "schools", "Kinderopvang"),
        (schools({}), "school-sizes", "Scholen"),
    ):
        with pytest.raises(Sentence, match=word):
            actions.begin_run(
                content=content, file_name="x.csv", importer_code=importer, by=cast.administrator
            )


def test_a_file_in_which_we_know_nothing(cast) -> None:
    with pytest.raises(Sentence, match="geen enkele kolom"):
        actions.begin_run(
            content=b"foo;bar\n1;2\n", file_name="x", importer_code="schools", by=cast.administrator
        )


# Health


def test_health_of_imports(cast) -> None:
    assert imports_health().condition == Condition.NEW
    run = bring(MANY, cast.administrator)
    assert imports_health().condition == Condition.GOOD
    ImportRun.objects.filter(pk=run.pk).update(finished_at=now() - timedelta(days=500))
    assert imports_health().condition == Condition.LATE
