"""What came out of the questions that a library added itself: at one location, or at all of them together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.indicators import queries as indicators
from leesbouw.indicators.queries import Hidden, Shown
from leesbouw.organisations.models import Unit
from leesbouw.rendering.charts import Chart, Kind, Mark, Point, Series
from leesbouw.rendering.charts.words import percent

from ...domain.local import population_of
from ...models import LocalQuestion, Participation, Round
from ..lists import as_question
from ..wording import wording
from .lines import Result
from .topics import Topic

CODE = "own"
Results = Mapping[str, Result]


def own_topic(actor: Actor, participation: Participation, number: int) -> Topic | None:
    """The last topic of a school's report; None where nothing was asked with answers to choose from."""
    row = participation.round
    charts = own_charts(actor, row, participation.location, beside=row.library)
    if not charts:
        return None
    return Topic(CODE, number, pgettext("report", "Questions of the library"), "", charts, (), None, ())


def own_charts(actor: Actor, row: Round, unit: Unit, *, beside: Unit | None = None) -> tuple[Chart, ...]:
    """A picture of each question that somebody answered there, beside the same of another unit. Three queries."""
    asked = [one for one in LocalQuestion.objects.filter(round=row) if one.options]
    codes = [code for one in asked for code in _codes(one)]
    units = [one for one in (unit, beside) if one is not None]
    year: SchoolYear = row.year  # type: ignore[assignment]
    found: dict[int, dict[str, Result]] = {one.pk: {} for one in units}
    for figure in indicators.figures(actor, codes, units, [year]) if codes else ():
        found[figure.unit_id][figure.code] = figure.result
    others = found[beside.pk] if beside else {}
    return tuple(
        _chart(one, row.kind, found[unit.pk], others, beside)
        for one in asked
        if any(code in found[unit.pk] for code in _codes(one))
    )


def _codes(question: LocalQuestion) -> list[str]:
    return list(as_question(question).measures(question.pk, question.respondent))


def _chart(question: LocalQuestion, kind: str, own: Results, others: Results, beside: Unit | None) -> Chart:
    results = [own.get(code) for code in _codes(question)]
    series = [Series(pgettext("chart", "we") if beside else _("everybody"), _points(results))]
    if beside and any(isinstance(others.get(code), Shown) for code in _codes(question)):
        words = pgettext("chart", "the whole library")
        series.append(Series(words, _points([others.get(code) for code in _codes(question)]), Mark.BENCHMARK))
    return Chart(
        kind=Kind.DOT,
        title=question.text,
        sentence=_sentence(question, kind, results),
        categories=tuple(question.options),
        series=tuple(series),
        counted=_people(question.respondent, kind),
    )


def _points(results: Sequence[Result]) -> tuple[Point, ...]:
    return tuple(_point(one) for one in results)


def _point(result: Result) -> Point:
    if not isinstance(result, Shown):
        return Point(hidden=str(result.reason.label)) if isinstance(result, Hidden) else Point()
    interval = result.interval if result.persons > 1 else None
    low, high = (interval.low, interval.high) if interval else (None, None)
    return Point(result.value, round(result.base), low, high)


def _sentence(question: LocalQuestion, kind: str, results: Sequence[Result]) -> str:
    shown = [
        (one, label) for one, label in zip(results, question.options, strict=True) if isinstance(one, Shown)
    ]
    if not shown:
        return next(str(one.reason.label) for one in results if isinstance(one, Hidden))
    most, label = max(shown, key=lambda pair: pair[0].value)
    return _("Chosen most: “%(answer)s”, by %(share)s of %(base)s %(people)s.") % {
        "answer": label,
        "share": f"{percent(most.value)}%",
        "base": round(most.base),
        "people": _people(question.respondent, kind),
    }


def _people(respondent: str, kind: str) -> str:
    return {
        "pupils": pgettext("counted", "pupils"),
        "teachers": str(wording(kind).teachers),
    }.get(population_of(respondent), pgettext("counted", "locations"))
