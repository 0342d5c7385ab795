"""Year groups as schools write them, to the codes of EDEXML.

B baby, D toddler, 0 pre-school, 1-8 primary, 11-16 years 1-6 of secondary, S special primary, V special secondary,
C combination (the year is told per pupil), N neither primary nor secondary, H history. Source: EDEXML 2.1,
EDEXJaargroepType.
"""

from __future__ import annotations

import re

CODES = frozenset(
    ("B", "D", "N", "S", "V", "C", "H", *map(str, range(9)), *(str(10 + year) for year in range(1, 7)))
)
LONGEST = 64  # characters, as EDEXML allows the name of a group
SECONDARY = frozenset(("vo", "pro"))
WORDS = {
    "baby": "B",
    "babys": "B",
    "dreumes": "D",
    "dreumesen": "D",
    "peuter": "0",
    "peuters": "0",
    "combinatie": "C",
    "combi": "C",
    "combinatiegroep": "C",
    "sbo": "S",
    "so": "S",
    "vso": "V",
    "historisch": "H",
}
_ONE = re.compile(r"(?:(?:groep|gr|jaargroep|jrgr|leerjaar|lj|klas|jaar)\.?)?\s*(\d{1,2})", re.ASCII)
_SEVERAL = re.compile(
    r"(?:(?:groep|gr|jaargroep|leerjaar)\.?)?\s*\d{1,2}\s*[a-z]?(?:\s*(?:[/+&,-]|en)\s*\d{1,2}\s*[a-z]?)+",
    re.ASCII,
)
# No two words make a third, so no text takes long to read.
_LEVEL = "havo|vwo|vmbo|mavo|pro|gymnasium|atheneum|tl|gtl|gl|gt|kbl|kb|bbl|bb|kader|basis|lwoo|[hvmt]"
_SECONDARY = re.compile(
    r"(?:(?:brugklas|klas|leerjaar|jaar)\s*)?([1-6])\s*(?:e|ste|de)?\s*[-/]?\s*"
    rf"(?:{_LEVEL}|brugklas|jaar|klas|leerjaar|[/,\s&+-])*",
    re.ASCII,
)
_SECONDARY_BEHIND = re.compile(rf"(?:(?:{_LEVEL})[/,\s&+-]*)+([1-6])", re.ASCII)


def year_group(text: str, sector: str = "po") -> str:
    """The code that a text speaks of: “groep 5” → "5", “5/6” → "C", in secondary education “2 havo” → "12".

    Raises ValueError("year_group"), or ValueError("year_group_sector") for one that this kind of school has not.
    """
    plain = " ".join(text.lower().replace("'", "").split())
    if len(plain) > LONGEST:
        raise ValueError("year_group")
    if plain.upper() in CODES and not plain.isdigit():
        return plain.upper()
    if plain in WORDS:
        return WORDS[plain]
    if sector in SECONDARY:
        return _secondary(plain)
    if match := _ONE.fullmatch(plain):
        return _primary(int(match[1]), sector)
    if _SEVERAL.fullmatch(plain):
        return "C"
    raise ValueError("year_group")


def _primary(number: int, sector: str) -> str:
    if number <= 8:
        return str(number)
    if 11 <= number <= 16:
        if sector in {"po", "sbo", "ko"}:
            raise ValueError("year_group_sector")
        return str(number)
    raise ValueError("year_group")


def _secondary(plain: str) -> str:
    if match := _ONE.fullmatch(plain):
        number = int(match[1])
        if 1 <= number <= 6 or 11 <= number <= 16:
            return str(number if number > 10 else number + 10)
        raise ValueError("year_group_sector" if number in (0, 7, 8) else "year_group")
    if match := _SECONDARY.fullmatch(plain) or _SECONDARY_BEHIND.fullmatch(plain):
        return str(int(match[1]) + 10)
    raise ValueError("year_group")


def year_in_group_name(name: str, sector: str = "po") -> str:
    """What a group's name plainly says: “5a” → "5", “Groep 1/2 B” → "C", in secondary education “h2b” → "12".

    Empty when it does not say.
    """
    plain = " ".join(name.lower().split())
    if len(plain) > LONGEST:
        return ""
    if sector in SECONDARY:
        match = re.fullmatch(r"[a-z]{0,5}\s*([1-6])\s*[a-z]{0,5}\d?", plain, re.ASCII)
        return str(int(match[1]) + 10) if match else ""
    if match := re.fullmatch(r"(?:(?:groep|gr|klas)\.?)?\s*([1-8])\s*-?\s*[a-z]?", plain, re.ASCII):
        return match[1]
    several = re.fullmatch(
        r"(?:(?:groep|gr|klas)\.?)?\s*[1-8]\s*[a-z]?(?:\s*(?:[/+&-]|en)\s*[1-8]\s*[a-z]?)+(?:\s*[a-z])?",
        plain,
        re.ASCII,
    )
    return "C" if several else ""


def year_number(code: str) -> int | None:
    """The year within its kind of school: "5" → 5, "12" → 2; None for a code that names no year."""
    if not code.isdigit() or not 1 <= int(code) <= 16:
        return None
    return int(code) - 10 if int(code) > 10 else int(code)
