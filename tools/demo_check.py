"""Checks the demo story: every code that is used exists, every day can be read, every number is out of range.

The story is data in content/demo; the apps' demo parts turn it into rows.
"""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

DAY = re.compile(r"(Y0|Y[+-]\d)-(\d\d)-(\d\d)|D[+-]\d{1,3}")
DAYS_OF = {
    "on",
    "due",
    "done",
    "starts_on",
    "ends_on",
    "decided_on",
    "review_on",
    "held_on",
    "checked_on",
    "phase_since",
    "agreed_until",
    "waiting_since",
    "area_since",
}
CODES = {
    "municipalities": r"99\d\d",
    "boards": r"990\d{3}",
    "libraries": r"NL-999\d{7}",
    "branches": r"NL-999\d{7}",
    "partners": r"P-99\d\d",
}
MOST_IN_A_YEAR = {"vo": 500}  # pupils of one year group; a secondary school is larger
SIDES = {"library", "partner", "together"}
YEARS = ["Y-2", "Y-1", "Y0"]
YEAR_GROUPS = {"po": 8, "sbo": 8, "so": 8, "vo": 6, "pro": 5}

Story = dict[str, list[dict[str, Any]]]


def read(folder: Path) -> Story:
    """The lists of all files of the story together; names.toml, a pool without rows, is left out."""
    story: Story = defaultdict(list)
    for path in sorted((folder / "demo").glob("*.toml")):
        if path.name != "names.toml":
            for name, rows in tomllib.loads(path.read_text(encoding="utf-8")).items():
                story[name] += rows
    return story


def problems(folder: Path) -> list[str]:
    """A line per fault in the story that lies in `folder`/demo."""
    try:
        story = read(folder)
    except tomllib.TOMLDecodeError as error:
        return [f"demo: not readable as TOML: {error}"]
    parts = (
        _codes(story),
        _locations(story),
        _people(story),
        _talks(story, folder),
        _days(story),
        _small(story),
    )
    return [f"demo: {fault}" for part in parts for fault in part]


def units(story: Story) -> dict[str, dict[str, Any]]:
    """Every organisation of the story by its code."""
    kinds = [
        "nations",
        "pois",
        "provinces",
        "municipalities",
        "libraries",
        "branches",
        "boards",
        "partners",
        "locations",
    ]
    return {row["code"]: row for kind in kinds for row in story[kind]}


def persons(story: Story) -> dict[str, dict[str, Any]]:
    """Staff and contacts by their code."""
    return {row["code"]: row for row in story["staff"] + story["contacts"]}


def _codes(story: Story) -> Iterator[str]:
    for kind, rows in story.items():
        seen: set[str] = set()
        for row in rows:
            code = row.get("code", "")
            if code and code in seen:
                yield f"{kind}: {code} occurs twice"
            seen.add(code)
            if kind in CODES and not re.fullmatch(CODES[kind], code):
                yield f"{kind}: {code} is not from our range"
    both = {row["code"] for row in story["staff"]} & {row["code"] for row in story["contacts"]}
    yield from (f"{code} is staff and contact" for code in both)


def _locations(story: Story) -> Iterator[str]:
    known = units(story)
    for row in story["locations"]:
        code, sector = row["code"], row["sector"]
        if not re.fullmatch(r"9990\d{5}" if sector == "ko" else r"99[A-Z]{2}\d\d", code):
            yield f"location {code} is not from our range"
        if not row["postcode"].startswith("0990 "):
            yield f"location {code} has a postcode that could exist"
        for field in ("board", "municipality"):
            if row[field] not in known:
                yield f"location {code}: unknown {field} {row[field]}"
        if sector != "ko":
            yield from _numbers(code, sector, row)
        if any(gate["outcome"] == "no" and "review_on" not in gate for gate in row.get("gates", [])):
            yield f"location {code}: a no without a day to look again"


def _numbers(code: str, sector: str, row: dict[str, Any]) -> Iterator[str]:
    """Three years of pupils; the groups of a primary school hold every year group."""
    if list(row["pupils"]) != YEARS:
        yield f"location {code}: pupils of {list(row['pupils'])}"
    for year, numbers in row["pupils"].items():
        most = MOST_IN_A_YEAR.get(sector, 250)
        if not 0 < len(numbers) <= YEAR_GROUPS[sector] or min(numbers) < 1 or max(numbers) > most:
            yield f"location {code}: odd numbers of pupils in {year}"
    totals = [sum(numbers) for numbers in row["pupils"].values()]
    if max(totals) > 1.25 * min(totals):
        yield f"location {code}: pupils jump: {totals}"
    if sector == "po":
        for year, names in row["groups"].items():
            held = {int(digit) for name in names for digit in re.findall(r"\d", name)}
            if held != set(range(1, 9)):
                yield f"location {code}: groups of {year} hold {sorted(held)}"


