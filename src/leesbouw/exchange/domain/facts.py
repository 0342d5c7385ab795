"""What a file of pupils says about itself: no names and no values of persons."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from leesbouw.organisations.domain import BRIN6, clean_brin

SYSTEMS = (  # programs by which a school keeps its pupils; an author who is a person is not kept
    ("parnassys", "ParnasSys"),
    ("esis", "ESIS"),
    ("magister", "Magister"),
    ("somtoday", "SOMtoday"),
    ("dotcomschool", "DotcomSchool"),
    ("eduarte", "Eduarte"),
    ("educus", "Educus"),
    ("datacare", "Datacare"),
    ("leesbouw", "Leesbouw"),
)


@dataclass(frozen=True, slots=True)
class PupilFacts:
    """`school_year` "2026-2027", `brin` "12AB00", `created_on` "2026-09-01", each empty when the file does not say.

    `schema` is "edexml 2.1", "uwlr 2.2", "csv" or "excel". `warnings` are codes with a sentence in FILE_WARNINGS.
    `dropped` counts how often a field stood there that was not kept: names only, never a value.
    """

    school_year: str = ""
    brin: str = ""
    system: str = ""
    schema: str = ""
    created_on: str = ""
    warnings: tuple[str, ...] = ()
    dropped: Mapping[str, int] = field(default_factory=dict)


def school_year_of(text: str) -> str:
    """“2025/2026” → “2025-2026”; empty unless it names two consecutive years.

    The lists in the schemas end (2.1 at 2024-2025), so they are no measure.
    """
    match = re.fullmatch(r"((?:19|20)\d{2})\s*[-/–]\s*((?:19|20)?\d{2})", text.strip(), re.ASCII)
    if not match:
        return ""
    first, second = int(match[1]), int(match[2])
    if second < 100:
        second += first // 100 * 100
    return f"{first}-{second}" if second == first + 1 else ""


def brin_of(brin: str, branch: str = "") -> str:
    """The six signs of a location; empty when they cannot be right. Without a branch it is the main one, 00."""
    code = re.sub(r"[\s-]", "", brin).upper()
    if BRIN6.fullmatch(code):
        return code
    try:
        return clean_brin(code, branch) if code else ""
    except ValueError:
        return ""


def day_of(text: str) -> str:
    """The day of a moment as XML writes it: “2026-09-01T14:33:33” → “2026-09-01”, else empty."""
    match = re.match(r"\s*(\d{4}-\d{2}-\d{2})(?:\D|$)", text, re.ASCII)
    return match[1] if match else ""


def system_of(text: str) -> str:
    """The program that made a file, by the name we know it by; empty for any other text."""
    flat = re.sub(r"[^a-z]", "", text.lower())
    return next((name for word, name in SYSTEMS if word in flat), "")
