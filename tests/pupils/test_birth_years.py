"""A year of birth is kept only where the school wants it, whatever the door is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leesbouw.core.access import SYSTEM
from leesbouw.core.errors import Sentence
from leesbouw.core.time import today
from leesbouw.exchange.engine import importer
from leesbouw.exchange.views.base import kept_and_thrown
from leesbouw.pupils import actions
from leesbouw.pupils.models import Pupil

from .test_import import check

NOOR = actions.PupilRow(first_name="Noor", last_name="Vries", key="1", birth_year=2016)


@pytest.fixture
def noor(cast, agreed):  # type: ignore[no-untyped-def]
    """A child of a school that keeps years of birth."""
    actions.choose_birth_years(location=cast.a1, keep=True, by=SYSTEM)
    return actions.put_pupils([NOOR], location=cast.a1, by=SYSTEM)[0]


def year_of(pk: int) -> int | None:
    return Pupil.objects.visible_to(SYSTEM).get(pk=pk).birth_year


def test_it_is_kept_where_the_school_wants_it(noor) -> None:
    assert year_of(noor) == 2016


def test_a_file_that_was_checked_before_the_school_said_no_brings_none(cast, agreed) -> None:
    pk = actions.put_pupils([NOOR], location=cast.a1, by=SYSTEM)[0]
    assert year_of(pk) is None


def test_what_is_put_back_after_the_school_said_no_has_none(cast, noor) -> None:
    image = actions.images_of([noor], by=SYSTEM)
    actions.choose_birth_years(location=cast.a1, keep=False, by=SYSTEM)
    actions.restore_pupils(image, by=SYSTEM)
    assert year_of(noor) is None


def test_a_correction_brings_none_after_the_school_said_no(cast, noor) -> None:
    actions.choose_birth_years(location=cast.a1, keep=False, by=SYSTEM)
    child = Pupil.objects.visible_to(SYSTEM).get(pk=noor)
    right = actions.Correction("Noor", "de", "Vries", "1", birth_year=2016)
    actions.correct_pupil(pupil=child, correction=right, by=SYSTEM)
    assert year_of(noor) is None


def test_no_membership_begins_in_the_future(noor) -> None:
    with pytest.raises(Sentence):
        actions.register_members([noor], registered_on=today() + timedelta(days=1), by=SYSTEM)


@pytest.mark.parametrize(("keeps", "thrown"), [(True, []), (False, ["geboortedatum en leeftijd"])])
def test_the_page_says_whether_this_school_keeps_it(
    cast, coordinator, keeps: bool, thrown: list[str]
) -> None:
    actions.choose_birth_years(location=cast.a1, keep=keeps, by=SYSTEM)
    content = b"Leerlingnummer;Roepnaam;Achternaam;Groep;Geboortedatum\n1;Noor;Vries;5A;14-03-2016"
    run = check(content, coordinator, cast)

    said = kept_and_thrown(importer("pupils"), run)

    assert ("geboortejaar" in said["kept"], said["thrown"]) == (keeps, thrown)
