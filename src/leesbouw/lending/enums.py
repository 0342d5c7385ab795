"""Words of lending that the field shares."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class BorrowerKind(TextChoices):
    PUPIL = "pupil", pgettext_lazy("borrower", "Pupil")
    GROUP = "group", pgettext_lazy("borrower", "Group")
    CONTACT = "contact", pgettext_lazy("borrower", "Teacher")


class EndedAs(TextChoices):
    """How a loan came to its end; "" while it is open. Only what came back or was lost counts as lent."""

    RETURNED = "returned", pgettext_lazy("loan", "Brought back")
    MOVED = "moved", pgettext_lazy("loan", "Lent to somebody else before it came back")
    LOST = "lost", pgettext_lazy("loan", "Lost for good")


class HoldEnd(TextChoices):
    LENT = "lent", pgettext_lazy("hold", "Borrowed")
    CANCELLED = "cancelled", pgettext_lazy("hold", "Cancelled")
    EXPIRED = "expired", pgettext_lazy("hold", "Not fetched")


class Mode(TextChoices):
    """What the desk does with a book. `LEND` decides by itself: a book on loan with no child in front is returned."""

    LEND = "lend", pgettext_lazy("desk", "Lend")
    RETURN = "return", pgettext_lazy("desk", "Return")
    ROW = "row", pgettext_lazy("desk", "In a row")
    RENEW = "renew", pgettext_lazy("desk", "Renew")


class Do(TextChoices):
    """What a scan comes down to."""

    CHOOSE = "choose"  # somebody is in front of the desk from now on
    LEND = "lend"
    GIVE_BACK = "give_back"
    MOVE = "move"  # back from one, out to the next
    RENEW = "renew"
    FOUND = "found"  # a book that was lost or in repair stands on its shelf again
    NOTHING = "nothing"
    ASK = "ask"  # one sentence and one button


class Why(TextChoices):
    """Why the desk asks, or does nothing."""

    UNKNOWN = "unknown"
    CARD_ENDED = "card_ended"
    WITHDRAWN = "withdrawn"
    REPAIR = "repair"
    OTHER_SCHOOL = "other_school"
    OF_LIBRARY = "of_library"
    WITH_OTHER = "with_other"
    RESERVED = "reserved"
    TOO_MANY = "too_many"
    NO_GROUP = "no_group"
    NO_BORROWER = "no_borrower"
    LEFT = "left"
    NO_MORE_RENEWALS = "no_more_renewals"
    WAITED_FOR = "waited_for"  # no renewal while somebody waits
    JUST_DONE = "just_done"
    NOT_LENT = "not_lent"
    MANY_COPIES = "many_copies"  # an ISBN, and more than one copy may be meant
    CHANGED = "changed"  # somebody else was first; scan once more
    FOR_GROUPS = "for_groups"  # a box goes to a group or a teacher
    NONE_FREE = "none_free"  # no book of a box can go out
    LOST = "lost"  # a book of a box that is not in it
    TOO_BIG = "too_big"  # a collection of more books than go in one go


class Fix(TextChoices):
    """The one button beside a sentence."""

    ASIDE = "aside"
    MOVE = "move"
    LEND = "lend"
    RENEW = "renew"
    USE_AGAIN = "use_again"
    CHOOSE = "choose"


class MonthOrigin(TextChoices):
    """Where the figures of a month come from."""

    COUNTED = "counted", pgettext_lazy("figures of lending", "counted in Leesbouw")
    FILE = "file", pgettext_lazy("figures of lending", "from a file of another lending system")


class Regime(TextChoices):
    """Which rule of the lending right holds for loans at a school."""

    PAID = "paid", pgettext_lazy("lending right", "the government pays")
    EXEMPT = "exempt", pgettext_lazy("lending right", "free: the school itself lends")
    UNMET = "unmet", pgettext_lazy("lending right", "not all conditions are met")
    UNKNOWN = "unknown", pgettext_lazy("lending right", "not known yet")
    OUTSIDE = "outside", pgettext_lazy("lending right", "outside the arrangement")


class Away(TextChoices):
    """What one may tell of a book that does not stand on its shelf."""

    LOST = "lost", pgettext_lazy("book", "It is lost")
    REPAIR = "repair", pgettext_lazy("book", "It is broken and goes in repair")
