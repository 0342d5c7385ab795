"""Answers as a table for who computes with them: without names of schools and groups, and without what was written."""

from __future__ import annotations

import os
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import islice
from operator import itemgetter
from random import SystemRandom

from django.db.models import FloatField, TextField
from django.db.models.functions import Cast
from pydantic_core import from_json  # twice as fast as json: half of the time of a file goes there

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction
from leesbouw.core.time import SchoolYear
from leesbouw.rendering.sheets import Column as Head
from leesbouw.rendering.sheets import Sheet, to_csv

from ..domain.codebook import Column, columns_that_leave, lines_of, rows_of
from ..domain.datasets import BEFORE, Cell, Fewest, told_year_groups
from ..models import Participation, Submission
from ..permissions import RESEARCH
from ..queries import Questionnaire, fewest_in_dataset, waiting, years_not_over

CHUNK = 500  # lists that are written at once, about 100 kB
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
    columns = columns_that_leave(questionnaire.body)
    lines = _taken_along(questionnaire, by, year)
    row_of = cache(partial(rows_of, columns))
    rows = ([*before, *row_of(variant)(from_json(text))] for *before, variant, text in lines)
    return _heads(columns), rows


def answers_csv(
    *, questionnaire: Questionnaire, by: Actor, year: SchoolYear | None = None, decimal: str = ","
) -> Iterator[bytes]:
    """The same as CSV in chunks: a hundred thousand lists never stand in memory as cells."""
    columns = columns_that_leave(questionnaire.body)
    lines = _taken_along(questionnaire, by, year)
    return _csv(columns, lines, decimal)


def _csv(columns: Sequence[Column], lines: Iterable[_Line], decimal: str) -> Iterator[bytes]:
    yield from to_csv(Sheet("answers", [Head(head) for head in _heads(columns)], ()))
    line_of = cache(partial(lines_of, columns, decimal=decimal))
    written = (
        f"{'' if number is None else number};{year};{'' if group is None else group};{mode}"
        f";{str(counts).replace('.', decimal)};{line_of(variant)(from_json(text))}\r\n"
        for number, year, group, mode, counts, variant, text in lines
    )
    while chunk := "".join(islice(written, CHUNK)):
        yield chunk.encode()


def _heads(columns: Iterable[Column]) -> list[str]:
    return [*BEFORE, *(column.name for column in columns)]


def _taken_along(questionnaire: Questionnaire, by: Actor, year: SchoolYear | None) -> Iterator[_Line]:
    require(by, RESEARCH)
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
    return _lines(questionnaire, places, fewest_in_dataset(questionnaire))


def _lines(questionnaire: Questionnaire, places: Sequence[int], fewest: Fewest) -> Iterator[_Line]:
    asked = dict(_asked(questionnaire, places))
    enough = fewest.schools
    numbered = {one for one, number in Counter(asked.values()).items() if enough and number >= enough}
    mixed: list[_Line] = []
    for number, place in enumerate(places, 1):
        found = _lists_of(questionnaire, place)
        came = Counter(row[0] for row in found)
        told = told_year_groups(came, fewest.year_group) if fewest.year_group else frozenset()
        year, variant = asked[place]
        named = asked[place] in numbered and len(found) >= fewest.school
        lines = [
            (
                number if named else None,
                str(year),
                one if one in told else None,
                mode,
                int(weight) if weight == 1 else float(f"{weight:.2g}"),
                variant,
                text,
            )
            for one, mode, weight, text in found
        ]
        if named:
            yield from lines
        else:  # where it stands would tell which school it is of
            mixed += lines
    yield from _shuffled(mixed)


def _shuffled(lines: Sequence[_Line]) -> Iterator[_Line]:
    """In an order that nobody can foretell; many times faster for very many than a draw for each place."""
    drawn = array("Q", os.urandom(8 * len(lines)))
    return (line for _draw, line in sorted(zip(drawn, lines, strict=True), key=itemgetter(0)))


def _lists_of(questionnaire: Questionnaire, place: int) -> list[tuple[int | None, str, float, str]]:
    """Year group, mode, weight and answers of every list; the answers as text, because most of the time goes there."""
    found = Submission.objects.trusted("answers for research").filter(
        participation=place, questionnaire=questionnaire.key
    )
    found = found.annotate(text=Cast("answers", TextField()), number=Cast("weight", FloatField()))
    return list(found.values_list("year_group", "mode", "number", "text"))


def _asked(
    questionnaire: Questionnaire, places: Sequence[int]
) -> Iterator[tuple[int, tuple[SchoolYear, str]]]:
    """Of each school the year and the variant; by its answers one sees which of the two it had."""
    rows = Participation.objects.filter(pk__in=places).values_list("pk", "round__year", "location__sector")
    for pk, year, sector in rows:
        yield pk, (year, questionnaire.body.variant_for(sector))
