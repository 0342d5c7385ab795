"""Every write of plans."""

from .blocks import (
    Assessment,
    EvidenceRow,
    SolutionRow,
    add_evidence,
    assess_block,
    choose_solution,
    drop_evidence,
    restore_evidence,
)
from .todo import (
    OWN,
    ActionChange,
    ActionRow,
    add_action,
    add_actions,
    change_action,
    complete_action,
    complete_actions,
    drop_actions,
    reopen_actions,
    take_back_actions,
    wipe_actions,
)

__all__ = [
    "OWN",
    "ActionChange",
    "ActionRow",
    "Assessment",
    "EvidenceRow",
    "SolutionRow",
    "add_action",
    "add_actions",
    "add_evidence",
    "assess_block",
    "change_action",
    "choose_solution",
    "complete_action",
    "complete_actions",
    "drop_actions",
    "drop_evidence",
    "reopen_actions",
    "restore_evidence",
    "take_back_actions",
    "wipe_actions",
]