def _people(story: Story) -> Iterator[str]:
    known, people = units(story), persons(story)
    for row in story["contacts"]:
        if row["unit"] not in known:
            yield f"contact {row['code']}: unknown unit {row['unit']}"
    for row in story["staff"] + story["contacts"]:
        if row["library"] not in known:
            yield f"{row['code']}: unknown library"
        if not row["mail"].endswith("@voorbeeld.example"):
            yield f"{row['code']}: mail address that could exist"
    for row in story["assignments"] + story["relations"] + story["rhythms"]:
        named = [row["staff"], row.get("contact", row["staff"])]
        yield from (f"nobody is called {name}" for name in named if name not in people)
        if row.get("location", row.get("unit", "NL")) not in known:
            yield f"unknown unit in {row}"
    groups = {
        (place["code"], y, g)
        for place in story["locations"]
        for y, names in place["groups"].items()
        for g in names
    }
    for row in story["group_teachers"]:
        if (row["location"], row["year"], row["group"]) not in groups:
            yield f"no group {row['group']} at {row['location']} in {row['year']}"
        yield from (f"nobody is called {t['contact']}" for t in row["teachers"] if t["contact"] not in people)
    addresses = {row["mail"] for row in story["users"]}
    for row in story["invitations"]:
        if row["unit"] not in known or row["by"] not in addresses:
            yield f"invitation of {row['name']}: unknown unit or sender"
    for row in story["register"]:
        if row["code"] not in known:
            yield f"register: unknown location {row['code']}"
    for row in story["users"]:
        if row["unit"] not in known or row.get("person", "kevin-lim") not in people:
            yield f"user {row['name']}: unknown unit or person"


def _talks(story: Story, folder: Path) -> Iterator[str]:
    known, people = units(story), persons(story)
    guides = {}
    for path in (folder / "nl" / "conversation-guide").glob("*.toml"):
        questions = tomllib.loads(path.read_text(encoding="utf-8"))["body"]["questions"]
        guides[path.stem.partition("@")[0]] = {question["code"] for question in questions}
    templates = {row["code"] for row in story["templates"]}
    for row in story["talks"] + story["rows"]:
        name = row.get("code", f"{row.get('template')} {row['unit']}")
        if row["unit"] not in known or row.get("template", next(iter(templates))) not in templates:
            yield f"talk {name}: unknown unit or template"
        named = row["staff"] + row["contacts"] + [a["owner"] for a in row.get("agreements", [])]
        yield from (f"talk {name}: nobody is called {person}" for person in named if person not in people)
    for row in story["talks"] + story["templates"]:
        name = row["code"]
        if (row.get("state") == "planned") == ("summary" in row):
            yield f"talk {name}: planned talks have no summary, others do"
        if not set(row.get("answers", {})) <= guides.get(row.get("guide", ""), set()):
            yield f"talk {name}: answers to questions that its guide does not ask"
        for agreement in row.get("agreements", []):
            if agreement["side"] not in SIDES or len(agreement["text"]) > 200:
                yield f"talk {name}: side or length of an agreement"
    for row in story["actions"]:
        if row["unit"] not in known or row["owner"] not in people or row["side"] not in SIDES:
            yield f"action {row['code']}: unknown unit, owner or side"


def _days(value: Any, field: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _days(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _days(inner, field)
    elif field in DAYS_OF and not _is_day(value):
        yield f"{field} = {value!r} is not a day"


def _is_day(text: str) -> bool:
    match = DAY.fullmatch(text)
    return bool(match) and (match[2] is None or (1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31))


def _small(story: Story) -> Iterator[str]:
    """The small demo stands on its own: nothing small points at something that is not."""
    inside = {code for code, row in {**units(story), **persons(story)}.items() if row.get("small")}
    small = [row for rows in story.values() for row in rows if row.get("small")] + story["talks"]
    for row in small:
        for field in [
            "province",
            "poi",
            "library",
            "municipality",
            "board",
            "unit",
            "location",
            "staff",
            "contact",
            "person",
            "owner",
        ]:
            values = row.get(field, [])
            for value in [values] if isinstance(values, str) else values:
                if value not in inside:
                    yield f"small {row.get('code', row.get('name', ''))} needs {field} {value}"
    number = sum(1 for row in story["locations"] if row.get("small"))
    if number != 12 or len(story["locations"]) != 60:
        yield f"{number} small locations of {len(story['locations'])}"


@cache
def plain(text: str) -> str:
    """A name as it is compared: no accents, signs or capitals."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", ascii_text).strip()


def clashes(folder: Path, registers: Path) -> list[str]:
    """What the story shares with real registers: places, municipalities, numbers, a school's name at its place."""
    places: set[str] = set()
    numbers: set[str] = set()
    schools: set[tuple[str, str]] = set()
    for path in sorted(registers.glob("*.csv")):
        text = path.read_bytes().decode(
            "cp1252" if "postcode" not in path.name else "utf-8", errors="replace"
        )
        lines = text.splitlines()
        for row in csv.DictReader(lines, delimiter=";" if lines[0].count(";") > 3 else ","):
            for column, cell in row.items():
                name = (column or "").lower()
                if name in {"woonplaats", "gemeente", "provincie", "plaatsnaam", "gemeentenaam"}:
                    places.add(plain(cell))
                if re.search(r"brin|vestigingsnummer|gemeentenummer|bevoegd.gezag", name):
                    numbers |= {cell.strip(), cell.strip().zfill(4)}
            title = row.get("VESTIGINGSNAAM") or row.get("INSTELLINGSNAAM_VESTIGING") or ""
            schools.add((plain(title), plain(row.get("PLAATSNAAM") or "")))
    story = read(folder)
    found = []
    for row in units(story).values():
        codes = {row["code"], row["code"][:4] if row.get("sector") not in {None, "ko"} else row["code"]}
        found += [f"demo: number {code} exists" for code in codes & numbers]
        town = plain(row.get("town", ""))
        names = {town, plain(row["name"])} if "province" in row or "poi" in row else {town}
        found += [f"demo: place {name} exists" for name in names & places if name]
        if (plain(row["name"]), town) in schools:
            found.append(f"demo: school {row['name']} in {row['town']} exists")
    return found
