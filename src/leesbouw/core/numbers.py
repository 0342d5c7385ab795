"""Numbers that came in as text, from a form or an address: never more than a database can hold."""

from __future__ import annotations

from collections.abc import Iterable

DIGITS = 18  # the most that fit a column of eight bytes, whatever they are


def whole(text: object) -> int | None:
    """The number that a text of plain digits is; None for anything else, also for too many digits."""
    digits = str(text)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= DIGITS else None


def whole_of(texts: Iterable[object]) -> list[int]:
    """Those of the texts that are numbers, each once, in their order."""
    return list(dict.fromkeys(number for text in texts if (number := whole(text)) is not None))
