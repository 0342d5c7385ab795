"""What a desk sends: a list of what happened there, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..enums import Mode, Why
from .borrowers import Borrower

MOST = 50  # at a time; a long queue comes in pieces
KINDS = ("scan", "choose", "undo")


@dataclass(frozen=True, slots=True)
class Sent:
    """One thing that happened. `request` is made by the desk and makes sending it twice harmless."""

    request: str
    kind: str
    code: str = ""
    borrower: Borrower | None = None
    mode: Mode = Mode.LEND
    allowed: frozenset[Why] = frozenset()
    at: datetime | None = None


def read_entries(data: Any) -> list[Sent]:
    """The entries of a request. Raises ValueError for anything that no desk of ours sends."""
    rows = data.get("entries") if isinstance(data, dict) else None
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST:
        raise ValueError("between one and fifty entries")
    return [_read(row) for row in rows]


def _read(row: Any) -> Sent:
    if not isinstance(row, dict):
        raise ValueError("an entry is an object")
    request, kind = _text(row, "request", 64), _text(row, "kind", 10) or "scan"
    if not request or kind not in KINDS:
        raise ValueError("an entry has a request and a kind")
    mode = _text(row, "mode", 10) or Mode.LEND.value
    allowed = row.get("allowed", [])
    if mode not in Mode.values or not isinstance(allowed, list):
        raise ValueError("an unknown mode")
    return Sent(
        request=request,
        kind=kind,
        code=_text(row, "code", 80),
        borrower=Borrower.parse(_text(row, "borrower", 40)),
        mode=Mode(mode),
        allowed=read_reasons(allowed),
        at=_instant(_text(row, "at", 40)),
    )


def read_reasons(values: Sequence[Any]) -> frozenset[Why]:
    """Reasons that somebody said yes to; unknown ones raise ValueError."""
    return frozenset(Why(value) for value in values)


def _text(row: dict[str, Any], name: str, longest: int) -> str:
    value = row.get(name, "")
    if not isinstance(value, str) or len(value) > longest:
        raise ValueError(f"{name} is a short text")
    return value


def _instant(text: str) -> datetime | None:
    if not text:
        return None
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("an instant has an offset")
    return found
