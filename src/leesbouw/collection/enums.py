"""Words of the collection that the field shares."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class TitleKind(TextChoices):
    STORY = "story", pgettext_lazy("title", "Story")
    PICTURE = "picture", pgettext_lazy("title", "Picture book")
    INFORMATION = "information", pgettext_lazy("title", "Information book")
    COMIC = "comic", pgettext_lazy("title", "Comic")
    POETRY = "poetry", pgettext_lazy("title", "Poetry")
    AUDIO = "audio", pgettext_lazy("title", "Audio book")
    OTHER = "other", pgettext_lazy("title", "Something else")


class AgeBand(TextChoices):
    """The letters on the back of children's books in Dutch libraries (lending.md §3.4)."""

    AP = "AP", pgettext_lazy("age band", "AP: picture books to 6 years")
    A = "A", pgettext_lazy("age band", "A: 6 to 9 years")
    BP = "BP", pgettext_lazy("age band", "BP: picture books from 9 years")
    B = "B", pgettext_lazy("age band", "B: 9 to 12 years")
    C = "C", pgettext_lazy("age band", "C: 12 to 15 years")
    D = "D", pgettext_lazy("age band", "D: 15 years and older")


class Avi(TextChoices):
    """Technical reading levels as printed in books; never shown where other children see it."""

    START = "Start", "Start"
    M3 = "M3", "M3"
    E3 = "E3", "E3"
    M4 = "M4", "M4"
    E4 = "E4", "E4"
    M5 = "M5", "M5"
    E5 = "E5", "E5"
    M6 = "M6", "M6"
    E6 = "E6", "E6"
    M7 = "M7", "M7"
    E7 = "E7", "E7"
    PLUS = "Plus", "Plus"


class Owner(TextChoices):
    LIBRARY = "library", pgettext_lazy("owner of a book", "the library")
    SCHOOL = "school", pgettext_lazy("owner of a book", "the school")


class Part(TextChoices):
    """What a book belongs to at a school: norms count the fixed parts, not what rotates (lending.md §0)."""

    STANDARD = "standard", pgettext_lazy("part of a collection", "Standard")
    TAILORED = "tailored", pgettext_lazy("part of a collection", "Tailor-made")
    ROTATING = "rotating", pgettext_lazy("part of a collection", "Rotating")


FIXED = (Part.STANDARD, Part.TAILORED)


class CopyStatus(TextChoices):
    """Where a book is in its life; whether it is lent stands with the loan."""

    IN_USE = "in_use", pgettext_lazy("copy", "In use")
    REPAIR = "repair", pgettext_lazy("copy", "In repair")
    MISSING = "missing", pgettext_lazy("copy", "Not found")
    LOST = "lost", pgettext_lazy("copy", "Lost")
    WITHDRAWN = "withdrawn", pgettext_lazy("copy", "Taken out")


class TitleSource(TextChoices):
    TYPED = "typed", pgettext_lazy("source of a title", "typed in")
    FILE = "file", pgettext_lazy("source of a title", "a list")
    MARC = "marc", pgettext_lazy("source of a title", "MARC records")


class CopyReason(TextChoices):
    """Why a copy is no longer in use."""

    OLD = "old", pgettext_lazy("reason for a book", "too old")
    UNLENT = "unlent", pgettext_lazy("reason for a book", "nobody borrows it")
    WORN = "worn", pgettext_lazy("reason for a book", "worn or damaged")
    DOUBLE = "double", pgettext_lazy("reason for a book", "too many of the same")
    OUTDATED = "outdated", pgettext_lazy("reason for a book", "no longer correct")
    NOT_FOUND = "not_found", pgettext_lazy("reason for a book", "not found when counting")
    NOT_RETURNED = "not_returned", pgettext_lazy("reason for a book", "not brought back")


class Category(TextChoices):
    """What a shelf is made of; each title counts in one of these."""

    PICTURE = "picture", pgettext_lazy("part of a shelf", "Picture books")
    STORIES_A = "stories-a", pgettext_lazy("part of a shelf", "Stories, 6 to 9 years")
    STORIES_B = "stories-b", pgettext_lazy("part of a shelf", "Stories, 9 to 12 years")
    STORIES_C = "stories-c", pgettext_lazy("part of a shelf", "Stories, from 12 years")
    INFORMATION = "information", pgettext_lazy("part of a shelf", "Information")
    COMIC = "comic", pgettext_lazy("part of a shelf", "Comics")
    POETRY = "poetry", pgettext_lazy("part of a shelf", "Poetry")
    LANGUAGES = "languages", pgettext_lazy("part of a shelf", "In other languages")
    OTHER = "other", pgettext_lazy("part of a shelf", "Audio and other")


class ProvisionWay(TextChoices):
    """How children of a school come by books (product.md C7)."""

    OWN = "own", pgettext_lazy("way to books", "A library in the school")
    RESERVE = "reserve", pgettext_lazy("way to books", "Reserving books of the library")
    CLASS = "class", pgettext_lazy("way to books", "The class borrows in a branch or mobile library")
    ROTATION = "rotation", pgettext_lazy("way to books", "Collections on a theme that go round")


class HolderOf(TextChoices):
    LIBRARY = "library", pgettext_lazy("holder of a collection", "the library")
    SCHOOL = "school", pgettext_lazy("holder of a collection", "the school")
    BOTH = "both", pgettext_lazy("holder of a collection", "both, each a part")


class LoanSystem(TextChoices):
    LEESBOUW = "leesbouw", pgettext_lazy("lending system", "in Leesbouw")
    OTHER = "other", pgettext_lazy("lending system", "in another lending system")
    NONE = "none", pgettext_lazy("lending system", "nowhere, or on paper")


class GoesHome(TextChoices):
    YES = "yes", pgettext_lazy("books go home", "Yes")
    NOT_YET = "notyet", pgettext_lazy("books go home", "Not yet")
    NO = "no", pgettext_lazy("books go home", "No")


class ScanOutcome(TextChoices):
    """What a barcode was, when somebody counted."""

    FOUND = "found", pgettext_lazy("counting", "stands where it should")
    BACK = "back", pgettext_lazy("counting", "was lost, and is here again")
    ELSEWHERE = "elsewhere", pgettext_lazy("counting", "belongs somewhere else")
    WITHDRAWN = "withdrawn", pgettext_lazy("counting", "was taken out, but is here")
    UNKNOWN = "unknown", pgettext_lazy("counting", "is not known")


class SetKind(TextChoices):
    ROTATING = "rotating", pgettext_lazy("kind of collection", "Goes round")
    CLASS = "class", pgettext_lazy("kind of collection", "For a class")
    THEME = "theme", pgettext_lazy("kind of collection", "On a theme")


class Met(TextChoices):
    """Whether a point of the reading environment is there."""

    YES = "yes", pgettext_lazy("reading environment", "Yes")
    PARTLY = "partly", pgettext_lazy("reading environment", "Partly")
    NO = "no", pgettext_lazy("reading environment", "Not yet")
