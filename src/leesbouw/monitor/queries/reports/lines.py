"""One measure in a report: its figure beside what it may be held against, and whether that differs."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from leesbouw.core.time import SchoolYear
from leesbouw.indicators.domain.statistics import Difference, Judgement
from leesbouw.indicators.queries import Hidden, Measure, Reference, Shown
from leesbouw.indicators.queries import difference as judged

from ...domain import findings

Result = Shown | Hidden | None  # None: there is nothing of it
Labelled = tuple[tuple[str, Result], ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """The figures of the same locations in two years."""

    before: Shown
    now: Shown


@dataclass(frozen=True, slots=True)
class Line:
    """A measure of one location or level. `years`: its own figures by year, the newest last; `groups` and `levels` by label.

    Of a level `whose` is its name, empty for a school that says "we"; `panel` holds the same locations at `before_year`
    and now, beside everybody who took part; `published` is the last national figure of the same.
    """

    measure: Measure
    own: Result
    before: Result = None
    before_year: SchoolYear | None = None
    panel: Panel | None = None
    whose: str = ""
    published: Reference | None = None
    comparable: Result = None
    years: tuple[tuple[SchoolYear, Result], ...] = ()
    groups: Labelled = ()
    levels: Labelled = ()
    breaks: tuple[int, ...] = ()  # places in `years` from which was measured in another way
    version: int = 0  # of the measure in which the own figure was counted
    is_mixed: bool = False  # part of the locations counted it in an earlier version, and is not in it

    @property
    def code(self) -> str:
        return self.measure.code

    @property
    def likeness(self) -> str:
        """What the figures are called that the own ones stand beside: of a level or a set the first of `levels`."""
        return self.levels[0][0] if self.whose and self.levels else _("comparable schools")

    @property
    def is_share(self) -> bool:
        return self.measure.body.kind == "share"

    def shown_groups(self) -> list[tuple[str, Shown]]:
        """The groups with a figure, the lowest first."""
        found = [(label, result) for label, result in self.groups if isinstance(result, Shown)]
        return sorted(found, key=lambda pair: pair[1].value)


def difference(one: Result, other: Result) -> Difference | None:
    """How two figures of a measure differ; None where one of them is not shown."""
    return judged(one, other) if isinstance(one, Shown) and isinstance(other, Shown) else None


def since(line: Line) -> Difference | None:
    """How a figure differs from last time: of the same locations where those are known, because others came and went."""
    if line.panel is not None:
        return difference(line.panel.now, line.panel.before)
    return difference(line.own, line.before)


def spread(line: Line) -> Difference | None:
    """How the highest group differs from the lowest; None where fewer than two are shown."""
    groups = line.shown_groups()
    return difference(groups[-1][1], groups[0][1]) if len(groups) > 1 else None


def looked_at(line: Line) -> findings.Looked:
    """The line as the rules of what stands out want it."""
    return findings.Looked(
        measure=line.code,
        is_main=line.measure.body.main and isinstance(line.own, Shown),
        higher_is_better=line.measure.body.higher_is_better,
        before=_plain(since(line)),
        comparable=_plain(difference(line.own, line.comparable)),
        spread=_plain(spread(line)),
    )


def _plain(found: Difference | None) -> findings.Difference | None:
    return None if found is None else findings.Difference(found.value, found.judgement == Judgement.CLEAR)
