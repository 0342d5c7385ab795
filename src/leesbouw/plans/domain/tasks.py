"""Who does which task between library and school, and whether both still agree with the list as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Accord(StrEnum):
    """Whether a side agrees with the list: with what it says now, with what it said before a change, or not yet."""

    YES = "yes"
    BEFORE = "before"
    NO = "no"


def accord_of(agreed_at: datetime | None, changes: Iterable[datetime]) -> Accord:
    """An agreement counts for the list as it was then; a change after it asks the side to look again."""
    if agreed_at is None:
        return Accord.NO
    return Accord.BEFORE if any(changed_at > agreed_at for changed_at in changes) else Accord.YES


@dataclass(frozen=True, slots=True)
class Said:
    """What a list says about one task: whose it is ("" when nobody does it here), and in a note how."""

    side: str
    note: str = ""


def changed_tasks(before: Mapping[str, Said], after: Mapping[str, Said]) -> set[str]:
    """The codes of tasks about which two lists say something different, or of which only one speaks."""
    return {code for code in before.keys() | after.keys() if before.get(code) != after.get(code)}
