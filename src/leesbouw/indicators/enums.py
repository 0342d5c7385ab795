"""Words of figures that are stored."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Reason(TextChoices):
    """Why a figure is not shown."""

    NOBODY = "nobody", _("Nobody answered this.")
    FEW_PERSONS = "few", _("Too few people answered this.")
    PROTECTS = "protects", _("Hidden, so that a small group next to it stays unknown.")
    FEW_MAKERS = "makers", _("Too few people worked on this to show it.")
    FEW_LOCATIONS = "locations", _("Too few locations took part.")
    NEVER = "never", _("This is not shown at this level.")
    LATER = "later", _("Not computed yet.")


class FindingDirection(TextChoices):
    UP = "up", pgettext_lazy("finding", "Upward")
    DOWN = "down", pgettext_lazy("finding", "Downward")
    QUESTION = "question", pgettext_lazy("finding", "A question")


class Against(TextChoices):
    """What a finding compares with."""

    LAST_TIME = "last_time", _("last time")
    COMPARABLE = "comparable", _("comparable schools")
    LIBRARY = "library", pgettext_lazy("against", "the library")
    MUNICIPALITY = "municipality", _("the municipality")
    PROVINCE = "province", _("the province")
    NATION = "nation", _("the Netherlands")
    GROUPS = "groups", _("the other groups")
    NORM = "norm", _("the target")
    NOTHING = "nothing", pgettext_lazy("against", "nothing yet")
