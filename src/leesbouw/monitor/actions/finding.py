"""Keeping what stands out at a location, so that the team, the report and later a goal look at the same."""

from __future__ import annotations

from collections.abc import Collection

from leesbouw.core.access import SYSTEM, Actor
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.actions import FindingRow, store_findings
from leesbouw.indicators.queries import Shown

from ..domain.findings import Against, Message
from ..models import Participation
from ..queries.reports.lines import Line, difference, spread
from ..queries.reports.reading import asked_of, lines_of, measures_of
from ..queries.reports.standing_out import KEPT_AS, messages_in


def find_in_year(*, year: SchoolYear, locations: Collection[int], codes: Collection[str], by: Actor) -> int:
    """Keeps what stands out at those of these locations that closed in a year; returns how many findings.

    Comparable schools change each time that one closes: then those that are compared with them are looked at again, and
    nobody else; nor does anybody whose lists say nothing of the measures (`codes`) that changed.
    """
    rows = Participation.objects.filter(round__year=year, closed_on__isnull=False, location__in=locations)
    rows = rows.select_related("round", "location")
    return sum(keep_findings(participation=row, by=by) for row in rows if _is_about(row, codes))


def _is_about(participation: Participation, codes: Collection[str]) -> bool:
    looked_at = asked_of(measures_of(participation.round.questionnaires), ())
    return any(one.code in codes for one in looked_at)


def keep_findings(*, participation: Participation, by: Actor) -> int:
    """Keeps what stands out at one location that closed; returns how many findings. Only figures that may be shown."""
    lines = {line.code: line for line in lines_of(SYSTEM, participation)}
    messages = messages_in(list(lines.values()), participation.round.kind)
    year: SchoolYear = participation.round.year  # type: ignore[assignment]
    rows = [row for one in messages if (row := _row(lines[one.measure], one))]
    return len(store_findings(unit=participation.location, year=year, rows=rows, by=by))


def _row(line: Line, message: Message) -> FindingRow | None:
    if not isinstance(line.own, Shown):
        return None
    other = {Against.BEFORE: line.before, Against.COMPARABLE: line.comparable}.get(message.against)
    apart = spread(line) if message.against == Against.GROUPS else difference(line.own, other)
    return FindingRow(
        code=line.code,
        measure_version=line.version,
        direction=message.sign.value,
        against=KEPT_AS[message.against].value,
        value=line.own.value,
        base=line.own.base,
        other_value=other.value if isinstance(other, Shown) else None,
        other_base=other.base if isinstance(other, Shown) else None,
        low=apart.low if apart else None,
        high=apart.high if apart else None,
        against_year=line.before_year if message.against == Against.BEFORE else None,
    )
