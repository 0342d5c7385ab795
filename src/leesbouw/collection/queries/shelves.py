"""What stands at a school beside the norm and the profile that was chosen, and how the school is provided with books."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from leesbouw.accounts.queries import names_of_users
from leesbouw.core.access import Actor
from leesbouw.core.content import Body, all_current, content_kinds, current
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.enums import Sector, UnitKind
from leesbouw.organisations.models import Location, LocationYear

from ..domain import Ages, LendingRight, Mix, Standing, ages_of, books_short, category_of, mixed, standing_of
from ..domain.shelves import A_YEAR
from ..enums import FIXED, Category, CopyStatus, GoesHome, HolderOf, LoanSystem, Owner, Part, ProvisionWay
from ..models import Copy, Exclusion, Provision
from ..permissions import EDIT_PROVISION

PARAMETERS, CODE, PROFILES = "parameters", "collection", "collection-profile"


class NormBody(Body):
    """Books of the fixed collection per pupil: at least `low`, rather `high`. `ours`: no source says so but we."""

    sectors: tuple[str, ...]
    low: float
    high: float
    source: str
    ours: bool


class CollectionParameters(Body):
    """When a book is a reason to look at: years since it came, years not lent, copies of one title; and which share a
    year one renews."""

    old_years: int
    unlent_years: int
    most_alike: int
    renewal: float
    norms: tuple[NormBody, ...]


class ProfileBody(Body):
    """What a shelf should be made of: shares (0-1) by category."""

    name: str
    about: str
    sectors: tuple[str, ...]
    shares: dict[Category, float]


content_kinds.add(f"{PARAMETERS}/{CODE}", CollectionParameters)
content_kinds.add(PROFILES, ProfileBody)


def collection_parameters() -> CollectionParameters:
    return current(PARAMETERS, CODE).body  # type: ignore[no-any-return]


def norm_of(sector: str) -> NormBody | None:
    """The norm for a kind of school; None where there is none."""
    return next((one for one in collection_parameters().norms if sector in one.sectors), None)


def profiles_of(sector: str) -> dict[str, ProfileBody]:
    """The profiles that a kind of school can choose, by code; the first holds where nobody chose."""
    known = sorted(all_current(PROFILES).items())
    return {code: item.body for code, item in known if sector in item.body.sectors}


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there are of a part or owner."""

    label: str
    number: int
    share: float


@dataclass(frozen=True, slots=True)
class Shelf:
    """What stands at one school or child care. `children`: pupils, or child places in child care; None is unknown.
    `fixed` leaves out what rotates."""

    location: Location
    copies: int
    fixed: int
    children: int | None
    norm: NormBody | None

    @property
    def per_child(self) -> float | None:
        return self.fixed / self.children if self.children else None

    @property
    def standing(self) -> Standing | None:
        if self.per_child is None or self.norm is None:
            return None
        return standing_of(self.per_child, self.norm.low, self.norm.high)

    @property
    def short(self) -> int:
        """How many books must come for the lower end of the norm."""
        if not self.children or self.norm is None:
            return 0
        return books_short(self.fixed, self.children, self.norm.low)


@dataclass(frozen=True, slots=True)
class ShelfReport(Shelf):
    """The same with its age, its parts and owners, and what it is made of beside a profile."""

    ages: Ages
    weeded: int
    parts: list[Counted]
    owners: list[Counted]
    profile_code: str
    profile: ProfileBody | None
    mix: list[Mix]

    @property
    def weeded_share(self) -> float | None:
        there = self.copies + self.weeded
        return self.weeded / there if there else None

    @property
    def renewal_percent(self) -> int:
        return round((self.ages.renewal or 0) * 100)

    @property
    def weeded_percent(self) -> int:
        return round((self.weeded_share or 0) * 100)

    @property
    def gaps(self) -> list[Mix]:
        """Of what there is clearly too little, the widest gap first."""
        return sorted((one for one in self.mix if one.is_short), key=lambda one: -one.gap)


def shelf_report(actor: Actor, location: Location, year: SchoolYear) -> ShelfReport:
    """What stands at a location today, beside the norm of its sector and the profile that was chosen."""
    rows = Copy.objects.visible_to(actor).filter(location=location)
    in_use = rows.filter(status=CopyStatus.IN_USE)
    fixed = in_use.filter(part__in=FIXED)
    parts = _by(in_use, "part")
    owners = _by(in_use, "owner")
    total = sum(parts.values())
    holds = provision_of(actor, location)
    profiles = profiles_of(location.sector)
    code = holds.profile if holds and holds.profile in profiles else next(iter(profiles), "")
    profile = profiles.get(code)
    return ShelfReport(
        location=location,
        copies=total,
        fixed=sum(parts[part] for part in FIXED),
        children=children_at(actor, location, year),
        norm=norm_of(location.sector),
        ages=ages_of(fixed.order_by().values_list("acquired_on").annotate(number=Count("pk")), today()),
        weeded=rows.filter(status=CopyStatus.WITHDRAWN, status_on__gte=today() - A_YEAR).count(),
        parts=list(_counted(Part, parts, total)),
        owners=list(_counted(Owner, owners, total)),
        profile_code=code,
        profile=profile,
        mix=mixed(
            _mix(fixed), {one.value: share for one, share in profile.shares.items()} if profile else {}
        ),
    )


def _by(rows: QuerySet[Copy], field: str) -> Counter[str]:
    return Counter(dict(rows.order_by().values_list(field).annotate(number=Count("pk"))))


