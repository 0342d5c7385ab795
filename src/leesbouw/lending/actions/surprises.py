"""What came out otherwise than a desk without connection told: noted for the coordinator, and seen."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from leesbouw.collection.domain import box_of
from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.time import now
from leesbouw.organisations.models import Location

from ..domain.answers import Answer
from ..enums import Why
from ..models import DeskSurprise
from ..permissions import EDIT_RULES, LEND


def note_surprise(
    *, request: str, code: str, answer: Answer, at: datetime | None, location_id: int, by: Actor
) -> DeskSurprise:
    """Notes it once, however often the desk sends the same."""
    require(by, LEND)
    why = answer.why or Why.CHANGED
    with write_transaction():
        row, is_new = DeskSurprise.objects.visible_to(by).get_or_create(
            location_id=location_id,
            request=request,
            defaults={
                "at": at or now(),
                "why": why,
                "did": answer.do,
                "code": code if _may_be_kept(code, why) else "",
                "copy_id": answer.copy,
                "loan_id": answer.loan,
            },
        )
        if is_new:
            data = {"why": str(why), "did": str(answer.do)}
            record(by=by, verb="lending.note_surprise", subject=row, unit_id=location_id, data=data)
        return row


def _may_be_kept(code: str, why: Why) -> bool:
    """A barcode that nobody knows, and that of a box; never what may be somebody's card."""
    return box_of(code) is not None or (why == Why.UNKNOWN and code.isascii() and code.isdigit())


def see_surprises(*, location: Location, by: Actor) -> int:
    """Somebody saw what came out otherwise: it is off the list. Raises Sentence when there was nothing."""
    require(by, EDIT_RULES)
    with write_transaction():
        rows = DeskSurprise.objects.visible_to(by).filter(location=location)
        number = rows.count()
        if not number:
            raise Sentence(_("This list is empty already."))
        rows.delete()
        record(
            by=by, verb="lending.see_surprises", subject=location, unit_id=location.pk, data={"rows": number}
        )
        return number
