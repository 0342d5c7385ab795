"""The charts of a report, from its lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from leesbouw.indicators.queries import Hidden, Shown
from leesbouw.rendering.charts import Chart, Kind, Mark, Point, Series

from ..wording import wording_of
from . import words
from .lines import Line, Result

MOST_ROWS = 10  # rows of a chart: more is a list, not a picture
LABEL = 60
SCALE = 100  # of a score


def charts_of(title: str, lines: Sequence[Line]) -> Iterator[Chart]:
    """A picture for each unit, because units do not mix, and for each population, of at most ten rows.

    Each says in a sentence what its first row shows; `title` stands above the first of several rows.
    """
    kinds: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        body = line.measure.body
        kinds.setdefault(("" if line.is_share else body.unit, body.population), []).append(line)
    first = True
    for (unit, _population), rows in kinds.items():
        for at in range(0, len(rows), MOST_ROWS):
            part = rows[at : at + MOST_ROWS]
            yield _dots(_title(title, part, unit, first), part, words.sentence(part[0]), unit)
            first = False


def _title(title: str, part: Sequence[Line], unit: str, first: bool) -> str:
    if len(part) == 1 and (unit or not first):
        return part[0].measure.body.name
    return title if first else f"{title} ({unit or _counted(part[0])})"


def _dots(title: str, lines: Sequence[Line], sentence: str, unit: str = "") -> Chart:
    series = [Series(_whose(lines[0]), tuple(point(line, line.own) for line in lines))]
    if any(line.published for line in lines) and not unit:
        known = tuple(Point(line.published.share if line.published else None) for line in lines)
        series.append(Series(_("published for the whole country"), known, Mark.BENCHMARK))
    if any(isinstance(line.comparable, Shown) for line in lines):
        others = tuple(point(line, line.comparable) for line in lines)
        series.append(Series(lines[0].likeness, others, Mark.BENCHMARK))
    if any(isinstance(line.before, Shown) for line in lines):
        series.append(
            Series(
                pgettext("chart", "last time"),
                tuple(point(line, line.before) for line in lines),
                Mark.EARLIER,
            )
        )
    return Chart(
        kind=Kind.DOT,
        title=title,
        sentence=sentence,
        categories=tuple(line.measure.body.name[:LABEL] for line in lines),
        series=tuple(series),
        shares=not unit,
        unit=unit,
        counted=_counted(lines[0]),
        maximum=_top(lines[0]) if _top(lines[0]) < inf else None,
        asked=_asked(lines),
    )


def groups_chart(line: Line, sentence: str) -> Chart | None:
    """A measure in the groups of the school; None while fewer than two of them are shown."""
    if len(line.shown_groups()) < 2:
        return None
    return Chart(
        kind=Kind.DOT,
        title=str(wording_of(line.measure).by_group) % {"name": line.measure.body.name},
        sentence=sentence,
        categories=tuple(label for label, _figure in line.groups),
        series=(Series(_whose(line), tuple(point(line, figure) for _label, figure in line.groups)),),
        shares=line.is_share,
        unit="" if line.is_share else line.measure.body.unit,
        counted=_counted(line),
    )


def levels_chart(line: Line) -> Chart | None:
    """A measure of the school or level, and below it of everything it may stand beside; None where that shows nothing."""
    rows = [(line.whose or _("This school"), line.own)]
    if not line.whose and line.comparable:
        rows.append((_("Comparable schools"), line.comparable))
    rows += line.levels
    is_drawn_already = bool(line.whose and line.comparable)
    if is_drawn_already or sum(isinstance(figure, Shown) for _label, figure in rows) < 2:
        return None
    return Chart(
        kind=Kind.DOT,
        title=_("%(name)s, level by level") % {"name": line.measure.body.name},
        sentence=words.beside(tuple(rows), line),
        categories=tuple(label for label, _figure in rows),
        series=(
            Series(line.measure.body.name[:LABEL], tuple(point(line, figure) for _label, figure in rows)),
        ),
        shares=line.is_share,
        unit="" if line.is_share else line.measure.body.unit,
        counted=_counted(line),
        maximum=_top(line) if _top(line) < inf else None,
    )


def years_chart(line: Line, sentence: str) -> Chart | None:
    """A measure through the years; None before there are two. A version that cannot be compared breaks the line.

    Of a level there are two lines: of everybody who took part, and of who did so both this year and last time.
    """
    if sum(isinstance(figure, Shown) for _year, figure in line.years) < 2:
        return None
    return Chart(
        kind=Kind.LINE,
        title=_("%(name)s through the years") % {"name": line.measure.body.name},
        sentence=sentence,
        categories=tuple(str(year.first + 1) for year, _figure in line.years),
        series=tuple(_through_years(line)),
        shares=line.is_share,
        unit="" if line.is_share else line.measure.body.unit,
        counted=_counted(line),
        breaks=line.breaks,
        break_note=_("From here it was asked or counted in another way.") if line.breaks else "",
    )


def _through_years(line: Line) -> Iterator[Series]:
    yield Series(_whose(line), tuple(point(line, figure) for _year, figure in line.years))
    if line.panel is not None:
        same = {line.before_year: line.panel.before, line.years[-1][0]: line.panel.now}
        yield Series(
            _("the same locations"),
            tuple(point(line, same.get(year)) for year, _all in line.years),
            Mark.OTHER,
        )


def point(line: Line, figure: Result) -> Point:
    if not isinstance(figure, Shown):
        return Point(hidden=str(figure.reason.label)) if isinstance(figure, Hidden) else Point()
    interval = figure.interval if figure.persons > 1 else None
    return Point(
        value=figure.value,
        base=round(figure.base)
        if figure.persons > 1
        else None,  # the one list about a school speaks for itself
        low=max(interval.low, 0) if interval else None,  # minutes and books are never below nothing
        high=min(interval.high, _top(line)) if interval else None,
    )


def _top(line: Line) -> float:
    """The most that a figure can be: of a score its scale, of a number of minutes or books there is no end."""
    return SCALE if line.measure.body.rule.get("op") == "score" else inf


def _whose(line: Line) -> str:
    return line.whose or pgettext("chart", "we")


def _asked(lines: Sequence[Line]) -> str:
    """Of a level: how many locations are in the figures, and how many took part and are not."""
    shown = [line.own for line in lines if line.whose and isinstance(line.own, Shown)]
    if not shown:
        return ""
    least, most = min(one.locations for one in shown), max(one.locations for one in shown)
    number = str(most) if least == most else _("%(least)s to %(most)s") % {"least": least, "most": most}
    words = [_("Locations in these figures: %(number)s.") % {"number": number}]
    if out := max(one.left_out for one in shown):
        words.append(
            ngettext(
                "%(number)s more took part and is in none of them, because too few answered.",
                "%(number)s more took part and are not in all of them, because too few answered.",
                out,
            )
            % {"number": out}
        )
    if mixed := [line.measure.body.name for line in lines if line.is_mixed]:
        names = ", ".join(mixed)
        words.append(
            _("Part of the locations counted this in an earlier way and is not in it: %(names)s.")
            % {"names": names}
        )
    return " ".join(words)


def _counted(line: Line) -> str:
    return {
        "locations": pgettext("counted", "locations"),
        "pupils": pgettext("counted", "pupils"),
        "teachers": str(wording_of(line.measure).teachers),
    }.get(line.measure.body.population, "")
