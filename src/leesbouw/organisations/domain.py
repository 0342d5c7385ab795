"""Rules about codes, years and partnerships, without a database."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True)
class LastGroup:
    """A group of the year that ends."""

    id: int
    name: str
    year_groups: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NextGroup:
    """A group of the year to come as we would propose it. `follows` None: its children are new."""

    name: str
    year_groups: tuple[int, ...] = ()
    follows: int | None = None


KEEPS_NAMES = {"sbo", "so", "ko"}  # a group there is no year: it keeps its name
TODDLERS = (1, 2)  # of a primary school: a group of both years stays, who leaves it begins in year 3
_CHAIN = re.compile(r"\d+(?:\s*[/+&-]\s*\d+)*")


def next_groups(last: Sequence[LastGroup], sector: str) -> list[NextGroup]:
    """The groups that most likely follow these: 5A becomes 6A, 5/6 becomes 6/7, and the highest year leaves school.

    No name comes twice. The lowest year gets a new group of the same name, for the children who come.
    """
    allowed = SCHOOL_YEAR_GROUPS[sector]
    found = [proposal for group in last for proposal in _following(group, sector, allowed)]
    if sector == "po" and not any(3 in proposal.year_groups for proposal in found):
        found += [
            NextGroup(next_name(group.name, TODDLERS, (3,)), (3,), group.id)
            for group in last
            if group.year_groups == TODDLERS
        ]
    if sector not in KEEPS_NAMES and allowed:
        found += [NextGroup(group.name, (1,)) for group in last if group.year_groups == allowed[:1]]
    return _each_name_once(found)


def _following(group: LastGroup, sector: str, allowed: Sequence[int]) -> list[NextGroup]:
    if sector == "po" and group.year_groups == TODDLERS:
        return [NextGroup(group.name, TODDLERS, group.id)]
    coming = tuple(number + 1 for number in group.year_groups if number + 1 in allowed)
    if group.year_groups and not coming:
        return []
    name = group.name if sector in KEEPS_NAMES else next_name(group.name, group.year_groups, coming)
    return [NextGroup(name, coming, group.id)]


def next_name(name: str, year_groups: Sequence[int], coming: Sequence[int]) -> str:
    """The name with the years of next year: "5A" → "6A", "groep 5-6" → "groep 6-7". Without such years it stays."""
    for chain in _CHAIN.finditer(name):
        numbers = re.findall(r"\d+", chain[0])
        if year_groups and {int(number) for number in numbers} <= set(year_groups):
            between = next(iter(re.findall(r"\s*[/+&-]\s*", chain[0])), "/")
            return name[: chain.start()] + between.join(map(str, coming)) + name[chain.end() :]
    return name


def _each_name_once(proposals: Iterable[NextGroup]) -> list[NextGroup]:
    """A name that is there already gets a number behind it."""
    found: list[NextGroup] = []
    taken: set[str] = set()
    for proposal in proposals:
        name, number = proposal.name, 2
        while name.casefold() in taken:
            name, number = f"{proposal.name} ({number})", number + 1
        taken.add(name.casefold())
        found.append(replace(proposal, name=name))
    return found


def names_wrong(names: Iterable[str]) -> tuple[int, list[str]]:
    """How many names are missing, and which come twice; capitals make no other name."""
    tidy = [" ".join(name.split()) for name in names]
    often = Counter(name.casefold() for name in tidy if name)
    return sum(not name for name in tidy), sorted({name for name in tidy if often[name.casefold()] > 1})


def year_groups_of(text: str) -> tuple[int, ...]:
    """Reads "5", "5/6" or "5, 6" as year groups. Raises ValueError."""
    parts = [part for part in re.split(r"[\s/,;+&-]+", text.strip()) if part]
    if any(not re.fullmatch(r"\d{1,2}", part) for part in parts):
        raise ValueError(f"no year groups: {text!r}")
    return tuple(sorted({int(part) for part in parts}))


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
