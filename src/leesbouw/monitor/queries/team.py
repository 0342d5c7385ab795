"""A team session: what there is to choose, what was chosen, and what else the team knows."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from leesbouw.core.access import Actor
from leesbouw.organisations.enums import UnitKind
from leesbouw.people.queries import locations_of_staff, my_staff_ids

from ..domain.doors import TEAM_LENGTH, read_code
from ..domain.team import Choice
from ..models import Ballot, Participation, TalkingPoint, TeamNote, TeamSession
from ..permissions import DISCUSS
from .participations import participations_for, to_discuss
from .talking import points_by_measure

MOST_WAITING = 4


def session_of(actor: Actor, participation: Participation) -> TeamSession | None:
    rows = TeamSession.objects.visible_to(actor).select_related("participation__round")
    return rows.filter(participation=participation).first()


def session_by_code(typed: str) -> TeamSession | None:
    """The open session with this code, whoever typed it."""
    code = read_code(typed, TEAM_LENGTH)
    rows = TeamSession.objects.select_related("participation__round", "participation__location")
    return rows.filter(code=code, closed_on=None).first() if code else None


def points_of(actor: Actor, session: TeamSession) -> QuerySet[TalkingPoint]:
    """The points of a session, those that most phones chose first."""
    rows = TalkingPoint.objects.visible_to(actor).filter(session=session)
    return rows.order_by("-votes", "position", "text")


@dataclass(frozen=True, slots=True)
class Pick:
    """A point on a phone, with the question that belongs to it."""

    pk: int
    text: str
    question: str


def choices_of(session: TeamSession) -> list[Pick]:
    """What who holds the code may choose: what the figures say, and not what others added."""
    known = points_by_measure(session.participation.round.kind)
    rows = TalkingPoint.objects.trusted("what a team chooses from, for who holds the code")
    return [
        Pick(row.pk, row.text, known[row.measure].question if row.measure in known else "")
        for row in rows.filter(session=session).exclude(measure="")
    ]


def ballot_digest(session_id: int, token: str) -> str:
    """How a phone that chose is known again; not to be led back."""
    return _digest("team", session_id, token)


def choice_digest(session_id: int, token: str, choice: Choice) -> str:
    """How the choice of a phone is known again, when that phone shows it; not to be guessed without its token."""
    return _digest("choice", session_id, token, choice.points, choice.own)


def _digest(*parts: object) -> str:
    """Made with this installation's secret."""
    text = ":".join(map(str, parts)).encode()
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()


def ballot_of(session: TeamSession, token: str) -> Ballot | None:
    rows = Ballot.objects.trusted("whether this phone chose")
    return rows.filter(session=session, token_hash=ballot_digest(session.pk, token)).first()


def kept_points(actor: Actor, participation: Participation) -> list[TalkingPoint]:
    """What a team goes on with, in its own words; nothing before its session is closed."""
    if participation.discussed_on is None:
        return []
    rows = TalkingPoint.objects.visible_to(actor).filter(
        session__participation=participation, session__closed_on__isnull=False
    )
    return list(rows)


def words_to_begin(session: TeamSession, points: Iterable[TalkingPoint]) -> dict[int, str]:
    """Words with which a team can begin: the question that belongs to a figure, or what somebody added."""
    known = points_by_measure(session.participation.round.kind)
    return {one.pk: known[one.measure].question if one.measure in known else one.text for one in points}


def notes_of(actor: Actor, participation: Participation) -> QuerySet[TeamNote]:
    """What the team knows beside the figures, in the order in which it was written."""
    return TeamNote.objects.visible_to(actor).filter(participation=participation)


def note_by_id(actor: Actor, note_id: int) -> TeamNote:
    """Raises TeamNote.DoesNotExist."""
    rows = TeamNote.objects.visible_to(actor).select_related(
        "participation__round", "participation__location"
    )
    row: TeamNote = rows.get(pk=note_id)
    return row


def undiscussed_near(actor: Actor) -> list[Participation]:
    """Closed locations whose team has not talked yet: one's own, or where one is assigned today; the oldest first."""
    if not actor.may(DISCUSS):
        return []
    at_school = actor.unit_kind == UnitKind.LOCATION
    places = {actor.unit_id} if at_school else locations_of_staff(actor, my_staff_ids(actor))
    rows = participations_for(actor).filter(to_discuss(), location__in=places, closed_on__isnull=False)
    return list(rows.order_by("closed_on", "location__name", "pk")[:MOST_WAITING])
