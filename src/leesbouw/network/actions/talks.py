"""Talks: planned, moved, cancelled, recorded in bulk, deleted and taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from leesbouw.core import search
from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.time import now, today
from leesbouw.organisations.models import Unit
from leesbouw.organisations.queries import units_in_scope
from leesbouw.people.models import Contact, StaffMember
from leesbouw.people.queries import library_id_for
from leesbouw.plans.actions import ActionRow, add_actions
from leesbouw.plans.models import Action

from ..models import Conversation, ConversationAgreement, GuideAnswer
from ..permissions import EDIT_TALKS
from ..queries.guides import guides
from ..queries.talks import KIND, talk_entry

SOURCE = "talk"  # of the actions that were agreed in a talk


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """What was agreed in a talk: what, whose side, who and before when. `done_on` for what was done since."""

    what: str
    side: str
    staff_id: int | None = None
    contact_id: int | None = None
    due_on: date | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class TalkRow:
    """A talk as a form or the demo gives it: planned when it has no `held_on`, else written up at once."""

    unit_id: int
    kind: str
    level: str
    library_id: int | None = None
    planned_on: date | None = None
    planned_at: time | None = None
    held_on: date | None = None
    cancelled_on: date | None = None
    guide: str = ""
    subject: str = ""
    summary: str = ""
    staff_ids: tuple[int, ...] = ()
    contact_ids: tuple[int, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    agreements: tuple[AgreementRow, ...] = ()
    created_at: datetime | None = None


def plan_talk(row: TalkRow, *, by: Actor) -> Conversation:
    """Plans one talk; see record_talks."""
    return record_talks([row], by=by)[0]


def record_talks(rows: Sequence[TalkRow], *, by: Actor, run: str = "") -> list[Conversation]:
    """Plans talks, or records ones that were held, with one event for all; in the order of `rows`.

    Raises NotAllowed for a unit or person out of reach, Sentence for a day that cannot be.
    """
    require(by, EDIT_TALKS)
    if not rows:
        return []
    with write_transaction():
        units = _units(by, {row.unit_id for row in rows})
        check_people(by, rows)
        versions = {code: guide.version for code, guide in guides().items()}
        talks = [_made(row, units[row.unit_id], versions, by) for row in rows]
        Conversation.objects.bulk_create(talks)
        set_people(talks, rows)
        _add_answers(talks, rows)
        add_agreements(
            [
                (talk, agreement)
                for talk, row in zip(talks, rows, strict=True)
                for agreement in row.agreements
            ],
            by,
        )
        index(talks)
        record(
            by=by,
            verb="network.record_talks",
            subject=talks[0] if len(talks) == 1 else None,
            unit_id=talks[0].unit_id if len(units) == 1 else None,
            count=len(talks),
            run=run,
            undo=Undo("network.delete_talk", {"talk_id": talks[0].pk}) if len(talks) == 1 else None,
        )
        return talks


def _units(by: Actor, ids: set[int]) -> dict[int, Unit]:
    units = {unit.pk: unit for unit in units_in_scope(by).filter(pk__in=ids)}
    if ids - set(units):
        raise NotAllowed(EDIT_TALKS)
    return units


def check_people(by: Actor, rows: Iterable[Any]) -> None:
    """Everybody on these talks (or other rows with `staff_ids` and `contact_ids`) is within reach."""
    rows = list(rows)
    staff = {pk for row in rows for pk in row.staff_ids}
    contacts = {pk for row in rows for pk in row.contact_ids}
    if staff and StaffMember.objects.visible_to(by).filter(pk__in=staff).count() != len(staff):
        raise NotAllowed(EDIT_TALKS)
    if contacts and Contact.objects.visible_to(by).filter(pk__in=contacts).count() != len(contacts):
        raise NotAllowed(EDIT_TALKS)


def _made(row: TalkRow, unit: Unit, versions: Mapping[str, int], by: Actor) -> Conversation:
    if row.planned_on is None and row.held_on is None:
        raise Sentence(_("Choose a day for the talk."))
    if row.held_on is not None and row.held_on > today():
        raise Sentence(_("A talk that was held lies in the past."))
    talk = Conversation(
        library_id=_library_id(row, by),
        kind=row.kind,
        level=row.level,
        planned_on=row.planned_on,
        planned_at=row.planned_at,
        held_on=row.held_on,
        cancelled_on=row.cancelled_on,
        guide=row.guide,
        guide_version=versions.get(row.guide),
        subject=row.subject,
        summary=row.summary,
        created_at=row.created_at or now(),
        written_up_at=(row.created_at or now()) if row.held_on else None,
        by_user_id=by.user_id,
    )
    talk.unit = unit
    return talk


def _library_id(row: TalkRow, by: Actor) -> int:
    if row.library_id is not None and (by.kind == "system" or row.library_id in by.libraries):
        return row.library_id
    found = library_id_for(by, row.unit_id) if row.library_id is None else None
    if found is None:
        raise NotAllowed(EDIT_TALKS)
    return found


def set_people(talks: Sequence[Conversation], rows: Sequence[Any]) -> None:
    """Makes exactly these people the ones at each talk; `rows` have `staff_ids` and `contact_ids`."""
    ids = [talk.pk for talk in talks]
    for through, column, name in (
        (Conversation.staff.through, "staffmember_id", "staff_ids"),
        (Conversation.contacts.through, "contact_id", "contact_ids"),
    ):
        through.objects.filter(conversation__in=ids).delete()
        through.objects.bulk_create(
            [
                through(conversation_id=talk.pk, **{column: person})
                for talk, row in zip(talks, rows, strict=True)
                for person in dict.fromkeys(getattr(row, name))
            ]
        )


def _add_answers(talks: Sequence[Conversation], rows: Sequence[TalkRow]) -> None:
    GuideAnswer.objects.bulk_create(
        [
            GuideAnswer(
                library_id=talk.library_id,
                unit_id=talk.unit_id,
                conversation=talk,
                guide=talk.guide,
                question=question,
                text=text,
                answered_on=talk.day,
            )
            for talk, row in zip(talks, rows, strict=True)
            for question, text in row.answers.items()
            if text.strip()
        ]
    )


def add_agreements(pairs: Sequence[tuple[Conversation, AgreementRow]], by: Actor) -> list[Action]:
    """Makes actions of what was agreed, tied to their talks; the caller's event tells it."""
    actions = add_actions(
        [
            ActionRow(
                unit_id=talk.unit_id,
                what=row.what,
                side=row.side,
                library_id=talk.library_id,
                staff_id=row.staff_id,
                contact_id=row.contact_id,
                due_on=row.due_on,
                done_on=row.done_on,
                source=SOURCE,
            )
            for talk, row in pairs
        ],
        by=by,
        tell=False,
    )
    ConversationAgreement.objects.bulk_create(
        [
            ConversationAgreement(conversation=talk, action=action)
            for (talk, _row), action in zip(pairs, actions, strict=True)
        ]
    )
    return actions


def index(talks: Iterable[Conversation]) -> None:
    """Puts talks in the search index, and takes cancelled ones out."""
    talks = list(talks)
    gone = [talk.pk for talk in talks if talk.cancelled_on or talk.deleted_at]
    with override(settings.LANGUAGE_CODE):
        search.put([talk_entry(talk) for talk in talks if talk.pk not in gone])
    if gone:
        search.remove(KIND, gone)
