"""People of library A and of school A1, and ways to make a talk between them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from leesbouw.network.actions import TalkRow, record_talks
from leesbouw.network.models import Conversation
from leesbouw.people.actions import ContactRow, StaffRow, save_contacts, save_staff


@pytest.fixture
def ria(cast):  # type: ignore[no-untyped-def]
    """The consultant of library A, tied to her account by her address."""
    rows = [
        StaffRow(
            cast.library_a.pk, "Ria Postma", ("reading-consultant",), email="consultant@voorbeeld.example"
        )
    ]
    return save_staff(rows, by=cast.manager)[0]


@pytest.fixture
def joke(cast):  # type: ignore[no-untyped-def]
    row = ContactRow(cast.a1.pk, "Joke van Dam", "reading_coordinator", "tactical")
    return save_contacts([row], by=cast.manager)[0]


@pytest.fixture
def talk(cast) -> Callable[..., Conversation]:  # type: ignore[no-untyped-def]
    """`talk(held_on=…)` or `talk(planned_on=…)` with school A1, by the consultant unless said otherwise."""

    def make(by=None, **values) -> Conversation:  # type: ignore[no-untyped-def]
        row = {"unit_id": cast.a1.pk, "kind": "progress", "level": "tactical"} | values
        if "planned_on" not in row and "held_on" not in row:
            row["planned_on"] = date(2026, 1, 5)
        return record_talks([TalkRow(**row)], by=by or cast.consultant)[0]

    return make
