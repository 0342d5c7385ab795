"""Every write of the Monitor; each module is a subject of its own."""

from .closing import close_over, close_participation, close_participations, close_round
from .datasets import DATASET_JOB, answers_sav, dataset, order_dataset
from .datasets import FORMATS as DATASETS
from .exporting import answers_csv, export_answers
from .finding import find_in_year, keep_findings
from .forgetting import forget_authorisations
from .hiding import hide_answer
from .importing import import_results, remove_results, try_results
from .notes import change_note, delete_note, write_note
from .participations import authorise, decline, enrol, extend, mark_discussed, set_rhythm, take_out
from .questionnaires import add_questionnaire
from .releasing import release, withdraw_release
from .reminding import MOST_LETTERS, ask_head, mail_followers, remind
from .reporting import (
    CHOSEN_JOB,
    FORMATS,
    LEVEL_JOB,
    REPORT_JOB,
    order_chosen_report,
    order_level_report,
    order_report,
)
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
from .team import close_session, drop_session, show_choice, start_session
from .voting import Vote, vote
from .working_out import WORK_OUT_JOB, queue_levels, queue_work, work_out

__all__ = [
    "CHOSEN_JOB",
    "DATASETS",
    "DATASET_JOB",
    "FORMATS",
    "LEVEL_JOB",
    "MOST_LETTERS",
    "REPORT_JOB",
    "WORK_OUT_JOB",
    "FilledIn",
    "Hours",
    "Vote",
    "add_follower",
    "add_questionnaire",
    "answers_csv",
    "answers_sav",
    "ask_head",
    "authorise",
    "change_note",
    "change_round",
    "close_over",
    "close_participation",
    "close_participations",
    "close_round",
    "close_session",
    "dataset",
    "decline",
    "delete_local_question",
    "delete_note",
    "delete_round",
    "drop_session",
    "enrol",
    "export_answers",
    "extend",
    "find_in_year",
    "forget_authorisations",
    "hide_answer",
    "import_results",
    "keep_findings",
    "mail_followers",
    "mark_discussed",
    "open_round",
    "order_chosen_report",
    "order_dataset",
    "order_level_report",
    "order_report",
    "plan_round",
    "queue_levels",
    "queue_work",
    "release",
    "remind",
    "remove_follower",
    "remove_results",
    "save_local_question",
    "set_rhythm",
    "show_choice",
    "start_session",
    "store_lists",
    "take_out",
    "try_results",
    "vote",
    "withdraw_release",
    "work_out",
    "write_note",
]
