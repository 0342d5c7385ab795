"""Children that help themselves at a tablet: the same scans as at the desk, told in words for a child."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leesbouw.pupils.actions import ready_tiles, try_pictures, welcome
from leesbouw.pupils.enums import Came
from leesbouw.pupils.queries.classes import Tile

from ..domain.entries import Sent
from ..enums import Do, Why
from ..queries.desk import Desk
from ..queries.self_service import opened, tile_at
from .handling import Reply, handle


@dataclass(frozen=True, slots=True)
class Told:
    """What a child hears: `tone` good or ask, one sentence, and what to do now."""

    tone: str
    text: str
    more: str = ""


def help_oneself(*, sent: Sent, desk: Desk) -> Told:
    """One book in or out. Where the desk would ask somebody, the child goes to a grown-up; nobody else is named."""
    return _told(handle(entries=[sent], desk=desk)[0])


def _told(reply: Reply) -> Told:
    answer, title = reply.answer, (reply.book or {}).get("title", "")
    match answer.do:
        case Do.LEND | Do.MOVE:
            return Told("good", _("%(title)s goes with you.") % {"title": title}, reply.said.more)
        case Do.GIVE_BACK if answer.hold:
            more = _("Put it on the desk: somebody waits for it.")
            return Told("good", _("%(title)s is back. Well done!") % {"title": title}, more)
        case Do.GIVE_BACK | Do.FOUND:
            more = _("Put it in the box or back on the shelf.")
            return Told("good", _("%(title)s is back. Well done!") % {"title": title}, more)
        case Do.RENEW:
            return Told("good", reply.said.text, reply.said.more)
    return Told("ask", _sentence(answer.why, title), _("Ask your teacher."))


def _sentence(why: Why | None, title: str) -> str:
    match why:
        case Why.TOO_MANY:
            return _("You have enough books now. First bring one back.")
        case Why.WITH_OTHER:
            return _("This book still stands with somebody else.")
        case Why.RESERVED:
            return _("Somebody else waits for this book.")
        case Why.JUST_DONE:
            return _("You have this book already.")
        case Why.NOT_LENT:
            return _("Nobody had this book. Put it back on the shelf.")
        case Why.MANY_COPIES:
            return _("Scan the sticker on the book.")
        case Why.OTHER_SCHOOL | Why.OF_LIBRARY:
            return _("This book is not of our school.")
        case Why.FOR_GROUPS:
            return _("This box is for a whole group.")
    return (
        _("We do not know this book.")
        if not title
        else _("%(title)s cannot go with you now.") % {"title": title}
    )


def try_at_tablet(*, desk: Desk, group_id: int, token: str, pictures: Sequence[str]) -> tuple[Came, int]:
    """What three pictures come to, and who comes in when they are right."""
    session, tile = opened(desk, group_id), tile_at(desk, group_id, token)
    if session is None or tile is None:
        return Came.ASK, 0
    return try_pictures(session=session, token=token, pictures=pictures), tile.pupil.pk


def tiles_at_tablet(*, desk: Desk, group_id: int) -> list[Tile]:
    """The children of a group as this tablet shows them, each with an animal of its own."""
    session = opened(desk, group_id)
    return ready_tiles(session=session) if session else []


def let_in_at_tablet(*, desk: Desk, group_id: int, token: str) -> tuple[Came, int]:
    """A child whose teacher lets it in without its pictures, once and within five minutes."""
    session, tile = opened(desk, group_id), tile_at(desk, group_id, token)
    if session is None or tile is None or not tile.may_come_in():
        return Came.ASK, 0
    welcome(tile=tile, session=session)
    return Came.RIGHT, tile.pupil.pk
