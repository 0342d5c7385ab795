"""From year plans to a diary: for each visit that the plans ask the day and hour that fit best, or why none does.

One after the other, the narrowest period first: each visit goes to the free day nearest to the day that spreads the
visits of its activity evenly, and if it can to a day on which one is at that school already or near it. A person then shifts,
splits or drops what is proposed; this is help, not a decision.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum

STEP = 15  # minutes: visits begin on a quarter
SAME_SCHOOL = 3  # days that a visit may lie further off when one is at that school then anyway
NEARBY = 1  # days that a visit may lie further off when one is in that neighbourhood then
AGAIN = 7  # days that a visit may lie further off so that one activity is not twice at a school on one day


class Refusal(StrEnum):
    """Why a visit got no place."""

    OVER = "over"  # its period is over
    LONG = "long"  # longer than a working day
    FULL = "full"  # no free day in its period


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How somebody works: `days` are ISO weekdays, `most` visits a day; minutes of travel between two schools in one
    municipality, `near` in one neighbourhood and `far` in two municipalities, None for as long as in one."""

    days: frozenset[int]
    begins: time
    ends: time
    most: int
    travel: int
    near: int | None = None
    far: int | None = None

    @property
    def first(self) -> int:
        return _minute(self.begins)

    @property
    def last(self) -> int:
        return _minute(self.ends)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a school lies: its neighbourhood and municipality, empty where that is not known."""

    area: str = ""
    municipality: int | None = None


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Map:
    """Where each school lies, and the days on which it is closed apart from those on which all are."""

    places: Mapping[int, Place] = field(default_factory=dict)
    closed: Mapping[int, Collection[date]] = field(default_factory=dict)

    def are_near(self, one: int, other: int) -> bool:
        first, second = self.places.get(one, NOWHERE), self.places.get(other, NOWHERE)
        return bool(first.area) and first.area == second.area

    def minutes(self, rhythm: Rhythm, one: int, other: int) -> int:
        """How long one travels from one school to the other."""
        if one == other:
            return 0
        if self.are_near(one, other):
            return rhythm.travel if rhythm.near is None else rhythm.near
        first, second = self.places.get(one, NOWHERE), self.places.get(other, NOWHERE)
        apart = None not in (first.municipality, second.municipality)
        if apart and first.municipality != second.municipality and rhythm.far is not None:
            return rhythm.far
        return rhythm.travel


@dataclass(frozen=True, slots=True)
class Wish:
    """A visit that a plan asks: `minutes` long, between two days, as near to `best` as can be. `key`: its activity."""

    key: int
    unit: int
    minutes: int
    first: date
    last: date
    best: date


@dataclass(frozen=True, slots=True)
class Slot:
    """A piece of a day, in minutes since midnight, at a unit."""

    unit: int
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """What became of a wish: a day with its first and last minute, or a refusal."""

    wish: Wish
    day: date | None = None
    begin: int = 0
    refusal: Refusal | None = None

    @property
    def end(self) -> int:
        return self.begin + self.wish.minutes


@dataclass(slots=True)
class _Diary:
    rhythm: Rhythm
    closed: Collection[date]
    map: Map
    taken: dict[date, list[Slot]] = field(default_factory=dict)
    proposed: set[tuple[date, int]] = field(default_factory=set)  # days with activities that got a place

    def begin_on(self, day: date, wish: Wish) -> int | None:
        """The first minute at which a visit fits on a day; None where it does not."""
        slots = self.taken.get(day, [])
        if day.isoweekday() not in self.rhythm.days or len(slots) >= self.rhythm.most:
            return None
        if day in self.closed or day in self.map.closed.get(wish.unit, ()):
            return None
        for begin in range(self.rhythm.first, self.rhythm.last - wish.minutes + 1, STEP):
            if all(self._apart(slot, wish.unit, begin, begin + wish.minutes) for slot in slots):
                return begin
        return None

    def _apart(self, slot: Slot, unit: int, begin: int, end: int) -> bool:
        """Between two schools one travels; at one school a visit may follow at once."""
        gap = self.map.minutes(self.rhythm, slot.unit, unit)
        return end + gap <= slot.begin or slot.end + gap <= begin

    def is_at(self, day: date, unit: int) -> bool:
        return any(slot.unit == unit for slot in self.taken.get(day, []))

    def is_near(self, day: date, unit: int) -> bool:
        return any(self.map.are_near(slot.unit, unit) for slot in self.taken.get(day, []))

    def take(self, day: date, slot: Slot) -> None:
        self.taken.setdefault(day, []).append(slot)


def propose(
    wishes: Iterable[Wish],
    rhythm: Rhythm,
    busy: Iterable[tuple[date, Slot]],
    closed: Collection[date],
    *,
    today: date,
    where: Map | None = None,
) -> list[Found]:
    """A place for each wish, in the order of the wishes. Nothing is proposed before tomorrow or on a closed day."""
    diary = _Diary(rhythm, closed, where or Map())
    for day, slot in busy:
        diary.take(day, slot)
    wishes = list(wishes)
    narrow = sorted(
        range(len(wishes)), key=lambda at: (wishes[at].last - wishes[at].first, wishes[at].best, at)
    )
    found: dict[int, Found] = {at: _place(wishes[at], diary, today) for at in narrow}
    return [found[at] for at in range(len(wishes))]


def _place(wish: Wish, diary: _Diary, today: date) -> Found:
    first = max(wish.first, today + timedelta(days=1))
    if first > wish.last:
        return Found(wish, refusal=Refusal.OVER)
    if wish.minutes > diary.rhythm.last - diary.rhythm.first:
        return Found(wish, refusal=Refusal.LONG)
    best: tuple[int, date, int] | None = None
    for day in _outward(min(max(wish.best, first), wish.last), first, wish.last):
        far = abs((day - wish.best).days)
        if best is not None and far - SAME_SCHOOL > best[0]:
            break  # no later day can win any more
        begin = diary.begin_on(day, wish)
        if begin is None:
            continue
        cost = far - _drawn(diary, day, wish.unit)
        if (day, wish.key) in diary.proposed:
            cost = far + AGAIN
        if best is None or cost < best[0]:
            best = (cost, day, begin)
    if best is None:
        return Found(wish, refusal=Refusal.FULL)
    _cost, day, begin = best
    diary.take(day, Slot(wish.unit, begin, begin + wish.minutes))
    diary.proposed.add((day, wish.key))
    return Found(wish, day, begin)


def _drawn(diary: _Diary, day: date, unit: int) -> int:
    """How many days further off a visit may lie since one is there, or near it, on that day anyway."""
    if diary.is_at(day, unit):
        return SAME_SCHOOL
    return NEARBY if diary.is_near(day, unit) else 0


def _outward(middle: date, first: date, last: date) -> Iterable[date]:
    """The days of a period, the nearest to the middle first."""
    yield middle
    for step in range(1, (last - first).days + 1):
        for day in (middle + timedelta(days=step), middle - timedelta(days=step)):
            if first <= day <= last:
                yield day


def spread(first: date, last: date, times: int) -> Sequence[date]:
    """The days that divide a period evenly: one in the middle, two at a quarter and three quarters, and so on."""
    length = (last - first).days
    return [first + timedelta(days=round(length * (2 * at + 1) / (2 * times))) for at in range(times)]


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def public_holidays(year: int) -> list[date]:
    """The days in a calendar year on which schools are closed everywhere (Algemene termijnenwet, article 3)."""
    easter = _easter(year)
    king = date(year, 4, 27)
    return [
        date(year, 1, 1),
        easter + timedelta(days=1),
        king - timedelta(days=1) if king.isoweekday() == 7 else king,
        easter + timedelta(days=39),
        easter + timedelta(days=50),
        date(year, 12, 25),
        date(year, 12, 26),
    ]


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the computation of Butcher and Meeus)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * e) // 451
    month, day = divmod(h + e - 7 * m + 114, 31)
    return date(year, month, day + 1)
