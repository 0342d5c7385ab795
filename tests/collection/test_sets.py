"""Collections that go round: filled, promised without two at once, moved and moved back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leesbouw.collection.actions import (
    CopyRow,
    drop_stay,
    fill_set,
    move_back,
    move_set,
    plan_stay,
    save_copies,
    save_set,
    take_from_set,
)
from leesbouw.collection.enums import Part, SetKind
from leesbouw.collection.models import BookSet, Copy, SetStay
from leesbouw.collection.queries import alternatives_to, asked_twice, calendar_of, sets_for
from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.audit import AuditEvent
from leesbouw.core.errors import Sentence
from leesbouw.core.time import today
from tests.factories.cast import add_person

from .test_titles import keeper, titled  # noqa: F401 -- a fixture

FIRST = date(2027, 1, 4)
WEEKS = timedelta(days=27)


def make(cast, by, name: str = "Herfstkist", theme: str = "herfst") -> BookSet:
    return save_set(library_id=cast.library_a.pk, name=name, kind=SetKind.THEME, theme=theme, by=by)


def books(cast, number: int = 3) -> list[str]:
    row = titled(cast)
    made = save_copies([CopyRow(row.pk)] * number, library_id=cast.library_a.pk, by=SYSTEM)
    return [one.barcode for one in made]


def test_books_of_a_collection_rotate_and_move_together(cast, keeper) -> None:  # noqa: F811
    one, codes = make(cast, keeper), books(cast)
    assert fill_set(book_set=one, barcodes=codes, by=keeper) == 3
    assert set(Copy.objects.values_list("part", flat=True)) == {Part.ROTATING}
    with pytest.raises(Sentence):
        fill_set(book_set=one, barcodes=[codes[0], "weg"], by=keeper)
    assert move_set(book_set=one, location=cast.a1, by=keeper) == 3
    assert set(Copy.objects.values_list("location", flat=True)) == {cast.a1.pk}
    move_set(book_set=one, location=cast.k1, by=keeper)
    event = AuditEvent.objects.filter(verb="collection.move_set").last()
    assert event
    assert event.can_be_undone
    before = {str(pk): cast.a1.pk for pk in Copy.objects.values_list("pk", flat=True)}
    assert move_back(id=one.pk, before=before, was_at=cast.k1.pk, by=keeper) == 3
    assert set(Copy.objects.values_list("location", flat=True)) == {cast.a1.pk}
    first = Copy.objects.order_by("pk")[0]
    assert take_from_set(book_set=one, copies=[first.pk], by=keeper) == 1
    assert sets_for(keeper).get().number_of_copies == 2


def test_a_collection_is_at_one_place_at_a_time(cast, keeper) -> None:  # noqa: F811
    one, other = make(cast, keeper), make(cast, keeper, "Bladerkist")
    make(cast, keeper, "Ruimtekist", "ruimte")
    plan_stay(book_set=one, location=cast.a1, starts_on=FIRST, ends_on=FIRST + WEEKS, by=keeper)
    with pytest.raises(Sentence) as refused:
        plan_stay(
            book_set=one, location=cast.k1, starts_on=FIRST + WEEKS, ends_on=FIRST + WEEKS * 2, by=keeper
        )
    words = str(refused.value)
    assert "Bladerkist" in words
    assert "vrij vanaf 1 februari 2027" in words
    found = alternatives_to(keeper, one, FIRST, FIRST + WEEKS)
    assert [row.name for row in found.free] == ["Bladerkist", "Ruimtekist"]
    plan_stay(book_set=other, location=cast.k1, starts_on=FIRST, ends_on=FIRST, by=keeper)
    assert [row.location for row in asked_twice(keeper, one, FIRST, FIRST)] == [cast.k1]
    months = calendar_of(keeper, FIRST, date(2027, 3, 1))
    assert [(month.first.month, len(month.stays)) for month in months] == [(1, 2)]
    drop_stay(id=SetStay.objects.order_by("pk")[0].pk, by=keeper)
    assert SetStay.objects.count() == 1


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=6),
    st.integers(0, 40),
    st.integers(0, 15),
)
def test_the_day_that_is_offered_is_free(cast, keeper, stays, start: int, length: int) -> None:  # noqa: F811
    BookSet.objects.all().delete()
    one = make(cast, keeper)
    for begin, days in stays:
        first = FIRST + timedelta(days=begin)
        try:
            plan_stay(
                book_set=one,
                location=cast.a1,
                starts_on=first,
                ends_on=first + timedelta(days=days),
                by=keeper,
            )
        except Sentence:
            continue
    wanted = FIRST + timedelta(days=start)
    day = alternatives_to(keeper, one, wanted, wanted + timedelta(days=length)).from_day
    assert day >= wanted
    assert plan_stay(
        book_set=one, location=cast.k1, starts_on=day, ends_on=day + timedelta(days=length), by=keeper
    )


def test_who_may(cast, keeper) -> None:  # noqa: F811
    one = make(cast, keeper)
    with pytest.raises(Sentence):
        make(cast, keeper)
    for stranger in (cast.consultant, cast.teacher, add_person("Bea", "collection", cast.library_b)):
        with pytest.raises(NotAllowed):
            move_set(book_set=one, location=None, by=stranger)
    assert not sets_for(cast.outsider)


def test_collections_on_the_page(cast, client_for, keeper, queries_of) -> None:  # noqa: F811
    client = client_for(keeper)
    sent = {"request_id": "een", "name": "Herfstkist", "kind": "theme", "theme": "herfst"}
    client.post("/boeken/collecties/nieuw/", sent)
    one = BookSet.objects.get()
    url = one.get_absolute_url()
    client.post(f"{url}vullen/", {"request_id": "twee", "barcodes": "\n".join(books(cast))})
    begin, end = today().isoformat(), (today() + WEEKS).isoformat()
    client.post(
        f"{url}beloven/", {"request_id": "drie", "location": cast.a1.pk, "starts_on": begin, "ends_on": end}
    )
    client.post(f"{url}verplaatsen/", {"request_id": "vier", "location": cast.a1.pk})
    page = client.get(url).content.decode()
    assert "Pluk van de Petteflet" in page
    assert cast.a1.name in page
    assert "Herfstkist" in client.get("/boeken/collecties/kalender/").content.decode()
    before = queries_of(client, "/boeken/collecties/")
    make(cast, keeper, "Bladerkist")
    assert queries_of(client, "/boeken/collecties/") == before
    stay = SetStay.objects.get()
    client.post(f"{url}bij/{stay.pk}/weg/", {"request_id": "vijf"})
    assert not SetStay.objects.exists()
    client.post(f"{url}wijzigen/", sent | {"request_id": "zes", "version": "1", "name": "Bladeren"})
    one.refresh_from_db()
    assert one.name == "Bladeren"
    assert client_for(add_person("Bea", "collection", cast.library_b)).get(url).status_code == 404
