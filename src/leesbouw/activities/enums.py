from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


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
