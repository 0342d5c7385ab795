"""The list behind a personal link: for which year group, what is known already, and what may be taken over after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.core import signing
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear, today
from leesbouw.indicators.queries import facts
from leesbouw.organisations.models import ClassGroup, Location, LocationYear
from leesbouw.organisations.queries import partnership_for

from ..domain.answers import Answers, is_skipped
from ..domain.doors import new_receipt
from ..enums import Respondent
from ..models import Participation, PersonalLink
from .doors import holder_of, other_links
from .lists import AskedList, asked_list

SALT = "monitor.copy"
COPY_LASTS = 2 * 60 * 60  # seconds
WEEKS = 40  # of school in a year: hours a year → hours a week
TYPED = {"number", "hours", "grade"}


def list_of_link(link: PersonalLink, year_group: int | None = None) -> AskedList:
    """What is asked of who holds this link; of a combination group first its lowest year group."""
    asked = asked_list(link.participation, link.respondent, link.group)
    if year_group in asked.year_groups:
        return replace(asked, year_groups=(year_group,))
    return replace(asked, year_groups=asked.year_groups[:1])


# What is known already


@dataclass(frozen=True, slots=True)
class Known:
    """An answer that the system proposes, as a form sends it, and where it comes from in words."""

    value: str
    origin: str


def known_answers(link: PersonalLink, asked: AskedList) -> dict[str, Known]:
    """Item → what is known of it. Nothing of it is stored until somebody sends the list.

    What the house knows today goes before what was told in the list of last year.
    """
    if not any(item.fact for item in asked.items):
        return {}
    actor, one = holder_of(link), link.participation
    year: SchoolYear = one.round.year  # type: ignore[assignment]
    known = {**dict(_told(actor, one.location, year)), **dict(_found(actor, one))}
    return {item.code: known[item.fact] for item in asked.items if item.fact in known}


def _told(actor: Actor, location: Location, year: SchoolYear) -> Iterator[tuple[str, Known]]:
    """Facts of last year and this one, the newest last."""
    for at in (year.previous, year):
        for code, fact in facts(actor, location, at).items():
            if fact.number is not None:
                yield code, Known(f"{fact.number.normalize():f}".replace(".", ","), fact.origin)


def _found(actor: Actor, one: Participation) -> Iterator[tuple[str, Known]]:
    year, location = one.round.year, one.location
    figures = LocationYear.objects.visible_to(actor).filter(location=location, year=year).first()
    if figures is not None and figures.pupils is not None:
        yield "pupils", Known(str(figures.pupils), _counted(figures.counted_on))
    if figures is not None and figures.weight is not None:
        weight = str(int(figures.weight.to_integral_value()))
        yield "school-weight", Known(weight, _("from the figures of this school year"))
    groups = ClassGroup.objects.visible_to(actor).filter(location=location, year=year).count()
    if groups:
        yield "groups", Known(str(groups), _("counted in Leesbouw"))
    if location.places:
        yield "places", Known(str(location.places), _("from the register of child care"))
    partnership = partnership_for(actor, location)
    if partnership is None:
        return
    origin = _("from the partnership, since %(day)s") % {"day": date_format(partnership.starts_on, "j F Y")}
    yield "partnership-since", Known(str(partnership.starts_on.year), origin)
    if partnership.hours_per_year is not None:
        half = int(partnership.hours_per_year / WEEKS * 2 + Decimal("0.5")) / Decimal(2)
        yield "consultant-hours", Known(f"{half.normalize():f}".replace(".", ","), origin)
    if partnership.agreed_until is not None:
        holds = partnership.agreed_until >= today()
        until = _("from the partnership, agreed until %(day)s") % {
            "day": date_format(partnership.agreed_until, "j F Y")
        }
        yield "agreement", Known("3" if holds else "1", until)


def _counted(day: date | None) -> str:
    if day is None:
        return _("from the figures of this school year")
    return _("from the count of %(day)s") % {"day": date_format(day, "j F Y")}


def unread(asked: AskedList, form: Mapping[str, Sequence[str]], answers: Answers) -> list[str]:
    """Numbers that somebody typed and that are no answer, so that she can mend them before anything is stored."""
    skipped: set[str] = set()
    wrong = []
    for item in asked.items:
        if is_skipped(item, answers.coded, skipped):
            skipped.add(item.code)
        elif (
            item.kind in TYPED and item.code not in answers.coded and "".join(form.get(item.code, ())).strip()
        ):
            wrong.append(item.code)
    return wrong


# Taking over


@dataclass(frozen=True, slots=True)
class Copy:
    """The right to send one list more: of the same link for another year group, or of the same person's other link.

    It is signed and held by the browser alone; `receipt` makes that it is stored once. `rest` are the copies after it.
    """

    link_id: int
    year_group: int | None
    receipt: str
    is_same_link: bool
    label: str
    rest: tuple[tuple[int, int | None, bool, str], ...] = ()

    def signed(self) -> str:
        parts = (self.link_id, self.year_group, self.receipt, self.is_same_link, self.label, self.rest)
        return signing.dumps(parts, salt=SALT, compress=True)


def read_copy(ticket: str) -> Copy | None:
    """The copy of a ticket, two hours long."""
    try:
        *parts, rest = signing.loads(ticket, salt=SALT, max_age=COPY_LASTS)
    except signing.BadSignature:
        return None
    return Copy(*parts, rest=tuple(tuple(one) for one in rest))  # type: ignore[arg-type]


def copies_after(link: PersonalLink) -> Copy | None:
    """What a teacher may take her answers over for, after her first list; None when that was all."""
    if link.respondent != Respondent.TEACHER or link.group is None:
        return None
    years = asked_list(link.participation, link.respondent, link.group).year_groups
    chances: list[tuple[int, int | None, bool, str]] = [
        (link.pk, year, True, _("year group %(number)s") % {"number": year}) for year in years[1:]
    ]
    for other in other_links(link):
        assert other.group is not None
        chances.append((other.pk, None, False, other.group.name))
    return _next(tuple(chances))


def copies_left(copy: Copy) -> Copy | None:
    return _next(copy.rest)


def _next(chances: tuple[tuple[int, int | None, bool, str], ...]) -> Copy | None:
    if not chances:
        return None
    link_id, year, same, label = chances[0]
    return Copy(link_id, year, new_receipt(), same, label, chances[1:])
