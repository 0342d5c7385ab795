"""A phone chooses. No audit event, no address of a device and no time: only that this phone chose, until the end.

What it chose is added to the counts and written nowhere else, so that no choice can be led back to a phone.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from django.db.models import F

from leesbouw.core.db import lock_row, retrying, write_transaction

from ..domain.team import MOST_PHONES, OWN_PLACE, chosen_of, own_words
from ..models import Ballot, TalkingPoint, TeamSession
from ..queries.team import ballot_digest, has_voted, session_by_code


class Vote(Enum):
    """What became of a choice."""

    COUNTED = "counted"  # now, or when this phone sent it before
    EMPTY = "empty"
    TOO_MANY = "many"
    UNKNOWN = "unknown"  # or closed meanwhile: its code is gone


def vote(*, code: str, token: str, sent: Iterable[str], own: str = "") -> Vote:
    """Counts what a phone chose: ids of points, and a sentence of its own, together not more than the session asks.

    `token` is what the phone's cookie holds; the same one a second time changes nothing.
    """
    sent = list(sent)
    try:
        return retrying(lambda: _vote(code, token, sent, own_words(own)))
    except TeamSession.DoesNotExist:  # closed at this very moment
        return Vote.UNKNOWN


def _vote(code: str, token: str, sent: list[str], own: str) -> Vote:
    with write_transaction():
        session = session_by_code(code)
        if session is None:
            return Vote.UNKNOWN
        row = lock_row(TeamSession.objects.filter(closed_on=None), pk=session.pk)
        if has_voted(row, token):
            return Vote.COUNTED
        points = TalkingPoint.objects.trusted("choosing in a team session").filter(session=row)
        chosen = chosen_of(sent, set(points.exclude(measure="").values_list("pk", flat=True)))
        if not chosen and not own:
            return Vote.EMPTY
        if len(chosen) + bool(own) > row.most:
            return Vote.TOO_MANY
        if row.voted >= MOST_PHONES:
            return Vote.UNKNOWN
        _count(row, token, own)
        points.filter(pk__in=chosen).update(votes=F("votes") + 1)
        return Vote.COUNTED


def _count(row: TeamSession, token: str, own: str) -> None:
    Ballot.objects.create(session=row, token_hash=ballot_digest(row.pk, token))
    row.voted += 1
    row.save(update_fields=["voted"])
    if own:
        TalkingPoint.objects.create(session=row, position=OWN_PLACE, text=own, votes=1)
