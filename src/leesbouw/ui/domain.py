"""Reading what people type: dates, hours, money, telephone numbers, postcodes and names, as written in the Netherlands.

Every function takes text and today's date where that matters, returns a plain value, and raises ValueError with a code
that says what is wrong ("format", "range"). No function guesses where two readings are equally likely.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

FIRST_YEAR, LAST_YEAR = 1900, 2100
MOST_HOURS = Decimal(100_000)
MOST_CENTS = 10**13

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january",
            "februari feb febr february",
            "maart mrt mar march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "augustus aug august",
            "september sep sept",
            "oktober okt oct october",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
NEAR_DAYS = {
    "vandaag": 0,
    "today": 0,
    "morgen": 1,
    "tomorrow": 1,
    "gisteren": -1,
    "yesterday": -1,
    "overmorgen": 2,
    "eergisteren": -2,
}
_WEEKDAY = re.compile(r"^(?:ma|di|wo|do|vr|za|zo|[a-z]+dag)\.?,?\s+(?=\d)")
_QUARTERS = {"¼": Decimal("0.25"), "½": Decimal("0.5"), "¾": Decimal("0.75")}


def parse_date(text: str, today: date) -> date:
    """A day: “14-10-2026”, “14/10/26”, “14 okt 2026”, “di 14 oktober”, “2026-10-14”, “vandaag”.

    Two digits of a year mean the year nearest to today; without a year the day nearest to today is meant.
    """
    plain = _WEEKDAY.sub("", " ".join(text.lower().replace("\u00a0", " ").split()))
    if plain in NEAR_DAYS:
        return today + timedelta(days=NEAR_DAYS[plain])
    if match := re.fullmatch(r"([0-9]{4})[-/. ]?([0-9]{2})[-/. ]?([0-9]{2})", plain):
        year, month, day = (int(part) for part in match.groups())
        if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12:
            return _day(year, month, day)
    if match := re.fullmatch(r"([0-9]{2})([0-9]{2})([0-9]{4})", plain):
        return _day(int(match[3]), int(match[2]), int(match[1]))
    match = re.fullmatch(
        r"([0-9]{1,2})(?:e|[-/. ])? ?([0-9]{1,2}|[a-z]{3,9})\.?(?:[-/. ] ?'?’?([0-9]{4}|[0-9]{2}))?", plain
    )
    if not match or (match[2].isdigit() and plain.isdigit()):
        raise ValueError("format")
    month = int(match[2]) if match[2].isdigit() else MONTHS.get(match[2], 0)
    if not month:
        raise ValueError("format")
    if match[3]:
        return _day(_full_year(match[3], today), month, int(match[1]))
    return _nearest(int(match[1]), month, today)


def _day(year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError("range")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError("format") from None


def _full_year(text: str, today: date) -> int:
    if len(text) == 4:
        return int(text)
    century = today.year // 100 * 100
    return min(
        (century - 100, century, century + 100), key=lambda start: abs(start + int(text) - today.year)
    ) + int(text)


def _nearest(day: int, month: int, today: date) -> date:
    candidates = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            candidates.append(_day(year, month, day))
        except ValueError:
            continue
    if not candidates:
        raise ValueError("format")
    return min(candidates, key=lambda candidate: abs(candidate - today))


def format_date(day: date) -> str:
    """“14-10-2026”: what parse_date reads back, and how people here write it."""
    return f"{day.day:02d}-{day.month:02d}-{day.year:04d}"


def parse_number(text: str) -> Decimal:
    """A number with a Dutch comma: “1.234,5” and “1234,5”; a point before one or two last digits is a comma too.

    “1.234” is one thousand two hundred thirty-four; “1,234” could be either and is refused.
    """
    plain = re.sub(r"[\s\u00a0'’]", "", text).replace("−", "-")
    if not re.fullmatch(r"[+-]?\d[\d.,]*", plain, re.ASCII):
        raise ValueError("format")
    sign = -1 if plain.startswith("-") else 1
    plain = plain.lstrip("+-")
    cut = max(plain.rfind(","), plain.rfind("."))
    whole, mark, rest = (plain[:cut], plain[cut], plain[cut + 1 :]) if cut >= 0 else (plain, "", "")
    if mark == "." and len(rest) == 3 and "," not in whole:
        whole, rest = plain, ""
    elif mark and not (mark == "," and rest == "") and not re.fullmatch(r"\d{1,2}", rest, re.ASCII):
        raise ValueError("format")
    if not re.fullmatch(r"\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+", whole, re.ASCII) or (
        mark and rest and mark in whole
    ):
        raise ValueError("format")
    digits = re.sub(r"[.,]", "", whole)
    if len(digits) > 15:
        raise ValueError("range")
    return sign * Decimal(f"{digits}.{rest or 0}")


def parse_hours(text: str) -> Decimal:
    """A length of time in hours, two decimals: “1,5”, “1:30”, “1u30”, “90 min”, “1½ uur”, “3 kwartier”."""
    plain = " ".join(text.lower().split())
    if match := re.fullmatch(
        r"(\d{1,5}) ?(?::|u|uur|h)\.? ?([0-5]?\d)(?: ?(?:m|min|minuten)\.?)?", plain, re.ASCII
    ):
        hours = Decimal(match[1]) + Decimal(match[2]) / 60
    elif match := re.fullmatch(r"(\d{1,6}) ?(?:m|min|minuut|minuten)\.?", plain, re.ASCII):
        hours = Decimal(match[1]) / 60
    elif match := re.fullmatch(r"(\d{1,3}) ?kwartier", plain, re.ASCII):
        hours = Decimal(match[1]) / 4
    else:
        plain = re.sub(r" ?(?:u|uur|uren|h)\.?$", "", plain)
        match = re.fullmatch(r"(\d{0,5}) ?([¼½¾])", plain, re.ASCII)
        hours = Decimal(match[1] or 0) + _QUARTERS[match[2]] if match else parse_number(plain)
    if not 0 <= hours <= MOST_HOURS:
        raise ValueError("range")
    return hours.quantize(Decimal("0.01"), ROUND_HALF_UP)


def format_number(value: Decimal) -> str:
    """“1,5”: without needless zeros, as parse_number and parse_hours read it back."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",") or "0"


