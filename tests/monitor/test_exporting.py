"""Answers as a table for research."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import pairwise
from types import SimpleNamespace

import pytest

from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.audit import AuditEvent
from leesbouw.indicators.domain.suppression.minima import Minimum
from leesbouw.monitor import actions, queries
from leesbouw.monitor.actions import FilledIn
from leesbouw.monitor.enums import Respondent
from leesbouw.monitor.models import Submission
from leesbouw.monitor.queries import codebooks
from tests.factories.cast import Cast

from .test_reports import taking_part

pytestmark = pytest.mark.django_db


def test_answers_leave_without_school_group_or_words(cast: Cast) -> None:
    row = taking_part(cast)
    mine = FilledIn(
        Respondent.PUPIL,
        "po-pupil@1",
        {"L10": 4, "L41": [1, 3]},
        said={"L90": "Mijn naam is Noor"},
        year_group=6,
    )
    actions.store_lists(participation=row, lists=[mine], by=SYSTEM)
    questionnaire = queries.questionnaire("po-pupil@1")
    _heads, rows = actions.export_answers(questionnaire=questionnaire, by=SYSTEM)
    assert list(rows) == []  # not before the school is closed

    actions.close_participation(participation=row, by=cast.manager)
    heads, rows = actions.export_answers(questionnaire=questionnaire, by=SYSTEM)
    table = [dict(zip(heads, one, strict=True)) for one in rows]

    assert len(table) == 1
    # one school has no number of its own, one child has no year group
    assert (table[0]["school"], table[0]["year_group"], table[0]["L10"]) == (None, None, 4)
    assert (table[0]["L41_1"], table[0]["L41_2"], table[0]["L41_3"], table[0]["L20"]) == (1, 0, 1, None)
    assert not {"L90", "L02", "L03", "L04"} & set(heads)
    assert not {"location", "group", "participation"} & set(heads)
    event = AuditEvent.objects.filter(verb="monitor.export_answers").latest("pk")
    assert (event.count, event.data) == (1, {"list": "po-pupil@1"})


def test_a_year_leaves_once_nobody_fills_in_any_more(cast: Cast) -> None:
    first = taking_part(cast)
    actions.enrol(round=first.round, location_ids=[cast.a2.pk], by=cast.manager)
    second = first.round.participations.select_related("round", "location").get(location=cast.a2.pk)
    one = [FilledIn(Respondent.PUPIL, "po-pupil@1", {"L10": 4}, year_group=6)]
    for row in (first, second):
        actions.store_lists(participation=row, lists=one, by=SYSTEM)
    lists = queries.questionnaire("po-pupil@1")

    actions.close_participation(participation=first, by=cast.manager)
    assert (queries.datasets(cast.nation), rows_of(lists)) == ([], [])

    actions.close_participation(participation=second, by=cast.manager)
    (ready,) = queries.datasets(cast.nation)
    assert (ready.lists, ready.locations, len(rows_of(lists))) == (2, 2, 2)


def test_schools_have_a_number_where_enough_took_part_and_weights_two_digits(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = taking_part(cast)
    one = [FilledIn(Respondent.PUPIL, "po-pupil@1", {"L10": 4}, year_group=6)]
    actions.store_lists(participation=row, lists=one, by=SYSTEM)
    actions.close_participation(participation=row, by=cast.manager)
    Submission.objects.trusted("test").update(weight=Decimal("1.23457"))
    lists = queries.questionnaire("po-pupil@1")
    assert [line[0] for line in rows_of(lists)] == [None]

    rules = SimpleNamespace(minimum=lambda *_what, main: Minimum(persons=1, locations=1))
    monkeypatch.setattr(codebooks, "suppression_rules", lambda: rules)
    assert [(line[0], line[2], line[4]) for line in rows_of(lists)] == [(1, 6, 1.2)]

    rules.minimum = lambda level, *_what, main: Minimum(persons=2 if level == "library" else 1, locations=1)
    assert [(line[0], line[2]) for line in rows_of(lists)] == [(None, None)]  # a school of one child


def test_rows_of_schools_without_a_number_are_mixed(cast: Cast) -> None:
    first = taking_part(cast)
    actions.enrol(round=first.round, location_ids=[cast.a2.pk], by=cast.manager)
    second = first.round.participations.select_related("round", "location").get(location=cast.a2.pk)
    for row, answer in ((first, 4), (second, 1)):
        many = [FilledIn(Respondent.PUPIL, "po-pupil@1", {"L10": answer}) for _one in range(40)]
        actions.store_lists(participation=row, lists=many, by=SYSTEM)
        actions.close_participation(participation=row, by=cast.manager)
    heads, rows = actions.export_answers(questionnaire=queries.questionnaire("po-pupil@1"), by=SYSTEM)
    told = [row[heads.index("L10")] for row in rows]

    assert Counter(told) == {4: 40, 1: 40}
    # in blocks there would be one change; so many rows mixed have one by a chance of 2 in 10^23
    assert sum(one != other for one, other in pairwise(told)) > 1


def rows_of(questionnaire: queries.Questionnaire) -> list[list[object]]:
    return list(actions.export_answers(questionnaire=questionnaire, by=SYSTEM)[1])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("came", "told"),
    [
        ({5: 10, 6: 10}, {5: 10, 6: 10}),
        ({5: 10, 6: 9}, {None: 19}),  # the nine alone would be known by what is missing
        ({5: 12, 6: 10, 7: 3}, {5: 12, None: 13}),
        ({5: 12, 6: 6, 7: 4}, {5: 12, None: 10}),
    ],
)
def test_the_year_group_of_ten_leaves_and_what_is_left_are_ten_too(
    cast: Cast, came: dict[int, int], told: dict[int | None, int]
) -> None:
    row = taking_part(cast)
    pupils = [at for at, number in came.items() for _one in range(number)]
    many = [FilledIn(Respondent.PUPIL, "po-pupil@1", {"L10": 4}, year_group=at) for at in pupils]
    actions.store_lists(participation=row, lists=many, by=SYSTEM)
    actions.close_participation(participation=row, by=cast.manager)
    heads, rows = actions.export_answers(questionnaire=queries.questionnaire("po-pupil@1"), by=SYSTEM)
    at = heads.index("year_group")
    assert Counter(one[at] for one in rows) == told


@pytest.mark.parametrize("who", ["head", "consultant", "manager", "outsider"])
def test_only_who_does_research_takes_answers_along(who: str, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.export_answers(questionnaire=queries.questionnaire("po-pupil@1"), by=getattr(cast, who))
