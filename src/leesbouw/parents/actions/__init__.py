"""Every write of parents."""

from .choosing import answer_indicators, choose_locations
from .records import (
    Judgement,
    WishRow,
    check_conditions,
    discuss_plan,
    feed_back,
    judge_project,
    note_wish,
)
from .talks import TalkReport, hold_talk, plan_talk

__all__ = [
    "Judgement",
    "TalkReport",
    "WishRow",
    "answer_indicators",
    "check_conditions",
    "choose_locations",
    "discuss_plan",
    "feed_back",
    "hold_talk",
    "judge_project",
    "note_wish",
    "plan_talk",
]
