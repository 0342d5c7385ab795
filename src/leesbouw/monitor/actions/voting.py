"""A phone chooses. No audit event, no address of a device and no time: only that this phone chose, until the end.

What it chose is added to the counts and written nowhere else but in its own cookie, so that no choice can be led back to
a phone. As long as the session is open it may choose anew: it shows what it chose, and that is taken off.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from django.db.models import F, QuerySet

from leesbouw.core.db import lock_row, retrying, write_transaction

from ..domain.team import MOST_PHONES, OWN_PLACE, Choice, choice_of
from ..models import Ballot, TalkingPoint, TeamSession
from ..queries.team import ballot_digest, ballot_of, choice_digest, session_by_code


class Vote(Enum):
    """What became of a choice."""

    COUNTED = "counted"  # now, or when this phone sent it before
    EMPTY = "empty"
    TOO_MANY = "many"
    UNKNOWN = "unknown"  # or closed meanwhile: its code is gone
    STAYED = "stayed"  # another choice of this phone counts, and it does not show which


def vote(
    *, code: str, token: str, sent: Iterable[str], own: str = "", before: Choice | None = None
) -> tuple[Vote, Choice]:
    """Counts what a phone chose: ids of points, and a sentence of its own, together not more than the session asks.

    `token` is what the phone's cookie holds, `before` the choice in it, which makes place for this one. The same choice a
    second time changes nothing. Gives what became of it, and the choice as it was read.
    """
    sent = list(sent)
    try:
        return retrying(lambda: _vote(code, token, sent, own, before or Choice()))
    except TeamSession.DoesNotExist:  # closed at this very moment
        return Vote.UNKNOWN, Choice()


def _vote(code: str, token: str, sent: list[str], own: str, before: Choice) -> tuple[Vote, Choice]:
    with write_transaction():
        session = session_by_code(code)
        if session is None:
            return Vote.UNKNOWN, Choice()
        row = lock_row(TeamSession.objects.filter(closed_on=None), pk=session.pk)
        known = _points(row).exclude(measure="").values_list("pk", flat=True)
        choice = choice_of(sent, own, set(known))
        if not choice:
            return Vote.EMPTY, choice
        if len(choice) > row.most:
            return Vote.TOO_MANY, choice
        return _count(row, token, choice, before), choice


def _count(row: TeamSession, token: str, choice: Choice, before: Choice) -> Vote:
    ballot = ballot_of(row, token)
    new = choice_digest(row.pk, token, choice)
    if ballot is None and row.voted >= MOST_PHONES:
        return Vote.UNKNOWN
    if ballot is None:
        Ballot.objects.create(session=row, token_hash=ballot_digest(row.pk, token), choice_hash=new)
        row.voted += 1
        row.save(update_fields=["voted"])
        _add(row, choice, Choice())
    elif ballot.choice_hash == choice_digest(row.pk, token, before):
        ballot.choice_hash = new
        ballot.save(update_fields=["choice_hash"])
        _add(row, choice, before)
    elif ballot.choice_hash != new:
        return Vote.STAYED
    return Vote.COUNTED


def _add(row: TeamSession, choice: Choice, before: Choice) -> None:
    """Counts a choice in the place of the one before it; words that others wrote too are the same words."""
    points = _points(row)
    points.filter(pk__in=set(before.points) - set(choice.points)).update(votes=F("votes") - 1)
    points.filter(pk__in=set(choice.points) - set(before.points)).update(votes=F("votes") + 1)
    if choice.own == before.own:
        return
    mine = points.filter(measure="", text=before.own).first() if before.own else None
    if mine is None:
        mine = TalkingPoint(session=row, position=OWN_PLACE, votes=1)
    mine.text = choice.own
    if mine.text:
        mine.save()
    elif mine.pk:
        mine.delete()


def _points(row: TeamSession) -> QuerySet[TalkingPoint]:
    return TalkingPoint.objects.trusted("choosing in a team session").filter(session=row)
