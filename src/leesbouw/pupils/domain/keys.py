"""Numbers that may not be the key of a child."""

from __future__ import annotations

import re


def is_bsn(text: str) -> bool:
    """Whether a text passes the check of citizen service numbers: nine digits, weighed 9 to 2 and -1, add up to a
    multiple of eleven.

    One in eleven other numbers passes by chance. A spreadsheet loses the zero in front, so eight digits are looked at
    as well.
    """
    digits = re.sub(r"[\s.]", "", text)
    if not re.fullmatch(r"\d{8,9}", digits, re.ASCII) or not int(digits):
        return False
    numbers = [int(digit) for digit in digits.zfill(9)]
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * number for weight, number in zip(weights, numbers, strict=True)) % 11 == 0
