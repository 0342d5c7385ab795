"""A parent's answer about the public library, apart from the school library. "No" changes nothing at school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import create_rows, lock_row, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.registry import undo
from leesbouw.core.time import today

from ..enums import Answer, AskedBy, Channel, ConsentState
from ..models import MembershipConsent, Pupil
from ..permissions import CONSENT
from ..queries.consents import newest_consents, state_of


def record_consents(
    ids: Sequence[int],
    *,
    answer: str,
    text: str,
    given_on: date,
    channel: str,
    by: Actor,
    given_by: str = AskedBy.PARENT,
) -> list[MembershipConsent]:
    """Notes the answer for these pupils; the newest answer of a pupil holds. One event for all, which can be undone.

    `text`: code and version of the text that was asked, such as "membership@1". Raises NotAllowed out of reach,
    Sentence for a day that is still to come.
    """
    require(by, CONSENT)
    if given_on > today():
        raise Sentence(_("This day is still to come."))
    with write_transaction():
        wanted = set(ids)
        pupils = Pupil.objects.visible_to(by).filter(pk__in=wanted, left_on=None)
        found = dict(pupils.values_list("pk", "location_id"))
        if wanted - set(found):
            raise NotAllowed(CONSENT)
        rows = [
            MembershipConsent(
                pupil_id=pk,
                answer=Answer(answer),
                asked_by_text=text,
                given_on=given_on,
                channel=Channel(channel),
                given_by=AskedBy(given_by),
                by_user_id=by.user_id,
            )
            for pk in sorted(found)
        ]
        create_rows(rows)
        units = set(found.values())
        record(
            by=by,
            verb="pupils.record_consents",
            unit_id=units.pop() if len(units) == 1 else None,
            count=len(rows),
            data={"text": text},
            undo=Undo("pupils.forget_consents", {"ids": [row.pk for row in rows]}),
        )
        return rows


@undo.register("pupils.forget_consents")
def forget_consents(*, ids: Sequence[int], by: Actor) -> None:
    """Takes back what was noted a moment ago; an earlier answer holds again."""
    require(by, CONSENT)
    with write_transaction():
        rows = MembershipConsent.objects.visible_to(by).filter(pk__in=list(ids), registered_on=None)
        count = rows.delete()[0]
        record(by=by, verb="pupils.forget_consents", count=count)


def withdraw_consent(*, consent_id: int, withdrawn_on: date, channel: str, by: Actor) -> MembershipConsent:
    """The parent takes the yes back: as easy as giving it (GDPR article 7, paragraph 3)."""
    require(by, CONSENT)
    with write_transaction():
        row = lock_row(MembershipConsent.objects.visible_to(by).select_related("pupil"), pk=consent_id)
        if row.answer != Answer.YES or row.withdrawn_on is not None:
            raise Sentence(_("There is no consent to withdraw."))
        if not row.given_on <= withdrawn_on <= today():
            raise Sentence(_("Choose a day from the consent until today."))
        row.withdrawn_on, row.withdrawn_channel = withdrawn_on, Channel(channel)
        row.save(update_fields=["withdrawn_on", "withdrawn_channel"])
        record(
            by=by,
            verb="pupils.withdraw_consent",
            subject=row,
            unit_id=row.pupil.location_id,
            undo=Undo("pupils.restore_consent", {"consent_id": row.pk}),
        )
        return row


@undo.register("pupils.restore_consent")
def restore_consent(*, consent_id: int, by: Actor) -> None:
    """The consent was not withdrawn after all."""
    require(by, CONSENT)
    with write_transaction():
        row = lock_row(MembershipConsent.objects.visible_to(by).select_related("pupil"), pk=consent_id)
        row.withdrawn_on, row.withdrawn_channel = None, ""
        row.save(update_fields=["withdrawn_on", "withdrawn_channel"])
        record(by=by, verb="pupils.restore_consent", subject=row, unit_id=row.pupil.location_id)


def register_members(ids: Sequence[int], *, registered_on: date, by: Actor) -> int:
    """The library made the memberships of these pupils, in one go; only where the newest answer is yes. Raises Sentence
    for a day that is still to come."""
    require(by, CONSENT)
    if registered_on > today():
        raise Sentence(_("This day is still to come."))
    with write_transaction():
        ready = [
            row
            for row in newest_consents(by, ids).values()
            if state_of(row) is ConsentState.YES and row.registered_on is None
        ]
        for row in ready:
            row.registered_on = registered_on
        MembershipConsent.objects.visible_to(by).bulk_update(ready, ["registered_on"])
        record(by=by, verb="pupils.register_members", count=len(ready))
        return len(ready)
