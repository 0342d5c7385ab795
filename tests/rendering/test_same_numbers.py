"""A figure is the same wherever it stands: on the page, in its table, in the picture, on paper and on the slide."""

import io
from collections.abc import Iterator

import pytest
from django.template import Context, Template
from hypothesis import given, settings
from lxml import html
from pptx import Presentation

from leesbouw.rendering.charts import Chart, Kind, as_table
from leesbouw.rendering.charts.paper import as_data
from leesbouw.rendering.charts.scale import end_of, shapes_of
from leesbouw.rendering.charts.vega import specification
from leesbouw.rendering.charts.words import cell, figure
from leesbouw.rendering.slides import Message, deck
from leesbouw.rendering.slides.native import BREAK
from tests.factories.charts import charts

Place = tuple[int, str]  # position of the category, name of the series
PAGE = Template("{% load ui %}{% chart figure %}")


def expected(chart: Chart) -> dict[Place, float | None]:
    return {
        (at, series.name): point.value for series in chart.series for at, point in enumerate(series.points)
    }


def on_a_slide(chart: Chart) -> dict[Place, float | None]:
    made = Presentation(io.BytesIO(deck([Message("Zo is het.", chart)], title="Rapport")))
    plot = next(shape for shape in made.slides[0].shapes if shape.has_chart).chart.plots[0]
    kept = [at for at, category in enumerate(plot.categories) if category != BREAK]
    return {
        (at, series.name): series.values[place] for series in plot.series for at, place in enumerate(kept)
    }


def in_a_picture(chart: Chart) -> Iterator[tuple[Place, float | None, str]]:
    for row in specification(chart)["data"]["values"]:
        yield (row["at"], row["series"]), row["value"], row["text"]


@settings(max_examples=40)
@given(charts())
def test_slide_and_picture_have_the_numbers_of_the_chart(chart: Chart) -> None:
    values = expected(chart)

    assert on_a_slide(chart) == values
    picture = list(in_a_picture(chart))
    assert {place: value for place, value, _text in picture} == values
    assert all(text == ("" if value is None else figure(chart, value)) for _place, value, text in picture)


@settings(max_examples=60)
@given(charts())
def test_the_table_on_the_page_has_them_as_words(chart: Chart) -> None:
    page = html.fromstring(PAGE.render(Context({"figure": chart})))
    heads = [head.text_content() for head in page.xpath(".//thead//th")]
    assert heads == list(as_table(chart).heads[1:])
    for at, row in enumerate(page.xpath(".//tbody/tr")):
        cells = [one.text_content() for one in row.xpath("td")]
        for series in chart.series:
            assert cells[heads.index(series.name)] == cell(chart, series.points[at])


@settings(max_examples=60)
@given(charts())
def test_marks_on_page_and_paper_stand_at_their_numbers(chart: Chart) -> None:
    end, shapes = end_of(chart), shapes_of(chart)
    paper = as_data(chart)
    page = html.fromstring(PAGE.render(Context({"figure": chart})))
    marks = [
        (mark.xpath("*/@class")[0], float(mark.get("x").rstrip("%")), float(mark.get("y")))
        for mark in page.xpath(".//svg[contains(@class, 'plot')]//svg")
    ]
    drawn = sorted(
        (shape, 100 * point.value / end)
        for shape, series in zip(shapes, chart.series, strict=True)
        for point in series.points
        if point.value is not None
    )
    if chart.kind is Kind.DOT:
        on_paper = sorted((spot["shape"], spot["at"]) for row in paper["rows"] for spot in row["spots"])
        assert on_paper == [(shape, pytest.approx(at, abs=0.01)) for shape, at in drawn]
        assert sorted((shape, x) for shape, x, _y in marks) == on_paper
    elif chart.kind is Kind.LINE:
        on_paper = sorted((line["shape"], stop["y"]) for line in paper["lines"] for stop in line["stops"])
        assert on_paper == [(shape, pytest.approx(at, abs=0.01)) for shape, at in drawn]
        upwards = sorted((shape, 100 * (220 - y) / 206) for shape, _x, y in marks)
        assert upwards == [(shape, pytest.approx(at, abs=0.1)) for shape, at in on_paper]
