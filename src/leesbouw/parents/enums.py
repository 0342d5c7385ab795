from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class TalkKind(TextChoices):
    """The talks of parent partnership: two to begin with a location, and the levels at which one looks back."""

    START = "start", pgettext_lazy("parents", "Start talk")
    DEEPENING = "deepening", pgettext_lazy("parents", "Deepening talk")
    SCHOOL = "school", pgettext_lazy("parents", "Looking back with the location")
    TEAM = "team", pgettext_lazy("parents", "Looking back in the team of the library")
    MANAGEMENT = "management", pgettext_lazy("parents", "Looking back in the management")
    MUNICIPALITY = "municipality", pgettext_lazy("parents", "Looking back with the municipality")


class Present(TextChoices):
    """Who sat at the table, by what they do; no names."""

    HEAD = "head", pgettext_lazy("present", "director or manager")
    COORDINATOR = "coordinator", pgettext_lazy("present", "reading or read-aloud coordinator")
    VVE = "vve", pgettext_lazy("present", "VVE coordinator")
    TEAM = "team", pgettext_lazy("present", "teachers or child-care workers")
    PARENTS = "parents", pgettext_lazy("present", "parents")
    SPECIALIST = "specialist", pgettext_lazy("present", "education specialist")
    CONSULTANT = "consultant", pgettext_lazy("present", "reading consultant")
    MUNICIPALITY = "municipality", pgettext_lazy("present", "municipality")


class Mark(TextChoices):
    """Whether an indicator for choosing a location holds."""

    YES = "yes", pgettext_lazy("indicator", "Yes")
    NO = "no", pgettext_lazy("indicator", "No")


class Occasion(TextChoices):
    """Where parents told what they wish and expect."""

    EVENING = "evening", pgettext_lazy("occasion", "An evening with parents")
    INTAKE = "intake", pgettext_lazy("occasion", "Intake talks")
    OTHER = "other", pgettext_lazy("occasion", "Otherwise")


class Condition(TextChoices):
    """How a condition of partnership is met."""

    YES = "yes", pgettext_lazy("condition", "Goes well")
    PARTLY = "partly", pgettext_lazy("condition", "Could be better")
    NO = "no", pgettext_lazy("condition", "Not yet")


class DiscussedWith(TextChoices):
    """With whom the activity plan is discussed before it is carried out."""

    TEAM = "team", pgettext_lazy("discussed", "The team")
    COUNCIL = "council", pgettext_lazy("discussed", "The parent council")


class Verdict(TextChoices):
    """What one makes of a project after the ten questions."""

    FITS = "fits", pgettext_lazy("verdict", "Fits")
    PERHAPS = "perhaps", pgettext_lazy("verdict", "Perhaps")
    NOT = "not", pgettext_lazy("verdict", "Does not fit")
