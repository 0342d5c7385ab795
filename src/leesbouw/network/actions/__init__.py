"""Every write of the network."""

from .changes import (
    cancel_talk,
    change_plan,
    delete_talk,
    move_talk,
    restore_talk,
)
from .forgetting import wipe_talks
from .papers import note_handover, note_preparation
from .preparing import SLIDES_JOB, Brought, choose_findings, order_slides
from .reports import Report, Written, save_draft, write_up
from .rhythms import RhythmRow, end_rhythms, set_rhythm, set_rhythms
from .talks import AgreementRow, TalkRow, plan_talk, record_talks

__all__ = [
    "SLIDES_JOB",
    "AgreementRow",
    "Brought",
    "Report",
    "RhythmRow",
    "TalkRow",
    "Written",
    "cancel_talk",
    "change_plan",
    "choose_findings",
    "delete_talk",
    "end_rhythms",
    "move_talk",
    "note_handover",
    "note_preparation",
    "order_slides",
    "plan_talk",
    "record_talks",
    "restore_talk",
    "save_draft",
    "set_rhythm",
    "set_rhythms",
    "wipe_talks",
    "write_up",
]
