"""The team session of a location: started from its report, shown on the board, and closed with what the team chose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.time import today

from ..domain.doors import TEAM_LENGTH, new_class_code
from ..domain.team import LONGEST_WORDS, MOST_POINTS
from ..models import Ballot, Participation, TalkingPoint, TeamSession
from ..permissions import DISCUSS
from ..queries.reports import proposed_points
from ..queries.team import points_of
from .participations import mark_discussed

IS_OVER = _("This team session is closed already.")


def start_session(*, participation: Participation, most: int, by: Actor) -> TeamSession:
    """Opens the session of a location with what stands out there; a second time gives the one that is open.

    Raises Sentence for a location that is not closed or has discussed it, and for a number that no team chooses.
    """
    require(by, DISCUSS)
    if not 1 <= most <= MOST_POINTS:
        raise Sentence(_("Let everybody choose one to five points."))
    points = proposed_points(by, participation)
    with write_transaction():
        row = lock_row(Participation.objects.visible_to(by).select_related("round"), pk=participation.pk)
        if row.closed_on is None:
            raise Sentence(_("Close this school first; the report is made then."))
        if row.discussed_on is not None:
            raise Sentence(_("This team has discussed it already."))
        session, is_new = TeamSession.objects.get_or_create(
            participation=row, defaults={"code": _unused_code(), "most": most}
        )
        if is_new:
            TalkingPoint.objects.bulk_create(
                TalkingPoint(session=session, position=place, measure=one.measure, text=one.text)
                for place, one in enumerate(points)
            )
            record(by=by, verb="monitor.start_session", subject=session, unit_id=row.location_id)
        return session


def show_choice(*, session: TeamSession, shown: bool, by: Actor) -> TeamSession:
    """Puts what was chosen on the board, or covers it again. Phones may go on choosing."""
    require(by, DISCUSS)
    with write_transaction():
        row = _held(session, by)
        if row.is_shown != shown:
            row.is_shown = shown
            row.save(update_fields=["is_shown"])
            verb = "monitor.show_choice" if shown else "monitor.cover_choice"
            record(by=by, verb=verb, subject=row, unit_id=row.participation.location_id)
        return row


def close_session(*, session: TeamSession, kept: Mapping[int, str], by: Actor) -> TeamSession:
    """Ends the session with the points that the team goes on with, by id and in its words; the team has discussed it.

    Everything else goes: who chose, and what was not kept. Raises Sentence without a point, or with more than the
    session asked for.
    """
    require(by, DISCUSS)
    with write_transaction():
        row = _held(session, by)
        points = {one.pk: one for one in points_of(by, row)}
        chosen = [points[pk] for pk in kept if pk in points]
        if not 1 <= len(chosen) <= row.most:
            raise Sentence(_("Choose one point at least, and %(most)s at most.") % {"most": row.most})
        _keep(chosen, [" ".join(kept[one.pk].split()) for one in chosen])
        TalkingPoint.objects.visible_to(by).filter(session=row).exclude(
            pk__in=[one.pk for one in chosen]
        ).delete()
        Ballot.objects.trusted("choices of a session that ends").filter(session=row).delete()
        row.code, row.closed_on = "", today()
        row.save(update_fields=["code", "closed_on"])
        record(
            by=by,
            verb="monitor.close_session",
            subject=row,
            unit_id=row.participation.location_id,
            count=len(chosen),
            data={"phones": row.voted},
        )
        mark_discussed(participation=row.participation, by=by)
        return row


def _keep(points: Sequence[TalkingPoint], words: Sequence[str]) -> None:
    for place, (point, text) in enumerate(zip(points, words, strict=True)):
        if not text or len(text) > LONGEST_WORDS:
            raise Sentence(_("Put each point in your own words, in two lines at most."))
        point.text, point.position = text, place
        point.save(update_fields=["text", "position"])


def drop_session(*, session: TeamSession, by: Actor) -> None:
    """Takes back a session that was started by mistake, with everything that was chosen."""
    require(by, DISCUSS)
    with write_transaction():
        row = _held(session, by)
        record(by=by, verb="monitor.drop_session", subject=row, unit_id=row.participation.location_id)
        row.delete()


def _held(session: TeamSession, by: Actor) -> TeamSession:
    """The session, held until the write ends, while it is open. Raises TeamSession.DoesNotExist out of reach."""
    rows = TeamSession.objects.visible_to(by).select_related("participation")
    row: TeamSession = lock_row(rows, pk=session.pk)
    if row.closed_on is not None:
        raise Sentence(IS_OVER)
    return row


def _unused_code() -> str:
    code = new_class_code(TEAM_LENGTH)
    while TeamSession.objects.filter(code=code).exists():
        code = new_class_code(TEAM_LENGTH)
    return code
