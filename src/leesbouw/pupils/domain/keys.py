"""Numbers that may not be the key of a child."""

from __future__ import annotations

import re


def is_bsn(text: str) -> bool:
    """Whether a text passes the check of citizen service numbers: nine digits, weighed 9 to 2 and -1, add up to a
    multiple of eleven.

    One in eleven other numbers passes by chance.
    """
    if not has_length_of_bsn(text):
        return False
    numbers = [int(digit) for digit in _bare(text).zfill(9)]
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * number for weight, number in zip(weights, numbers, strict=True)) % 11 == 0


def has_length_of_bsn(text: str) -> bool:
    """Whether a text is a number of nine digits. A spreadsheet loses the zero in front, so eight will do."""
    digits = _bare(text)
    return bool(re.fullmatch(r"\d{8,9}", digits, re.ASCII)) and int(digits) > 0


def _bare(text: str) -> str:
    return re.sub(r"[\s.]", "", text)
