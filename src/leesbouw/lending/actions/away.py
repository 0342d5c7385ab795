"""Books that are lost, missing or in repair, told from a page: by barcode, and each back again or given up."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leesbouw.collection.actions import note_status
from leesbouw.collection.enums import CopyStatus
from leesbouw.collection.models import Copy
from leesbouw.core.access import Actor, NotAllowed
from leesbouw.core.audit import record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.organisations.models import Location

from ..domain.cards import clean
from ..enums import Away
from ..models import Loan
from ..permissions import EDIT_RULES, VIEW_LOANS
from ..queries.state import copy_with_barcode
from .cards import require_place
from .desk import give_back
from .lost import find_again, mark_lost


def report_away(*, barcode: str, what: str, location: Location, by: Actor) -> None:
    """Notes that a book of this place is lost or in repair. What somebody has is lost with her; a book for repair is
    taken in first. Raises Sentence for a barcode that is not of this place."""
    require_place(location, by)
    found = copy_with_barcode(clean(barcode), location.pk)
    if found is None or found.location_id != location.pk:
        raise Sentence(_("No book with this barcode stands here."))
    with write_transaction():
        copy = lock_row(Copy.objects.all(), pk=found.id)
        loan = Loan.objects.visible_to(by).filter(copy=copy, ended_at=None).first()
        if loan is not None and loan.location_id != location.pk:
            raise Sentence(_("Another school has this book now."))
        if loan is not None and not by.may(VIEW_LOANS):
            raise Sentence(_("Somebody has this book. The school notes what happened to it."))
        if loan is not None and what == Away.LOST:
            mark_lost(loan_id=loan.pk, by=by)
            return
        if loan is not None:
            give_back(copy_id=copy.pk, location_id=location.pk, by=by)
        status = CopyStatus.LOST if what == Away.LOST else CopyStatus.REPAIR
        note_status(copy_id=copy.pk, status=status, by=by)
        record(
            by=by, verb="lending.report_away", unit_id=location.pk, data={"copy": copy.pk, "as": str(status)}
        )


def take_up_again(*, copy_id: int, location: Location, by: Actor) -> None:
    """A book that was away stands on its shelf again; who had it has it no more."""
    require_place(location, by)
    with write_transaction():
        copy = Copy.objects.visible_to(by).filter(pk=copy_id, location=location).first()
        if copy is None:
            raise NotAllowed(EDIT_RULES)
        if Loan.objects.visible_to(by).filter(copy=copy, location=location, ended_at=None).exists():
            give_back(copy_id=copy.pk, location_id=location.pk, by=by)
        else:
            find_again(copy_id=copy.pk, location_id=location.pk, by=by)
