"""What a library's own list told about a location, kept as facts: the list of next year starts with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.actions import FactRow, store_facts

from ..domain.questionnaire import CHOICES, UNCOUNTED, QuestionnaireBody
from ..models import Participation, Submission


def keep_told(
    *,
    participation: Participation,
    lists: Iterable[Submission],
    bodies: Mapping[str, QuestionnaireBody],
    by: Actor,
) -> int:
    """Keeps what the lists tell about the organisation, never about a person; returns how many facts.

    Only items that name a fact; what two lists contradict, or nobody knew, is not kept.
    """
    told: dict[str, set[float]] = {}
    for one in lists:
        for code, value in _facts_of(bodies[one.questionnaire], one.answers):
            told.setdefault(code, set()).add(value)
    year: SchoolYear = participation.round.year  # type: ignore[assignment]
    origin = _("from the list of %(year)s") % {"year": year}
    rows = [
        FactRow(participation.location_id, code, Decimal(str(values.pop())), origin)
        for code, values in told.items()
        if len(values) == 1
    ]
    return store_facts(year=year, rows=rows, by=by)


def _facts_of(body: QuestionnaireBody, answers: Mapping[str, object]) -> Iterator[tuple[str, float]]:
    for item in body.items:
        value = answers.get(item.code)
        if not item.fact or not isinstance(value, int | float):
            continue
        if item.kind not in CHOICES or value not in UNCOUNTED:
            yield item.fact, value
