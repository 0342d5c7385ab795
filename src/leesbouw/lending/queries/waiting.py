"""Who waits for which book at a place, and which copies are away: for who looks after the books."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from leesbouw.collection.enums import CopyStatus
from leesbouw.collection.models import Copy
from leesbouw.core.access import Actor
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Location
from leesbouw.pupils.domain import display_names

from ..models import Hold, Loan
from ..permissions import VIEW_LOANS
from .words import group_words

AWAY = (CopyStatus.LOST, CopyStatus.MISSING, CopyStatus.REPAIR)


def names_children(actor: Actor, location: Location) -> bool:
    """Whether somebody may read who it is: only who looks at loans at the school itself."""
    return actor.unit_kind == UnitKind.LOCATION and actor.unit_id == location.pk and actor.may(VIEW_LOANS)


@dataclass(frozen=True, slots=True)
class WaitLine:
    """One that waits. `who` is empty for who is not of the school; `place` is 1 for who comes first."""

    id: int
    title: str
    by: str
    who: str
    since: datetime
    place: int
    ready: str  # the barcode that lies ready, else ""


def waiting_at(actor: Actor, location: Location) -> list[WaitLine]:
    """What lies ready first, then by title and turn. One query."""
    rows = list(
        Hold.objects.visible_to(actor)
        .filter(location=location, ended_at=None)
        .select_related("title", "pupil", "copy")
        .order_by("placed_at", "pk")
    )
    names: dict[int, str] = {}
    if names_children(actor, location):
        children = {row.pupil_id: row.pupil for row in rows}
        names = display_names((pk, one.first_name, one.infix, one.last_name) for pk, one in children.items())
    turn: Counter[int] = Counter()
    lines = []
    for row in rows:
        turn[row.title_id] += 1
        lines.append(
            WaitLine(
                row.pk,
                row.title.title,
                row.title.by_whom,
                names.get(row.pupil_id, ""),
                row.placed_at,
                turn[row.title_id],
                row.copy.barcode if row.copy else "",
            )
        )
    return sorted(lines, key=lambda line: (not line.ready, line.title.casefold(), line.place))


@dataclass(frozen=True, slots=True)
class AwayLine:
    """A copy that is lost, not found or in repair. `loan` is 0 where nobody has it; `who` is empty for who is not of
    the school."""

    copy: int
    title: str
    barcode: str
    status: str
    words: str
    since: date | None
    loan: int
    who: str


def away_at(actor: Actor, location: Location) -> list[AwayLine]:
    """By status and title. Two queries."""
    copies = list(
        Copy.objects.visible_to(actor)
        .filter(location=location, status__in=AWAY)
        .select_related("title")
        .order_by("status", "title__title", "pk")
    )
    rows = Loan.objects.visible_to(actor).filter(copy__in=copies, ended_at=None)
    loans = {row.copy_id: row for row in rows.select_related("pupil", "group", "contact")}
    near = names_children(actor, location)
    children = {row.pupil_id: row.pupil for row in loans.values() if row.pupil is not None}
    names = display_names((pk, one.first_name, one.infix, one.last_name) for pk, one in children.items())
    lines = []
    for copy in copies:
        loan = loans.get(copy.pk)
        lines.append(
            AwayLine(
                copy.pk,
                copy.title.title,
                copy.barcode,
                copy.status,
                str(CopyStatus(copy.status).label),
                loan.lost_on if loan and loan.lost_on else copy.status_on,
                loan.pk if loan else 0,
                _who(loan, names) if loan and near else "",
            )
        )
    return lines


def _who(loan: Loan, names: dict[int, str]) -> str:
    if loan.pupil_id is not None:
        return names.get(loan.pupil_id, "")
    if loan.group is not None:
        return group_words(loan.group.name)
    return loan.contact.name if loan.contact is not None else ""
