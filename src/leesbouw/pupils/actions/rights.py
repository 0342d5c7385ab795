"""What a parent or a child may ask, with its clock of one month; correcting; and every look at one child's page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import AuditEvent, Undo, record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence, check_version
from leesbouw.core.registry import undo
from leesbouw.core.retention import begin_of
from leesbouw.core.time import today
from leesbouw.organisations.models import Location

from ..domain import is_bsn
from ..enums import AskedBy, ErasedFor, ExportFormat, ExportReason, RequestKind, RequestOutcome
from ..models import Pupil, RightsRequest
from ..permissions import EDIT, RIGHTS, VIEW
from ..queries.gate import keeps_birth_years
from .erasing import erase_pupils
from .storing import refuse_double_keys, require_reach


@dataclass(frozen=True, slots=True)
class Correction:
    """The parts of a name and the keys as they should be; `birth_year` None when it is not kept."""

    first_name: str
    infix: str
    last_name: str
    key: str = ""
    birth_year: int | None = None
    version: int | None = None


LIST_LOOK = "pupils.look_at_list"


def note_look(*, pupil: Pupil, by: Actor, export: str = "") -> None:
    """Writes that somebody opened the page of one child, or took it along as a file ("pdf", "json")."""
    require(by, VIEW)
    with write_transaction():
        record(
            by=by,
            verb="pupils.export_pupil" if export else "pupils.look_at_pupil",
            subject=pupil,
            unit_id=pupil.location_id,
            data={"as": export} if export else {},
        )


def note_list_look(*, locations: Iterable[Location], by: Actor) -> None:
    """Writes that somebody saw names of pupils of these schools; of each once a day. Raises NotAllowed out of reach."""
    require(by, VIEW)
    begin = begin_of(today())
    mine = AuditEvent.objects.filter(verb=LIST_LOOK, by_user_id=by.user_id, at__gte=begin)
    seen = set(mine.values_list("subject_id", flat=True))
    fresh = [one for one in locations if one.pk not in seen]
    for location in fresh:
        require_reach(location, by, VIEW)
        with write_transaction():
            record(by=by, verb=LIST_LOOK, subject=location, unit_id=location.pk)


def note_list(*, location: Location, count: int, reason: str, form: str, by: Actor) -> None:
    """Writes that somebody took a list with names along, how many, and why. Raises NotAllowed out of reach."""
    require(by, EDIT)
    require_reach(location, by, EDIT)
    with write_transaction():
        record(
            by=by,
            verb="pupils.export_list",
            subject=location,
            unit_id=location.pk,
            count=count,
            data={"reason": str(ExportReason(reason)), "as": str(ExportFormat(form))},
        )


def open_request(
    *, pupil: Pupil, kind: str, asked_by: str, by: Actor, asked_on: date | None = None
) -> RightsRequest:
    """Notes what was asked about a child; it must be answered within a month. Raises Sentence when it is open already."""
    require(by, RIGHTS)
    asked_on = asked_on or today()
    if asked_on > today():
        raise Sentence(_("This day is still to come."))
    with write_transaction():
        pupil = lock_row(Pupil.objects.visible_to(by), pk=pupil.pk)
        same = RightsRequest.objects.visible_to(by).filter(pupil=pupil.pk, kind=kind, outcome="")
        if same.exists():
            raise Sentence(_("This was asked already and is still open."))
        row = RightsRequest.objects.create(
            location_id=pupil.location_id,
            pupil=pupil,
            kind=RequestKind(kind),
            asked_by=AskedBy(asked_by),
            asked_on=asked_on,
            by_user_id=by.user_id,
        )
        record(
            by=by,
            verb="pupils.open_request",
            subject=row,
            unit_id=row.location_id,
            data={"kind": str(kind)},
            undo=Undo("pupils.forget_request", {"request_id": row.pk}),
        )
        return row


@undo.register("pupils.forget_request")
def forget_request(*, request_id: int, by: Actor) -> None:
    """It was not asked after all; only while it is open."""
    require(by, RIGHTS)
    with write_transaction():
        row = lock_row(RightsRequest.objects.visible_to(by), pk=request_id)
        if row.outcome:
            raise Sentence(_("This was answered already."))
        record(by=by, verb="pupils.forget_request", subject=row, unit_id=row.location_id)
        row.delete()


def answer_request(*, request_id: int, outcome: str, by: Actor, reason: str = "") -> RightsRequest:
    """Closes a request. A refusal needs its reason, which the parent gets to hear (GDPR article 12, paragraph 4)."""
    require(by, RIGHTS)
    with write_transaction():
        row = lock_row(RightsRequest.objects.visible_to(by), pk=request_id)
        if row.outcome:
            raise Sentence(_("This was answered already."))
        if outcome == RequestOutcome.REFUSED and not reason.strip():
            raise Sentence(_("Write why it is refused."))
        row.outcome, row.reason, row.answered_on = RequestOutcome(outcome), reason.strip(), today()
        row.version += 1
        row.save(update_fields=["outcome", "reason", "answered_on", "version"])
        record(
            by=by,
            verb="pupils.answer_request",
            subject=row,
            unit_id=row.location_id,
            data={"kind": row.kind, "outcome": str(outcome)},
        )
        return row


def refuse_bsn(key: str) -> None:
    """For a key that somebody types: raises Sentence when it passes the check of citizen service numbers."""
    if is_bsn(key):
        raise Sentence(
            _(
                "This number looks like a citizen service number (BSN). Use the school's own number for the child."
            )
        )


def correct_pupil(*, pupil: Pupil, correction: Correction, by: Actor) -> Pupil:
    """Puts a child's own data right; an open request for it is done with that. Raises Stale, Sentence for a key that
    another child has."""
    require(by, EDIT)
    with write_transaction():
        row = lock_row(Pupil.objects.visible_to(by), pk=pupil.pk)
        check_version(row, correction.version)
        if not (correction.first_name or correction.last_name):
            raise Sentence(_("Fill in at least one of the names."))
        if correction.key != row.key:
            refuse_bsn(correction.key)
        for name in ("first_name", "infix", "last_name", "key", "birth_year"):
            setattr(row, name, getattr(correction, name))
        if not keeps_birth_years(row.location_id):
            row.birth_year = None
        if row.left_on is None:
            refuse_double_keys([row], row.location)
        row.version += 1
        row.save()
        record(by=by, verb="pupils.correct_pupil", subject=row, unit_id=row.location_id)
        _answer(row, RequestKind.CORRECTION, by)
        return row


def erase_on_request(*, pupil: Pupil, by: Actor, asked_by: str = AskedBy.PARENT) -> RightsRequest:
    """Wipes a child because that was asked; the log of it stays, without the child. The next file does not bring her
    back. Raises Sentence while something is open."""
    require(by, RIGHTS)
    with write_transaction():
        row = lock_row(Pupil.objects.visible_to(by), pk=pupil.pk)
        asked = RightsRequest.objects.visible_to(by).filter(
            pupil=row.pk, kind__in=[RequestKind.ERASURE, RequestKind.OBJECTION], outcome=""
        )
        request = asked.first() or open_request(pupil=row, kind=RequestKind.ERASURE, asked_by=asked_by, by=by)
        answer_request(request_id=request.pk, outcome=RequestOutcome.DONE, by=by)
        erase_pupils([row.pk], reason=ErasedFor.REQUEST, by=by, keep_away=True)
        request.refresh_from_db()
        return request


def _answer(pupil: Pupil, kind: str, by: Actor) -> None:
    asked = RightsRequest.objects.visible_to(by).filter(pupil=pupil.pk, kind=kind, outcome="")
    for request in asked:
        answer_request(request_id=request.pk, outcome=RequestOutcome.DONE, by=by)
