"""What a desk sends: a list of what happened there, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ..enums import Do, Mode, Why
from .borrowers import Borrower

MOST = 50  # at a time; a long queue comes in pieces
KINDS = ("scan", "choose", "undo")
MEANT = {do.value: do for do in (Do.LEND, Do.GIVE_BACK, Do.RENEW)}


@dataclass(frozen=True, slots=True)
class Sent:
    """One thing that happened. `request` is made by the desk and makes sending it twice harmless.

    `meant`: the desk had no connection and told this itself; None when it waits for an answer.
    """

    request: str
    kind: str
    code: str = ""
    borrower: Borrower | None = None
    mode: Mode = Mode.LEND
    allowed: frozenset[Why] = frozenset()
    at: datetime | None = None
    meant: Do | None = None


def read_entries(data: Any, instant: datetime) -> list[Sent]:
    """The entries of a request that comes in at `instant`. Raises ValueError for anything that no desk of ours sends.

    The clock of a desk may be wrong: it says what it takes for now, and what happened is as long ago as it says.
    """
    rows = data.get("entries") if isinstance(data, dict) else None
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST:
        raise ValueError("between one and fifty entries")
    theirs = _instant(_text(data, "now", 40))
    return [_read(row, instant - theirs if theirs else timedelta()) for row in rows]


def _read(row: Any, behind: timedelta) -> Sent:
    if not isinstance(row, dict):
        raise ValueError("an entry is an object")
    request, kind = _text(row, "request", 64), _text(row, "kind", 10) or "scan"
    if not request or kind not in KINDS:
        raise ValueError("an entry has a request and a kind")
    mode, meant = _text(row, "mode", 10) or Mode.LEND.value, _text(row, "meant", 10)
    allowed = row.get("allowed", [])
    if mode not in Mode.values or not isinstance(allowed, list):
        raise ValueError("an unknown mode")
    if meant and meant not in MEANT:
        raise ValueError("a desk lends, takes in or renews")
    at = _instant(_text(row, "at", 40))
    return Sent(
        request=request,
        kind=kind,
        code=_text(row, "code", 80),
        borrower=Borrower.parse(_text(row, "borrower", 40)),
        mode=Mode(mode),
        allowed=read_reasons(allowed),
        at=_shifted(at, behind) if at else None,
        meant=MEANT.get(meant),
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


def _shifted(at: datetime, behind: timedelta) -> datetime:
    try:
        return at + behind
    except OverflowError:
        raise ValueError("an instant in these years") from None
