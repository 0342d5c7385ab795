"""What to take out and what to buy, with the reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import gettext as _

from leesbouw.collection.actions import (
    CopyRow,
    change_copy,
    restore_copies,
    save_copies,
    withdraw_copies,
)
from leesbouw.collection.domain import TitleFacts
from leesbouw.collection.enums import CopyReason, CopyStatus
from leesbouw.collection.models import Copy
from leesbouw.collection.queries import borrowed, copies_to_weed, reasons_of, wishes_at
from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.audit import AuditEvent
from leesbouw.core.errors import Sentence
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.models import LocationYear

from .test_titles import keeper, titled  # noqa: F401 -- a fixture

LONG = timedelta(days=365 * 9)
SOME = timedelta(days=365 * 3)


def make(cast, name: str, *, age: timedelta = timedelta(), number: int = 1) -> list[Copy]:
    row = titled(cast, TitleFacts(name))
    rows = [CopyRow(row.pk, location_id=cast.a1.pk, acquired_on=today() - age)] * number
    return save_copies(rows, library_id=cast.library_a.pk, by=SYSTEM)


def why(cast, actor) -> dict[str, list[CopyReason]]:
    rows = copies_to_weed(actor, cast.library_a.pk, cast.a1.pk)
    return {row.title.title: reasons_of(row) for row in rows}


def test_each_reason_is_told(cast, keeper) -> None:  # noqa: F811
    make(cast, "Nieuw")
    make(cast, "Oud", age=LONG)
    make(cast, "Ligt", age=SOME)
    change_copy(copy=make(cast, "Stuk")[0], values={"status": CopyStatus.REPAIR}, by=keeper)
    make(cast, "Dubbel", number=11)
    assert why(cast, keeper) == {
        "Oud": [CopyReason.OLD],
        "Stuk": [CopyReason.WORN],
        "Dubbel": [CopyReason.DOUBLE],
    }
    lent = make(cast, "Geleend")[0]
    Copy.objects.filter(pk=lent.pk).update(times_lent=1, last_lent_on=today())
    told = why(cast, keeper)
    assert told["Ligt"] == [CopyReason.UNLENT]
    assert told["Oud"] == [CopyReason.OLD, CopyReason.UNLENT]
    assert "Geleend" not in told


def test_taking_out_is_one_step_there_and_one_back(cast, keeper, monkeypatch) -> None:  # noqa: F811
    old, worn, lent = make(cast, "Oud", age=LONG)[0], make(cast, "Stuk")[0], make(cast, "Uit")[0]
    change_copy(copy=worn, values={"status": CopyStatus.REPAIR, "status_reason": "worn"}, by=keeper)
    monkeypatch.setitem(borrowed._items, "test", lambda copies: {lent.pk})
    ids = [old.pk, worn.pk, lent.pk]
    assert withdraw_copies(copies=ids, library_id=cast.library_a.pk, by=keeper) == 2
    rows = Copy.objects.in_bulk()
    assert [rows[pk].status_reason for pk in ids] == ["old", "worn", ""]
    assert rows[lent.pk].status == CopyStatus.IN_USE
    with pytest.raises(Sentence):
        withdraw_copies(copies=ids, library_id=cast.library_a.pk, by=keeper)
    event = AuditEvent.objects.get(verb="collection.withdraw_copies")
    change_copy(copy=old, values={"status": CopyStatus.IN_USE}, by=keeper)
    assert restore_copies(**event.undo_args, by=keeper) == 1
    worn.refresh_from_db()
    assert worn.status == CopyStatus.REPAIR
    with pytest.raises(NotAllowed):
        withdraw_copies(copies=ids, library_id=cast.library_a.pk, by=cast.consultant)


def test_what_to_buy_follows_from_what_is_there(cast, keeper) -> None:  # noqa: F811
    make(cast, "Nieuw", number=10)
    change_copy(copy=make(cast, "Kwijt")[0], values={"status": CopyStatus.LOST}, by=keeper)
    LocationYear.objects.update_or_create(
        location=cast.a1,
        year=SchoolYear.running(),
        defaults={"pupils": 4, "municipality": cast.a1.municipality},
    )
    found = {one.what: one.number for one in wishes_at(keeper, cast.a1, SchoolYear.running())}
    assert found["Kwijt"] == 1
    assert found["Informatief"] == 2
    assert found[_("Books of the fixed collection")] == 10


def test_the_lists_on_the_page(cast, client_for, keeper, queries_of) -> None:  # noqa: F811
    client, url = client_for(keeper), f"/boeken/saneren/?plek={cast.a1.pk}"
    copy = make(cast, "Oud", age=LONG)[0]
    before = queries_of(client, url)
    others = make(cast, "Ouder", age=LONG, number=2)
    assert queries_of(client, url) == before
    page = client.get(url).content.decode()
    assert "3 boeken om te bekijken" in page
    assert "te oud" in page
    assert "Ouder" not in client.get(f"{url}&reden=double").content.decode()
    client.post("/boeken/saneren/afschrijven/", {"request_id": "een", "kies": [copy.pk, others[0].pk]})
    assert Copy.objects.filter(status=CopyStatus.WITHDRAWN).count() == 2
    assert "Informatief" in client.get(f"/boeken/kopen/?plek={cast.a1.pk}").content.decode()
    assert client.get(f"/boeken/kopen/?plek={cast.a1.pk}&formaat=csv").status_code == 200
    assert "Kies een school" in client.get("/boeken/kopen/").content.decode()
    assert client_for(cast.consultant).get("/boeken/saneren/").status_code == 403
