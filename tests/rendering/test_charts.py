"""What a chart refuses, how it says its figures, and where everything stands."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from leesbouw.rendering.charts import (
    Chart,
    ChartError,
    Kind,
    Mark,
    Point,
    Series,
    as_table,
    drawing,
    in_words,
)
from leesbouw.rendering.charts.drawing import Spot, Strip
from leesbouw.rendering.charts.scale import end_of, fitting
from leesbouw.rendering.charts.words import NOTHING, figure, number, people, percent
from tests.factories.charts import charts

HIDDEN = "te weinig antwoorden"
OWN = Series("wij", (Point(0.62, 98, 0.52, 0.72), Point(3 / 7, 14), Point(hidden=HIDDEN)))
OTHERS = Series("vergelijkbaar", (Point(0.66), Point(0.64), Point()), Mark.BENCHMARK)
EARLIER = Series("vorig jaar", (Point(0.55), Point(), Point()), Mark.EARLIER)


def chart(**changes: Any) -> Chart:
    values: dict[str, Any] = {
        "kind": Kind.DOT,
        "title": "Leesplezier",
        "sentence": "Zes op de tien kinderen vinden lezen leuk.",
        "categories": ("Samen", "Groep 6", "Groep 8"),
        "series": (OWN, OTHERS, EARLIER),
        "counted": "kinderen",
    }
    return Chart(**(values | changes))


def counted(*values: float, **changes: Any) -> Chart:
    """A chart of plain numbers."""
    return chart(
        categories=tuple(str(at) for at in range(len(values))),
        series=(Series("wij", tuple(Point(value) for value in values)),),
        shares=False,
        unit="boeken per kind",
        **changes,
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"sentence": " "}, "no title or no sentence"),
        ({"title": ""}, "no title or no sentence"),
        ({"shares": False}, "numbers without a unit"),
        ({"categories": ()}, "no categories"),
        ({"categories": ("Samen", "Groep 6")}, "more or fewer points"),
        ({"categories": ("Samen", "", "Groep 8")}, "category without a name of its own"),
        ({"categories": ("Samen", "Groep 8", "Groep 8")}, "category without a name of its own"),
        ({"series": ()}, "has 0 series"),
        ({"series": (OWN, *[replace(OTHERS, name=str(at)) for at in range(4)])}, "has 5 series"),
        ({"series": (OWN, replace(OTHERS, name="wij"))}, "without a name of its own"),
        ({"series": (OTHERS,)}, "exactly one series that is its own"),
        ({"series": (OWN, replace(OTHERS, mark=Mark.OWN))}, "exactly one series that is its own"),
        ({"breaks": (1,)}, "not explained"),
        ({"breaks": (3,), "break_note": "anders gevraagd"}, "break at the edge"),
        (
            {"kind": Kind.STACKED, "series": (replace(OWN, points=(Point(0.2),) * 3), EARLIER)},
            "only a part of a stack",
        ),
        ({"kind": Kind.STACKED, "shares": False, "unit": "uren"}, "something else than shares"),
    ],
)
def test_a_chart_that_cannot_be_read_is_refused(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(ChartError, match=reason):
        chart(**changes)


@pytest.mark.parametrize(
    ("point", "reason"),
    [
        (Point(0.5, hidden=HIDDEN), "number at a hidden point"),
        (Point(base=4, hidden=HIDDEN), "number at a hidden point"),
        (Point(-0.1), "below zero"),
        (Point(float("nan")), "without end"),
        (Point(1.2), "beyond its scale"),
        (Point(0.5, low=0.4), "half an interval"),
        (Point(low=0.4, high=0.6), "half an interval"),
        (Point(0.5, low=0.6, high=0.7), "outside its interval"),
    ],
)
def test_a_point_that_says_too_much_or_too_little_is_refused(point: Point, reason: str) -> None:
    with pytest.raises(ChartError, match=reason):
        chart(categories=("Samen",), series=(Series("wij", (point,)),))


def test_a_stack_of_more_than_everything_is_refused() -> None:
    halves = tuple(Series(name, (Point(0.6),)) for name in ("ja", "nee"))

    with pytest.raises(ChartError, match="more than everything"):
        chart(kind=Kind.STACKED, categories=("Samen",), series=halves)


@pytest.mark.parametrize(
    ("share", "whole"), [(0, 0), (0.005, 1), (0.285, 29), (0.125, 13), (0.994, 99), (0.995, 100), (1, 100)]
)
def test_percentages_are_whole_and_half_of_one_goes_up(share: float, whole: int) -> None:
    assert percent(share) == whole


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [(21, 0, "21"), (4.25, 1, "4,3"), (1250, 0, "1.250"), (1234567.5, 1, "1.234.567,5"), (0.125, 2, "0,13")],
)
def test_numbers_have_dutch_signs(value: float, places: int, text: str) -> None:
    assert number(value, places) == text


def test_the_numbers_of_one_chart_have_the_same_decimals() -> None:
    assert figure(counted(21, 18), 21) == "21"
    assert figure(counted(4, 4.25), 4) == "4,0"
    assert figure(counted(0.5, 0.25), 0.5) == "0,50"
    assert figure(counted(120.4, 4), 4) == "4"


def test_few_people_are_counted_beside_their_percentage() -> None:
    assert people(chart(), Point(3 / 7, 14)) == "6 van de 14 kinderen"
    assert people(chart(), Point(0.5, 20)) == "20 kinderen"
    assert people(chart(counted=""), Point(0.5, 1250)) == "1.250 antwoorden"
    assert people(chart(), Point(0.437, 14)) == "14 kinderen"  # weighted: no whole number of people
    assert people(chart(), Point(0.5)) == ""


def test_the_table_has_figures_intervals_bases_and_reasons() -> None:
    table = as_table(chart())

    assert table.heads == ("", "wij", "bijna zeker tussen", "kinderen", "vergelijkbaar", "vorig jaar")
    assert table.rows == (
        ("Samen", "62%", "52% tot 72%", "98", "66%", "55%"),
        ("Groep 6", "43% (6 van de 14)", NOTHING, "14", "64%", NOTHING),
        ("Groep 8", HIDDEN, NOTHING, NOTHING, NOTHING, NOTHING),
    )
    assert table.numeric == (1, 2, 3, 4, 5)


def test_answers_to_one_question_share_their_base_in_the_table() -> None:
    parts = tuple(Series(name, (Point(share, 40),)) for name, share in (("ja", 0.75), ("nee", 0.25)))
    table = as_table(chart(kind=Kind.STACKED, categories=("Samen",), series=parts))

    assert table.heads == ("", "ja", "nee", "kinderen")
    assert table.rows == (("Samen", "75%", "25%", "40"),)


def test_everything_is_said_in_words() -> None:
    assert in_words(chart()) == (
        "Leesplezier. Zes op de tien kinderen vinden lezen leuk. Samen: wij 62%, vergelijkbaar 66%, vorig jaar 55%. "
        f"Groep 6: wij 43% (6 van de 14), vergelijkbaar 64%. Groep 8: wij {HIDDEN}."
    )
    assert in_words(counted(21)) == (
        "Leesplezier. Zes op de tien kinderen vinden lezen leuk. boeken per kind. 0: wij 21."
    )


def test_a_row_of_dots_has_its_marks_in_place() -> None:
    first, _second, last = drawing(chart()).rows

    assert (first.label, first.people, first.value) == ("Samen", "98 kinderen", "62%")
    assert first.band == (52, 72)
    assert first.spots == (
        Spot("dot", 62, "wij", "wij 62%"),
        Spot("diamond", 66, "vergelijkbaar", "vergelijkbaar 66%"),
        Spot("tick", 55, "vorig jaar", "vorig jaar 55%"),
    )
    assert (last.hidden, last.value, last.spots) == (HIDDEN, "", ())


def test_what_one_compares_with_has_a_shape_of_its_own() -> None:
    names = ("gemeente", "provincie", "land")
    others = tuple(replace(OTHERS, name=name) for name in names)

    assert drawing(chart(series=(OWN, *others))).key == (
        ("dot", "wij"),
        ("diamond", "gemeente"),
        ("square", "provincie"),
        ("triangle", "land"),
        ("ci", "hier zit het echte cijfer bijna zeker"),
    )


def test_a_long_name_stands_in_the_key_and_not_beside_the_mark() -> None:
    long = replace(OTHERS, name="alle scholen met een bibliotheek in huis")

    assert drawing(chart(series=(OWN, long))).rows[0].spots[1].text == "66%"


def test_bars_begin_at_zero_and_what_they_are_compared_with_is_a_mark() -> None:
    shown = drawing(chart(kind=Kind.BAR)).rows[0]

    assert shown.strips == (Strip(0, 62, 0, "wij", "62%"),)
    assert [spot.shape for spot in shown.spots] == ["diamond", "tick"]


def test_a_small_part_of_a_stack_has_no_figure_inside() -> None:
    parts = tuple(Series(name, (Point(share, 100),)) for name, share in (("ja", 0.93), ("nee", 0.07)))
    row = drawing(chart(kind=Kind.STACKED, categories=("Samen",), series=parts)).rows[0]

    assert row.strips == (Strip(0, 93, 0, "ja", "93"), Strip(93, 100, 1, "nee", ""))
    assert row.words == "ja 93%, nee 7%"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((21, 18), ["0", "10", "20", "30", "40"]),
        ((8.4,), ["0,0", "2,5", "5,0", "7,5", "10,0"]),
        ((0.3,), ["0,00", "0,10", "0,20", "0,30", "0,40"]),
        ((0,), ["0,00", "0,25", "0,50", "0,75", "1,00"]),
        ((3900,), ["0", "1.000", "2.000", "3.000", "4.000"]),
    ],
)
def test_a_scale_of_numbers_ends_at_a_round_one(values: tuple[float, ...], words: list[str]) -> None:
    assert [text for _at, text in drawing(counted(*values)).ticks] == words


def test_a_scale_may_be_given() -> None:
    assert end_of(counted(7.1, maximum=10)) == 10


def test_no_line_runs_over_a_break_or_a_gap() -> None:
    values = (Point(0.4), Point(0.5), Point(0.6), Point(), Point(0.7))
    over_time = chart(
        kind=Kind.LINE,
        categories=("2021", "2022", "2023", "2024", "2025"),
        series=(Series("wij", values),),
        breaks=(2,),
        break_note="anders gevraagd",
    )
    drawn = drawing(over_time)

    assert [stop.joined for stop in drawn.lines[0].stops] == [False, True, False, False]
    assert drawn.breaks == (43.5,)
    assert (drawn.lines[0].name, drawn.lines[0].text) == ("wij", "70%")


def test_names_at_the_ends_of_lines_keep_clear_of_each_other() -> None:
    same = [
        Series(name, (Point(1.0),), mark)
        for name, mark in zip("abcd", (Mark.OWN, *[Mark.BENCHMARK] * 3), strict=True)
    ]
    drawn = drawing(chart(kind=Kind.LINE, categories=("2026",), series=tuple(same)))

    assert [line.end for line in drawn.lines] == [67, 78, 89, 100]


@pytest.mark.parametrize(
    ("texts", "room", "fits"),
    [
        (["2024", "2025", "2026"], 15, [True, True, True]),
        (["2024", "2025", "2026"], 14, [True, False, True]),
        (["2023", "2024", "2025", "2026"], 14, [False, True, False, True]),
        ([], 14, []),
    ],
)
def test_words_side_by_side_are_thinned_until_they_fit(texts: list[str], room: int, fits: list[bool]) -> None:
    assert fitting(texts, room) == fits


@given(charts())
def test_everything_stands_within_the_drawing(any_chart: Chart) -> None:
    drawn = drawing(any_chart)
    places = [at for at, _text in drawn.ticks]
    for row in drawn.rows:
        places += [spot.at for spot in row.spots] + [strip.end for strip in row.strips] + list(row.band or ())
        assert bool(row.hidden) <= (not row.value)
    for line in drawn.lines:
        places += [line.end] + [place for stop in line.stops for place in (stop.x, stop.y)]

    assert all(0 <= place <= 100.2 for place in places)


@given(charts())
def test_a_hidden_point_gives_no_number_away(any_chart: Chart) -> None:
    table = as_table(any_chart)
    for at, row in enumerate(table.rows):
        for series in any_chart.series:
            if series.points[at].hidden:
                assert row[table.heads.index(series.name)] == "te weinig antwoorden"
