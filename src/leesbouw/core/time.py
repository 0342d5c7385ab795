"""Days, school years and periods. Instants are stored in UTC and shown in Amsterdam time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import total_ordering
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models.expressions import Combinable
from django.utils import timezone

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FIRST_MONTH = 8  # a school year starts on 1 August
READABLE = (1920, 2180)  # school years that one can ask for: the years around them exist too


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """Today's date in the Netherlands."""
    return now().astimezone(AMSTERDAM).date()


@total_ordering
@dataclass(frozen=True, slots=True)
class SchoolYear:
    """A Dutch school year, named by the calendar year in which it starts: 2026 is 2026-2027."""

    first: int

    def __post_init__(self) -> None:
        if not 1900 <= self.first <= 2200:
            raise ValueError(f"not a school year: {self.first}")

    @classmethod
    def of(cls, day: date) -> SchoolYear:
        return cls(day.year if day.month >= FIRST_MONTH else day.year - 1)

    @classmethod
    def running(cls) -> SchoolYear:
        return cls.of(today())

    @classmethod
    def parse(cls, text: str) -> SchoolYear:
        """Reads "2026-2027", "2026/2027", "2026-27" or "2026". Raises ValueError."""
        match = re.fullmatch(r"\s*(\d{4})(?:\s*[-/–]\s*(\d{2}|\d{4}))?\s*", text)
        if not match:
            raise ValueError(f"not a school year: {text!r}")
        first = int(match[1])
        if match[2] and int(match[2]) % 100 != (first + 1) % 100:
            raise ValueError(f"not a school year: {text!r}")
        if not READABLE[0] <= first <= READABLE[1]:
            raise ValueError(f"too far away to look at the years around it: {text!r}")
        return cls(first)

    @property
    def starts_on(self) -> date:
        return date(self.first, FIRST_MONTH, 1)

    @property
    def ends_on(self) -> date:
        return date(self.first + 1, FIRST_MONTH, 1) - timedelta(days=1)

    @property
    def previous(self) -> SchoolYear:
        return SchoolYear(self.first - 1)

    @property
    def next(self) -> SchoolYear:
        return SchoolYear(self.first + 1)

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    def __lt__(self, other: SchoolYear) -> bool:
        return self.first < other.first

    def __str__(self) -> str:
        return f"{self.first}-{self.first + 1}"


class SchoolYearField(models.PositiveSmallIntegerField):
    """Stores a SchoolYear as the calendar year in which it starts."""

    # what the type checker reads of a field (django-stubs)
    _pyi_private_get_type: SchoolYear  # type: ignore[assignment]
    _pyi_private_set_type: SchoolYear | Combinable  # type: ignore[assignment]

    def from_db_value(self, value: int | None, *_: Any) -> SchoolYear | None:
        return None if value is None else SchoolYear(value)

    def to_python(self, value: Any) -> SchoolYear | None:
        if value is None or isinstance(value, SchoolYear):
            return value
        return SchoolYear(value) if isinstance(value, int) else SchoolYear.parse(str(value))

    def get_prep_value(self, value: Any) -> int | None:
        year = self.to_python(value)
        return None if year is None else year.first

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both included; an open end is None."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError("a period cannot end before it starts")

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


def on_day(day: date, *, start: str = "starts_on", end: str = "ends_on") -> models.Q:
    """A filter for rows that hold on `day`; an empty end means "still"."""
    return models.Q(**{f"{start}__lte": day}) & (
        models.Q(**{f"{end}__isnull": True}) | models.Q(**{f"{end}__gte": day})
    )


def years_around(year: SchoolYear, *, before: int = 2, after: int = 1) -> Iterator[SchoolYear]:
    """The years a switcher offers, newest first."""
    for first in range(year.first + after, year.first - before - 1, -1):
        yield SchoolYear(first)
