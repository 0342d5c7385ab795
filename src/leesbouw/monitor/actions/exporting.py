"""Answers as a table for who computes with them: without names of schools and groups, and without what was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from random import SystemRandom

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.queries import suppression_rules

from ..domain.codebook import Column, codebook, rows_of
from ..domain.datasets import told_year_groups
from ..enums import Respondent
from ..models import Participation, Submission
from ..permissions import RESEARCH
from ..queries import Questionnaire, years_not_over

BEFORE = ("school", "year", "year_group", "mode", "weight")  # columns that are no answers
Cell = str | int | float | None


def export_answers(
    *, questionnaire: Questionnaire, by: Actor, year: SchoolYear | None = None
) -> tuple[list[str], Iterator[list[Cell]]]:
    """The heads and the rows of every list in this version; one event that they were taken along.

    Of every year, or of one, once all locations of that year have closed: whoever lays two files side by side knows
    rows by their answers, and would see what a school brought that closed in between. A school is a number that is
    drawn anew each time; where there are fewer than the nation needs, and for a school of a handful, there is none and
    the rows of schools are mixed. Weights have two digits, for in full they tell how many pupils a school has. What somebody said of herself (sex, dyslexia, language at home)
    leaves with no table, and neither does the year group of a handful. Raises NotAllowed.
    """
    require(by, RESEARCH)
    columns = columns_that_leave(questionnaire)
    rows = Submission.objects.trusted("answers for research").filter(
        questionnaire=questionnaire.key, participation__closed_on__isnull=False
    )
    kind = questionnaire.body.sector
    rows = rows.exclude(participation__round__year__in=years_not_over(kind).get(kind, ()))
    if year is not None:
        rows = rows.filter(participation__round__year=year)
    places = list(rows.values_list("participation", flat=True).distinct())
    SystemRandom().shuffle(places)
    with write_transaction():
        record(by=by, verb="monitor.export_answers", count=rows.count(), data={"list": questionnaire.key})
    population = "pupils" if questionnaire.body.respondent == Respondent.PUPIL else "teachers"
    rules = suppression_rules()
    least = rules.minimum("library", population, "year_group", main=True)
    enough = rules.minimum("nation", population, "", main=True)
    rows_out = _rows(
        questionnaire.key,
        columns,
        places,
        least.persons if least else None,
        enough.locations if enough else None,
    )
    return [*BEFORE, *(column.name for column in columns)], rows_out


def columns_that_leave(questionnaire: Questionnaire) -> list[Column]:
    """Every question but those about the person herself."""
    return [column for column in codebook(questionnaire.body) if not column.item.breakdown]


def _rows(
    key: str, columns: Sequence[Column], places: Sequence[int], fewest: int | None, enough: int | None
) -> Iterator[list[Cell]]:
    years = dict(Participation.objects.filter(pk__in=places).values_list("pk", "round__year"))
    numbered = {year for year, number in Counter(years.values()).items() if enough and number >= enough}
    row_of = rows_of(columns)
    mixed: list[list[Cell]] = []
    names = ("year_group", "mode", "weight", "answers")
    for number, place in enumerate(places, 1):
        found = Submission.objects.trusted("answers for research").filter(
            participation=place, questionnaire=key
        )
        rows = list(found.values_list(*names))
        told = told_year_groups(Counter(row[0] for row in rows), fewest) if fewest else frozenset()
        year = str(years[place])
        named = years[place] in numbered and len(rows) >= (fewest or 1)
        lines: Iterator[list[Cell]] = (
            [
                number if named else None,
                year,
                year_group if year_group in told else None,
                mode,
                int(weight) if weight == 1 else float(f"{weight:.2g}"),
                *row_of(answers),
            ]
            for year_group, mode, weight, answers in rows
        )
        if named:
            yield from lines
        else:  # where it stands would tell which school it is of
            mixed += lines
    SystemRandom().shuffle(mixed)
    yield from mixed
