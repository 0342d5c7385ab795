"""Many lists at once, from a file or from elsewhere. One list of one child comes in by `submitting`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import SystemRandom
from typing import Any

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import add_rows, in_chunks, write_transaction
from leesbouw.core.time import today

from ..enums import Mode, Respondent
from ..models import OpenAnswer, Participation, Submission
from ..permissions import COORDINATE

_chance = SystemRandom()


@dataclass(frozen=True, slots=True)
class FilledIn:
    """A list as it is stored: `coded` and `said` as `domain.answers.Answers` holds them."""

    respondent: Respondent
    questionnaire: str
    coded: Mapping[str, Any]
    said: Mapping[str, str] = field(default_factory=dict)
    group_id: int | None = None
    year_group: int | None = None
    mode: Mode = Mode.ALONE
    minutes: int | None = None
    weight: Decimal = Decimal(1)


def store_lists(*, participation: Participation, lists: Sequence[FilledIn], by: Actor) -> int:
    """Stores lists of one location, in random order and what was written freely apart; returns how many.

    One event with the count. The caller knows the round's questionnaires; a closed location is refused by the caller.
    """
    require(by, COORDINATE)
    mixed = _chance.sample(list(lists), len(lists))
    for chunk in in_chunks(mixed):
        with write_transaction():
            add_rows([_submission(participation, one) for one in chunk])
            said = [_open_answer(participation, one, *words) for one in chunk for words in one.said.items()]
            OpenAnswer.objects.bulk_create(_chance.sample(said, len(said)))
    with write_transaction():
        if lists:
            Participation.objects.filter(pk=participation.pk, started_on=None).update(started_on=today())
        record(
            by=by,
            verb="monitor.store_lists",
            subject=participation,
            unit_id=participation.location_id,
            count=len(mixed),
        )
    return len(mixed)


def _submission(participation: Participation, one: FilledIn) -> Submission:
    return Submission(
        participation=participation,
        respondent=one.respondent,
        questionnaire=one.questionnaire,
        group_id=one.group_id,
        year_group=one.year_group,
        mode=one.mode,
        minutes=one.minutes,
        weight=one.weight,
        answers=dict(one.coded),
    )


def _open_answer(participation: Participation, one: FilledIn, item: str, text: str) -> OpenAnswer:
    return OpenAnswer(participation=participation, respondent=one.respondent, item=item, text=text)
