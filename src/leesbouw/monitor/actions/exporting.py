"""Answers as a table for who computes with them: without names of schools and groups, and without what was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import SystemRandom

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction

from ..domain.codebook import Column, codebook, row_of
from ..models import Participation, Submission
from ..permissions import RESEARCH
from ..queries import Questionnaire

BEFORE = ("school", "year", "year_group", "mode", "weight")  # columns that are no answers
Cell = str | int | float | None


def export_answers(*, questionnaire: Questionnaire, by: Actor) -> tuple[list[str], Iterator[list[Cell]]]:
    """The heads and the rows of every list of closed locations in this version; one event that they were taken along.

    A school is a number that is drawn anew each time, so that two exports cannot be laid side by side; rows stand in
    random order. Raises NotAllowed.
    """
    require(by, RESEARCH)
    columns = codebook(questionnaire.body)
    rows = Submission.objects.trusted("answers for research").filter(
        questionnaire=questionnaire.key, participation__closed_on__isnull=False
    )
    places = list(rows.values_list("participation", flat=True).distinct())
    SystemRandom().shuffle(places)
    with write_transaction():
        record(by=by, verb="monitor.export_answers", count=rows.count(), data={"list": questionnaire.key})
    return [*BEFORE, *(column.name for column in columns)], _rows(questionnaire.key, columns, places)


def _rows(key: str, columns: Sequence[Column], places: Sequence[int]) -> Iterator[list[Cell]]:
    years = dict(Participation.objects.filter(pk__in=places).values_list("pk", "round__year"))
    names = ("year_group", "mode", "weight", "answers")
    for number, place in enumerate(places, 1):
        rows = Submission.objects.trusted("answers for research").filter(
            participation=place, questionnaire=key
        )
        for year_group, mode, weight, answers in rows.values_list(*names).iterator(chunk_size=2000):
            yield [number, str(years[place]), year_group, mode, float(weight), *row_of(columns, answers)]
