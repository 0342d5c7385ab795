"""Rules about pupils as plain Python."""

from .access import MAY_VIEW
from .days import (
    Clock,
    clock_of,
    enrolment_start,
    is_many_gone,
    kept_until,
    month_later,
    nearest_day,
    usual_leavers,
)
from .keys import has_length_of_bsn, is_bsn
from .matching import Incoming, Known, Match, Verdict, match_pupils
from .moving import LEAVES, Choices, Doubt, NewGroup, Plan, move_up
from .names import alike, display_names, folded, found_names, full_name, names_in, short_name

__all__ = [
    "LEAVES",
    "MAY_VIEW",
    "Choices",
    "Clock",
    "Doubt",
    "Incoming",
    "Known",
    "Match",
    "NewGroup",
    "Plan",
    "Verdict",
    "alike",
    "clock_of",
    "display_names",
    "enrolment_start",
    "folded",
    "found_names",
    "full_name",
    "has_length_of_bsn",
    "is_bsn",
    "is_many_gone",
    "kept_until",
    "match_pupils",
    "month_later",
    "move_up",
    "names_in",
    "nearest_day",
    "short_name",
    "usual_leavers",
]
