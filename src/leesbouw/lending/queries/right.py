"""Loans for the lending right: titles and numbers by school, and never who borrowed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leesbouw.collection.enums import LoanSystem, Owner
from leesbouw.collection.models import Provision, Title
from leesbouw.collection.queries import lending_right
from leesbouw.core.access import Actor
from leesbouw.core.db import in_chunks
from leesbouw.core.time import AMSTERDAM, SchoolYear
from leesbouw.organisations.models import Location, Partnership
from leesbouw.rendering.sheets import Column, Kind, Sheet

from ..domain.right import regime_of
from ..enums import EndedAs, Regime
from ..models import Loan

CONDITIONS = (
    gettext_lazy("the library is not responsible for lending"),
    gettext_lazy("loans stand in no lending system"),
    gettext_lazy("books do not go home"),
)
UNKNOWN = (
    gettext_lazy("nobody wrote down who is responsible for lending"),
    gettext_lazy("nobody wrote down where loans stand"),
    gettext_lazy("nobody wrote down whether books go home"),
)


@dataclass(frozen=True, slots=True)
class RightLine:
    """A school of a library in a year: which rule holds, why, and how many books were lent by owner."""

    place: Location
    regime: Regime
    why: list[str]
    of_library: int
    of_school: int
    is_elsewhere: bool  # loans stand in another lending system

    @property
    def counts(self) -> bool:
        return self.regime == Regime.PAID


def right_lines(actor: Actor, library_id: int, year: SchoolYear) -> list[RightLine]:
    """Every school that worked with a library in a year. Three queries, whatever the number of schools."""
    places = list(_places(actor, library_id, year))
    agreed = _agreed(actor, places, year)
    counted = (
        _loans(year, places)
        .values_list("location")
        .annotate(library=Count("pk", Q(owner=Owner.LIBRARY)), school=Count("pk", Q(owner=Owner.SCHOOL)))
    )
    numbers = {pk: (library, school) for pk, library, school in counted}
    return [_line(place, agreed.get(place.pk), numbers.get(place.pk, (0, 0))) for place in places]


def _places(actor: Actor, library_id: int, year: SchoolYear) -> QuerySet[Location]:
    there = Partnership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=year.starts_on), library=library_id, starts_on__lte=year.ends_on
    )
    rows = Location.objects.visible_to(actor).filter(pk__in=there.order_by().values("location"))
    return rows.order_by("name", "pk")


def _agreed(actor: Actor, places: Sequence[Location], year: SchoolYear) -> dict[int, Provision]:
    """What held at the end of the year, or holds now."""
    end = datetime.combine(year.ends_on, time.max, tzinfo=AMSTERDAM)
    rows = Provision.objects.visible_to(actor).filter(location__in=places, set_at__lte=end)
    return {row.location_id: row for row in rows.order_by("pk")}


def _loans(year: SchoolYear, places: Sequence[Location]) -> QuerySet[Loan]:
    """A renewal is no loan, and neither is a book that went on to somebody else before it came back."""
    rows = Loan.objects.trusted("lending right: titles and numbers, and no borrower")
    return rows.filter(year=year, location__in=places).exclude(ended_as=EndedAs.MOVED).order_by()


def _line(place: Location, agreed: Provision | None, numbers: tuple[int, int]) -> RightLine:
    right = lending_right(agreed)
    regime = regime_of(agreed.responsible if agreed else "", right) if place.is_school else Regime.OUTSIDE
    why = []
    if regime in (Regime.UNMET, Regime.UNKNOWN):
        for met, no, unknown in zip(right.conditions, CONDITIONS, UNKNOWN, strict=True):
            if not met:
                why.append(str(unknown if met is None else no))
    if regime == Regime.OUTSIDE:
        why.append(_("child care is no school"))
    return RightLine(place, regime, why, *numbers, bool(agreed and agreed.system == LoanSystem.OTHER))


def right_sheet(actor: Actor, library_id: int, year: SchoolYear) -> Sheet:
    """The export of a year: a row for each title at each school."""
    columns = [
        Column(_("School year")),
        Column(_("Number of the school"), Kind.ID),
        Column(_("School")),
        Column(_("Lending right")),
        Column(_("Owner of the books")),
        Column(_("ISBN"), Kind.ID),
        Column(_("Title")),
        Column(_("By")),
        Column(_("Loans"), Kind.NUMBER),
    ]
    return Sheet(_("Lending right"), columns, _rows(actor, library_id, year))


def _rows(actor: Actor, library_id: int, year: SchoolYear) -> Iterator[Sequence[Any]]:
    lines = right_lines(actor, library_id, year)
    owners = dict(Owner.choices)
    for line in lines:
        found = _loans(year, [line.place]).values_list("title", "owner").annotate(number=Count("pk"))
        for chunk in in_chunks(list(found.order_by("title", "owner"))):
            titles = Title.objects.in_bulk([pk for pk, _owner, _number in chunk])
            for pk, owner, number in chunk:
                title = titles[pk]
                yield [
                    str(year),
                    line.place.code,
                    line.place.name,
                    str(line.regime.label),
                    str(owners[owner]),
                    title.isbn,
                    title.title,
                    "; ".join(title.authors),
                    number,
                ]
