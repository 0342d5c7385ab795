"""The kinds that organisations come in. Values are stored, labels are translated."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class UnitKind(TextChoices):
    NATION = "nation", _("The Netherlands")
    PROVINCE = "province", _("Province")
    POI = "poi", _("Provincial support")
    LIBRARY = "library", _("Library")
    BRANCH = "branch", _("Branch")
    MUNICIPALITY = "municipality", _("Municipality")
    BOARD = "board", _("Board")
    LOCATION = "location", _("Location")
    PARTNER = "partner", _("Partner")


class Sector(TextChoices):
    """What kind of location it is; DUO's names for schools, child care beside them."""

    PO = "po", _("Primary school")
    SBO = "sbo", _("Special primary school")
    SO = "so", _("Special school")
    VO = "vo", _("Secondary school")
    PRO = "pro", _("Practical school")
    MBO = "mbo", _("Vocational college")
    CHILDCARE = "ko", _("Child care")


class BoardKind(TextChoices):
    EDUCATION = "education", _("School board")
    CHILDCARE = "childcare", _("Child-care organisation")


class PartnerKind(TextChoices):
    BOOKSHOP = "bookshop", _("Bookshop")
    HEALTH = "health", _("Health centre")
    TRAINING = "training", _("Training partner")
    CONSULTATION = "consultation", _("Local education consultation")
    OTHER = "other", _("Other partner")


class PartnershipType(TextChoices):
    """The Bibliotheekmonitor's types of cooperation per location (policy.md §0)."""

    NONE = "none", _("No cooperation")
    GENERAL = "general", _("General services")
    DBOS = "dbos", _("Structural: de Bibliotheek op school")
    COMPARABLE = "comparable", _("Structural: comparable approach")


class Domain(TextChoices):
    READING = "reading", _("Reading promotion")
    DIGITAL = "digital_literacy", _("Digital literacy")
    CULTURE = "cultural_education", _("Cultural education")


class Programme(TextChoices):
    BOEKSTART = "boekstart", _("BoekStart in child care")
    PO = "po", _("Primary education")
    VO = "vo", _("Secondary education")
    MBO = "mbo", _("Vocational education")


class Scenario(TextChoices):
    """The three scenarios of the programme for secondary schools."""

    WITH = "1", _("Library and school with a school library")
    WITHOUT = "2", _("Library and school without a school library")
    IN_LIBRARY = "3", _("Services in the library")


class Phase(TextChoices):
    """Phases of a location; orientation and preparation belong to the library (handbook, roadmap)."""

    ACQUISITION = "acquisition", _("Getting acquainted")
    IMPLEMENTATION = "implementation", _("Setting up")
    EXECUTION = "execution", _("Running")
    ANCHORING = "anchoring", _("Further development")


class Gate(TextChoices):
    """The two go / no-go questions of the handbook's roadmap."""

    FITS_POLICY = "fits_policy", _("Does the approach fit the policy of the library?")
    WANTED_AND_FEASIBLE = "wanted_and_feasible", _("Is it wanted and feasible at this moment?")


class Outcome(TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")


class DecisionKind(TextChoices):
    INTENSIFY = "intensify", _("Intensify")
    CONTINUE = "continue", pgettext_lazy("decision", "Continue")
    SCALE_DOWN = "scale_down", _("Scale down")
    END = "end", pgettext_lazy("decision", "End")


class CheckOutcome(TextChoices):
    """The yearly question whether this is still cooperation (handbook)."""

    COOPERATION = "cooperation", _("Cooperation")
    SERVICE = "service", _("Service only")


class AgreementChannel(TextChoices):
    """How a processing agreement came in."""

    LINK = "link", _("Signed with a link")
    FILE = "file", _("Recorded with the signed file")


class AgreementState(TextChoices):
    """How the processing agreement of a school stands on a day."""

    NOT_NEEDED = "not_needed", _("Not needed")
    NONE = "none", _("No processing agreement")
    LATER = "later", _("Holds later")
    VALID = "valid", _("Valid")
    ENDS_SOON = "ends_soon", _("Ends soon")
    OVER = "over", _("Processing agreement is over")


class StepStatus(TextChoices):
    """How far a task of a list is (ux.md §5.4)."""

    NOT_BEGUN = "not_begun", pgettext_lazy("step", "Not begun")
    BUSY = "busy", pgettext_lazy("step", "Busy")
    MISSING = "missing", pgettext_lazy("step", "Something is missing")
    DONE = "done", pgettext_lazy("step", "Done")
