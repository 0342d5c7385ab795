"""What a paired desk takes along for when the connection goes: names, cards, how many books each may have, boxes, and the books that are out."""

from __future__ import annotations

from typing import Any

from leesbouw.core.time import today

from ..domain.rules import books_at_a_time
from ..enums import BorrowerKind
from ..models import Card, Loan
from .boxes import boxes_of
from .desk import Desk, room_of
from .rules import holidays_for, rules_at
from .state import borrower_of
from .words import day_words


def along(desk: Desk) -> dict[str, Any]:
    """Seven queries, however many children and books."""
    room, day, rules = room_of(desk), today(), rules_at(desk.location_id)
    holidays = holidays_for(rules, day)
    names = ("barcode", "pupil", "group", "contact")
    cards = Card.objects.visible_to(desk.actor).filter(location=desk.location_id, revoked_at=None)
    names_of_loan = ("copy__barcode", "title__title", "due_on", "lost_on", "pupil", "group", "contact")
    loans = Loan.objects.visible_to(desk.actor).filter(location=desk.location_id, ended_at=None)
    return {
        "day": day.isoformat(),
        "groups": [{"id": pk, "name": name} for pk, name in room.groups],
        "faces": [{"id": face.id, "name": face.name, "group": face.group} for face in room.faces],
        "limits": {
            face.id: books_at_a_time(rules, face.year_group, day, holidays)
            for face in room.faces
            if face.id.startswith(BorrowerKind.PUPIL)
        },
        "cards": {
            code: str(borrower_of(*whose) or "") for code, *whose in cards.order_by().values_list(*names)
        },
        "loans": {
            code: {
                "title": title,
                "due": day_words(due_on),
                "late": due_on < day,
                "lost": bool(lost_on),
                "who": str(borrower_of(*whose) or ""),
            }
            for code, title, due_on, lost_on, *whose in loans.order_by().values_list(*names_of_loan)
        },
        "boxes": {
            code: {"name": one.name, "books": one.books} for code, one in boxes_of(desk.location_id).items()
        },
    }
