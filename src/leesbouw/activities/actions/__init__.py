"""Every write of activities."""

from .feeds import make_feed, revoke_feed
from .forgetting import wipe_hours, wipe_texts
from .hours import HoursRow, add_hours, drop_hours, restore_hours
from .notes import write_group_note
from .outcomes import COUNT_JOB, count_year
from .papers import PAPER_JOB, PAPERS, order_look_back
from .proposing import (
    PROPOSE_JOB,
    RhythmRow,
    accept_proposals,
    drop_proposals,
    keep_rhythm,
    make_proposal,
    order_proposal,
    shift_proposal,
    split_proposal,
)
from .reports import ReportRow, write_report, write_reports
from .visits import (
    VisitRow,
    cancel_visit,
    change_visit,
    move_visit,
    plan_visit,
    plan_visits,
    reopen_visit,
    take_over_visit,
    unplan_visits,
)

__all__ = [
    "COUNT_JOB",
    "PAPERS",
    "PAPER_JOB",
    "PROPOSE_JOB",
    "HoursRow",
    "ReportRow",
    "RhythmRow",
    "VisitRow",
    "accept_proposals",
    "add_hours",
    "cancel_visit",
    "change_visit",
    "count_year",
    "drop_hours",
    "drop_proposals",
    "keep_rhythm",
    "make_feed",
    "make_proposal",
    "move_visit",
    "order_look_back",
    "order_proposal",
    "plan_visit",
    "plan_visits",
    "reopen_visit",
    "restore_hours",
    "revoke_feed",
    "shift_proposal",
    "split_proposal",
    "take_over_visit",
    "unplan_visits",
    "wipe_hours",
    "wipe_texts",
    "write_group_note",
    "write_report",
    "write_reports",
]
