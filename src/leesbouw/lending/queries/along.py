"""What a paired desk takes along for when the connection goes: names, cards, and the books that are out. No more than that."""

from __future__ import annotations

from typing import Any

from leesbouw.core.time import today

from ..models import Card, Loan
from .boxes import boxes_of
from .desk import Desk, room_of
from .state import borrower_of
from .words import day_words


def along(desk: Desk) -> dict[str, Any]:
    """Six queries, however many children and books."""
    room, day = room_of(desk), today()
    names = ("barcode", "pupil", "group", "contact")
    cards = Card.objects.visible_to(desk.actor).filter(location=desk.location_id, revoked_at=None)
    names_of_loan = ("copy__barcode", "title__title", "due_on", "pupil", "group", "contact")
    loans = Loan.objects.visible_to(desk.actor).filter(location=desk.location_id, ended_at=None)
    return {
        "day": day.isoformat(),
        "groups": [{"id": pk, "name": name} for pk, name in room.groups],
        "faces": [{"id": face.id, "name": face.name, "group": face.group} for face in room.faces],
        "cards": {
            code: str(borrower_of(*whose) or "") for code, *whose in cards.order_by().values_list(*names)
        },
        "loans": {
            code: {
                "title": title,
                "due": day_words(due_on),
                "late": due_on < day,
                "who": str(borrower_of(*whose) or ""),
            }
            for code, title, due_on, *whose in loans.order_by().values_list(*names_of_loan)
        },
        "boxes": {
            code: {"name": one.name, "books": one.books} for code, one in boxes_of(desk.location_id).items()
        },
    }
