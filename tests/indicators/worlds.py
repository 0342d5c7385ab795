"""Random small worlds of schools, and everything that would be published of them."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

from leesbouw.indicators.domain.suppression import (
    ALONE,
    Inside,
    Place,
    Publication,
    Publisher,
    Row,
    SuppressionRules,
)

FILE = Path(__file__).parents[2] / "content/nl/parameters/suppression@1.toml"
RULES = SuppressionRules.model_validate(tomllib.loads(FILE.read_text(encoding="utf-8"))["body"])

Column = tuple[int, int, int, int, int]  # location, group, year group, sex and dyslexia (0: did not say)
ANSWERS = ((1, 1), (1, 2), (2, 1), (2, 2), (0, 0))


@dataclass
class School:
    place: Place
    groups: dict[int, frozenset[int]]  # the year groups of each group
    counts: dict[Column, int]  # persons; a column may be empty

    def breakdowns(self) -> dict[str, list[Column]]:
        """The columns of every cell."""
        cells: dict[str, list[Column]] = defaultdict(list)
        for column in self.counts:
            _location, group, year, sex, dyslexia = column
            cells[ALONE].append(column)
            cells[f"group:{group}"].append(column)
            cells[f"year_group:{year}"].append(column)
            if sex:
                cells[f"sex:{sex}"].append(column)
            if dyslexia:
                cells[f"dyslexia:{dyslexia}"].append(column)
        return cells

    def persons(self) -> dict[str, int]:
        found = {name: sum(self.counts[c] for c in columns) for name, columns in self.breakdowns().items()}
        return {name: number for name, number in found.items() if number}


@st.composite
def schools(draw: st.DrawFn, location: int, crossing: bool = True) -> School:
    municipality = draw(st.sampled_from([11, 11, 11, 12, 13]))
    library = 21 if municipality < 13 else 22
    place = Place(
        location, municipality, library, draw(st.integers(31, 32)), 41, 51, draw(st.sampled_from(["x", "y"]))
    )
    some = st.frozensets(st.integers(5, 7), min_size=1, max_size=2 if crossing else 1)
    groups = dict(enumerate(draw(st.lists(some, min_size=1, max_size=3)), start=location * 10))
    size = st.integers(0, draw(st.sampled_from([1, 1, 2, 4, 14])))  # small schools are where it matters
    counts = {
        (location, group, year, sex, dyslexia): draw(size)
        for group, years in groups.items()
        for year in sorted(years)
        for sex, dyslexia in ANSWERS
    }
    return School(place, groups, counts)


@st.composite
def worlds(draw: st.DrawFn, crossing: bool = True) -> list[School]:
    number = draw(st.integers(1, 6))
    return [draw(schools(location, crossing)) for location in range(1, number + 1)]


@dataclass
class Published:
    """What leaves: by location what is seen inside, and the columns of the rows of the levels, seen and hidden."""

    publication: Publication
    rows: list[tuple[Row, list[Column]]]

    @property
    def inside(self) -> Mapping[int, Inside]:
        return self.publication.inside


def publish(world: list[School], main: bool, before: Published | None = None) -> Published:
    found = Publisher(RULES, "pupils", main).publish(
        {school.place.location: school.persons() for school in world},
        {f"group:{group}": years for school in world for group, years in school.groups.items()},
        {school.place.location: school.place for school in world},
        before.publication.blocks if before else None,
    )
    cells = {school.place.location: school.breakdowns() for school in world}
    rows = [
        (row, [column for location in row.locations for column in cells[location][row.breakdown]])
        for row in found.rows
    ]
    return Published(found, rows)
