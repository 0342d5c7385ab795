"""A school with a shelf, and who works at its desk."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leesbouw.core.access import Actor
from tests.factories.cast import add_person
from tests.factories.lending import Shelf, make_shelf


@pytest.fixture
def shelf(cast) -> Shelf:
    return make_shelf(cast.library_a, cast.a1)


@pytest.fixture
def desk(cast) -> Actor:
    """A volunteer at the desk of A1: she lends, and sees nothing of before."""
    return add_person("Wil Balie", "volunteer", cast.a1)


@pytest.fixture
def coordinator(cast) -> Actor:
    return add_person("Joke Regel", "reading-coordinator", cast.a1)


@pytest.fixture
def elsewhere(cast, desk) -> Actor:
    """A volunteer of another school."""
    return replace(desk, user_id=None, unit_id=cast.c1.pk, locations=frozenset({cast.c1.pk}))
