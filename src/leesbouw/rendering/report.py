"""A report with charts: one plain object, given as PDF, slides, workbook or pictures.

The caller brings the figures and their words; here stands in which order they come and what paper, slides and sheets
add: a table beside each chart, where the figures come from, and how to read them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from .charts import Chart, in_words
from .charts.paper import as_data, table_data
from .charts.vega import png
from .pdf import compile_pdf
from .sheets import Column, Explanation, Kind, Sheet, slug, to_xlsx
from .slides import Message, Opening, Points, Question, Slide, deck


class Sign(StrEnum):
    """Which way a finding points; never a verdict."""

    UP = "up"
    DOWN = "down"
    ASK = "ask"


@dataclass(frozen=True)
class Finding:
    """What stands out, in one sentence; `base` says on whom it rests."""

    text: str
    sign: Sign = Sign.ASK
    base: str = ""


@dataclass(frozen=True)
class Topic:
    """One chapter: what there is to say, its charts, a question to talk about, and what `known` people told beside it."""

    title: str
    sentence: str = ""
    charts: tuple[Chart, ...] = ()
    question: str = ""
    known: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """A report. `unit` and `date` stand above each page, `source` of the figures and `note` below.

    `chosen` is what people already chose to go on with; it comes first.
    `facts` are label and text: who took part, filter, definitions, versions.
    """

    title: str
    unit: str
    date: str
    source: str
    chosen: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    topics: tuple[Topic, ...] = ()
    questions: tuple[str, ...] = ()
    subtitle: str = ""
    note: str = ""
    facts: tuple[tuple[str, str], ...] = ()

    def charts(self) -> Iterator[tuple[Topic, Chart]]:
        """Every chart with the topic it stands in."""
        return ((topic, chart) for topic in self.topics for chart in topic.charts)


def as_pdf(report: Report, *, lang: str = "nl") -> bytes:
    """The report on A4, as PDF/UA: a screen reader meets every chart in words, and every figure in a table."""
    data = {
        "subtitle": report.subtitle,
        "unit": report.unit,
        "date": report.date,
        "note": " · ".join(part for part in (report.source, report.note) if part),
        "chosen": list(report.chosen),
        "findings": [asdict(finding) for finding in report.findings],
        "topics": [_topic(topic) for topic in report.topics],
        "questions": list(report.questions),
        "facts": _facts(report),
        "words": {
            "chosen": _("We talk on about this"),
            "minute": _("In one minute"),
            "talk": _("To talk about"),
            "known": _("What else we know"),
            "questions": _("To talk about together"),
            "reading": _("How to read this"),
            "tables": _("All figures in tables"),
        },
    }
    return compile_pdf("report", data, title=report.title, lang=lang)


def _topic(topic: Topic) -> dict[str, Any]:
    return {
        "title": topic.title,
        "sentence": topic.sentence,
        "charts": [as_data(chart) for chart in topic.charts],
        "tables": [table_data(chart) for chart in topic.charts],
        "question": topic.question,
        "known": list(topic.known),
    }


def _facts(report: Report) -> list[tuple[str, str]]:
    return [*report.facts, (_("Source"), report.source), (_("Date"), report.date)]


def as_slides(report: Report, *, lang: str = "nl") -> bytes:
    """The report as slides, one message on each, with charts that can be edited and what to say in the notes."""
    return deck(
        list(_slides(report)), title=report.title, footer=f"{report.unit} · {report.source}", lang=lang
    )


def _slides(report: Report) -> Iterator[Slide]:
    whose = " · ".join(dict.fromkeys(part for part in (report.unit, report.subtitle) if part))
    minute = tuple(f"{finding.text} {finding.base}".strip() for finding in report.findings)
    yield Opening(report.title, whose, report.date, notes="\n".join(minute))
    if report.chosen:
        yield Points(_("We talk on about this"), report.chosen, "\n".join(report.chosen))
    if report.findings:
        yield Points(
            _("In one minute"), tuple(finding.text for finding in report.findings), "\n".join(minute)
        )
    for topic in report.topics:
        for chart in topic.charts:
            notes = "\n\n".join(part for part in (topic.title, topic.sentence, in_words(chart)) if part)
            yield Message(chart.sentence, chart, notes)
        if topic.known:
            yield Points(
                _("%(topic)s: what else we know") % {"topic": topic.title},
                topic.known,
                "\n".join(topic.known),
            )
        if topic.question:
            yield Question(topic.question, topic.title, notes=topic.sentence)
    for question in report.questions:
        yield Question(question, _("To talk about together"))


def as_workbook(report: Report) -> bytes:
    """All figures in one sheet, one value a row, after a sheet that explains them."""
    explanation = Explanation(
        _("Explanation"), report.title, [(_("Whom it is about"), report.unit), *_facts(report)]
    )
    return to_xlsx([Sheet(_("Figures"), _columns(), list(_rows(report)), mark=report.note)], explanation)


def _columns() -> list[Column]:
    return [
        Column(_("Topic")),
        Column(_("Question"), width=40),
        Column(_("Row")),
        Column(_("Who")),
        Column(_("As a share"), Kind.SHARE),
        Column(_("As a number"), Kind.NUMBER),
        Column(_("Unit"), width=18),
        Column(_("Answers"), Kind.NUMBER),
        Column(_("At least"), Kind.NUMBER),
        Column(_("At most"), Kind.NUMBER),
        Column(_("Remark"), width=50),
    ]


def _rows(report: Report) -> Iterator[list[Any]]:
    """A row for each point that was asked for; the remark says why one is hidden."""
    for topic, chart in report.charts():
        for at, category in enumerate(chart.categories):
            for series in chart.series:
                point = series.points[at]
                share, number = (point.value, None) if chart.shares else (None, point.value)
                if point.value is not None or point.hidden:
                    yield [
                        *(topic.title, chart.title, category, series.name, share, number, chart.unit),
                        *(point.base, point.low, point.high, point.hidden),
                    ]


def as_pictures(report: Report) -> bytes:
    """A ZIP with a PNG of each chart, and a text with what each shows, for who puts one on a page of their own."""
    out, told = io.BytesIO(), []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for number, (_topic_of, chart) in enumerate(report.charts(), start=1):
            name = f"{number:02d}-{slug(chart.title)}.png"
            archive.writestr(name, png(chart, report.source))
            told.append(f"{name}\n{in_words(chart)}\n")
        archive.writestr(f"{slug(_('Descriptions'))}.txt", "\n".join(told))
    return out.getvalue()
