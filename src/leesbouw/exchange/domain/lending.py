"""Figures of another lending system: what a school lent in a month. Totals only; nothing about a child."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from . import values as v
from .columns import Cleaned, Column, Dropped, clean_columns, shown_raw

MONTHS = (
    *("jan", "feb", "maa", "apr", "mei", "jun"),
    *("jul", "aug", "sep", "okt", "nov", "dec"),
)
ALSO = {"mrt": 3, "mar": 3, "may": 5, "oct": 10}
MOST = 1_000_000


def month(text: str) -> str:
    """ "oktober 2026", "10-2026", "2026-10" and "2026-10-01" are all "2026-10-01". Raises ValueError("month")."""
    plain = v.flat(text)
    if named := re.fullmatch(r"(?:\d{1,2} )?([a-z]{3})[a-z]* (\d{4})", plain):
        short = named[1]
        number = ALSO.get(short) or (MONTHS.index(short) + 1 if short in MONTHS else 0)
        return _first(int(named[2]), number)
    if found := re.fullmatch(r"(\d{4}) ?(\d{1,2})(?: ?\d{1,2}(?: .*)?)?", plain):
        return _first(int(found[1]), int(found[2]))
    if found := re.fullmatch(r"(?:\d{1,2} )?(\d{1,2}) (\d{4})", plain):
        return _first(int(found[2]), int(found[1]))
    raise ValueError("month")


def _first(year: int, number: int) -> str:
    if not (2000 <= year <= 2100 and 1 <= number <= 12):
        raise ValueError("month")
    return date(year, number, 1).isoformat()


def amount(text: str) -> int:
    """A whole number, "1.250" and "1250,0" as well. Raises ValueError("amount")."""
    plain = text.strip().replace(" ", "")
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,0+)?", plain):
        plain = plain.replace(".", "")
    plain = re.sub(r"[.,]0+$", "", plain)
    if not re.fullmatch(r"\d{1,7}", plain, re.ASCII) or int(plain) > MOST:
        raise ValueError("amount")
    return int(plain)


def school(text: str) -> str:
    return v.text_of(20)(text).upper().replace(" ", "")


COLUMNS = (
    Column("school", ("school", "brin", "vestiging", "locatie", "locatiecode", "lrk"), school, required=True),
    Column("month", ("maand", "periode", "month", "datum"), month, required=True),
    Column(
        "loans", ("uitleningen", "leningen", "geleend", "loans", "aantal uitleningen"), amount, required=True
    ),
    Column("at_home", ("mee naar huis", "thuis", "uitleningen thuis", "at_home"), amount),
    Column("borrowers", ("leners", "actieve leners", "leende", "unieke leners", "borrowers"), amount),
    Column("members", ("leden", "leerlingen", "ingeschreven leners", "pasjes", "members"), amount),
    Column("holdings", ("bezit", "collectie", "boeken", "exemplaren", "aantal boeken", "holdings"), amount),
)
DROPPED = (Dropped("known_already", ("naam", "schoolnaam", "naam school", "plaats", "gemeente")),)
NUMBERS = ("loans", "at_home", "borrowers", "members", "holdings")


def clean_row(number: int, raw: Mapping[str, Sequence[str]]) -> Cleaned:
    """A line as values by column; numbers that contradict one another are a mistake."""
    values, errors = clean_columns(raw, COLUMNS)
    if not errors:
        if values.get("at_home", 0) > values["loans"]:
            errors.append(("at_home", "more_home"))
        if "members" in values and values.get("borrowers", 0) > values["members"]:
            errors.append(("borrowers", "more_borrowers"))
        elif values.get("borrowers", 0) > values["loans"]:
            errors.append(("borrowers", "more_than_loans"))
    return Cleaned(number, values, errors, shown_raw(raw) if errors else {})
