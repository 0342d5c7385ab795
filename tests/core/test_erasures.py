"""Who was erased stays erased, also when an older backup comes back."""

from __future__ import annotations

import os
import stat

import pytest
import time_machine
from django.conf import settings
from django.db import connection

from leesbouw.core import backup, erasures, search
from leesbouw.core.access import SYSTEM
from leesbouw.core.db import write_transaction
from leesbouw.core.erasures import Erasure
from leesbouw.core.search import Word
from leesbouw.core.time import now
from leesbouw.people.actions import ContactRow, save_contact, wipe_contacts
from leesbouw.people.models import Contact
from tests.factories.cast import make_cast

NEEDLE = "Wilgenroosje"
REAL = pytest.mark.machine  # needs a database that can be put back: `make machine`


@pytest.fixture(autouse=True)
def _own_log(tmp_path, monkeypatch):
    monkeypatch.setattr(erasures, "path", lambda: tmp_path / erasures.LOG)


@pytest.fixture
def people(committed_db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_search_index")  # no model, so no test empties it
    cast = make_cast()
    rows = [ContactRow(cast.a1.pk, name, "head", "strategic") for name in (f"Anna {NEEDLE}", "Bea Blijft")]
    return cast, [save_contact(row, by=cast.manager) for row in rows]


def erase(contact: Contact) -> None:
    with write_transaction():
        wipe_contacts(ids=[contact.pk], by=SYSTEM)
        erasures.note("contact", [str(contact.pk)])


def names(cast) -> set[str]:
    return set(Contact.objects.visible_to(cast.manager).values_list("name", flat=True))


def test_an_erasure_is_noted_by_id_in_the_table_and_for_the_owner_only_in_the_file(people):
    _cast, (anna, _bea) = people
    erase(anna)

    row = Erasure.objects.get()
    assert (row.kind, row.ref) == ("contact", str(anna.pk))
    assert erasures.path().read_text() == f"{row.at.isoformat()} contact {anna.pk}\n"
    assert stat.S_IMODE(os.stat(erasures.path()).st_mode) == 0o600


def test_what_was_rolled_back_was_not_erased(people):
    def half() -> None:
        with write_transaction():
            erasures.note("contact", ["1"])
            raise RuntimeError("something else went wrong")

    with pytest.raises(RuntimeError):
        half()

    assert not Erasure.objects.exists()
    assert not erasures.path().exists()


@pytest.mark.parametrize("ref", ["Anna de Vries", "Zoë", "", "x" * 101])
def test_a_name_is_no_reference(db, ref):
    with pytest.raises(ValueError, match="ids and codes"):
        erasures.note("contact", [ref])


def test_the_file_follows_the_table(people):
    _cast, (anna, _bea) = people
    erase(anna)
    before = erasures.path().read_text()
    erasures.path().unlink()
    erasures.complete()
    erasures.complete()

    assert erasures.path().read_text() == before


def test_lines_that_a_full_disk_spoilt_are_passed_by(tmp_path):
    file = tmp_path / "other.log"
    good = "2026-11-28T18:00:00+00:00 contact 7"
    file.write_text(f"{good}\n{good}\nyesterday contact 8\n2026-11-28T18:00:00+00:00 cont")

    assert erasures.read(file) == [erasures.Line(*good.split())]
    assert (erasures.merge(file), erasures.merge(file)) == (1, 0)


@REAL
def test_a_backup_that_comes_back_does_not_bring_back_who_was_erased(people, tmp_path):
    cast, (anna, bea) = people
    reserve = backup.make(tmp_path / "reserve.zip")
    erase(anna)
    backup.restore(reserve, replace=True)
    assert names(cast) == {f"Anna {NEEDLE}", "Bea Blijft"}  # the backup knows nothing better

    assert erasures.sync(by=SYSTEM) == 1
    assert names(cast) == {"Bea Blijft"}
    assert search.find(cast.manager, NEEDLE) == []
    assert erasures.sync(by=SYSTEM) == 0
    assert Contact.objects.visible_to(cast.manager).get().pk == bea.pk


@REAL
def test_two_restores_in_one_second_are_put_aside_apart(people, tmp_path):
    reserve = backup.make(tmp_path / "reserve.zip")
    before = {path for path, _moment in backup.leftovers()}
    with time_machine.travel(now(), tick=False):
        backup.restore(reserve, replace=True)
        backup.restore(reserve, replace=True)

    assert len({path for path, _moment in backup.leftovers()} - before) == 2


@REAL
def test_a_new_machine_learns_from_the_backup_itself(people, tmp_path):
    cast, (anna, _bea) = people
    erase(anna)
    reserve = backup.make(tmp_path / "reserve.zip")
    erasures.path().unlink()
    backup.restore(reserve, replace=True)
    erasures.sync(by=SYSTEM)

    assert [line.ref for line in erasures.read(erasures.path())] == [str(anna.pk)]
    assert names(cast) == {"Bea Blijft"}


def test_somebody_new_with_the_id_of_somebody_erased_is_left_alone(people):
    cast, (anna, _bea) = people
    erase(anna)
    erasures.sync(by=SYSTEM)
    Contact(pk=anna.pk, name="Cato Nieuw", library_id=cast.library_a.pk, unit_id=cast.a1.pk).save()

    assert erasures.sync(by=SYSTEM) == 0
    assert names(cast) == {"Bea Blijft", "Cato Nieuw"}


def test_nothing_of_the_name_stays_in_the_database_and_its_journal(people):
    """The needle: every table, the index, the vocabulary; and on a file the bytes themselves."""
    _cast, (anna, _bea) = people
    assert Word.objects.filter(word=NEEDLE.lower()).exists()
    erase(anna)

    assert not Word.objects.filter(word=NEEDLE.lower()).exists()
    if connection.vendor != "sqlite":
        return
    assert erasures.settle()
    haystack = "\n".join(connection.connection.iterdump()).lower()
    assert NEEDLE.lower() not in haystack
    assert search.stem(NEEDLE.lower()) not in haystack
    name = str(connection.settings_dict["NAME"])
    if name.startswith("/"):
        for end in ("", "-wal"):
            with open(f"{name}{end}", "rb") as file:
                content = file.read().lower()
            assert search.stem(NEEDLE.lower()).encode() not in content
    assert settings.DATABASES["default"]["OPTIONS"]["init_command"].count("secure_delete=ON") == 1
