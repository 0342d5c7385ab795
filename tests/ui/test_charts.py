"""A chart on a page: readable without seeing it, the same numbers in drawing and table, no colour on its own."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.template import Context, Template
from hypothesis import given
from lxml import html

from leesbouw.rendering.charts import Chart, Kind, Mark, Series, as_table
from leesbouw.ui.gallery.figures import ANSWERS, CHARTS, COMPARED, COUNTED, YEARS
from tests.factories.charts import stacked_charts

from .test_styles import COLOUR, contrast

STYLES = Path(__file__).resolve().parents[2] / "src/leesbouw/ui/static/ui/charts/charts.css"
PAGE = Template("{% load ui %}{% chart figure %}")


def page_of(chart: Chart) -> html.HtmlElement:
    return html.fromstring(PAGE.render(Context({"figure": chart})))


def texts(nodes: list[html.HtmlElement]) -> list[str]:
    return [" ".join(node.text_content().split()) for node in nodes]


def table_of(page: html.HtmlElement) -> list[tuple[str, ...]]:
    return [tuple(texts(row.xpath("th|td"))) for row in page.xpath(".//tbody/tr")]


def test_title_sentence_and_table_stand_in_words() -> None:
    page = page_of(COMPARED)

    assert page.tag == "figure"
    assert page.get("aria-labelledby") == page.xpath(".//h3/@id")[0]
    assert texts(page.xpath(".//figcaption/*"))[:2] == [COMPARED.title, COMPARED.sentence]
    assert texts(page.xpath(".//summary")) == ["Bekijk als tabel"]
    assert texts(page.xpath(".//thead//th")) == list(as_table(COMPARED).heads[1:])
    assert table_of(page) == list(as_table(COMPARED).rows)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.kind)
def test_each_drawing_has_a_name_of_its_own(chart: Chart) -> None:
    drawings = page_of(chart).xpath(".//svg[@role='img']")

    names = [
        page_of(chart).xpath(f".//title[@id='{one.get('aria-labelledby')}']/text()")[0] for one in drawings
    ]
    assert len(set(names)) == len(names) > 0
    assert all("%" in name or "24,5" in name or "17,2" in name for name in names)
    pictures = set(page_of(chart).xpath(".//svg[not(ancestor::svg)]"))
    assert all(one.get("role") == "img" or one.get("aria-hidden") == "true" for one in pictures)


def test_a_hidden_row_says_why() -> None:
    page = page_of(COMPARED)

    assert texts(page.xpath(".//*[contains(@class, 'few')]")) == [COMPARED.series[0].points[3].hidden]
    assert texts(page.xpath(".//ul[@class='plots']/li/b")) == ["62%", "71%", "50%"]
    assert "7 van de 14 kinderen" in page.text_content()


def test_every_series_has_its_own_shape_and_its_name_beside_it() -> None:
    page = page_of(COMPARED)

    assert texts(page.xpath(".//ul[contains(@class, 'key')]/li")) == [
        *(series.name for series in COMPARED.series),
        "hier zit het echte cijfer bijna zeker",
    ]
    assert page.xpath(".//ul[contains(@class, 'key')]//*[@class]/@class") != []
    assert texts(page.xpath(".//*[contains(@class, 'name')]")) == [
        "vergelijkbare scholen 66%",
        "vorig jaar 55%",
    ]


def test_answers_have_a_key_in_the_order_of_the_bar() -> None:
    page = page_of(ANSWERS)

    assert texts(page.xpath(".//ul[contains(@class, 'key')]/li"))[:4] == [
        part.name for part in ANSWERS.series
    ]
    assert texts(page.xpath(".//ul[@class='plots']/li[1]//*[local-name()='text']")) == [
        "21",
        "41",
        "27",
        "11",
    ]


def test_numbers_tell_what_they_count() -> None:
    assert "Boeken per kind." in texts(page_of(COUNTED).xpath("./p"))[0]


def test_a_page_with_a_heading_of_its_own_gives_the_chart_a_plain_title() -> None:
    page = html.fromstring(
        Template('{% load ui %}{% chart figure "p" big=True %}').render(Context({"figure": YEARS}))
    )

    assert page.get("class") == "chart years big"
    assert page.xpath(".//h1|.//h2|.//h3|.//h4") == []
    assert texts(page.xpath(f".//p[@id='{page.get('aria-labelledby')}']")) == [YEARS.title]


def test_a_long_name_is_cut_beside_a_line_and_whole_in_the_key() -> None:
    name = "alle scholen van dit bestuur in de provincie"
    others = Series(name, YEARS.series[1].points, Mark.BENCHMARK)
    page = page_of(replace(YEARS, series=(YEARS.series[0], others)))

    assert texts(page.xpath(".//svg[@class='ends']/*")) == [
        "De Regenboog 48%",
        "alle scholen van dit bestuur… 53%",
    ]
    assert f"{name} 53%" in texts(page.xpath(".//ul[contains(@class, 'key')]/li"))


def test_a_break_is_drawn_and_explained() -> None:
    page = page_of(YEARS)

    assert len(page.xpath(".//*[@class='break']")) == 1
    assert YEARS.break_note in page.text_content()
    assert len(page.xpath(".//*[@class='run dot']")) == 4


def test_words_of_others_are_never_markup() -> None:
    nasty = Chart(
        Kind.DOT,
        "<b>",
        "<i>x",
        ("<u>",),
        (COMPARED.series[0].__class__("<s>", COMPARED.series[0].points[:1]),),
    )

    written = PAGE.render(Context({"figure": nasty}))

    assert not re.search(r"<(b|i|u|s)>", written.replace("<b>62%</b>", ""))


@given(stacked_charts())
def test_parts_of_a_bar_are_as_wide_as_their_shares(chart: Chart) -> None:
    widths = [
        float(one.get("width").rstrip("%")) for one in page_of(chart).xpath(".//ul[@class='plots']//rect")
    ]
    rows = [at for at, point in enumerate(chart.series[0].points) if point.value is not None]

    assert widths == pytest.approx(
        [100 * (series.points[at].value or 0) for at in rows for series in chart.series], abs=0.02
    )


@pytest.mark.parametrize("name", ["chart-3", "chart-4"])
def test_colours_of_charts_can_be_told_from_the_paper(name: str) -> None:
    light = dict(COLOUR.findall(STYLES.read_text()))[name]
    dark = re.search(rf"--{name}: light-dark\({light}, (#\w+)\)", STYLES.read_text())

    assert contrast(light, "#FAF8F4") >= 4.5
    assert dark is not None
    assert contrast(dark[1], "#12181F") >= 4.5
