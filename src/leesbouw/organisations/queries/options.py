"""The words of cooperation as content: kinds, phases and gates with their explanation, source and status."""

from __future__ import annotations

from typing import Any, Literal

from leesbouw.core.content import Body, ContentItem, content_kinds, current


class Option(Body):
    code: str
    name: str
    description: str = ""
    structural: bool | None = None
    sectors: tuple[str, ...] = ()


class Gate(Body):
    code: str
    question: str
    yes_to: str
    yes_text: str
    no_text: str
    no_review_after_days: int


class Phase(Body):
    code: str
    order: int
    scope: Literal["library", "location"]
    name: str
    description: str
    gate: Gate | None = None


class LocationPhase(Body):
    code: str
    order: int
    part_of: str
    name: str
    description: str


class PhasesBody(Body):
    """The phases of the whole route, and how far one location is."""

    gate_outcomes: tuple[dict[str, str], ...]
    phases: tuple[Phase, ...]
    location_phases: tuple[LocationPhase, ...]


class OptionsBody(Body):
    """The option lists of a partnership, as words to choose from and to explain."""

    types: tuple[Option, ...]
    domains: tuple[Option, ...]
    programmes: tuple[Option, ...]
    vo_scenarios: tuple[Option, ...]
    exploratory_outcomes: tuple[Option, ...]
    decision_kinds: tuple[Option, ...]
    yearly_checks: tuple[Option, ...]


content_kinds.add("partnership-phase", PhasesBody)
content_kinds.add("partnership-option", OptionsBody)


def phases() -> PhasesBody:
    """The phases and gates in force."""
    return current("partnership-phase", "partnership-phases").body


def partnership_options() -> ContentItem:
    """The option lists in force, with their source and status."""
    return current("partnership-option", "partnership-options")


def described(options: tuple[Option, ...]) -> dict[str, Any]:
    """Options by their code."""
    return {option.code: option for option in options}
