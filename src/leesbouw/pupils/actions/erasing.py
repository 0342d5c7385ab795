"""Erasing a child: for certain, everywhere, and also after a restore."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from leesbouw.core import erasures, once
from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import in_chunks, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.time import today
from leesbouw.organisations.models import Location

from ..enums import ErasedFor, RequestOutcome
from ..holders import pupil_holders, unsettled
from ..models import Enrolment, MembershipConsent, PictureKey, Pupil, RefusedKey, RightsRequest
from ..permissions import RIGHTS
from ..queries.gate import key_digest, refused_at
from .storing import require_reach

KIND = "pupil"  # in the list of what was erased
REFUSED = "refused-key"  # and of whom a file may not bring back


def erase_pupils(
    ids: Sequence[int], *, reason: str, by: Actor, run: str = "", keep_away: bool = False
) -> int:
    """Wipes pupils and everything that any room keeps of them; returns how many. There is no way back.

    `keep_away`: the next file does not bring them back (a request of a parent or the child), until
    `lift_refusals`. Raises Sentence when something is still open, such as a book at home; a replay asks nothing.
    """
    require(by, RIGHTS)
    done = 0
    for chunk in in_chunks(list(ids)):
        with write_transaction():
            pupils = list(Pupil.objects.visible_to(by).filter(pk__in=chunk).order_by("pk"))
            found = [pupil.pk for pupil in pupils]
            if reason != ErasedFor.REPLAY and unsettled(found):
                raise Sentence(_("Something is still open for this child. Settle that first."))
            if keep_away:
                _refuse(pupils)
            _wipe(found, by)
            if reason != ErasedFor.RETENTION:
                _forget_waiting({pupil.location_id for pupil in pupils})
            erasures.note(KIND, [str(pupil.ref) for pupil in pupils])
            for location_id in sorted({pupil.location_id for pupil in pupils}):
                record(
                    by=by,
                    verb="pupils.erase_pupils",
                    unit_id=location_id,
                    count=sum(pupil.location_id == location_id for pupil in pupils),
                    run=run,
                    data={"reason": str(reason), "kept_away": keep_away},
                )
            done += len(pupils)
    return done


def replay_erasures(refs: Iterable[str], *, by: Actor) -> int:
    """Wipes again whom a restore brought back; returns how many came back."""
    back = Pupil.objects.visible_to(by).filter(ref__in=list(refs)).values_list("pk", flat=True)
    return erase_pupils(list(back), reason=ErasedFor.REPLAY, by=by)


def replay_refusals(refs: Iterable[str], *, by: Actor) -> int:
    """Keeps away again whom a restore forgot; a file that waited at such a school may hold the child, and goes.

    Nobody comes back and goes again by that, so it returns 0.
    """
    require(by, RIGHTS)
    pairs = [ref.split(":", 1) for ref in refs]
    with write_transaction():
        there = Location.objects.filter(pk__in={int(pk) for pk, _digest in pairs}).in_bulk()
        rows = [
            RefusedKey(location=there[int(pk)], digest=digest) for pk, digest in pairs if int(pk) in there
        ]
        RefusedKey.objects.bulk_create(rows, ignore_conflicts=True)
        _forget_waiting(there)
        record(by=by, verb="pupils.replay_refusals", count=len(rows))
    return 0


def lift_refusals(*, location: Location, by: Actor) -> int:
    """From now on a file may bring children back who were erased on request; returns how many keys that concerns."""
    require(by, RIGHTS)
    with write_transaction():
        require_reach(location, by, RIGHTS)
        count = refused_at(location).delete()[0]
        record(by=by, verb="pupils.lift_refusals", subject=location, unit_id=location.pk, count=count)
        return count


def _refuse(pupils: Iterable[Pupil]) -> None:
    """Noted beside the database too: a backup of before knows neither the child nor that it must stay away."""
    rows = [
        RefusedKey(location_id=pupil.location_id, digest=key_digest(pupil.location_id, value))
        for pupil in pupils
        for value in sorted({pupil.key, pupil.eck_id} - {""})
    ]
    RefusedKey.objects.bulk_create(rows, ignore_conflicts=True)
    erasures.note(REFUSED, [f"{row.location_id}:{row.digest}" for row in rows])


def _settle_requests(ids: Sequence[int], by: Actor) -> None:
    """A reason is free text and may name the child; it goes with her. Open requests have no object any more."""
    asked = RightsRequest.objects.visible_to(by).filter(pupil__in=ids)
    asked.filter(outcome="").update(outcome=RequestOutcome.DONE, answered_on=today())
    asked.update(reason="")


def _forget_waiting(locations: Iterable[int]) -> None:
    """What a school brought and did not store yet may hold the child. Whose time was over had left long before."""
    for holder in pupil_holders.values():
        holder.forget_waiting(list(locations))


def _wipe(ids: Sequence[int], by: Actor) -> None:
    for holder in pupil_holders.values():
        holder.erase(ids)
    _settle_requests(ids, by)
    Enrolment.objects.visible_to(by).filter(pupil__in=ids).delete()
    MembershipConsent.objects.visible_to(by).filter(pupil__in=ids).delete()
    PictureKey.objects.trusted("wiped with the pupil").filter(pupil__in=ids).delete()
    once.forget([f"pupil:{pk}" for pk in ids])
    Pupil.objects.visible_to(by).filter(pk__in=ids).delete()
