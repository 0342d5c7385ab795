from enum import StrEnum

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Side(TextChoices):
    """Whose task it is: the library's, the partner's, or both together."""

    LIBRARY = "library", _("Library")
    PARTNER = "partner", _("Partner")
    TOGETHER = "together", _("Together")


class BlockOf(StrEnum):
    """Who a bouwsteen is of: seven of the school, five of child care, three of the library itself."""

    SCHOOL = "school"
    CHILDCARE = "childcare"
    LIBRARY = "library"


class BlockStatus(IntegerChoices):
    """How far a bouwsteen is; above `PREPARING` it needs evidence."""

    NOT_STARTED = 0, pgettext_lazy("building block", "not started")
    PREPARING = 1, pgettext_lazy("building block", "in preparation")
    RUNNING = 2, pgettext_lazy("building block", "under way")
    ANCHORED = 3, pgettext_lazy("building block", "anchored")


class AgreedLevel(IntegerChoices):
    """What was agreed about a bouwsteen: three levels, or something of one's own."""

    NONE = 0, pgettext_lazy("agreed level", "nothing agreed")
    MINIMAL = 1, pgettext_lazy("agreed level", "minimal")
    BASIC = 2, pgettext_lazy("agreed level", "basic")
    OPTIMAL = 3, pgettext_lazy("agreed level", "optimal")
    OWN = 4, pgettext_lazy("agreed level", "our own")


class PracticeAnswer(TextChoices):
    """Whether a good practice is there."""

    YES = "yes", pgettext_lazy("good practice", "Yes")
    PARTLY = "partly", pgettext_lazy("good practice", "Partly")
    NO = "no", pgettext_lazy("good practice", "No")


class EvidenceKind(TextChoices):
    """What shows that a bouwsteen stands where one says: something in Leesbouw, a file, an address, or a note with the
    name of who vouches for it."""

    RECORD = "record", pgettext_lazy("evidence", "Something in Leesbouw")
    FILE = "file", pgettext_lazy("evidence", "A file")

    LINK = "link", pgettext_lazy("evidence", "Address of a page or document")
    NOTE = "note", pgettext_lazy("evidence", "Signed note")


class Audience(TextChoices):
    """Whom a goal or an activity is for."""

    CHILDREN = "children", pgettext_lazy("audience", "Children")
    TEACHERS = "teachers", pgettext_lazy("audience", "Teachers")
    PARENTS = "parents", pgettext_lazy("audience", "Parents")


class GoalKind(TextChoices):
    """How one will see whether a goal is reached: a figure, or a change that people can see."""

    MEASURED = "measured", pgettext_lazy("goal", "A figure of the Monitor")
    CHANGE = "change", pgettext_lazy("goal", "A change that we can see")


class GoalOrigin(TextChoices):
    """What gave rise to a goal."""

    FINDING = "finding", pgettext_lazy("goal", "a finding of the Monitor")
    TALK = "talk", pgettext_lazy("goal", "a talk")
    BLOCK = "block", pgettext_lazy("goal", "a building block")
    OWN = "own", pgettext_lazy("goal", "our own wish")


class Decision(TextChoices):
    """What is decided about a goal at its evaluation."""

    CONTINUE = "continue", pgettext_lazy("goal", "We go on with it")
    ADJUST = "adjust", pgettext_lazy("goal", "We adjust it")
    ANCHOR = "anchor", pgettext_lazy("goal", "We keep it as a habit")
    STOP = "stop", pgettext_lazy("goal", "We stop")


class Habit(TextChoices):
    """What belongs in the timetable of every group."""

    FREE = "free", pgettext_lazy("habit", "Free reading")
    ALOUD = "aloud", pgettext_lazy("habit", "Reading aloud")
    TALK = "talk", pgettext_lazy("habit", "Talking about books")


class PlanKind(TextChoices):
    """Which plan it is; the templates are content."""

    POLICY = "policy", pgettext_lazy("plan", "Reading policy plan")
    YEAR = "year", pgettext_lazy("plan", "Year plan")
    MEDIA = "media", pgettext_lazy("plan", "Media plan")
    READ_ALOUD = "read-aloud", pgettext_lazy("plan", "Read-aloud plan")
    SECONDARY = "secondary", pgettext_lazy("plan", "Reading and media plan")


class VersionReason(TextChoices):
    """Why a version of a plan was kept."""

    DAILY = "daily", pgettext_lazy("plan", "the first change of a day")
    SENT = "sent", pgettext_lazy("plan", "sent to the team")
    APPROVED = "approved", pgettext_lazy("plan", "approved")
    READ_IN = "read-in", pgettext_lazy("plan", "before a Word file was read in")


class LibraryWorkKind(TextChoices):
    """What a library does beside its work at locations."""

    NETWORK = "network", pgettext_lazy("library work", "Network")
    TRAINING = "training", pgettext_lazy("library work", "Training")
    MONITOR = "monitor", pgettext_lazy("library work", "Monitor")
    COLLECTION = "collection", pgettext_lazy("library work", "Collection")
    BRANCH = "branch", pgettext_lazy("library work", "Work in the branches")


class RecordKind(TextChoices):
    """What was written about a step of a route; the last one says how it stands."""

    DONE = "done", pgettext_lazy("step", "done")
    YES = "yes", pgettext_lazy("step", "yes")
    NO = "no", pgettext_lazy("step", "no")
    OPENED = "opened", pgettext_lazy("step", "opened again")


class FormKind(TextChoices):
    """What stands in the catalogue of activities: something one can always do, a campaign with days, a programme."""

    FORM = "form", pgettext_lazy("catalogue", "Activity")
    CAMPAIGN = "campaign", pgettext_lazy("catalogue", "Campaign")
    PROGRAMME = "programme", pgettext_lazy("catalogue", "Programme")


class ConsultantRole(TextChoices):
    """What the consultant does in an activity."""

    EXECUTING = "executing", pgettext_lazy("role", "Executing")
    SUPPORTING = "supporting", pgettext_lazy("role", "Supporting")
    ADVISING = "advising", pgettext_lazy("role", "Advising")


class Transfer(TextChoices):
    """How parents get what an activity with them brings."""

    GROUP = "group", pgettext_lazy("transfer", "In a group")
    TALK = "talk", pgettext_lazy("transfer", "One to one")
    PAPER = "paper", pgettext_lazy("transfer", "On paper or online")


class Region(TextChoices):
    """The three regions of the school holidays."""

    NORTH = "north", _("North")
    MIDDLE = "middle", _("Middle")
    SOUTH = "south", _("South")
