"""Barcodes of cards, and what a scanned text can be."""

from __future__ import annotations

from stdnum import isbn, luhn

BEGIN = "2"  # a borrower; copies begin with "3" (collection.domain.barcodes)
NUMBER = 10  # digits
LONGEST = 40
# Barcodes on the sheet beside the desk, so that nobody needs a mouse.
COMMANDS = {
    "990001": "lend",
    "990002": "return",
    "990003": "row",
    "990004": "renew",
    "990005": "done",
    "990006": "undo",
    "990007": "previous",
}


def card_barcode(number: int) -> str:
    """The barcode of a card: "2", a number and a check digit. Raises ValueError when there is no room left."""
    if not 0 <= number < 10**NUMBER:
        raise ValueError("no barcode left")
    body = f"{BEGIN}{number:0{NUMBER}}"
    return body + str(luhn.calc_check_digit(body))


def clean(text: str) -> str:
    """What was scanned or typed, without spaces around it and the stars that some scanners send along."""
    return text.strip().strip("*").strip().upper()[:LONGEST]


def isbn_of(code: str) -> str:
    """The ISBN that a scanned text is, as thirteen digits; "" for any other barcode."""
    digits = code.replace("-", "").replace(" ", "")
    if len(digits) not in {10, 13} or not isbn.is_valid(digits):
        return ""
    return str(isbn.to_isbn13(digits))
