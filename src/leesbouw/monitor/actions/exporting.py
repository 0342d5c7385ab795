"""Answers as a table for who computes with them: without names of schools and groups, and without what was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from random import SystemRandom

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction
from leesbouw.core.time import SchoolYear

from ..domain.codebook import Column, columns_that_leave, rows_of
from ..domain.datasets import BEFORE, Cell, Fewest, told_year_groups
from ..models import Participation, Submission
from ..permissions import RESEARCH
from ..queries import Questionnaire, fewest_in_dataset, years_not_over


def export_answers(
    *, questionnaire: Questionnaire, by: Actor, year: SchoolYear | None = None
) -> tuple[list[str], Iterator[list[Cell]]]:
    """The heads and the rows of every list in this version; one event that they were taken along.

    Of every year, or of one, once all locations of that year have closed: whoever lays two files side by side knows
    rows by their answers, and would see what a school brought that closed in between. A school is a number that is
    drawn anew each time; where there are fewer than the nation needs, and for a school of a handful, there is none and
    the rows of schools are mixed. Weights have two digits, for in full they tell how many pupils a
    school has. What somebody said of herself (sex, dyslexia, language at home) leaves with no table, and neither does the
    year group of a handful. Raises NotAllowed.
    """
    require(by, RESEARCH)
    columns = columns_that_leave(questionnaire.body)
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
    rows_out = _rows(questionnaire, columns, places, fewest_in_dataset(questionnaire))
    return [*BEFORE, *(column.name for column in columns)], rows_out


def _rows(
    questionnaire: Questionnaire, columns: Sequence[Column], places: Sequence[int], fewest: Fewest
) -> Iterator[list[Cell]]:
    asked = dict(_asked(questionnaire, places))
    enough = fewest.schools
    numbered = {one for one, number in Counter(asked.values()).items() if enough and number >= enough}
    row_of = {variant: rows_of(columns, variant) for _year, variant in asked.values()}
    mixed: list[list[Cell]] = []
    names = ("year_group", "mode", "weight", "answers")
    for number, place in enumerate(places, 1):
        found = Submission.objects.trusted("answers for research").filter(
            participation=place, questionnaire=questionnaire.key
        )
        rows = list(found.values_list(*names))
        came = Counter(row[0] for row in rows)
        told = told_year_groups(came, fewest.year_group) if fewest.year_group else frozenset()
        year, variant = asked[place]
        named = asked[place] in numbered and len(rows) >= fewest.school
        lines: Iterator[list[Cell]] = (
            [
                number if named else None,
                str(year),
                year_group if year_group in told else None,
                mode,
                int(weight) if weight == 1 else float(f"{weight:.2g}"),
                *row_of[variant](answers),
            ]
            for year_group, mode, weight, answers in rows
        )
        if named:
            yield from lines
        else:  # where it stands would tell which school it is of
            mixed += lines
    SystemRandom().shuffle(mixed)
    yield from mixed


def _asked(
    questionnaire: Questionnaire, places: Sequence[int]
) -> Iterator[tuple[int, tuple[SchoolYear, str]]]:
    """Of each school the year and the variant; by its answers one sees which of the two it had."""
    rows = Participation.objects.filter(pk__in=places).values_list("pk", "round__year", "location__sector")
    for pk, year, sector in rows:
        yield pk, (year, questionnaire.body.variant_for(sector))
