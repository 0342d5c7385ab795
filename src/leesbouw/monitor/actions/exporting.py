"""Answers as a table for who computes with them: without names of schools and groups, and without what was written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import SystemRandom

from django.db.models import FloatField, TextField
from django.db.models.functions import Cast

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction
from leesbouw.core.time import SchoolYear

from ..domain.codebook import Column, Row, columns_that_leave, rows_of
from ..domain.datasets import BEFORE, Cell, Fewest, told_year_groups
from ..models import Participation, Submission
from ..permissions import RESEARCH
from ..queries import Questionnaire, fewest_in_dataset, waiting, years_not_over

_decode = json.JSONDecoder().raw_decode  # a quarter faster than loads, which looks for spaces around it
# the number of a school, year, year group, mode, weight, variant and answers
_Line = tuple[int | None, str, int | None, str, float, str, str]


def export_answers(
    *, questionnaire: Questionnaire, by: Actor, year: SchoolYear | None = None
) -> tuple[list[str], Iterator[list[Cell]]]:
    """The heads and the rows of every list in this version; one event that they were taken along.

    Of every year, or of one, once all locations of that year have closed: whoever lays two files side by side knows
    rows by their answers, and would see what a school brought that closed in between. So results from a file leave
    with those of another school. A school is a number that is
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
    rows = rows.exclude(participation__in=waiting(questionnaire.key).get(questionnaire.key, ()))
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
    mixed: list[_Line] = []
    for number, place in enumerate(places, 1):
        found = _lists_of(questionnaire, place)
        came = Counter(row[0] for row in found)
        told = told_year_groups(came, fewest.year_group) if fewest.year_group else frozenset()
        year, variant = asked[place]
        named = asked[place] in numbered and len(found) >= fewest.school
        lines = [
            (number if named else None, str(year), one if one in told else None, mode, weight, variant, text)
            for one, mode, weight, text in found
        ]
        if named:
            yield from _cells(lines, row_of)
        else:  # where it stands would tell which school it is of
            mixed += lines
    SystemRandom().shuffle(mixed)
    yield from _cells(mixed, row_of)


def _lists_of(questionnaire: Questionnaire, place: int) -> list[tuple[int | None, str, float, str]]:
    """Year group, mode, weight and answers of every list; the answers as text, because most of the time goes there."""
    found = Submission.objects.trusted("answers for research").filter(
        participation=place, questionnaire=questionnaire.key
    )
    found = found.annotate(text=Cast("answers", TextField()), number=Cast("weight", FloatField()))
    return list(found.values_list("year_group", "mode", "number", "text"))


def _cells(lines: Iterable[_Line], row_of: Mapping[str, Row]) -> Iterator[list[Cell]]:
    for number, year, year_group, mode, weight, variant, text in lines:
        counts = int(weight) if weight == 1 else float(f"{weight:.2g}")
        yield [number, year, year_group, mode, counts, *row_of[variant](_decode(text)[0])]


def _asked(
    questionnaire: Questionnaire, places: Sequence[int]
) -> Iterator[tuple[int, tuple[SchoolYear, str]]]:
    """Of each school the year and the variant; by its answers one sees which of the two it had."""
    rows = Participation.objects.filter(pk__in=places).values_list("pk", "round__year", "location__sector")
    for pk, year, sector in rows:
        yield pk, (year, questionnaire.body.variant_for(sector))
