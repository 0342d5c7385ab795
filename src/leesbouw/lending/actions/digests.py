"""The weekly message to a teacher about the books of her groups: asked for, ended, and sent."""

from __future__ import annotations

from datetime import date, timedelta

from leesbouw.accounts.queries.actors import actor_for
from leesbouw.core import mail
from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction
from leesbouw.core.time import today
from leesbouw.organisations.enums import UnitKind
from leesbouw.pupils.permissions import OPEN_CLASS

from ..models import Digest
from ..permissions import LEND
from ..queries.digests import digest_letter, digest_lines
from ..queries.rules import holidays_for, rules_at

DIGEST_JOB = "lending.mail_digests"
BETWEEN = timedelta(days=7)


def want_digest(*, by: Actor) -> None:
    """From now on she gets the message; asked twice is asked once."""
    require(by, LEND)
    require(by, OPEN_CLASS)
    if by.assignment_id is None or by.unit_kind != UnitKind.LOCATION:
        raise NotAllowed(LEND)
    with write_transaction():
        _row, is_new = Digest.objects.visible_to(by).get_or_create(assignment_id=by.assignment_id)
        if is_new:
            record(by=by, verb="lending.want_digest", subject=None, unit_id=by.unit_id)


def end_digest(*, by: Actor) -> None:
    """She gets it no more; who did not get it stays as she is."""
    with write_transaction():
        gone, _kinds = Digest.objects.visible_to(by).delete()
        if gone:
            record(by=by, verb="lending.end_digest", subject=None, unit_id=by.unit_id)


def mail_digests(*, by: Actor) -> int:
    """Sends the message to who wants it and did not get it for a week; returns how many left. Nobody gets one on a day
    without school, or while none of her groups has a child."""
    day = today()
    rows = Digest.objects.visible_to(by).exclude(mailed_on__gt=day - BETWEEN)
    held = rows.filter(assignment__user__is_active=True).select_related(
        "assignment__user", "assignment__unit"
    )
    return sum(_mail(row, day, by) for row in held.order_by("pk") if _is_school_day(row, day))


def _is_school_day(row: Digest, day: date) -> bool:
    held = row.assignment
    if day.isoweekday() > 5 or held.starts_on > day or (held.ends_on is not None and held.ends_on < day):
        return False
    return not any(day in holiday for holiday in holidays_for(rules_at(held.unit_id), day))


def _mail(row: Digest, day: date, by: Actor) -> int:
    user = row.assignment.user
    lines = digest_lines(actor_for(row.assignment, user))
    if not lines:
        return 0
    subject, body = digest_letter(user.name, lines, user.language)
    with write_transaction():
        taken = Digest.objects.visible_to(by).filter(pk=row.pk, mailed_on=row.mailed_on)
        if not taken.update(mailed_on=day):
            return 0
        mail.send(to=user.email, subject=subject, body=body, by=by, unit_id=row.assignment.unit_id)
        record(by=by, verb="lending.mail_digest", subject=None, unit_id=row.assignment.unit_id)
    return 1
