"""Rules about codes, years and partnerships, without a database."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

BRIN6 = re.compile(r"\d{2}[A-Z]{2}\d{2}")
SCHOOL_YEAR_GROUPS = {
    "po": tuple(range(1, 9)),
    "sbo": tuple(range(1, 9)),
    "so": tuple(range(1, 9)),
    "vo": tuple(range(1, 7)),
    "pro": tuple(range(1, 6)),
    "mbo": tuple(range(1, 5)),
    "ko": (),
}
PHASES = ("acquisition", "implementation", "execution", "anchoring")


def is_school_code(code: str) -> bool:
    """Whether a location's code is a BRIN, and not the number of child care, which has digits only."""
    return not code.isdigit()


def clean_brin(brin: str, branch: str = "") -> str:
    """The six characters of a school location: "00AP" + "00" → "00AP00". Raises ValueError.

    DUO writes BRIN and branch apart or together, with spaces and without a leading zero (files of 2016 and 2021).
    """
    code = re.sub(r"\s", "", brin).upper()
    extra = re.sub(r"\s", "", branch).upper()
    if BRIN6.fullmatch(extra):  # some years' VESTIGINGSNUMMER holds all six
        if code and not extra.startswith(code[:4]):
            raise ValueError("BRIN and branch do not belong together")
        return extra
    if len(code) == 4:
        code += extra.zfill(2) if extra else "00"
    if not BRIN6.fullmatch(code):
        raise ValueError("not a BRIN with a branch number")
    return code


def clean_lrk(number: str) -> str:
    """The number of a location in the national child-care register: digits only. Raises ValueError."""
    digits = re.sub(r"[\s.]", "", number)
    if not re.fullmatch(r"\d{6,12}", digits):
        raise ValueError("not a number of the child-care register")
    return digits


def clean_municipality(code: str) -> str:
    """The four digits of a municipality: " 637" → "0637". Raises ValueError."""
    digits = code.strip()
    if not re.fullmatch(r"\d{1,4}", digits):
        raise ValueError("not a municipality code")
    return digits.zfill(4)


def total_pupils(by_year_group: Mapping[str, int]) -> int:
    """The sum over year groups; negative numbers raise ValueError."""
    if any(n < 0 for n in by_year_group.values()):
        raise ValueError("a number of pupils is not negative")
    return sum(by_year_group.values())


def group_label(year_groups: Sequence[int]) -> str:
    """How a group is written: [5] → "5", [5, 6] → "5/6"."""
    return "/".join(str(n) for n in sorted(year_groups))


def next_phase(phase: str) -> str | None:
    """The phase after this one, or None after the last."""
    at = PHASES.index(phase)
    return PHASES[at + 1] if at + 1 < len(PHASES) else None


def review_is_due(*, outcome: str, review_on: date | None, today: date) -> bool:
    """A "no" at a gate is an outcome, not an end: it comes back on its review date."""
    return outcome == "no" and review_on is not None and review_on <= today


MOST_BYTES = 10 * 1024 * 1024  # of a signed agreement; a scan of twenty pages is about 5 MB
_SIGNATURES = ((b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"))


def kind_of_file(content: bytes) -> str:
    """The kind by its first bytes, whatever the name says: "pdf", "png" or "jpg"; empty for anything else."""
    return next((kind for start, kind in _SIGNATURES if content.startswith(start)), "")


def agreement_state(
    *, last_day: date | None, holds: bool, later: bool, had_one: bool, today: date, warn_days: int
) -> str:
    """How a processing agreement stands: "valid", "ends_soon", "later", "over" or "none".

    `last_day` is that of the agreement that holds, None when no end is known; `warn_days` is a parameter of content.
    """
    if holds:
        soon = last_day is not None and (last_day - today).days <= warn_days
        return "valid" if not soon else "ends_soon"
    if later:
        return "later"
    return "over" if had_one else "none"
