"""What goes when a round is long over: answers, names and addresses."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leesbouw.core.access import SYSTEM
from leesbouw.core.registry import holders
from leesbouw.core.time import today
from leesbouw.monitor import actions
from leesbouw.monitor.models import Follower, OpenAnswer, Participation, Submission
from tests.factories.cast import Cast

from .test_reports import lists, taking_part

pytestmark = pytest.mark.django_db

NAMES = ("monitor-links", "monitor-followers", "monitor-authorisations")
ANSWERS = ("monitor-answers", "monitor-open-answers")


@pytest.fixture
def over(cast: Cast) -> Participation:
    """A round that closed today, with a follower, a yes of a named head, an answer and a sentence."""
    row = taking_part(cast)
    actions.authorise(participation=row, name="M. Kaya", by=cast.manager)
    actions.add_follower(round=row.round, name="Bo Smit", email="bo@voorbeeld.example", by=cast.manager)
    actions.store_lists(participation=row, lists=lists(None, 2, 1), by=SYSTEM)
    OpenAnswer.objects.create(participation=row, respondent="pupil", item="L90", text="Meer strips")
    actions.close_round(round=row.round, by=cast.manager)
    return row


def wipe(codes: tuple[str, ...], days: int) -> list[int]:
    limit = today() + timedelta(days=days)
    return [holders[code].erase(limit=limit, by=SYSTEM) for code in codes]


def test_on_the_day_itself_everything_stays(over: Participation) -> None:
    assert wipe(NAMES + ANSWERS, 0) == [0, 0, 0, 0, 0]
    assert Participation.objects.get(pk=over.pk).authorised_name == "M. Kaya"


def test_after_its_term_no_name_and_no_answer_is_left(over: Participation) -> None:
    assert wipe(NAMES + ANSWERS, 1) == [0, 1, 1, 3, 1]

    row = Participation.objects.get(pk=over.pk)
    assert (row.authorised_name, row.authorised_on) == ("", today())  # that somebody said yes stays
    assert not Follower.objects.trusted("test").exists()
    assert not Submission.objects.trusted("test").exists()
    assert not OpenAnswer.objects.trusted("test").exists()
