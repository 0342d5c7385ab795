"""Every write of the Monitor; each module is a subject of its own."""

from .closing import close_participation, close_participations, close_round
from .participations import authorise, decline, enrol, extend, mark_discussed, set_rhythm, take_out
from .questionnaires import add_questionnaire
from .reminding import MOST_LETTERS, ask_head, mail_followers, remind
from .rounds import (
    Hours,
    add_follower,
    change_round,
    delete_local_question,
    delete_round,
    open_round,
    plan_round,
    remove_follower,
    save_local_question,
)
from .storing import FilledIn, store_lists

__all__ = [
    "MOST_LETTERS",
    "FilledIn",
    "Hours",
    "add_follower",
    "add_questionnaire",
    "ask_head",
    "authorise",
    "change_round",
    "close_participation",
    "close_participations",
    "close_round",
    "decline",
    "delete_local_question",
    "delete_round",
    "enrol",
    "extend",
    "mail_followers",
    "mark_discussed",
    "open_round",
    "plan_round",
    "remind",
    "remove_follower",
    "save_local_question",
    "set_rhythm",
    "store_lists",
    "take_out",
]
