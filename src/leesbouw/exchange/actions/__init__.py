"""Every write of imports."""

from .columns import ask_preview, choose_columns, complete, needs_file_again
from .drafts import begin_run
from .forgetting import discard_run, forget_old
from .previewing import preview_run
from .running import apply_run, decide_rows, fail_run, free_stuck_runs, start_run, stop_run
from .undoing import start_undo, stop_and_take_back, undo_run

__all__ = [
    "apply_run",
    "ask_preview",
    "begin_run",
    "choose_columns",
    "complete",
    "decide_rows",
    "discard_run",
    "fail_run",
    "forget_old",
    "free_stuck_runs",
    "needs_file_again",
    "preview_run",
    "start_run",
    "start_undo",
    "stop_and_take_back",
    "stop_run",
    "undo_run",
]
