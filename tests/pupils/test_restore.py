"""A child that was erased on request stays away after a restore too, also when the backup has no row of her."""

from __future__ import annotations

import pytest

from leesbouw.core import erasures
from leesbouw.core.access import SYSTEM
from leesbouw.core.erasures import Erasure
from leesbouw.core.time import today
from leesbouw.exchange.models import ImportRow, ImportRun
from leesbouw.organisations.models import Location
from leesbouw.pupils.actions import PupilRow, erase_on_request, put_pupils
from leesbouw.pupils.models import Pupil, RefusedKey
from leesbouw.pupils.queries import refused_count
from tests.exchange.steps import store

from .conftest import pupil
from .test_import import check

NOOR, SEM = pupil("001", "Noor", "Naald", eck="eck-1"), pupil("002", "Sem", "Bakker")


@pytest.fixture(autouse=True)
def _own_log(tmp_path, monkeypatch):
    monkeypatch.setattr(erasures, "path", lambda: tmp_path / erasures.LOG)


@pytest.fixture
def erased(cast, coordinator, django_capture_on_commit_callbacks) -> None:
    """Noor came and was erased on request; then a backup of before all that came back."""
    row = PupilRow(first_name="Noor", last_name="Naald", key="001", eck_id="eck-1")
    ids = put_pupils([row], location=cast.a1, by=coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        erase_on_request(pupil=Pupil.objects.visible_to(SYSTEM).get(pk=ids[0]), by=coordinator)
    RefusedKey.objects.all().delete()
    Erasure.objects.all().delete()


def test_the_next_file_does_not_bring_the_child_back(cast, coordinator, erased, file_of) -> None:
    assert erasures.sync(by=SYSTEM) == 0, "there was no row of her to wipe again"
    assert RefusedKey.objects.count() == 2  # her number and her ECK iD

    run = store(check(file_of([NOOR, SEM]), coordinator, cast), coordinator)

    assert run.counts["new"] == 1
    assert list(Pupil.objects.visible_to(SYSTEM).values_list("first_name", flat=True)) == ["Sem"]


def test_a_file_that_waited_when_the_backup_was_made_is_thrown_away(
    cast, coordinator, erased, file_of
) -> None:
    check(file_of([NOOR, SEM]), coordinator, cast)
    assert ImportRow.objects.filter(label__contains="Naald").exists()

    erasures.sync(by=SYSTEM)

    assert not ImportRow.objects.exists()
    assert not ImportRun.objects.exists()


def test_what_is_noted_of_the_child_holds_neither_name_nor_number(erased) -> None:
    text = erasures.path().read_text()
    assert [word for word in ("Noor", "Naald", "001 ", "eck-1") if word in text] == []
    assert text.count(" refused-key ") == 2


def test_who_was_erased_at_a_school_that_went_up_in_another_stays_away_there(
    cast, coordinator, file_of
) -> None:
    child = Pupil.objects.create(
        location=cast.a2, key="001", eck_id="eck-1", first_name="Noor", last_name="Naald"
    )
    erase_on_request(pupil=child, by=SYSTEM)
    Location.objects.filter(pk=cast.a2.pk).update(closed_on=today(), merged_into=cast.a1)

    namesake = pupil("001", "Wim", "Bos")  # her number at the other school is another child's here
    run = store(
        check(file_of([pupil("300", "Noor", "Naald", eck="eck-1"), namesake]), coordinator, cast), coordinator
    )

    assert list(Pupil.objects.visible_to(SYSTEM).values_list("first_name", flat=True)) == ["Wim"]
    assert run.counts["kept_away"] == 1
    assert refused_count(cast.a1) == 2