def _counted(words: type[Part | Owner], numbers: Counter[str], total: int) -> Iterator[Counted]:
    for one in words:
        if numbers[one]:
            yield Counted(str(one.label), numbers[one], numbers[one] / total)


def _mix(rows: QuerySet[Copy]) -> Counter[Category]:
    found: Counter[Category] = Counter()
    columns = ("title__kind", "title__age_band", "title__language")
    for kind, band, language, number in rows.order_by().values_list(*columns).annotate(number=Count("pk")):
        found[category_of(kind, band, language)] += number
    return found


def children_at(actor: Actor, location: Location, year: SchoolYear) -> int | None:
    """Pupils of a school in a year, or of the last year that was counted; in child care the child places."""
    if location.sector == Sector.CHILDCARE:
        return location.places
    counted = LocationYear.objects.visible_to(actor).filter(location=location, year__lte=year)
    row = counted.exclude(pupils=None).order_by("-year").first()
    return row.pupils if row else None


@dataclass(frozen=True, slots=True)
class ShelfSums:
    """The raw numbers of a location from which its figures are made."""

    copies: int
    fixed: int
    weeded: int
    ages: Ages


def shelf_sums(actor: Actor, library_id: int | None = None) -> dict[int, ShelfSums]:
    """The numbers of every location where copies stand, or those of one library, in two questions. The first reads one
    index in its own order: all copies of a library are many."""
    rows = Copy.objects.visible_to(actor).exclude(location=None).order_by()
    rows = rows if library_id is None else rows.filter(library=library_id)
    copies: Counter[int] = Counter()
    came: defaultdict[int, list[tuple[date, int]]] = defaultdict(list)
    counted = rows.values_list("location", "status", "part", "acquired_on").annotate(number=Count("pk"))
    for pk, status, part, day, number in counted:
        copies[pk] += number if status == CopyStatus.IN_USE else 0
        if status == CopyStatus.IN_USE and part in FIXED:
            came[pk].append((day, number))
    lately = rows.filter(status=CopyStatus.WITHDRAWN, status_on__gte=today() - A_YEAR)
    weeded = dict(lately.values_list("location").annotate(number=Count("pk")))
    found = {}
    for pk in copies:
        ages = ages_of(came.get(pk, ()), today())
        found[pk] = ShelfSums(copies[pk], ages.copies, weeded.get(pk, 0), ages)
    return found


def children_of(actor: Actor, locations: Collection[int], year: SchoolYear) -> dict[int, int]:
    """Pupils or child places by location, of those where they are known."""
    counted = LocationYear.objects.visible_to(actor).filter(location__in=locations, year__lte=year)
    found = dict(counted.order_by("year").exclude(pupils=None).values_list("location", "pupils"))
    care = Location.objects.filter(pk__in=locations, sector=Sector.CHILDCARE)
    found |= dict(care.values_list("pk", "places"))
    return {pk: number for pk, number in found.items() if number is not None}


def shelves_of(actor: Actor, library_id: int, year: SchoolYear) -> list[Shelf]:
    """Every place where copies of a library stand, by name, with the norm of its kind of school."""
    sums = shelf_sums(actor, library_id)
    children = children_of(actor, sums, year)
    norms = {sector: norm_of(sector) for sector in Sector.values}
    places = Location.objects.visible_to(actor).filter(pk__in=list(sums)).order_by("name")
    return [
        Shelf(one, sums[one.pk].copies, sums[one.pk].fixed, children.get(one.pk), norms[one.sector])
        for one in places
        if sums[one.pk].copies
    ]


def provision_of(actor: Actor, location: Location) -> Provision | None:
    """How a location is provided with books today; None while nobody wrote it down."""
    return Provision.objects.visible_to(actor).filter(location=location).order_by("-pk").first()


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed at a moment, by whom, in words."""

    row: Provision
    by: str
    ways: list[str]

    @property
    def review_is_due(self) -> bool:
        return self.row.review_on is not None and self.row.review_on <= today()


def provisions_of(actor: Actor, location: Location) -> list[Agreed]:
    """All that was agreed about the books of a location, the newest first."""
    rows = list(Provision.objects.visible_to(actor).filter(location=location).order_by("-pk")[:20])
    names = names_of_users({row.by_user_id for row in rows if row.by_user_id})
    words = dict(ProvisionWay.choices)
    return [
        Agreed(row, names.get(row.by_user_id or 0, ""), [str(words[one]) for one in row.ways if one in words])
        for row in rows
    ]


def exclusions_of(actor: Actor, location: Location) -> QuerySet[Exclusion]:
    """What a location does not want on its shelf today."""
    return Exclusion.objects.visible_to(actor).filter(location=location, ended_on=None)


def lending_right(holds: Provision | None) -> LendingRight:
    """The three conditions, as far as they were written down."""
    if holds is None:
        return LendingRight(None, None, None)
    return LendingRight(
        holds.responsible == HolderOf.LIBRARY,
        None if not holds.system else holds.system != LoanSystem.NONE,
        None if not holds.goes_home else holds.goes_home == GoesHome.YES,
    )


def may_edit_provision(actor: Actor, location: Location) -> bool:
    """Who agrees on it: the school itself, and the library that works with it."""
    near = actor.unit_kind in {UnitKind.LOCATION, UnitKind.LIBRARY, UnitKind.BRANCH}
    return near and actor.may(EDIT_PROVISION) and location.pk in actor.locations
