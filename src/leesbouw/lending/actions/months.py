"""What was lent by month: counted while a month runs, right after the links are cut, and told to the figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Min, Q, QuerySet

from leesbouw.core.access import SYSTEM, Actor
from leesbouw.core.audit import record
from leesbouw.core.db import in_chunks, update_rows, write_transaction
from leesbouw.core.time import AMSTERDAM, SchoolYear, today
from leesbouw.organisations.models import Location
from leesbouw.pupils.queries import group_of

from ..domain.months import begin_of_month, last_day, month_after, month_of, months_of
from ..enums import BorrowerKind, EndedAs, MonthOrigin
from ..models import LendingMonth, Loan
from ..queries.months import pupils_at, pupils_by_group
from .telling import tell_facts, tell_year

COUNT_JOB = "lending.count_months"
WRITTEN = ("loans", "at_home", "borrowers", "children", "is_over", "told_on")
KEPT = ("kept_loans", "kept_home", "kept_borrowers")
Key = tuple[int, int | None]  # location, and a group or the whole


@dataclass(slots=True)
class _Tally:
    """What loans of a month come to, by location and group."""

    loans: Counter[Key] = field(default_factory=Counter)
    home: Counter[Key] = field(default_factory=Counter)
    borrowers: Counter[Key] = field(default_factory=Counter)

    def keys(self) -> set[Key]:
        return {*self.loans, *self.borrowers}


def count_months(*, by: Actor, progress: Callable[[int, int], None] | None = None) -> int:
    """Counts every month that is not over, and those that ended since; then tells the figures of their school years.

    It counts for everybody, whoever asks; what leaves is decided by `indicators`. Returns how many rows were written.
    """
    on = today()
    months = months_to_count(on)
    number, years = 0, {SchoolYear.of(on)}
    for at, month in enumerate(months):
        if progress:
            progress(at, len(months))
        written = _count(month, on)
        number += written
        if written:
            years.add(SchoolYear.of(month))
    with write_transaction():
        record(by=by, verb="lending.count_months", count=number)
    for year in sorted(years):
        tell_year(year=year, by=by)
    last = SchoolYear.of(on).previous
    if last not in years:
        tell_facts(year=last, by=by)
    return number


def months_to_count(on: date) -> list[date]:
    """The months of the running school year, and in its first weeks also the last ones of the year before."""
    year = SchoolYear.of(on)
    before = months_of(year.previous, on)[-2:]
    return [*before, *months_of(year, on)]


def _count(month: date, on: date) -> int:
    there = {(row.location_id, row.group_id): row for row in _rows(month)}
    places = lending_places(month) - {
        pk
        for (pk, group), row in there.items()
        if group is None and (row.is_over or row.origin == MonthOrigin.FILE)
    }
    if not places:
        return 0
    day = min(on, last_day(month))
    sizes, pupils = pupils_by_group(places, day), pupils_at(places, day)
    linked = _linked(_of_month(month).filter(location__in=places, pupil__isnull=False).order_by(), day)
    whole = _whole(month, places)
    was_cut = set(
        _of_month(month)
        .filter(location__in=places, kind=BorrowerKind.PUPIL, pupil=None)
        .order_by()
        .values_list("location", flat=True)
    )
    rows = []
    for pk in sorted(places):
        row = there.get((pk, None)) or _new(month, (pk, None), pk not in was_cut)
        row.loans, row.at_home = whole.loans[pk, None], whole.home[pk, None]
        row.borrowers = _plus(row.kept_borrowers, linked.borrowers[pk, None])
        row.children = pupils.get(pk)
        rows.append(row)
        for group, size in sizes.get(pk, {}).items():
            if row.borrowers is None:
                continue  # of a month that began before anybody counted
            one = there.get((pk, group)) or _new(month, (pk, group), True)
            one.loans = one.kept_loans + linked.loans[pk, group]
            one.at_home = one.kept_home + linked.home[pk, group]
            one.borrowers = _plus(one.kept_borrowers, linked.borrowers[pk, group])
            one.children = size
            rows.append(one)
    for row in rows:
        row.is_over, row.told_on = on > last_day(month), on
    _write(rows)
    return len(rows)


def keep_counted(rows: Sequence[Loan]) -> None:
    """Before the link of these loans is cut: what they say of a month that is not over stays, and nobody's name.

    Called inside the write that cuts. A child counts here when this was the last that tells that it borrowed in the
    month; who borrows again later in it counts once more, which can be only where links last less than a month.
    """
    by_month: dict[date, list[Loan]] = {}
    for loan in rows:
        if loan.pupil_id is not None and loan.ended_as != EndedAs.MOVED:
            by_month.setdefault(month_of(loan.borrowed_at.astimezone(AMSTERDAM).date()), []).append(loan)
    for month, loans in by_month.items():
        _keep(month, loans)


def _keep(month: date, loans: Sequence[Loan]) -> None:
    places = {loan.location_id for loan in loans}
    there = {(row.location_id, row.group_id): row for row in _rows(month).filter(location__in=places)}
    open_places = {pk for pk in places if (row := there.get((pk, None))) is None or not row.is_over}
    loans = [loan for loan in loans if loan.location_id in open_places]
    if not loans:
        return
    going = _tally(_as_lines(loans), min(today(), last_day(month)))
    stay = _of_month(month).filter(pupil__in={loan.pupil_id for loan in loans})
    stay = stay.exclude(pk__in=[loan.pk for loan in loans]).exclude(ended_as=EndedAs.MOVED)
    staying = set(stay.order_by().values_list("location", "pupil"))
    last = _tally(
        [line for line in _as_lines(loans) if (line[0], line[1]) not in staying],
        min(today(), last_day(month)),
    )
    earlier = _cut_before(month, open_places)
    kept = []
    for key in sorted(going.keys() | {(pk, None) for pk in open_places}, key=str):
        if key[0] not in open_places:
            continue
        row = there.get(key) or _new(month, key, key[0] not in earlier)
        row.kept_loans += going.loans[key]
        row.kept_home += going.home[key]
        row.kept_borrowers = _plus(row.kept_borrowers, last.borrowers[key])
        kept.append(row)
    LendingMonth.objects.bulk_create([row for row in kept if row.pk is None])
    update_rows([row for row in kept if row.pk is not None], KEPT)


def _cut_before(month: date, places: Collection[int]) -> set[int]:
    """Where children were forgotten of this month before anybody counted it."""
    rows = _of_month(month).filter(location__in=places, kind=BorrowerKind.PUPIL, was_cut=True)
    return set(rows.order_by().values_list("location", flat=True))


Line = tuple[int, int, int, int]  # location, pupil, loans, of them home


def _as_lines(loans: Iterable[Loan]) -> list[Line]:
    number: Counter[tuple[int, int]] = Counter()
    home: Counter[tuple[int, int]] = Counter()
    for loan in loans:
        key = (loan.location_id, loan.pupil_id or 0)
        number[key] += 1
        home[key] += loan.at_home
    return [(place, pupil, number[place, pupil], home[place, pupil]) for place, pupil in number]


def _linked(loans: QuerySet[Loan], day: date) -> _Tally:
    """Of whom it is still known who borrowed."""
    found = loans.values_list("location", "pupil").annotate(n=Count("pk"), home=Count("pk", Q(at_home=True)))
    return _tally(list(found), day)


def _tally(lines: Sequence[Line], day: date) -> _Tally:
    tally = _Tally()
    groups: dict[int, int] = {}
    for chunk in in_chunks([pupil for _place, pupil, *_n in lines]):
        groups |= {pk: one.group_id for pk, one in group_of(SYSTEM, list(chunk), day).items()}
    for place, pupil, number, home in lines:
        for key in {(place, None), (place, groups.get(pupil))}:
            tally.loans[key] += number
            tally.home[key] += home
            tally.borrowers[key] += 1
    return tally


def _whole(month: date, places: Collection[int]) -> _Tally:
    """Everything that was lent, with and without a link."""
    tally = _Tally()
    found = _of_month(month).filter(location__in=places).order_by().values_list("location", "at_home")
    for place, is_home, number in found.annotate(n=Count("pk")):
        tally.loans[place, None] += number
        tally.home[place, None] += number if is_home else 0
    return tally


def _new(month: date, key: Key, is_known: bool) -> LendingMonth:
    return LendingMonth(
        location_id=key[0], group_id=key[1], month=month, kept_borrowers=0 if is_known else None
    )


def _plus(known: int | None, more: int) -> int | None:
    return None if known is None else known + more


def _write(rows: Sequence[LendingMonth]) -> None:
    for chunk in in_chunks(rows):
        with write_transaction():
            LendingMonth.objects.bulk_create([row for row in chunk if row.pk is None])
            update_rows([row for row in chunk if row.pk is not None], WRITTEN)


def lending_places(month: date) -> set[int]:
    """Where Leesbouw lent in a month or before it: there a month in which nobody borrowed counts as well."""
    year = SchoolYear.of(month)
    loans = Loan.objects.trusted("counting what was lent").filter(year__in=[year, year.previous])
    begun = loans.order_by().values_list("location").annotate(first=Min("borrowed_at"))
    known = [pk for pk, first in begun if first < begin_of_month(month_after(month))]
    return set(Location.objects.filter(pk__in=known, closed_on=None).values_list("pk", flat=True))


def _of_month(month: date) -> QuerySet[Loan]:
    rows = Loan.objects.trusted("counting what was lent").exclude(ended_as=EndedAs.MOVED)
    return rows.filter(
        borrowed_at__gte=begin_of_month(month), borrowed_at__lt=begin_of_month(month_after(month))
    )


def _rows(month: date) -> QuerySet[LendingMonth]:
    return LendingMonth.objects.trusted("counting what was lent").filter(month=month)
