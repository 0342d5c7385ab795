"""Barcodes of cards, and what a scanned text can be."""

from __future__ import annotations

from stdnum import luhn

BEGIN = "2"  # a borrower; copies begin with "3" (collection.domain.barcodes)
NUMBER = 10  # digits
LONGEST = 40


def card_barcode(number: int) -> str:
    """The barcode of a card: "2", a number and a check digit. Raises ValueError when there is no room left."""
    if not 0 <= number < 10**NUMBER:
        raise ValueError("no barcode left")
    body = f"{BEGIN}{number:0{NUMBER}}"
    return body + str(luhn.calc_check_digit(body))


def clean(text: str) -> str:
    """What was scanned or typed, without spaces around it and the stars that some scanners send along."""
    return text.strip().strip("*").strip().upper()[:LONGEST]
