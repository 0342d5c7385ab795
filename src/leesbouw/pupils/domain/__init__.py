"""Rules about pupils as plain Python."""

from .access import MAY_VIEW
from .days import enrolment_start, is_many_gone, month_later, usual_leavers
from .matching import Incoming, Known, Match, Verdict, match_pupils
from .names import alike, display_names, folded, found_names, full_name, short_name

__all__ = [
    "MAY_VIEW",
    "Incoming",
    "Known",
    "Match",
    "Verdict",
    "alike",
    "display_names",
    "enrolment_start",
    "folded",
    "found_names",
    "full_name",
    "is_many_gone",
    "match_pupils",
    "month_later",
    "short_name",
    "usual_leavers",
]
