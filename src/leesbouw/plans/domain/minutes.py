"""Minutes a week that a group reads: what was agreed beside what the timetable has."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WeekMinutes:
    """`real` is None while nobody told what the timetable has."""

    agreed: int
    real: int | None

    def __add__(self, other: WeekMinutes) -> WeekMinutes:
        """Together; not known as long as one of them is not."""
        known = None if self.real is None or other.real is None else self.real + other.real
        return WeekMinutes(self.agreed + other.agreed, known)

    @property
    def short(self) -> int:
        """How many minutes the timetable has less than was agreed; 0 when it has enough or nobody knows."""
        return 0 if self.real is None else max(0, self.agreed - self.real)

    @property
    def is_kept(self) -> bool:
        """Whether the timetable is known and has at least what was agreed."""
        return self.real is not None and self.real >= self.agreed
