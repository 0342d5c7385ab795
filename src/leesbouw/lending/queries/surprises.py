"""What came out otherwise than a desk without connection told, in a sentence that says what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from leesbouw.collection.domain import box_of
from leesbouw.core.access import Actor
from leesbouw.organisations.models import Location

from ..domain.borrowers import Borrower
from ..enums import BorrowerKind, Do, Why
from ..models import DeskSurprise
from .boxes import box_called
from .state import borrower_of, who_is
from .words import called

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Surprise:
    at: datetime
    text: str


def surprises_at(actor: Actor, location: Location) -> list[Surprise]:
    """The list of a school, in the order in which it happened."""
    rows = DeskSurprise.objects.visible_to(actor).filter(location=location)
    rows = rows.select_related("copy__title", "loan")
    return [Surprise(row.at, words_of(row, _who(row))) for row in rows[:SHOWN]]


def _who(row: DeskSurprise) -> Borrower | None:
    loan = row.loan
    if loan is None or row.did not in {Do.LEND, Do.MOVE, Do.RENEW}:
        return None
    return borrower_of(loan.pupil_id, loan.group_id, loan.contact_id)


def words_of(row: DeskSurprise, borrower: Borrower | None) -> str:
    """One or two sentences: what was the matter, and what was done."""
    who = who_is(borrower, row.location_id) if borrower else None
    kind = borrower.kind if borrower else BorrowerKind.PUPIL
    name = called(who) or (_("the child") if kind == BorrowerKind.PUPIL else _("the group"))
    text = _sentence(row, title=_title(row), name=name)
    return text.replace(f"{name}.", name) if name.endswith(".") else text  # one full stop is enough


def _title(row: DeskSurprise) -> str:
    if row.copy:
        return row.copy.title.title
    box = box_of(row.code)
    return (box_called(box[1]) if box else "") or _("A book")


def _sentence(row: DeskSurprise, *, title: str, name: str) -> str:
    values = {"title": title, "name": name, "code": row.code}
    match Why(row.why):
        case Why.WITH_OTHER if row.did == Do.MOVE:
            return (
                _("%(title)s still stood with somebody else. It was taken in there and lent to %(name)s.")
                % values
            )
        case Why.TOO_MANY:
            return _("%(name)s has more books than allowed now. %(title)s was lent all the same.") % values
        case Why.RESERVED:
            return _("Somebody else waits for %(title)s. It was lent to %(name)s all the same.") % values
        case Why.OF_LIBRARY:
            return _("%(title)s is a book of the public library. It was lent to %(name)s.") % values
        case Why.NO_GROUP:
            return _("%(name)s is in no group yet. %(title)s was lent all the same.") % values
        case Why.WITHDRAWN | Why.REPAIR:
            return _("%(title)s was not in use. It is again.") % values
    return f"{_undone(row, values)} {_('Nothing was done.')}"


def _undone(row: DeskSurprise, values: dict[str, str]) -> str:
    match Why(row.why):
        case Why.WITH_OTHER:
            return _("%(title)s is with a child.") % values
        case Why.LOST:
            return _("%(title)s is lost.") % values
        case Why.UNKNOWN if row.code:
            return _("Nobody here knows barcode %(code)s.") % values
        case Why.UNKNOWN:
            return _("Nobody here knows what was scanned.")
        case Why.MANY_COPIES:
            return _("The school has more than one of %(title)s. Which one was it?") % values
        case Why.OTHER_SCHOOL:
            return _("%(title)s belongs at another school.") % values
        case Why.LEFT | Why.NO_BORROWER:
            return _("Who wanted to borrow %(title)s is not at this school.") % values
        case Why.NOT_LENT:
            return _("%(title)s came back, but it was not lent.") % values
        case Why.NO_MORE_RENEWALS:
            return _("%(title)s was kept longer already.") % values
        case Why.WAITED_FOR:
            return _("Somebody else waits for %(title)s. It cannot stay longer.") % values
    return _("Something happened with %(title)s later, and that holds.") % values
