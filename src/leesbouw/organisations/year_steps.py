"""The task list of a new school year. Rooms above register their step here; this room knows none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from leesbouw.core.access import Actor
from leesbouw.core.registry import Registry
from leesbouw.core.time import SchoolYear

from .enums import Sector, StepStatus
from .models import Location, YearTransition

SCHOOLS = frozenset(
    str(sector) for sector in Sector if sector != Sector.CHILDCARE
)  # for steps about children


@dataclass(frozen=True, slots=True)
class YearStepState:
    """How far a step is, why in one sentence, and how many things that is about."""

    status: StepStatus
    sentence: Any = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class YearStep:
    """One task. `sectors` empty means every sector; who lacks the permission does not see the step.

    `blocks` names, each in a sentence, what stands in the way of taking the step back: the new year is in use.
    `take_back` makes everything what it was before the step, inside the caller's write; who may not, gets NotAllowed.
    """

    order: int
    label: Any
    what: Any
    state: Callable[[Actor, Location, SchoolYear], YearStepState]
    url: Callable[[Actor, Location, SchoolYear], str]
    permission: str = ""
    sectors: frozenset[str] = frozenset()
    blocks: Callable[[Actor, YearTransition], list[Any]] = lambda actor, transition: []
    take_back: Callable[..., None] = lambda *, transition, by: None

    def is_for(self, location: Location) -> bool:
        return not self.sectors or location.sector in self.sectors


year_steps: Registry[YearStep] = Registry("step of a new school year")


def in_order() -> list[tuple[str, YearStep]]:
    """Every step as (code, step), first things first."""
    return sorted(year_steps.items(), key=lambda pair: pair[1].order)
