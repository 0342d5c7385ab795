"""What a team can talk about with each measure: content of ours."""

from __future__ import annotations

from functools import lru_cache

from leesbouw.core.content import Body, all_current, content_kinds

KIND = "talking-points"


class Point(Body):
    """A question for the team about one measure, and what a school can try."""

    measure: str
    question: str
    tries: tuple[str, ...]


class TalkingPoints(Body):
    points: tuple[Point, ...]


content_kinds.add(KIND, TalkingPoints)


def points_by_measure(kind: str) -> dict[str, Point]:
    """The points of a kind of round ("po", "vo", "ko") by the code of their measure."""
    return _points(all_current(KIND)[kind].body)


@lru_cache(maxsize=8)
def _points(body: TalkingPoints) -> dict[str, Point]:
    return {point.measure: point for point in body.points}
