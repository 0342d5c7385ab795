"""The Monitor's rows: rounds and who takes part, the doors to a list, the answers, and what a team made of them."""

from .doors import ClassCode, LateCode, PersonalLink
from .rounds import Follower, LocalQuestion, MeasuringRhythm, Participation, Round
from .submissions import OpenAnswer, Submission
from .teams import TalkingPoint, TeamNote, TeamSession

__all__ = [
    "ClassCode",
    "Follower",
    "LateCode",
    "LocalQuestion",
    "MeasuringRhythm",
    "OpenAnswer",
    "Participation",
    "PersonalLink",
    "Round",
    "Submission",
    "TalkingPoint",
    "TeamNote",
    "TeamSession",
]
