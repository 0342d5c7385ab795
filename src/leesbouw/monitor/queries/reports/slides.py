"""The messages of conversation mode: one on a screen, with its picture and a question to talk about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leesbouw.rendering.charts import Chart

from ..talking import points_by_measure
from .chosen import ChosenReport
from .level import LevelReport
from .school import SchoolReport


@dataclass(frozen=True, slots=True)
class Slide:
    text: str
    base: str = ""
    chart: Chart | None = None
    question: str = ""


def slides_of(report: SchoolReport) -> list[Slide]:
    """What the team chose to go on with; then what stands out, and the questions that no message brought up."""
    return list(_slides(report))


def level_slides(report: LevelReport | ChosenReport) -> list[Slide]:
    """What stands out at a level or in a set, and of every topic that shows something what matters most in it."""
    return list(_of_level(report))


def _of_level(report: LevelReport | ChosenReport) -> Iterator[Slide]:
    points = points_by_measure(report.kind)
    pictures = {code: chart for topic in report.topics for code, chart in topic.pictures}
    ask = {code: point.question for code, point in points.items()}
    for said in report.minute:
        yield Slide(said.text, said.base, pictures.get(said.measure), ask.get(said.measure, ""))
    told = {said.measure for said in report.minute}
    for topic in report.topics:
        for code, chart in topic.pictures[:1]:
            if code not in told and any(point.value is not None for point in topic.charts[0].points()):
                yield Slide(topic.charts[0].sentence, chart=chart, question=ask.get(code, ""))


def _slides(report: SchoolReport) -> Iterator[Slide]:
    points = {point.measure: point for point in report.points}
    pictures = {chart_of: chart for topic in report.topics for chart_of, chart in topic.pictures}
    shown = set()
    for chosen in report.chosen:
        yield Slide(chosen.text, chart=pictures.get(chosen.measure))
    for said in report.minute:
        point = points.get(said.measure)
        shown.add(said.measure)
        yield Slide(said.text, said.base, pictures.get(said.measure), point.question if point else "")
    for point in report.points:
        if point.measure not in shown:
            yield Slide(point.question, chart=pictures.get(point.measure))
