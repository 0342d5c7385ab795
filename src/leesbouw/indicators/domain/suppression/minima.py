"""The one table of minimum sizes: level × population × kind of breakdown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from leesbouw.core.content import Body

Level = Literal["location", "municipality", "library", "board", "comparable", "province", "nation"]
Population = Literal["pupils", "teachers", "locations"]
ANY = "*"
ALONE = ""  # the breakdown of everybody together


def kind_of(breakdown: str) -> str:
    """ "year_group:5" is of the kind "year_group"; everybody together is of none."""
    return breakdown.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Minimum:
    """At least so many persons, at so many locations; and of what is somebody's work the work of so many people."""

    persons: int
    locations: int
    makers: int = 0


class MinimumRule(Body):
    """`breakdown` is a kind such as "sex", or "*" for what has no line of its own.

    `main_persons` holds for main measures where that is fewer, `makers` for measures that are somebody's work. `allowed = false`: never at this level.
    """

    level: Level
    population: Population
    breakdown: str = ANY
    persons: int = Field(ge=1)
    main_persons: int | None = Field(default=None, ge=1)
    locations: int = Field(default=1, ge=1)
    makers: int = Field(default=0, ge=0)
    allowed: bool = True


class SuppressionRules(Body):
    rules: tuple[MinimumRule, ...]

    @model_validator(mode="after")
    def _once(self) -> SuppressionRules:
        keys = [(rule.level, rule.population, rule.breakdown) for rule in self.rules]
        if len(set(keys)) != len(keys):
            raise ValueError("a level, population and breakdown occurs twice")
        return self

    def minimum(self, level: Level, population: str, kind: str, *, main: bool) -> Minimum | None:
        """The smallest that may be shown; None where this is never shown. What the table does not name is not shown."""
        rule = self._by_key.get((level, population, kind)) or self._by_key.get((level, population, ANY))
        if rule is None or not rule.allowed:
            return None
        persons = rule.main_persons if main and rule.main_persons is not None else rule.persons
        return Minimum(persons, rule.locations, rule.makers)

    @cached_property
    def _by_key(self) -> dict[tuple[str, str, str], MinimumRule]:
        return {(rule.level, rule.population, rule.breakdown): rule for rule in self.rules}
