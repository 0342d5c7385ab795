"""Every write of imports."""

from .catalogue import MARCXML_JOB, order_marcxml
from .columns import ask_preview, choose_columns, complete, needs_file_again
from .drafts import Draft, begin_run, keep_draft, read_file
from .forgetting import OPEN, discard_run, lapse_runs
from .previewing import preview_run
from .pupil_copies import forget_waiting_files, told_of_imports, told_to_child, wipe_pupil_copies
from .repairing import note_mistakes_taken, repair_rows, skip_faulty
from .running import (
    apply_run,
    decide_rows,
    fail_run,
    free_stuck_runs,
    start_run,
    stop_run,
    would_close_many,
)
from .undoing import start_undo, stop_and_take_back, undo_run

__all__ = [
    "MARCXML_JOB",
    "OPEN",
    "Draft",
    "apply_run",
    "ask_preview",
    "begin_run",
    "choose_columns",
    "complete",
    "decide_rows",
    "discard_run",
    "fail_run",
    "forget_waiting_files",
    "free_stuck_runs",
    "keep_draft",
    "lapse_runs",
    "needs_file_again",
    "note_mistakes_taken",
    "order_marcxml",
    "preview_run",
    "read_file",
    "repair_rows",
    "skip_faulty",
    "start_run",
    "start_undo",
    "stop_and_take_back",
    "stop_run",
    "told_of_imports",
    "told_to_child",
    "undo_run",
    "wipe_pupil_copies",
    "would_close_many",
]
