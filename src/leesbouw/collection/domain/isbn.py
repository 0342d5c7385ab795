"""ISBN as we keep it: thirteen digits, or nothing."""

from __future__ import annotations

import re

from stdnum import isbn
from stdnum.exceptions import ValidationError

_NUMBER = re.compile(r"97[89][\d\- ]{10,14}|[\d\- ]{9,12}[\dXx]")


def as_isbn(text: str) -> str:
    """The ISBN in a text as 13 digits, such as "978-90-5566-650-8 (geb.)"; "" when there is none.

    Raises ValueError("isbn") when something looks like one and its check digit is wrong.
    """
    found = _NUMBER.search(text)
    if not found:
        return ""
    try:
        return str(isbn.validate(found[0], convert=True))
    except ValidationError:
        raise ValueError("isbn") from None


def as_shown(number: str) -> str:
    """ "9789055666508" → "978-90-5566-650-8", as it stands on the book; what cannot be parted stays whole."""
    try:
        return str(isbn.format(number)) if number else ""
    except ValidationError:
        return number
