"""Which of the activities for today is today's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from hashlib import sha256


def pick_of_day(codes: Sequence[str], day: date, other: int = 0) -> str:
    """One of these: the same the whole day, another one tomorrow. `other` counts how often somebody asked for another;
    those begin half a round away, so that tomorrow's still comes as a surprise."""
    mixed = sorted(codes, key=lambda code: sha256(code.encode()).digest())
    away = len(mixed) // 2 + other - 1 if other else 0
    return mixed[(day.toordinal() + away) % len(mixed)]


_NAMED = re.compile(
    r"\b(?:groep|groepen|klas|klassen|leerjaar)\s+(\d[\d\s,/\-–]*(?:(?:en|t/m|tot en met)\s+\d+[\d\s,/\-–]*)*)",
    re.I,
)
_RUN = re.compile(r"(\d+)(?:\s*(?:-|–|t/m|tot en met)\s*(\d+))?", re.I)


def says_groups(text: str, groups: Sequence[int]) -> bool:
    """Whether a line names all of these year groups itself, as “Boekpromotie in groep 3 en 4” does for 3 and 4."""
    said: set[int] = set()
    for named in _NAMED.findall(text):
        for first, last in _RUN.findall(named):
            said |= set(range(int(first), int(last or first) + 1))
    return bool(groups) and said.issuperset(groups)


def groups_in_words(groups: Sequence[int]) -> str:
    """Year groups as people write them: 1, 2, 5, 6, 7 is “1-2, 5-7”."""
    runs: list[list[int]] = []
    for group in sorted(groups):
        if runs and group == runs[-1][-1] + 1:
            runs[-1].append(group)
        else:
            runs.append([group])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
