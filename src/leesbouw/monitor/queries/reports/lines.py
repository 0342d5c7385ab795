"""One measure in a report: its figure beside what it may be held against, and whether that differs."""

from __future__ import annotations

from dataclasses import dataclass

from leesbouw.core.time import SchoolYear
from leesbouw.indicators.domain.statistics import (
    Difference,
    DifferenceRule,
    Interval,
    Judgement,
    Share,
    difference_of_shares,
)
from leesbouw.indicators.queries import Measure

from ...domain import findings


@dataclass(frozen=True, slots=True)
class Figure:
    """What left through indicators: a value on a base with an interval, or the words why there is none."""

    value: float | None = None
    base: float = 0
    interval: Interval | None = None
    hidden: str = ""

    @property
    def is_shown(self) -> bool:
        return self.value is not None


NOTHING = Figure()


@dataclass(frozen=True, slots=True)
class Line:
    """A measure of one location. `years`: its own figures by year, the newest last; `groups` and `levels` by label."""

    measure: Measure
    own: Figure
    before: Figure = NOTHING
    before_year: SchoolYear | None = None
    comparable: Figure = NOTHING
    years: tuple[tuple[SchoolYear, Figure], ...] = ()
    groups: tuple[tuple[str, Figure], ...] = ()
    levels: tuple[tuple[str, Figure], ...] = ()

    @property
    def code(self) -> str:
        return self.measure.code

    @property
    def is_share(self) -> bool:
        return self.measure.body.kind == "share"


def difference(one: Figure, other: Figure, rule: DifferenceRule) -> Difference | None:
    """How two shares differ; None where one of them is not shown. Means are not judged on a page."""
    first, second = _share(one), _share(other)
    return None if first is None or second is None else difference_of_shares(first, second, rule)


def _share(figure: Figure) -> Share | None:
    if figure.value is None or figure.interval is None:
        return None
    return Share(figure.value, figure.base, figure.interval)


def looked_at(line: Line, rule: DifferenceRule) -> findings.Looked:
    """The line as the rules of what stands out want it."""
    if not line.is_share or not line.own.is_shown:
        return findings.Looked(line.code, is_main=False, higher_is_better=True)
    return findings.Looked(
        measure=line.code,
        is_main=line.measure.body.main,
        higher_is_better=line.measure.body.higher_is_better,
        before=_plain(difference(line.own, line.before, rule)),
        comparable=_plain(difference(line.own, line.comparable, rule)),
        spread=_plain(_widest(line, rule)),
    )


def _plain(found: Difference | None) -> findings.Difference | None:
    return None if found is None else findings.Difference(found.value, found.judgement == Judgement.CLEAR)


def _widest(line: Line, rule: DifferenceRule) -> Difference | None:
    """Between the highest and the lowest of its groups."""
    shown = sorted((f for _label, f in line.groups if f.is_shown), key=lambda f: f.value or 0)
    return difference(shown[-1], shown[0], rule) if len(shown) > 1 else None
