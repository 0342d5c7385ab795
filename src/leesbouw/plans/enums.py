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
    """What shows that a bouwsteen stands where one says: an address, or a note with the name of who vouches for it."""

    LINK = "link", pgettext_lazy("evidence", "Address of a page or document")
    NOTE = "note", pgettext_lazy("evidence", "Signed note")
