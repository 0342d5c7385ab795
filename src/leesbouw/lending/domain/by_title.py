"""A book of which the ISBN was scanned, not the barcode: which copy of the school it may be."""

from __future__ import annotations

from collections.abc import Sequence

from ..enums import Do, Mode
from .borrowers import Borrower


def copies_that_fit(
    copies: Sequence[tuple[int, bool, Borrower | None]],
    *,
    who: Borrower | None,
    mode: Mode,
    meant: Do | None = None,
) -> list[int]:
    """Numbers of the copies that this one may be, out of (number, whether it is out, with whom).

    What she has comes first: she brings it back, or keeps it longer. For the rest a book that goes out was in, and one
    that comes back was out.
    """
    out = [pk for pk, is_out, _whose in copies if is_out]
    hers = [pk for pk, is_out, whose in copies if is_out and who is not None and whose == who]
    if hers and mode != Mode.RETURN and meant != Do.LEND:
        return hers
    lends = who is not None and mode in {Mode.LEND, Mode.ROW} if meant is None else meant == Do.LEND
    if lends:
        free = [pk for pk, is_out, _whose in copies if not is_out]
        return free or out
    return out or [pk for pk, _is_out, _whose in copies][:1]
