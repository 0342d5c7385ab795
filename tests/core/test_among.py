"""One of a list as one parameter: the same as Django's own question, on both databases."""

from __future__ import annotations

import pytest

from leesbouw.core.among import listed
from leesbouw.core.db import Asked
from leesbouw.core.search import Word
from leesbouw.organisations.models import Location

WORDS = ("boom", "roos", "vis", "o'hara", '"aap"', "één", "a,b", "{x}")


@pytest.mark.parametrize("wanted", [(), ("vis",), WORDS, ("vis", "niet")])
def test_the_same_as_in(db: None, wanted: tuple[str, ...]) -> None:
    Word.objects.bulk_create([Word(word=word) for word in WORDS])
    asked = Asked(lambda: Word.objects.filter(word__among="").order_by("word").values_list("word"))

    found = [word for (word,) in asked.rows(listed(wanted))]

    assert found == list(Word.objects.filter(word__in=wanted).order_by("word").values_list("word", flat=True))
    assert set(found) == set(wanted) & set(WORDS)


def test_numbers_and_what_points_at_a_row(cast) -> None:  # type: ignore[no-untyped-def]
    towns = [cast.a1.municipality_id]
    asked = Asked(lambda: Location.objects.filter(municipality__among="").order_by("pk").values_list("pk"))

    found = {pk for (pk,) in asked.rows(listed(towns))}

    assert cast.a1.pk in found
    assert cast.b1.pk not in found
    assert found == set(Location.objects.filter(municipality__in=towns).values_list("pk", flat=True))


def test_more_than_a_database_takes_as_parameters(cast) -> None:  # type: ignore[no-untyped-def]
    many = [cast.a1.pk, *range(10_000_000, 10_300_000)]

    assert list(Location.objects.filter(pk__among=listed(many)).values_list("pk", flat=True)) == [cast.a1.pk]
