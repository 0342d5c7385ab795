"""Numbers that are content: with a source and a status, and not constants."""

from __future__ import annotations

from datetime import date

from leesbouw.core.content import Body, content_kinds, current

from ..domain import usual_leavers

KIND = "pupil-parameters"


class Shares(Body):
    """Shares (0-1) of pupils that may be gone: at the turn of the school year, and in the rest of it."""

    turn: float
    rest: float


class LeaverParameters(Body):
    shares: dict[str, Shares]


content_kinds.add(KIND, LeaverParameters)


def usual_share(sector: str, day: date) -> float:
    """The share (0-1) of pupils of this sector that may be gone on a day before somebody must say it is right."""
    body: LeaverParameters = current(KIND, "leavers").body
    return usual_leavers(sector, day, {code: row.model_dump() for code, row in body.shares.items()})
