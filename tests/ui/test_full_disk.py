"""A disk that is full is told to who was writing, whichever part of the request met it."""

from __future__ import annotations

import errno

import pytest
from django.db import OperationalError
from django.test import Client

from leesbouw.core import disk
from leesbouw.core.disk import is_full


@pytest.mark.parametrize(
    ("error", "full"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OperationalError("database or disk is full"), True),
        (OperationalError('could not extend file "base/5/1": No space left on device'), True),
        (OperationalError("database is locked"), False),
        (OSError(errno.ENOENT, "full"), False),
        (ValueError("full"), False),
        (None, False),
    ],
)
def test_how_a_full_disk_shows(error: BaseException | None, full: bool) -> None:
    assert is_full(error) is full


def test_what_sqlite_cannot_write_on_a_disk_without_room_is_a_full_disk(monkeypatch) -> None:
    assert not is_full(OperationalError("disk I/O error"))
    monkeypatch.setattr(disk, "NOTHING_LEFT", 1 << 80)
    assert is_full(OperationalError("disk I/O error"))


FULL = OperationalError("database or disk is full"), 507, "De schijf van Leesbouw is vol"
LOCKED = OperationalError("database is locked"), 500, "Er ging bij ons iets stuk"
PAGE = "leesbouw.people.views.contacts.ContactList.get"
SESSION = "django.contrib.sessions.middleware.SessionMiddleware.process_response"


@pytest.mark.parametrize("place", [PAGE, SESSION])
@pytest.mark.parametrize(("error", "status", "told"), [FULL, LOCKED])
def test_who_was_writing_is_told(cast, client_for, monkeypatch, place, error, status, told) -> None:
    def fall(*_args: object, **_values: object) -> None:
        raise error

    client: Client = client_for(cast.manager)
    client.raise_request_exception = False
    monkeypatch.setattr(place, fall)

    page = client.get("/mensen/")

    assert page.status_code == status
    assert told in page.content.decode()
