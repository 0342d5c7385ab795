"""The Monitor's rows: rounds and who takes part, the doors to a list, and the answers."""

from .doors import ClassCode, LateCode, PersonalLink
from .releases import Release
from .rounds import Follower, LocalQuestion, MeasuringRhythm, Participation, Round
from .submissions import OpenAnswer, Submission
from .team import Ballot, TalkingPoint, TeamNote, TeamSession

__all__ = [
    "Ballot",
    "ClassCode",
    "Follower",
    "LateCode",
    "LocalQuestion",
    "MeasuringRhythm",
    "OpenAnswer",
    "Participation",
    "PersonalLink",
    "Release",
    "Round",
    "Submission",
    "TalkingPoint",
    "TeamNote",
    "TeamSession",
]
