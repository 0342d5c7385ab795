"""How long things are kept: what the content says, unless somebody here changed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leesbouw.core.content import Body, Status, content_kinds, current
from leesbouw.core.registry import counts
from leesbouw.core.time import today

from ..domain import in_years, limit_of
from ..enums import KEPT
from ..models import RetentionTerm

KIND, CODE = "parameters", "retention"


class TermBody(Body):
    """How long one kind of data is kept: `days` after `after`; it may be changed between `least` and `most`."""

    code: str
    label: str
    after: str
    days: int
    least: int
    most: int
    status: Status
    source: str
    why: str


class TermsBody(Body):
    terms: tuple[TermBody, ...]


content_kinds.add(f"{KIND}/{CODE}", TermsBody)


@dataclass(frozen=True, slots=True)
class Term:
    """A term as it holds now. `changed` is the row that makes it differ from the content."""

    body: TermBody
    changed: RetentionTerm | None

    @property
    def code(self) -> str:
        return self.body.code

    @property
    def days(self) -> int:
        return self.changed.days if self.changed else self.body.days

    @property
    def length(self) -> str:
        """ "2 years", "14 days"."""
        return length_words(self.days)

    @property
    def words(self) -> str:
        """ "2 years after somebody left"."""
        return f"{self.length} {self.body.after}"

    @property
    def is_fixed(self) -> bool:
        return self.body.least == self.body.most

    @property
    def limit(self) -> date:
        """What ended before this day goes today."""
        return limit_of(today(), self.days)


def length_words(days: int) -> str:
    """A number of days in words: whole years where it is that."""
    years = in_years(days)
    if years:
        return ngettext("%(number)s year", "%(number)s years", years) % {"number": years}
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}


def term_bodies() -> dict[str, TermBody]:
    """Every term of the content by its code."""
    return {body.code: body for body in current(KIND, CODE).body.terms}


def terms_in_force() -> dict[str, Term]:
    """Every term by its code, as it holds today; one question to the database."""
    changed: dict[str, RetentionTerm] = {}
    for row in RetentionTerm.objects.filter(revoked_at=None).order_by("pk"):
        changed[row.code] = row
    return {code: Term(body, changed.get(code)) for code, body in term_bodies().items()}


def term_in_force(code: str) -> Term:
    """Raises LookupError for a code that the content does not know."""
    return terms_in_force()[code]


def kept_words(kept: str, terms: dict[str, Term]) -> str:
    """How long, in words, of what a model's Privacy class calls `kept`: a term, or "with …" what it belongs to."""
    term = terms.get(kept)
    return term.words if term else str(KEPT.get(kept, kept))


def may_change_here() -> bool:
    """Whether a library may change terms: they hold for the whole installation, so not when there are others in it."""
    libraries: Any = counts.get("library")
    return libraries is None or libraries() <= 1


def note_for_many() -> str:
    return _("These terms hold for every library of this installation. Whoever runs it changes them.")
