"""The topics of a report, of a school or of a level: what stands out, and chapter by chapter charts with their words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from leesbouw.indicators.queries import measures
from leesbouw.rendering.charts import Chart

from ...domain.findings import Message, Sign
from ..wording import wording_of
from . import drawn, words
from .lines import Line

TOPICS = {
    "motivation": pgettext_lazy("report", "Pleasure in reading"),
    "reading": pgettext_lazy("report", "Reading"),
    "borrowing": pgettext_lazy("report", "Borrowing"),
    "home": pgettext_lazy("report", "Reading at home"),
    "teaching": pgettext_lazy("report", "In the classroom"),
    "information": pgettext_lazy("report", "Finding information"),
    "blocks": pgettext_lazy("report", "The building blocks"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A message of "in one minute" in words."""

    sign: Sign
    text: str
    base: str
    measure: str


@dataclass(frozen=True, slots=True)
class Beside:
    """The main measures of a topic beside one another: of the school or the level, and of the levels above that the
    reader may see; the first of them in a picture as well.

    `rows` are the name of a measure and its cells, each with its head: on a telephone a row is a card.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    chart: Chart | None


@dataclass(frozen=True, slots=True)
class Topic:
    """A chapter. `charts` show what matters most and say it, `more` the years before and every other question, when it
    was asked for; without figures `sentence` tells why there is nothing."""

    code: str
    number: int
    title: str
    sentence: str
    charts: tuple[Chart, ...]
    more: tuple[Chart, ...]
    beside: Beside | None
    pictures: tuple[tuple[str, Chart], ...]  # a picture of each main measure by itself, for the wall


def said(lines: Sequence[Line], message: Message) -> Said:
    line = next(one for one in lines if one.code == message.measure)
    return Said(message.sign, words.message_text(line, message), words.base_text(line), line.code)


def by_topic(lines: Sequence[Line]) -> list[Line]:
    """In the order of the topics: what children said of reading goes before what the library said of the school."""
    order = list(TOPICS)
    return sorted(lines, key=lambda line: order.index(line.measure.body.topic))


def rank(line: Line, order: Sequence[str]) -> tuple[int, str]:
    """What a team talks about most stands first, in the order of the talking points."""
    return (order.index(line.code) if line.code in order else len(order), line.code)


def _titles(lines: Sequence[Line]) -> dict[str, str]:
    """The topics of the measurement that these lines are from, as they are called there; all when there are no lines."""
    if not lines:
        return {code: str(title) for code, title in TOPICS.items()}
    its = wording_of(lines[0].measure)
    asked = {one.body.topic for one in measures().values() if wording_of(one) is its}
    return {code: str(its.topics.get(code, title)) for code, title in TOPICS.items() if code in asked}


def topics_of(lines: Sequence[Line], more: Collection[str], *, nothing: str) -> Iterator[Topic]:
    """Every topic; `nothing` is said of one without figures."""
    for number, (code, title) in enumerate(_titles(lines).items(), 1):
        own = [line for line in lines if line.measure.body.topic == code]
        main = [line for line in own if line.measure.body.main] or own[:1]
        rest = [line for line in own if line not in main]
        yield Topic(
            code=code,
            number=number,
            title=title,
            sentence="" if main else nothing,
            charts=tuple(_charts(title, main)),
            more=tuple(_more(main, rest)) if code in more else (),
            beside=_beside(main),
            pictures=tuple((line.code, _picture(line)) for line in main),
        )


def _charts(title: str, main: Sequence[Line]) -> Iterator[Chart]:
    """What matters most, and the first of those by group."""
    if main:
        yield from drawn.charts_of(title, main)
        if by_group := drawn.groups_chart(main[0], words.between_groups(main[0])):
            yield by_group
        if main[0].whose and (through := drawn.years_chart(main[0], words.sentence(main[0]))):
            yield through


def _more(main: Sequence[Line], rest: Sequence[Line]) -> Iterator[Chart]:
    """The other main measures level by level, all of them through the years, and every other question."""
    for line in main[1:]:
        if by_level := drawn.levels_chart(line):
            yield by_level
    for line in main[1:] if main and main[0].whose else main:
        if through := drawn.years_chart(line, words.sentence(line)):
            yield through
    if rest:
        yield from drawn.charts_of(_("All other questions"), rest)


def _beside(main: Sequence[Line]) -> Beside | None:
    """None where nothing but the school itself is known."""
    labels = list(dict.fromkeys(label for line in main for label, _result in line.levels))
    if not labels and not any(line.comparable for line in main):
        return None
    whose = main[0].whose
    heads = (whose, *labels) if whose else (_("This school"), _("Comparable schools"), *labels)
    rows = []
    for line in main:
        own = [line.own] if whose else [line.own, line.comparable]
        results = [*own, *(dict(line.levels).get(label) for label in labels)]
        cells = (words.cell(line, result) for result in results)
        rows.append((line.measure.body.name, tuple(zip(heads, cells, strict=True))))
    return Beside(heads, tuple(rows), drawn.levels_chart(main[0]))


def _picture(line: Line) -> Chart:
    """One message: its groups where they are shown, else the figure beside last time and comparable schools."""
    by_group = drawn.groups_chart(line, words.between_groups(line))
    return by_group or next(drawn.charts_of(line.measure.body.name, [line]))
