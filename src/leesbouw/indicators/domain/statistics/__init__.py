"""How figures are computed: shares and means with their intervals, differences, lines of years, and what goes together.

Nothing here is new: every function names its formula and where it comes from. Shares run from 0 to 1.
"""

from .composite import composite_score, rescaled
from .differences import Difference, DifferenceRule, Judgement, difference_of_means, difference_of_shares
from .lines import Point, equal_panel, lines
from .links import Link, Observation, link
from .means import Mean, mean_of_sums, student_t
from .shares import Interval, Share, effective_n, share_of, share_of_answers, weighted_share, wilson

__all__ = [
    "Difference",
    "DifferenceRule",
    "Interval",
    "Judgement",
    "Link",
    "Mean",
    "Observation",
    "Point",
    "Share",
    "composite_score",
    "difference_of_means",
    "difference_of_shares",
    "effective_n",
    "equal_panel",
    "lines",
    "link",
    "mean_of_sums",
    "rescaled",
    "share_of",
    "share_of_answers",
    "student_t",
    "weighted_share",
    "wilson",
]
