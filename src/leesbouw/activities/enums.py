from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.plans.domain import Counted


class TeachersPart(TextChoices):
    """What the teacher does during a visit: so one sees how much rests on the consultant."""

    NONE = "none", pgettext_lazy("teacher", "is not there")
    PRESENT = "present", pgettext_lazy("teacher", "is there")
    TOGETHER = "together", pgettext_lazy("teacher", "does it together with us")
    ALONE = "alone", pgettext_lazy("teacher", "does it alone, we look on")


class Done(TextChoices):
    """Whether a visit did what it was meant to do."""

    YES = "yes", pgettext_lazy("visit", "Yes")
    PARTLY = "partly", pgettext_lazy("visit", "Partly")
    NO = "no", pgettext_lazy("visit", "No")


class Work(TextChoices):
    """Work that is no visit."""

    BRANCH = "branch", pgettext_lazy("hours", "Branch")
    PREPARATION = "prepare", pgettext_lazy("hours", "Preparation")
    NETWORK = "network", pgettext_lazy("hours", "Network")
    TRAINING = "training", pgettext_lazy("hours", "Training")
    TRAVEL = "travel", pgettext_lazy("hours", "Travel")
    OTHER = "other", pgettext_lazy("hours", "Something else")


class Refused(TextChoices):
    """Why a visit that a plan asks got no place in a diary; the codes are those of `domain.Refusal`."""

    OVER = "over", pgettext_lazy("proposal", "its days are over")
    LONG = "long", pgettext_lazy("proposal", "longer than your working day")
    FULL = "full", pgettext_lazy("proposal", "no free day in its period")


# What is counted of a year, in words, by the heading under which it stands.
YEAR_WORDS = {
    _("Goals"): {
        Counted.GOALS: _("Goals set"),
        Counted.REACHED: _("Reached"),
        Counted.CLOSER: _("Clearly closer"),
        Counted.CHANCE: _("No clear difference"),
        Counted.BACK: _("Further away"),
        Counted.UNMEASURED: _("Not measured again yet"),
        Counted.DESCRIBED: _("Without a figure: a change that people see"),
    },
    _("Decisions about goals"): {
        Counted.CONTINUE: _("Go on with it"),
        Counted.ADJUST: _("Adjust"),
        Counted.ANCHOR: _("Keep as a habit"),
        Counted.STOP: _("Stop"),
        Counted.UNDECIDED: _("Not looked back on yet"),
    },
    _("Building blocks"): {
        Counted.BLOCKS_UP: _("A step forward"),
        Counted.BLOCKS_DOWN: _("A step back"),
    },
    _("Hours for locations"): {
        Counted.HOURS_AGREED: pgettext_lazy("hours", "Agreed"),
        Counted.HOURS_PLANNED: pgettext_lazy("hours", "Planned"),
        Counted.HOURS_MADE: pgettext_lazy("hours", "Made"),
    },
    _("Activities"): {
        Counted.ACTIVITIES: pgettext_lazy("activities", "Planned"),
        Counted.DONE: pgettext_lazy("activities", "Done"),
    },
    _("Visits"): {
        Counted.VISITS: _("Visits made"),
        Counted.TEACHER_AWAY: _("The teacher was not there"),
        Counted.TEACHER_THERE: _("The teacher was there"),
        Counted.TOGETHER: _("Done together"),
        Counted.TEACHER_ALONE: _("The teacher did it alone"),
    },
}
