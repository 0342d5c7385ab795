"""Our own barcodes for copies and boxes: twelve digits that a pocket scanner reads well and a typing error does not pass."""

from __future__ import annotations

from stdnum import luhn

BEGIN = "3"  # a copy; cards of pupils begin with another digit
BOX = "4"  # a collection as a whole
LIBRARY, NUMBER = 4, 6  # digits


def barcode_of(library_id: int, number: int) -> str:
    """The barcode of the nth copy of a library: "3", the library, the number and a check digit (Luhn).

    Raises ValueError when there is no room left: ten thousand libraries, a million copies each.
    """
    return _made(BEGIN, library_id, number)


def box_barcode(library_id: int, number: int) -> str:
    """The barcode of a collection as a whole. Raises ValueError when there is no room left."""
    return _made(BOX, library_id, number)


def box_of(text: str) -> tuple[int, int] | None:
    """The library and the number of the collection whose barcode this is; None for any other text."""
    if not _is_made(BOX, text):
        return None
    return int(text[1 : 1 + LIBRARY]), int(text[1 + LIBRARY : -1])


def is_own_barcode(text: str) -> bool:
    """Whether a text is a barcode that we made, without an error in it."""
    return _is_made(BEGIN, text)


def _made(begin: str, library_id: int, number: int) -> str:
    if not 0 < library_id < 10**LIBRARY or not 0 < number < 10**NUMBER:
        raise ValueError("no barcode left")
    body = f"{begin}{library_id:0{LIBRARY}}{number:0{NUMBER}}"
    return body + str(luhn.calc_check_digit(body))


def _is_made(begin: str, text: str) -> bool:
    if len(text) != 2 + LIBRARY + NUMBER or not text.startswith(begin) or not text.isascii():
        return False
    return bool(luhn.is_valid(text))
