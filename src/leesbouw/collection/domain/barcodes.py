"""Our own barcodes for copies: twelve digits that a pocket scanner reads well and a typing error does not pass."""

from __future__ import annotations

from stdnum import luhn

BEGIN = "3"  # a copy; cards of pupils begin with another digit
LIBRARY, NUMBER = 4, 6  # digits


def barcode_of(library_id: int, number: int) -> str:
    """The barcode of the nth copy of a library: "3", the library, the number and a check digit (Luhn).

    Raises ValueError when there is no room left: ten thousand libraries, a million copies each.
    """
    if not 0 < library_id < 10**LIBRARY or not 0 < number < 10**NUMBER:
        raise ValueError("no barcode left")
    body = f"{BEGIN}{library_id:0{LIBRARY}}{number:0{NUMBER}}"
    return body + str(luhn.calc_check_digit(body))


def is_own_barcode(text: str) -> bool:
    """Whether a text is a barcode that we made, without an error in it."""
    return len(text) == 2 + LIBRARY + NUMBER and text.startswith(BEGIN) and bool(luhn.is_valid(text))
