"""Published national figures: reference beside our own, each with its source; other studies are context only (promise B3)."""

from __future__ import annotations

from typing import Literal

from leesbouw.core.content import Body, ContentItem, content_kinds, current

KIND = "reference"
CODE = "published"


class Reference(Body):
    """One published figure. `value` is in `unit` ("%" runs 0-100 as printed); `words` where no number was printed.

    `measure` is ours that counts the same; empty where the question differs too much to stand in one line. `bound`:
    the figure is a lower or upper bound or rounded. `note` says where a source contradicts itself.
    """

    study: Literal["monitor", "other"]
    period: str
    population: str
    subject: str
    value: float | None = None
    words: str = ""
    unit: str = ""
    measure: str = ""
    bound: Literal["", "at_least", "at_most", "about"] = ""
    source: str
    note: str = ""

    @property
    def share(self) -> float | None:
        """The value as a share 0-1; None for anything but a percentage."""
        return self.value / 100 if self.value is not None and self.unit == "%" else None


class References(Body):
    rows: tuple[Reference, ...]


content_kinds.add(KIND, References)


def published() -> ContentItem:
    """All published figures with their source and status; `body.rows` in the order of the years."""
    return current(KIND, CODE)


def references_for(measure: str) -> list[Reference]:
    """What was published of the Monitor for one of our measures, the oldest first; other studies never."""
    return [row for row in published().body.rows if row.measure == measure and row.study == "monitor"]


def newest_reference(measure: str) -> Reference | None:
    """The last published figure of the Monitor for a measure that is no bound; None when there is none."""
    exact = [row for row in references_for(measure) if row.bound in ("", "about") and row.share is not None]
    return exact[-1] if exact else None


def context_for(population: str) -> list[Reference]:
    """Figures from other studies about these people, to read beside a report and never in the same bar."""
    return [row for row in published().body.rows if row.study == "other" and population in row.population]
