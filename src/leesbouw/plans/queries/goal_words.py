"""A goal and where it stands in one sentence, for paper and slides."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ..domain import Stage
from .goals import GoalStanding


def stage_words(standing: GoalStanding) -> str:
    """How far a goal is, in a few words."""
    words = {
        Stage.REACHED: _("reached"),
        Stage.CLOSER: _("closer"),
        Stage.SAME: _("no clear change"),
        Stage.BACK: _("further away"),
        Stage.UNKNOWN: _("not measured since"),
    }
    return words[standing.progress.stage] if standing.progress else _("a change to see")


def goal_sentence(standing: GoalStanding) -> str:
    """ "Meer kinderen vinden lezen leuk: van 62% naar 65%, doel 70% (dichterbij)"; of a change what shows it."""
    goal = standing.goal
    if standing.progress is None:
        return _("%(goal)s: one sees it by “%(evidence)s”") % {"goal": goal.what, "evidence": goal.evidence}
    values = {
        "goal": goal.what,
        "begin": standing.baseline_words or _("not measured"),
        "now": standing.latest_words,
        "target": standing.target_words,
        "stage": stage_words(standing),
    }
    if not standing.latest_words:
        return _("%(goal)s: began at %(begin)s, goal %(target)s (%(stage)s)") % values
    return _("%(goal)s: from %(begin)s to %(now)s, goal %(target)s (%(stage)s)") % values
