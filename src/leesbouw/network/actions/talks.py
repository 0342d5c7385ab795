"""Talks: planned, moved, cancelled, recorded in bulk, deleted and taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from leesbouw.core import search
from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence, check_version
from leesbouw.core.registry import undo
from leesbouw.core.time import now, today
from leesbouw.organisations.models import Unit
from leesbouw.organisations.queries import units_in_scope
from leesbouw.people.models import Contact, StaffMember
from leesbouw.people.queries import library_id_for
from leesbouw.plans.actions import ActionRow, add_actions, drop_actions, take_back_actions
from leesbouw.plans.models import Action
from leesbouw.plans.queries import still_open

from ..models import Conversation, ConversationAgreement, GuideAnswer
from ..permissions import EDIT_TALKS
from ..queries.guides import guides
from ..queries.talks import KIND, talk_entry

SOURCE = "talk"  # of the actions that were agreed in a talk
DELETED_KEPT = timedelta(days=1)


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


def locked(by: Actor, talk_id: int, version: int | None = None) -> Conversation:
    """The talk, held until the write ends. Raises DoesNotExist, Stale."""
    row: Conversation = lock_row(Conversation.objects.visible_to(by).select_related("unit"), pk=talk_id)
    check_version(row, version)
    row.version += 1
    return row


def change_plan(*, talk: Conversation, row: TalkRow, by: Actor, version: int | None = None) -> Conversation:
    """Changes what was planned: day, kind, level, guide, subject and who. Raises Sentence once it was held."""
    require(by, EDIT_TALKS)
    with write_transaction():
        changed = locked(by, talk.pk, version)
        if changed.held_on is not None:
            raise Sentence(_("This talk was held already. Change its report instead."))
        if row.planned_on is None:
            raise Sentence(_("Choose a day for the talk."))
        check_people(by, [row])
        before = changed.planned_on
        for name in ("kind", "level", "planned_on", "planned_at", "subject"):
            setattr(changed, name, getattr(row, name))
        if row.guide != changed.guide:
            changed.guide, changed.guide_version = row.guide, _version_of(row.guide)
        changed.save()
        set_people([changed], [row])
        index([changed])
        data = {"from": str(before), "to": str(changed.planned_on)} if before != changed.planned_on else {}
        record(by=by, verb="network.change_plan", subject=changed, unit_id=changed.unit_id, data=data)
        return changed


def _version_of(code: str) -> int | None:
    guide = guides().get(code)
    return guide.version if guide else None


def move_talk(
    *, talk: Conversation, planned_on: date, by: Actor, planned_at: time | None = None
) -> Conversation:
    """To another day or hour; undone with one press."""
    require(by, EDIT_TALKS)
    with write_transaction():
        moved = locked(by, talk.pk)
        if moved.held_on is not None:
            raise Sentence(_("This talk was held already. Change its report instead."))
        back = {
            "talk_id": moved.pk,
            "planned_on": moved.planned_on.isoformat() if moved.planned_on else "",
            "planned_at": moved.planned_at.isoformat() if moved.planned_at else "",
        }
        moved.planned_on, moved.planned_at, moved.cancelled_on = planned_on, planned_at, None
        moved.save()
        index([moved])
        record(
            by=by,
            verb="network.move_talk",
            subject=moved,
            unit_id=moved.unit_id,
            undo=Undo("network.move_talk_back", back),
        )
        return moved


@undo.register("network.move_talk_back")
def _move_talk_back(*, talk_id: int, planned_on: str, planned_at: str, by: Actor) -> None:
    talk = Conversation.objects.visible_to(by).get(pk=talk_id)
    at = time.fromisoformat(planned_at) if planned_at else None
    move_talk(talk=talk, planned_on=date.fromisoformat(planned_on), planned_at=at, by=by)


def cancel_talk(*, talk: Conversation, by: Actor) -> Conversation:
    """It does not go through. What is due becomes due again."""
    require(by, EDIT_TALKS)
    with write_transaction():
        row = locked(by, talk.pk)
        if not row.is_open:
            raise Sentence(_("Only a planned talk can be cancelled."))
        row.cancelled_on = today()
        row.save()
        index([row])
        record(
            by=by,
            verb="network.cancel_talk",
            subject=row,
            unit_id=row.unit_id,
            undo=Undo("network.resume_talk", {"talk_id": row.pk}),
        )
        return row


@undo.register("network.resume_talk")
def _resume_talk(*, talk_id: int, by: Actor) -> None:
    require(by, EDIT_TALKS)
    with write_transaction():
        row = locked(by, talk_id)
        row.cancelled_on = None
        row.save()
        index([row])
        record(by=by, verb="network.resume_talk", subject=row, unit_id=row.unit_id)


@undo.register("network.delete_talk")
def delete_talk(*, by: Actor, talk: Conversation | None = None, talk_id: int | None = None) -> None:
    """Takes a talk and its open agreements away. For a day they can be taken back; then they are really gone."""
    require(by, EDIT_TALKS)
    with write_transaction():
        row = locked(by, talk.pk if talk else talk_id or 0)
        row.deleted_at = now()
        row.save()
        mine = ConversationAgreement.objects.filter(conversation=row.pk).values("action")
        agreed = Action.objects.visible_to(by).filter(still_open(), pk__in=mine, dropped_at=None)
        dropped = [action.pk for action in drop_actions(ids=agreed.values_list("pk", flat=True), by=by)]
        index([row])
        record(
            by=by,
            verb="network.delete_talk",
            subject=row,
            unit_id=row.unit_id,
            undo=Undo("network.restore_talk", {"talk_id": row.pk, "actions": dropped}),
        )


@undo.register("network.restore_talk")
def restore_talk(*, talk_id: int, by: Actor, actions: Sequence[int] = ()) -> Conversation:
    """Takes a deleted talk back, with the agreements that went along."""
    require(by, EDIT_TALKS)
    with write_transaction():
        rows = Conversation.objects.trusted("taking back what one deleted").select_related("unit")
        row = rows.filter(pk=talk_id).first()
        if row is None or (by.kind != "system" and row.library_id not in by.libraries):
            raise Sentence(_("This talk is gone for good."))
        row.deleted_at = None
        row.version += 1
        row.save(update_fields=["deleted_at", "version"])
        take_back_actions(ids=actions, by=by)
        index([row])
        record(by=by, verb="network.restore_talk", subject=row, unit_id=row.unit_id)
        return row


def purge_deleted(*, by: Actor) -> int:
    """Wipes talks that were deleted more than a day ago, with their answers and dropped agreements; how many."""
    with write_transaction():
        old = Conversation.objects.trusted("wiping what was deleted").filter(
            deleted_at__lt=now() - DELETED_KEPT
        )
        ids = list(old.values_list("pk", flat=True))
        agreed = ConversationAgreement.objects.filter(conversation__in=ids).values_list("action", flat=True)
        dropped = Action.objects.trusted("wiping what was deleted").filter(pk__in=list(agreed))
        dropped.exclude(dropped_at=None).delete()
        Conversation.objects.trusted("wiping what was deleted").filter(pk__in=ids).delete()
        if ids:
            record(by=by, verb="network.purge_talks", count=len(ids))
        return len(ids)
