"""Sending in a list. What checks the door and what stores the answers is one write, so nothing is stored twice.

No audit event, no address of a device, no time and no name: a list that came in cannot be led back to anybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

from django.db import connection

from leesbouw.core.access import Actor
from leesbouw.core.db import Asked, lock_row, retrying, update_rows, write_transaction
from leesbouw.core.time import today

from ..domain.answers import Answers, clean_answers
from ..domain.doors import read_minutes, read_receipt
from ..enums import Mode, Respondent
from ..models import ClassCode, OpenAnswer, Participation, Submission
from ..queries.doors import PUPIL, Door, door
from ..queries.lists import AskedList
from .doors import mix_answers

Form = Mapping[str, Sequence[str]]
PUPILS_MODES = {Mode.ALONE, Mode.ALOUD, Mode.CLASS}


SENT = Asked(
    lambda: Submission.objects.trusted("a list that was sent before").filter(receipt="").values_list("pk")[:1]
)


class Outcome(Enum):
    """What became of a list that was sent."""

    STORED = "stored"  # now, or when it was sent before
    EMPTY = "empty"  # nothing was answered
    PAUSED = "paused"
    CLOSED = "closed"
    UNKNOWN = "unknown"


def submit_pupil(*, code: str, form: Form, by: Actor = PUPIL) -> Outcome:
    """Stores the list of a pupil who typed a code; the same receipt a second time stores nothing.

    `form` holds the answers by item, and beside them `receipt`, `minutes` and `mode` as the device made them.
    """
    at = door(code)
    if at is None:
        return Outcome.UNKNOWN
    asked = at.list
    answers = answers_for(asked, form)  # before the write, for which the whole class waits
    return retrying(lambda: _submit_pupil(code, form, asked, answers))


def _submit_pupil(code: str, form: Form, asked: AskedList, answers: Answers) -> Outcome:
    with write_transaction():
        found = _held_door(code)
        if found is None:
            return Outcome.UNKNOWN
        receipt = read_receipt(first(form, "receipt"))
        if receipt and was_sent(receipt):
            return Outcome.STORED
        if not found.is_open:
            return Outcome.CLOSED
        if found.is_paused:
            return Outcome.PAUSED
        if answers.is_empty:
            return Outcome.EMPTY
        mode = first(form, "mode")
        store_list(
            participation=found.participation,
            respondent=Respondent.PUPIL,
            asked=asked,
            answers=answers,
            group_id=found.class_code.group_id,
            receipt=receipt,
            minutes=read_minutes(first(form, "minutes")),
            mode=Mode(mode) if mode in PUPILS_MODES else Mode.ALONE,
        )
        _count(found)
        return Outcome.STORED


def _held_door(code: str) -> Door | None:
    """The door behind a code, its class held until the write ends and everything else read after that."""
    at = door(code)
    if at is None or connection.vendor == "sqlite":  # there a write is alone, so nothing changed since
        return at
    lock_row(ClassCode.objects, pk=at.class_code.pk)
    return door(code)


def _count(found: Door) -> None:
    row = found.class_code
    row.done += 1
    update_rows([row], ["done"])
    if found.late is not None:
        found.late.left -= 1
        found.late.save(update_fields=["left"])
        # Alone at the end of a closed class it would be known whose it is; so the class is mixed once more
        only = {"respondent": Respondent.PUPIL, "group": row.group_id}
        mix_answers(row.participation_id, keep_receipts=True, **only)


def answers_for(asked: AskedList, form: Form) -> Answers:
    """What is kept of a form. Of a combination group only its own year groups are an answer."""
    form = dict(form)
    if len(asked.year_groups) > 1:
        own = {str(year) for year in asked.year_groups}
        for item in asked.items:
            if item.is_year_group:
                form[item.code] = [value for value in form.get(item.code, ()) if value in own]
    return clean_answers(
        asked.body, form, year_group=asked.year_group, modules=asked.modules, variant=asked.variant
    )


def store_list(
    *,
    participation: Participation,
    respondent: str,
    asked: AskedList,
    answers: Answers,
    group_id: int | None = None,
    **values: Any,
) -> Submission:
    """The list as a row, what was said freely apart from it, and the day on which the location began."""
    row = Submission.objects.create(
        participation=participation,
        respondent=respondent,
        questionnaire=asked.key,
        group_id=group_id,
        year_group=answers.year_group,
        answers=answers.coded,
        **values,
    )
    OpenAnswer.objects.bulk_create(
        OpenAnswer(participation=participation, respondent=respondent, item=item, text=text)
        for item, text in answers.said.items()
    )
    if participation.started_on is None:
        Participation.objects.filter(pk=participation.pk, started_on=None).update(started_on=today())
    return row


def was_sent(receipt: str) -> bool:
    return bool(SENT.rows(receipt))


def first(form: Form, name: str) -> str:
    values = form.get(name, ())
    return values[0] if values else ""
