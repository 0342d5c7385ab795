"""Words of the Monitor that are stored."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MonitorKind(TextChoices):
    """The three measurements (monitor.md §1); each has its own questionnaires and its own round."""

    PO = "po", pgettext_lazy("monitor", "Primary education")
    VO = "vo", _("Secondary education")
    CHILDCARE = "ko", _("BoekStart in child care")


class Cohort(TextChoices):
    """Which locations measure in a year: every year, or in two halves (handbook po: every other year)."""

    EVERY_YEAR = "every", _("Every year")
    EVEN = "even", _("School years that begin in an even year")
    ODD = "odd", _("School years that begin in an odd year")


class RoundState(TextChoices):
    """Where a round is. It ends when the teams have discussed what came out, not when it closes."""

    PLANNED = "planned", pgettext_lazy("round", "Planned")
    PREPARING = "preparing", pgettext_lazy("round", "Administration")
    OPEN = "open", pgettext_lazy("round", "Filling in")
    CLOSED = "closed", pgettext_lazy("round", "Closed")
    ENDED = "ended", pgettext_lazy("round", "Discussed")


class ParticipationState(TextChoices):
    """Where a school is in a round: the steps of the funnel."""

    INVITED = "invited", pgettext_lazy("participation", "Invited")
    DECLINED = "declined", pgettext_lazy("participation", "Not taking part")
    AUTHORISED = "authorised", pgettext_lazy("participation", "Authorised")
    STARTED = "started", pgettext_lazy("participation", "Started")
    CLOSED = "closed", pgettext_lazy("participation", "Closed")
    DISCUSSED = "discussed", pgettext_lazy("participation", "Discussed")


class Respondent(TextChoices):
    """Who fills in a list."""

    PUPIL = "pupil", _("Pupil")
    TEACHER = "teacher", _("Teacher")
    CONSULTANT = "consultant", _("Reading consultant")
    WORKER = "worker", _("Child-care worker")
    COORDINATOR = "coordinator", _("Read-aloud coordinator")
    LIBRARY = "library", _("Library")


class Mode(TextChoices):
    """How a list was filled in: it may matter for the answers (ux.md, wireframe 5), so it is kept."""

    ALONE = "alone", _("By oneself")
    ALOUD = "aloud", _("Read aloud by the device")
    CLASS = "class", _("Read by the teacher to the whole class")
    PAPER = "paper", _("Typed over from paper")
    IMPORTED = "imported", _("Brought in by a file")


class NoteKind(TextChoices):
    """Where something that the team knows comes from."""

    HEARD = "heard", _("Heard in reading conversations")
    OBSERVED = "observed", pgettext_lazy("note", "Observed")
    ASKED = "asked", pgettext_lazy("note", "Asked")


class AuthorisedBy(TextChoices):
    LINK = "link", _("By a link")
    ACCOUNT = "account", _("In Leesbouw")
    LIBRARY = "library", _("Recorded by the library")
