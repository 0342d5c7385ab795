"""Who takes part in a round: inviting, saying yes or no for a school, more time, and in which years it measures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from leesbouw.accounts.models import TaskLink
from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.registry import undo
from leesbouw.core.time import now, today
from leesbouw.organisations.models import Location

from ..domain.calendar import SECTORS
from ..enums import AuthorisedBy, Cohort
from ..models import MeasuringRhythm, Participation, Round
from ..permissions import AUTHORISE, COORDINATE, DISCUSS
from ..queries import AUTHORISE_TASK
from ..queries.participations import to_discuss
from .rounds import held_round

CLOSED = _("This school is closed in this round already.")


def enrol(*, round: Round, location_ids: Sequence[int], by: Actor) -> list[Participation]:
    """Invites locations into a round; who is in it already is left alone. One event for all.

    Raises Sentence for a round that is closed, NotAllowed for a location out of reach or of another sector.
    """
    with write_transaction():
        row = held_round(round, by)
        if row.closed_on:
            raise Sentence(_("This round is closed."))
        wanted = set(location_ids)
        places = Location.objects.visible_to(by).filter(pk__in=wanted, sector__in=SECTORS[row.kind])
        if wanted - set(places.values_list("pk", flat=True)):
            raise NotAllowed(COORDINATE)
        there = set(row.participations.filter(location__in=wanted).values_list("location", flat=True))
        fresh = Participation.objects.bulk_create(
            Participation(round=row, location_id=pk) for pk in sorted(wanted - there)
        )
        if fresh:
            ids = list(row.participations.filter(location__in=wanted - there).values_list("pk", flat=True))
            record(
                by=by,
                verb="monitor.enrol",
                subject=row,
                unit_id=row.library_id,
                count=len(fresh),
                undo=Undo("monitor.take_out", {"round_id": row.pk, "ids": ids}),
            )
        return list(row.participations.filter(location__in=wanted - there).select_related("location"))


def take_out(*, round: Round, ids: Sequence[int], by: Actor) -> int:
    """Takes locations out of a round that nobody said yes for; returns how many. Their links stop working.

    Raises Sentence when one of them has said yes or begun: such a school is recorded as not taking part.
    """
    with write_transaction():
        row = held_round(round, by)
        rows = list(row.participations.filter(pk__in=ids))
        if any(one.authorised_on or one.started_on for one in rows):
            raise Sentence(_("A school that said yes stays in the list. Record that it does not take part."))
        places = [one.location_id for one in rows]
        revoke_links(row.pk, [one.pk for one in rows])
        row.participations.filter(pk__in=[one.pk for one in rows]).delete()
        if rows:
            record(
                by=by,
                verb="monitor.take_out",
                subject=row,
                unit_id=row.library_id,
                count=len(rows),
                undo=Undo("monitor.enrol_again", {"round_id": row.pk, "location_ids": places}),
            )
        return len(rows)


@undo.register("monitor.take_out")
def _take_out(*, round_id: int, ids: Sequence[int], by: Actor) -> None:
    take_out(round=Round(pk=round_id), ids=ids, by=by)


@undo.register("monitor.enrol_again")
def _enrol_again(*, round_id: int, location_ids: Sequence[int], by: Actor) -> None:
    enrol(round=Round(pk=round_id), location_ids=location_ids, by=by)


def authorise(*, participation: Participation, by: Actor, name: str = "") -> Participation:
    """Says for a location that it takes part: by its link, by its own people, or recorded by the library.

    `name` is who decided. Raises NotAllowed without the right, Sentence when it is closed.
    """
    with write_transaction():
        row = _held(participation, by)
        if row.authorised_on and not row.declined_on:
            return row
        row.authorised_on, row.authorised_by = today(), _way(row, by)
        row.authorised_name = name.strip()[:120]
        row.declined_on, row.declined_because = None, ""
        _save(row)
        revoke_links(row.round_id, [row.pk])
        record(
            by=by,
            verb="monitor.authorise",
            subject=row,
            unit_id=row.location_id,
            data={"way": row.authorised_by},
        )
        return row


def decline(*, participation: Participation, reason: str, by: Actor) -> Participation:
    """Says for a location that it does not take part. Raises NotAllowed without the right, Sentence when it has begun."""
    with write_transaction():
        row = _held(participation, by)
        if row.started_on:
            raise Sentence(_("This school has begun. Close it instead; what came in stays."))
        _way(row, by)
        row.declined_on, row.declined_because = today(), reason.strip()[:300]
        row.authorised_on, row.authorised_by, row.authorised_name = None, "", ""
        _save(row)
        revoke_links(row.round_id, [row.pk])
        record(by=by, verb="monitor.decline", subject=row, unit_id=row.location_id)
        return row


def _held(participation: Participation, by: Actor) -> Participation:
    """The participation within reach, held until the write ends, and not closed."""
    row: Participation = lock_row(
        Participation.objects.visible_to(by).select_related("round"), pk=participation.pk
    )
    if row.closed_on:
        raise Sentence(CLOSED)
    return row


def _way(row: Participation, by: Actor) -> str:
    """How a yes or no came in. Raises NotAllowed for who may give none."""
    if by.unit_id == row.location_id and by.may(AUTHORISE):
        return AuthorisedBy.LINK if by.kind == "link" else AuthorisedBy.ACCOUNT
    require(by, COORDINATE)
    return AuthorisedBy.LIBRARY


def _save(row: Participation) -> None:
    row.version += 1
    row.save()


def revoke_links(round_id: int, ids: Sequence[int]) -> None:
    """Links that ask the same of these heads stop working; the one that is being used ends by itself."""
    links = TaskLink.objects.filter(
        task=AUTHORISE_TASK, args__round_id=round_id, used_at=None, revoked_at=None
    )
    gone = [link.pk for link in links if link.args["participation_id"] in set(ids)]
    TaskLink.objects.filter(pk__in=gone).update(revoked_at=now())


def extend(*, round: Round, ids: Sequence[int], until: date, by: Actor) -> int:
    """Gives locations more time, until a day that is later than that of the round; returns how many.

    Raises Sentence for a day that is past or no later than the round's, and for locations that are closed.
    """
    with write_transaction():
        row = held_round(round, by)
        rows = list(row.participations.filter(pk__in=ids))
        if until < today() or until <= row.closes_on:
            raise Sentence(_("Choose a day after the round closes, and not in the past."))
        if any(one.closed_on for one in rows):
            raise Sentence(CLOSED)
        before = [[one.pk, one.extended_to.isoformat() if one.extended_to else ""] for one in rows]
        found = row.participations.filter(pk__in=[one.pk for one in rows])
        found.update(extended_to=until, version=F("version") + 1)
        if rows:
            record(
                by=by,
                verb="monitor.extend",
                subject=rows[0] if len(rows) == 1 else row,
                unit_id=rows[0].location_id if len(rows) == 1 else row.library_id,
                count=len(rows),
                data={"until": until.isoformat()},
                undo=Undo("monitor.extend_back", {"round_id": row.pk, "before": before}),
            )
        return len(rows)


@undo.register("monitor.extend_back")
def _extend_back(*, round_id: int, before: Sequence[Sequence[Any]], by: Actor) -> None:
    with write_transaction():
        row = held_round(Round(pk=round_id), by)
        for pk, day in before:
            row.participations.filter(pk=pk, closed_on=None).update(
                extended_to=date.fromisoformat(day) if day else None, version=F("version") + 1
            )
        record(by=by, verb="monitor.extend_back", subject=row, unit_id=row.library_id, count=len(before))


def set_rhythm(*, location_ids: Sequence[int], rhythm: str, by: Actor) -> int:
    """Notes in which years locations measure; returns how many. Raises NotAllowed out of reach."""
    require(by, COORDINATE)
    if rhythm not in Cohort.values:
        raise ValueError(f"no rhythm: {rhythm!r}")
    with write_transaction():
        wanted = set(location_ids)
        places = Location.objects.visible_to(by).filter(pk__in=wanted)
        if wanted - set(places.values_list("pk", flat=True)):
            raise NotAllowed(COORDINATE)
        known = dict(MeasuringRhythm.objects.filter(pk__in=wanted).values_list("pk", "rhythm"))
        before = [[pk, known.get(pk, Cohort.EVERY_YEAR)] for pk in sorted(wanted)]
        MeasuringRhythm.objects.filter(pk__in=known).update(rhythm=rhythm, version=F("version") + 1)
        MeasuringRhythm.objects.bulk_create(
            MeasuringRhythm(location_id=pk, rhythm=rhythm) for pk in sorted(wanted - set(known))
        )
        if wanted:
            record(
                by=by,
                verb="monitor.set_rhythm",
                unit_id=next(iter(wanted)) if len(wanted) == 1 else None,
                count=len(wanted),
                data={"rhythm": rhythm},
                undo=Undo("monitor.set_rhythms_back", {"before": before}),
            )
        return len(wanted)


@undo.register("monitor.set_rhythms_back")
def _set_rhythms_back(*, before: Sequence[Sequence[Any]], by: Actor) -> None:
    with write_transaction():
        for rhythm in Cohort.values:
            set_rhythm(location_ids=[pk for pk, was in before if was == rhythm], rhythm=rhythm, by=by)


def mark_discussed(*, participation: Participation, by: Actor) -> Participation:
    """Notes that the team of a location discussed what came out; the round ends with the last one.

    Raises Sentence while the location is not closed.
    """
    require(by, COORDINATE if by.may(COORDINATE) else DISCUSS)
    with write_transaction():
        row: Participation = lock_row(
            Participation.objects.visible_to(by).select_related("round"), pk=participation.pk
        )
        if not row.closed_on:
            raise Sentence(_("Close this school first; the report is made then."))
        if row.discussed_on is None:
            row.discussed_on = today()
            _save(row)
            record(by=by, verb="monitor.mark_discussed", subject=row, unit_id=row.location_id)
            _end_when_all_talked(row.round)
        return row


def _end_when_all_talked(row: Round) -> None:
    """Ends a closed round of which every team talked that has something to talk about."""
    left = row.participations.filter(to_discuss())
    if row.closed_on and not row.ended_on and not left.exists():
        Round.objects.filter(pk=row.pk).update(ended_on=today(), version=F("version") + 1)
