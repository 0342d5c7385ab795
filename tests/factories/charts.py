"""Charts of every kind and size, for tests that compare what becomes of them."""

from __future__ import annotations

from hypothesis import strategies as st

from leesbouw.rendering.charts import Chart, Kind, Mark, Point, Series

NAMES = ("De Regenboog", "vergelijkbare scholen", "vorig jaar", "gemeente <Elzen> & omgeving")
PARTS = ("bijna elke dag", "elke week", "elke maand", "soms", "nooit", "weet ik niet")
LABELS = ("Samen", "Groep 5", "Groep 6", "Groep 7 & 8", "Bovenbouw met een lange naam", "Kleuters")
COMPARED = (Mark.BENCHMARK, Mark.EARLIER, Mark.OTHER)
HIDDEN = Point(hidden="te weinig antwoorden")


def charts() -> st.SearchStrategy[Chart]:
    """Any chart that may be drawn: with hidden and missing points, intervals, numbers and breaks."""
    return st.sampled_from(Kind).flatmap(
        lambda kind: stacked_charts() if kind is Kind.STACKED else _compared(kind)
    )


@st.composite
def _compared(draw: st.DrawFn, kind: Kind) -> Chart:
    labels = LABELS[: draw(st.integers(1, len(LABELS)))]
    count, shares = draw(st.integers(1, 4)), draw(st.booleans())
    marks = [Mark.OWN, *[draw(st.sampled_from(COMPARED)) for _ in range(count - 1)]]
    points = st.tuples(*[_point(shares) for _ in labels])
    series = tuple(Series(name, draw(points), mark) for name, mark in zip(NAMES, marks, strict=False))
    breaks = (1,) if kind is Kind.LINE and len(labels) > 1 and draw(st.booleans()) else ()
    return Chart(
        kind,
        "Leest vaak",
        "Zo vaak lezen kinderen.",
        labels,
        series,
        shares=shares,
        unit="" if shares else "boeken per kind",
        breaks=breaks,
        break_note="anders gevraagd" if breaks else "",
    )


@st.composite
def _point(draw: st.DrawFn, shares: bool) -> Point:
    kind = draw(st.sampled_from(["shown", "shown", "shown", "hidden", "missing"]))
    if kind != "shown":
        return HIDDEN if kind == "hidden" else Point()
    top = 1.0 if shares else 60.0
    low, value, high = sorted(draw(st.tuples(*[st.floats(0, top).map(lambda one: round(one, 4))] * 3)))
    base = draw(st.none() | st.integers(1, 4000))
    return Point(value, base, low, high) if draw(st.booleans()) else Point(value, base)


@st.composite
def stacked_charts(draw: st.DrawFn) -> Chart:
    """The answers to one question, in each of some rows."""
    labels = LABELS[: draw(st.integers(1, len(LABELS)))]
    parts = PARTS[: draw(st.integers(1, len(PARTS)))]
    rows = [draw(_stack(len(parts))) for _ in labels]
    series = tuple(Series(name, tuple(row[at] for row in rows)) for at, name in enumerate(parts))
    return Chart(Kind.STACKED, "Hoe vaak?", "Zo antwoordden kinderen.", labels, series)


@st.composite
def _stack(draw: st.DrawFn, parts: int) -> list[Point]:
    if draw(st.sampled_from([False, False, False, True])):
        return [HIDDEN] * parts
    base = draw(st.integers(1, 500))
    cuts = sorted(draw(st.lists(st.integers(0, base), min_size=parts - 1, max_size=parts - 1)))
    counts = [high - low for low, high in zip([0, *cuts], [*cuts, base], strict=True)]
    return [Point(count / base, base) for count in counts]