def parse_euros(text: str) -> int:
    """Whole cents: “€ 1.234,56”, “1234,5”, “12,-”, “EUR 12”. May be negative."""
    plain = re.sub(r"^(?:€|eur|euro)\s*|\s*(?:€|eur|euro)$", "", text.strip().lower())
    plain = re.sub(r"^([+-])\s*€\s*", r"\1", plain)
    plain = re.sub(r"[,.]\s*[-–—=]+$", "", plain)
    cents = (parse_number(plain) * 100).to_integral_value(ROUND_HALF_UP)
    if abs(cents) > MOST_CENTS:
        raise ValueError("range")
    return int(cents)


def format_euros(cents: int) -> str:
    """“1234,56”: how an amount stands in a form field."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100},{abs(cents) % 100:02d}"


def parse_phone(text: str) -> str:
    """A telephone number as digits: “0612345678” for a Dutch one, “+49301234567” for another country's.

    Takes spaces, dashes, points, slashes, brackets, “+31”, “0031” and “(0)”.
    """
    plain = re.sub(r"^tel[.:]?\s*", "", text.strip().lower())
    if not re.fullmatch(r"\+?[0-9\s().\-–/]+", plain):
        raise ValueError("format")
    international = plain.startswith(("+", "00"))
    if international:
        plain = plain.replace("(0)", "")
    digits = "".join(sign for sign in plain if sign in "0123456789")
    if international:
        digits = digits.removeprefix("00") if not plain.startswith("+") else digits
        if digits.startswith("31"):
            digits, international = "0" + digits[2:].removeprefix("0"), False
    if international:
        if not 7 <= len(digits) <= 15 or digits.startswith("0"):
            raise ValueError("format")
        return "+" + digits
    is_service = digits.startswith(("0800", "0900", "0906", "0909")) and 8 <= len(digits) <= 11
    is_short = digits.startswith("14") and 4 <= len(digits) <= 6
    is_plain = digits.startswith("0") and len(digits) == 10 and digits[1] != "0"
    if not (is_service or is_short or is_plain):
        raise ValueError("format")
    return digits


def format_phone(digits: str) -> str:
    """“06 12345678”, “088 1234567”, “+49 301234567”: easier to read, and read back by parse_phone."""
    if digits.startswith("+"):
        return f"{digits[:3]} {digits[3:]}"
    if digits.startswith("06"):
        return f"06 {digits[2:]}"
    if digits.startswith(("0800", "0900", "0906", "0909")):
        return f"{digits[:4]} {digits[4:]}"
    if len(digits) == 10:
        area = 3 if _SHORT_AREA.match(digits) else 4
        return f"{digits[:area]} {digits[area:]}"
    return digits


# Dutch area codes of three digits; all others have four.
_SHORT_AREA = re.compile(r"01[035]|02[0346]|03[03568]|04[0356]|05[0358]|07[0-9]|08[4578]|091")


def parse_postcode(text: str) -> str:
    """A Dutch postcode as “1234 AB”."""
    match = re.fullmatch(r"([1-9]\d{3})\s?-?\s?([a-z]{2})", text.strip().lower(), re.ASCII)
    if not match or match[2] in {"sa", "sd", "ss"}:  # letters the post never gave out
        raise ValueError("format")
    return f"{match[1]} {match[2].upper()}"


def clean_text(text: str) -> str:
    """A name or short text on one line: composed letters, single spaces, no invisible signs; nothing else changes."""
    composed = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())
    visible = "".join(
        sign for sign in composed if unicodedata.category(sign) not in _INVISIBLE or sign.isspace()
    )
    return " ".join(visible.split())


_INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
