"""Writing up a talk: who was there, what was said, what was agreed, and when one speaks again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.time import now, today
from leesbouw.plans.models import Action

from ..models import Conversation, GuideAnswer
from ..permissions import EDIT_TALKS
from ..queries.guides import guide_of_kind
from ..queries.rhythms import sector_of, usual_kind
from .changes import locked
from .talks import AgreementRow, TalkRow, add_agreements, check_people, index, record_talks, set_people


@dataclass(frozen=True, slots=True)
class Report:
    """What one writes after a talk. `answers`: question → text; an empty text takes an answer away.

    With `next_on` the next talk is planned at once, with the same people.
    """

    held_on: date
    summary: str = ""
    subject: str = ""
    kind: str = ""
    level: str = ""
    staff_ids: tuple[int, ...] = ()
    contact_ids: tuple[int, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    agreements: tuple[AgreementRow, ...] = ()
    next_on: date | None = None
    next_at: time | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What came of writing up: the talk, its new actions and the next talk."""

    talk: Conversation
    actions: list[Action]
    following: Conversation | None = None


def write_up(*, talk: Conversation, report: Report, by: Actor, version: int | None = None) -> Written:
    """Writes a talk up, or changes its report; all of it or nothing.

    Raises Stale, NotAllowed for a person out of reach, Sentence for a day that cannot be.
    """
    require(by, EDIT_TALKS)
    _check_days(report)
    with write_transaction():
        row = locked(by, talk.pk, version)
        check_people(by, [report])
        first = row.written_up_at is None
        _fill(row, report, by)
        row.save()
        set_people([row], [report])
        save_answers(row, report.answers)
        actions = add_agreements([(row, agreement) for agreement in report.agreements], by)
        following = _plan_next(row, report, by) if report.next_on else None
        index([row])
        record(
            by=by,
            verb="network.write_up_talk" if first else "network.change_report",
            subject=row,
            unit_id=row.unit_id,
            data={"actions": [action.pk for action in actions], "next": following.pk if following else None},
        )
        return Written(row, actions, following)


def _check_days(report: Report) -> None:
    if report.held_on > today():
        raise Sentence(_("A talk that was held lies in the past."))
    if report.next_on is not None and report.next_on <= report.held_on:
        raise Sentence(_("The next talk comes after this one."))


def _fill(row: Conversation, report: Report, by: Actor) -> None:
    row.held_on, row.cancelled_on = report.held_on, None
    row.summary, row.subject = report.summary, report.subject
    row.kind, row.level = report.kind or row.kind, report.level or row.level
    row.written_up_at = row.written_up_at or now()
    row.by_user_id = row.by_user_id or by.user_id


def save_answers(talk: Conversation, answers: Mapping[str, str]) -> None:
    """Keeps these answers of a talk, by question; inside the caller's write."""
    mine = GuideAnswer.objects.trusted("answers of a talk one may edit").filter(
        conversation=talk.pk, guide=talk.guide
    )
    known = {row.question: row for row in mine.filter(question__in=list(answers))}
    day = talk.day or today()
    for question, text in answers.items():
        row = known.get(question)
        if not text.strip():
            if row is not None:
                row.delete()
            continue
        row = row or GuideAnswer(
            library_id=talk.library_id,
            unit_id=talk.unit_id,
            conversation=talk,
            guide=talk.guide,
            question=question,
        )
        row.text, row.answered_on = text.strip(), day
        row.save()
    mine.exclude(answered_on=day).update(answered_on=day)


def _plan_next(talk: Conversation, report: Report, by: Actor) -> Conversation:
    sector = sector_of(talk.unit)
    kind = usual_kind(talk.unit.kind, sector, talk.level)
    guide = guide_of_kind(talk.unit.kind, sector, kind)
    row = TalkRow(
        unit_id=talk.unit_id,
        kind=kind,
        level=talk.level,
        library_id=talk.library_id,
        planned_on=report.next_on,
        planned_at=report.next_at,
        guide=guide.code if guide else "",
        staff_ids=report.staff_ids,
        contact_ids=report.contact_ids,
    )
    return record_talks([row], by=by)[0]


def save_draft(
    *, talk: Conversation, summary: str, answers: Mapping[str, str], by: Actor, version: int | None = None
) -> Conversation:
    """Keeps what somebody is writing, without calling the talk written up. Raises Stale.

    Only the first time leaves an event: a trail of every pause in typing helps nobody.
    """
    require(by, EDIT_TALKS)
    with write_transaction():
        row = locked(by, talk.pk, version)
        if row.written_up_at is not None:
            raise Sentence(_("This talk was written up already."))
        first = not row.summary
        row.summary = summary
        row.save()
        save_answers(row, answers)
        if first and summary:
            record(by=by, verb="network.save_draft", subject=row, unit_id=row.unit_id)
        return row
