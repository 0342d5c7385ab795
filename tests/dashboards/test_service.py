"""Jobs, undoing, files and the health of the house."""

from __future__ import annotations

import shutil
from types import SimpleNamespace

import pytest
from django.test import Client

from leesbouw.core import files, jobs
from leesbouw.core.audit import AuditEvent
from leesbouw.core.health import Condition, Health
from leesbouw.core.jobs import Job, State
from leesbouw.core.registry import health_checks
from leesbouw.organisations.actions import enter_phase
from leesbouw.organisations.models import Partnership


@pytest.fixture
def my_job(cast):
    return jobs.enqueue("core.backup", by=cast.consultant)


def test_one_sees_and_stops_ones_own_jobs(cast, client_for, my_job):
    client = client_for(cast.consultant)

    assert "Eén taak is nog bezig" in client.get("/taken/").content.decode()
    assert client.get(f"/taken/{my_job.pk}/").status_code == 200
    assert client.post(f"/taken/{my_job.pk}/stoppen/").status_code == 302
    assert Job.objects.get(pk=my_job.pk).state == State.CANCELLED


def test_somebody_elses_job_is_not_there(cast, client_for, my_job):
    client = client_for(cast.manager)

    assert "Er loopt niets voor je" in client.get("/taken/").content.decode()
    assert client.get(f"/taken/{my_job.pk}/").status_code == 404
    assert client.post(f"/taken/{my_job.pk}/stoppen/").status_code == 404
    assert Job.objects.get(pk=my_job.pk).state == State.QUEUED


def test_progress_is_a_fragment_that_stops_asking(cast, client_for, my_job):
    client = client_for(cast.consultant)
    path = f"/taken/{my_job.pk}/?deel=1"

    assert f'data-poll="{path}"' in client.get(path).content.decode()
    jobs.work_off()
    over = client.get(path).content.decode()
    assert "data-poll" not in over
    assert "<html" not in over


def test_undoing_puts_it_back_once_and_for_oneself_alone(cast, client_for):
    enter_phase(partnership=cast.with_a1, phase="anchoring", by=cast.manager)
    event = AuditEvent.objects.get(verb="organisations.enter_phase")

    assert client_for(cast.director).post(f"/ongedaan/{event.pk}/").status_code == 302
    assert Partnership.objects.get(pk=cast.with_a1.pk).phase == "anchoring"
    answer = client_for(cast.manager).post(f"/ongedaan/{event.pk}/", {"next": "/school/99AA00/"})
    assert answer["Location"] == "/school/99AA00/"
    assert Partnership.objects.get(pk=cast.with_a1.pk).phase == "execution"
    client_for(cast.manager).post(f"/ongedaan/{event.pk}/")
    assert Partnership.objects.get(pk=cast.with_a1.pk).phase == "execution"


def test_undoing_is_no_link(cast, client_for):
    assert client_for(cast.manager).get("/ongedaan/1/").status_code == 405


def test_a_file_goes_to_who_holds_its_right_at_its_unit(cast, client_for):
    row = files.store(
        b"naam;aantal\n",
        name="lijst.csv",
        content_type="text/csv",
        by=cast.administrator,
        unit_id=cast.library_a.pk,
        permission="exchange.import",
    )
    path = f"/bestand/{row.pk}/"
    answer = client_for(cast.administrator).get(path)

    assert answer["Content-Disposition"] == 'attachment; filename="lijst.csv"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == b"naam;aantal\n"
    for who in ("consultant", "head", "other_library", "outsider", "nation"):
        assert client_for(cast.actors[who]).get(path).status_code == 404


def test_a_file_that_is_gone_is_not_there(cast, client_for):
    row = files.store(b"x", name="weg.csv", content_type="text/csv", by=cast.consultant)
    row.path.unlink()

    assert client_for(cast.consultant).get(f"/bestand/{row.pk}/").status_code == 404


def test_healthz_is_for_everybody_and_makes_no_session(db):
    answer = Client().get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"goed")
    assert not answer.cookies


def test_healthz_says_no_when_the_disk_is_full(db, monkeypatch):
    monkeypatch.setitem(health_checks._items, "files", lambda: Health("Schijf", Condition.FAILED, "Vol"))

    assert Client().get("/healthz").status_code == 503


@pytest.mark.parametrize(
    ("free", "condition", "status"),
    [
        (500_000_000, Condition.GOOD, 200),
        (499_999_999, Condition.LATE, 200),
        (50_000_000, Condition.LATE, 200),
        (49_999_999, Condition.FAILED, 503),
    ],
)
def test_a_disk_that_fills_up_is_told_long_before_people_can_no_longer_work(
    db, monkeypatch, free, condition, status
):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))

    assert health_checks["files"]().condition == condition
    assert Client().get("/healthz").status_code == status


def test_a_failed_import_does_not_take_the_house_down(cast):
    Job.objects.create(kind="exchange.x", state=State.FAILED)

    assert Client().get("/healthz").status_code == 200
